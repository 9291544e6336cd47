back-to-debtors = Volver a deudores
payments-title = Pagos
payments-none = Todavía no hay pagos.
payment-refunded = Devuelto { $amount }
refund-open = Devolver
refund-amount = Monto a devolver en { $currency }
refund-reason = Motivo
refund-explained = Vuelve al medio con que se pagó. Las facturas que ese dinero pagaba quedan abiertas otra vez.
refund-confirm = Devolver dinero

attempts-title = Intentos de pago
attempt-created = Abierto
attempt-pending = En el banco
attempt-action = Falta verificar
attempt-succeeded = Pagado
attempt-failed = No se realizó
attempt-canceled = Cancelado
attempt-expired = Vencido sin usar

links-title = Enlaces de acceso
link-fresh = Enlace nuevo.
link-fresh-explained = Cópielo ahora; no se vuelve a mostrar.
link-create = Crear un enlace
link-live = Activo
link-ended = Vencido
link-revoked = Revocado
link-opened = usado el { $when }
link-never-opened = sin usar
link-ends = vence el { $when }
link-revoke = Revocar
link-renew = Renovar

reminders-title = Recordatorios
reminders-none = Todavía no se ha enviado ninguno.
reminder-planned = Planeado
reminder-unknown = Entrega sin confirmar
reminder-sent = Enviado
reminder-delivered = Entregado
reminder-bounced = Devuelto por el correo
reminder-suppressed = No se envió
reminder-failed = Falló
step-before = { $count ->
    [one] 1 día antes del { $due }
   *[other] { $count } días antes del { $due }
}
step-on-day = el día del vencimiento, { $due }
step-after = { $count ->
    [one] 1 día después del { $due }
   *[other] { $count } días después del { $due }
}

decision-title = Próximo recordatorio
decision-send = { $count ->
    [one] Sale en el próximo ciclo por correo, con 1 factura: { $step }.
   *[other] Sale en el próximo ciclo por correo, con { $count } facturas: { $step }.
}
decision-wait = Se decide de nuevo el { $when }: { $why }.
decision-stop = Ninguno: { $why }.
hold-pending = hay un pago en proceso
hold-hours = está fuera del horario de contacto
hold-not-due = el siguiente aviso aún no toca
stop-paid = no debe nada
stop-disputed = todo lo pendiente está en aclaración
stop-opted-out = pidió no recibir recordatorios por correo
stop-no-address = no tiene correo registrado
stop-ended = ya se enviaron todos los avisos de la política
hold-plan = un plan de pagos está al día
hold-promise = prometió una fecha de pago
hold-transfer = avisó que hizo una transferencia
hold-manual = pausa del equipo de finanzas
hold-holiday = es día festivo
hold-day = hoy ya se le contactó tantas veces como se permite
hold-week = esta semana ya se le contactó tantas veces como se permite
hold-gap = el último contacto es muy reciente
hold-channel = esta semana ya se usó otro canal
hold-stale = los datos importados son demasiado antiguos
hold-preferred = pidió que se le contacte a otras horas
stop-no-policy = ninguna política de recordatorios vigente es para esta cuenta
stop-below = se debe menos que el mínimo de los avisos
ladder-standard = Recordatorios habituales en { $currency }
hold-another-step = tocaba otro aviso
reply-by = respondió por { $channel }:
reply-answer = Respuesta
reply-opted-out = Retiró el canal
reply-opted-in = Permite el canal otra vez
