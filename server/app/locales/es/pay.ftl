pay-title = Elija cuánto pagar
pay-how-much = ¿Cuánto quiere pagar?
pay-everything = Todo el saldo
pay-items = Elegir facturas
pay-amount = Otro monto
pay-amount-label = Monto en { $currency }
pay-amount-hint = Hasta { $amount }. Se aplica primero a lo más antiguo.
pay-total = Total a pagar
pay-continue = Continuar al pago
pay-private = El pago se hace en la página segura del procesador. Nosotros no vemos los datos de su tarjeta.
pay-under-way = Tiene un pago de { $amount } en proceso.
pay-other-currency = También tiene { $amount } por pagar en otra cuenta

changed-title = El saldo cambió
changed-explained = Mientras elegía, se registró un movimiento en su cuenta. No se ha cobrado nada.
changed-before = Antes
changed-now = Ahora
changed-see-why = Ver por qué cambió
changed-pay = Pagar { $amount }
changed-choose = Elegir de nuevo

under-way-title = Ya hay un pago en proceso
under-way-explained = Para no cobrarle dos veces, termine primero el pago que ya empezó.
under-way-at-bank = El banco está procesando un pago de estas facturas. Para no cobrarle dos veces, espere a que se confirme.
under-way-continue = Terminar ese pago
under-way-see = Ver ese pago
under-way-cancel = Cancelarlo y empezar otro
under-way-cancel-explained = ¿Prefiere empezar de nuevo? Puede cancelarlo; no se cobra nada.
