statement-title = Estado de cuenta
statement-as-of = al { $date }
statement-account-in = Cuenta en { $currency }
statement-pay = Pagar
statement-pay-in = Pagar en { $currency }
statement-pay-hint = Puede pagar todo, elegir facturas o abonar otro monto.
statement-settled = Está al corriente.
statement-settled-explained = No hay nada por pagar.
statement-all-overdue = Todo este saldo ya venció.
statement-overdue = De este saldo, { $amount } ya venció.
statement-next-today = Hay un vencimiento hoy.
statement-next = { $count ->
    [one] El próximo vencimiento es mañana, { $date }.
   *[other] El próximo vencimiento es el { $date }, en { $count } días.
}
statement-under-way = Tiene un pago de { $amount } en proceso. El saldo cambiará cuando se confirme.
statement-see-payment = Ver ese pago

items-title = { $count ->
    [one] Factura pendiente
   *[other] { $count } facturas pendientes
}
item-of = de { $amount }
item-disputed = En aclaración

credit = Saldo a favor
credit-explained = Es dinero que ya recibimos y aún no se aplica a una factura. Se usará en la siguiente.

receipts = Recibos
receipt-of = Pago del { $date }

questions-title = ¿Algo no coincide?
questions-write = Escriba a { $creditor }:
questions-contact = Comuníquese con { $creditor } por el medio de siempre.
