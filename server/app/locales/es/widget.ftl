widget-next-due = Próximo vencimiento
widget-failed = No pudimos cargar su saldo.
widget-retry = Intentar de nuevo
widget-loading = Cargando…
widget-opens-new = se abre en otra ventana
widget-expired = Esta página lleva un rato abierta. Vuelva a cargarla para ver su saldo.
widget-see-statement = Ver mi estado de cuenta
widget-see-ways = Ver las formas de pagar
widget-items = { $count ->
    [one] { $count } factura abierta
   *[other] { $count } facturas abiertas
}
widget-planned = Su plan de pagos va al corriente. Nada que pagar hasta el { $date }.
widget-planned-all = Su plan de pagos va al corriente. Nada que pagar por ahora.
widget-credit = Tiene { $amount } a favor.
widget-open-items = Facturas abiertas
widget-select = Elegir
widget-select-all = Elegir todas
widget-selected = Elegido: { $amount }
widget-days = { $count } d
widget-next-instalment = Próximo pago
widget-reminder = Recordatorio
widget-later = Recordármelo mañana
widget-dismiss = No volver a mostrar
widget-remind-overdue = { $amount } venció el { $date }.
widget-remind-discount = Pague { $amount } hasta el { $moment } y ahorre { $saved }.
widget-remind-soon = { $amount } vence el { $date }.
widget-back = Volver a { $host }
widget-ended-page = Ábralo de nuevo
widget-ended-title = Esta página ya venció
widget-ended-explained = Por su seguridad, lo que abrió desde el sitio funciona solo unos minutos. Vuelva y ábralo de nuevo: no se cobró nada.
widget-ended-close = Puede cerrar esta ventana y abrirlo de nuevo desde el sitio del que vino.
