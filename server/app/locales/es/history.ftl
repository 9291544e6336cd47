history-title = ¿Por qué es este monto?
history-carried = Saldo anterior
history-balance = Saldo { $amount }
history-whole = { $count ->
    [one] Ver el movimiento completo
   *[other] Ver los { $count } movimientos
}
history-and-more = { $count ->
    [one] { $number } y 1 más
   *[other] { $number } y { $count } más
}

sum-carried = Saldo anterior
sum-invoiced = Facturas
sum-charges = Recargos e intereses
sum-paid = Pagos
sum-reduced = Descuentos y notas de crédito
sum-balance = Saldo por pagar
sum-credit = Saldo a favor

movement-issue = Factura emitida
movement-amendment = Ajuste a una factura
movement-payment = Pago recibido. Gracias
movement-credit-applied = Saldo a favor aplicado
movement-refund = Devolución a usted
movement-reversal = Pago revertido por el banco
movement-chargeback = Pago objetado ante el banco
movement-credit-note = Nota de crédito
movement-write-off = Saldo condonado
movement-discount = Descuento por pronto pago
movement-late-fee = Recargo por pago tardío
movement-interest = Intereses
movement-payout = Depósito a la empresa
movement-plan-charge = Precio del plan de pagos
movement-plan-rebate = Rebaja del precio del plan
movement-concession-reversed = Descuento anulado
movement-chargeback-won = Contracargo resuelto a favor
movement-refund-returned = Devolución que no llegó
