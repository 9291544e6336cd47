console-navigation = Consola
console-overview = Resumen
console-debtors = Deudores
console-invoices = Facturas
console-payments = Pagos
console-plans = Planes
console-disputes = Disputas
console-promises = Promesas
console-terms = Condiciones
console-members = Equipo
console-audit = Auditoría
console-settings = Ajustes
console-menu = Menú
console-imports = Importaciones
console-events = Eventos
console-jobs = Tareas
console-next = Siguientes
console-first = Volver al inicio de la lista

sign-in-page = Entrar a la consola
sign-in-title = Consola de { $creditor }
sign-in-explained = Confirme para entrar como parte del equipo de finanzas.
sign-in-confirm = Entrar
sign-in-once = Este enlace sirve una sola vez.
sign-in-refused = Este enlace ya se usó o no es válido
sign-in-refused-explained = El servidor imprime un enlace nuevo cada vez que arranca.

overview-empty = Todavía no hay facturas
overview-empty-explained = Importe su archivo de cuentas por cobrar para empezar. Antes de guardar verá una vista previa.
overview-import = Importar un archivo
overview-dead-jobs = { $count ->
    [one] Una tarea no se pudo completar
   *[other] { $count } tareas no se pudieron completar
}
overview-books-stale = Los recordatorios esperan: la última importación es más antigua de lo que permite la política
overview-unmatched = { $count ->
    [one] Un evento del procesador no corresponde a ningún pago conocido
   *[other] { $count } eventos del procesador no corresponden a ningún pago conocido
}
overview-refused = { $count ->
    [one] Un evento del procesador fue rechazado
   *[other] { $count } eventos del procesador fueron rechazados
}
overview-outstanding-in = Por cobrar en { $currency }
overview-outstanding = Por cobrar
overview-overdue = Vencido
overview-credit = Saldo a favor de deudores
overview-debtors = { $count ->
    [one] 1 deudor
   *[other] { $count } deudores
}
overview-items = { $count ->
    [one] 1 factura
   *[other] { $count } facturas
}
overview-payments = Pagos de hoy
overview-no-payments = Hoy todavía no hay pagos.
overview-last-import = Última importación

ageing-current = Por vencer
ageing-1-30 = 1 a 30 días
ageing-31-60 = 31 a 60 días
ageing-61-90 = 61 a 90 días
ageing-over-90 = Más de 90 días

debtors-none = Todavía no hay deudores. Llegan con la primera importación.

column-when = Fecha
column-state = Estado
column-invoices = Facturas
column-line = Línea
column-reason = Motivo
column-debtor = Deudor
column-provider = Procesador
column-reference = Referencia

events-explained = Nada se descarta: aquí queda lo que el procesador envió y no pudimos asociar o aceptar.
events-filter = Filtro
events-all = Todos
events-none = No hay eventos por revisar.
event-unmatched = Sin asociar
event-refused = Rechazado

jobs-explained = Tareas que agotaron sus intentos. Corrija la causa y vuelva a intentarlas.
jobs-none = Todas las tareas van bien.
job-tries = { $count ->
    [one] 1 intento
   *[other] { $count } intentos
}
job-revive = Reintentar

settings-saved = Guardado.
settings-save = Guardar
settings-invoices = Facturas
settings-send-invoices = Enviar cada factura por correo a su deudor cuando se emite o se importa
settings-prices = Precio de cada mensaje
settings-prices-hint = Con ellos se estima el costo de un ensayo. En blanco: no se estima. Decide la factura de su proveedor.
settings-currency-of = Moneda: { $channel }
settings-paper = Papel
settings-paper-of = Cartas, facturas y recibos
settings-paper-usual = El usual de su país ({ $paper })
settings-paper-a4 = A4 (210 × 297 mm)
settings-paper-letter = Carta (8.5 × 11 pulgadas)
