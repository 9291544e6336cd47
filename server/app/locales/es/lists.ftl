chart-figures = Ver las cifras
chart-thousands = { $amount } mil
chart-millions = { $amount } M
chart-current = Por vencer

list-search = Buscar por nombre, clave o número
list-from = Desde
list-until = Hasta
list-all = Todos
list-show = Mostrar
list-clear = Quitar filtros
list-file = Descargar CSV
list-no-match = Nada coincide con estos filtros.
invoices-none = Todavía no hay facturas. Llegan con la primera importación.
list-payments-none = Todavía no hay pagos.
plans-none = Todavía no hay planes de pago.
disputes-none = No hay aclaraciones.
promises-none = Nadie ha prometido un pago todavía.

state-owing = Con saldo
state-overdue = Vencido
state-open = Abierta
state-paid = Pagada
state-disputed = En aclaración
state-void = Anulada
state-written-off = Incobrable
state-unapplied = Sin aplicar
state-refunded = Devuelto
state-resolved = Resuelta
state-withdrawn = Retirada
state-coming = Por cumplirse
state-past = Fecha pasada
state-waiting = Espera a finanzas
state-proposed = Propuesto
state-active = Vigente
state-broken = Roto
state-completed = Cumplido
state-canceled = Cancelado


column-provider-reference = Referencia del proveedor
column-number = Número
column-issued = Emisión
column-due = Vence
column-promised = Fecha prometida
column-made = Hecha el

overview-ageing = Saldo por antigüedad
overview-collected = Cobrado en los últimos 7 días
overview-collected-short = Cobrado
overview-collected-all = Todos los cobros de estos días
overview-discounts = Descuentos de este mes
overview-disputes = { $count ->
    [one] Una aclaración espera respuesta
   *[other] { $count } aclaraciones esperan respuesta
}
column-instalments = Cuotas
overview-plans-waiting = { $count ->
    [one] Un plan espera la aprobación de finanzas
   *[other] { $count } planes esperan la aprobación de finanzas
}
overview-plans-active = Al corriente
overview-plans-broken = Rotos
