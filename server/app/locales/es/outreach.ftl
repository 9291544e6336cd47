console-reminders = Recordatorios
reminders-parts = Partes de los recordatorios
reminders-upcoming = Qué sale ahora
reminders-calls = Llamadas
reminders-messages = Mensajes
reminders-letters = Cartas
reminders-decisions = Decisiones
reminders-effect = Efecto

by-email = Correo
by-sms = SMS
by-whatsapp = WhatsApp
by-letter = Carta
by-call = Llamada
by-banner = Aviso en el widget
column-channel = Canal
column-messages = Mensajes
column-step = Paso
column-text = Texto
column-cost = Costo
column-price-each = Cada uno
rule-name = { $name } ({ $id }, versión { $version })
weekday-1 = Lunes
weekday-2 = Martes
weekday-3 = Miércoles
weekday-4 = Jueves
weekday-5 = Viernes
weekday-6 = Sábado
weekday-7 = Domingo

why-pending-payment = Hay un pago en curso; nada se envía hasta que termine.
why-outside-hours = Las reglas de contacto no permiten un mensaje a esta hora o en este día.
why-holiday = Es feriado para esta persona y las reglas de contacto piden silencio.
why-not-yet-due = El próximo paso de la escala aún no llega.
why-daily-cap = Ya se contactó a esta persona tanto como un día lo permite.
why-weekly-cap = Ya se contactó a esta persona tanto como una semana lo permite.
why-minimum-gap = El último contacto es demasiado reciente para otro.
why-one-channel = Esta semana ya se la contactó por otro canal y las reglas permiten uno solo.
why-payment-plan = Hay un plan de pagos al día; su próxima cuota aún no llega.
why-promise = Se prometió pagar en una fecha que no ha pasado.
why-declared-transfer = Se declaró una transferencia y se está buscando.
why-manual = Alguien del equipo pidió silencio.
why-stale-data = Los datos importados son más viejos de lo que la política permite; nada automático se envía.
why-preferred-hours = Esta persona pidió que se la contacte a otras horas.
end-paid = No debe nada.
end-disputed = Todo lo que está abierto está en disputa.
end-opted-out = No queda ningún canal que esta persona permita.
end-no-address = No hay dirección para ningún canal de la escala.
end-ladder = Ya se dijeron todos los pasos de la escala.
end-no-policy = Ninguna política de cobro vigente es para esta cuenta.
end-below-minimum = Debe menos de lo que pide cualquier paso por venir.

upcoming-lead = A quién le toca ahora, según lo que dicen los libros. En ese momento se decide de nuevo.
upcoming-span = Hasta cuándo
upcoming-today = Hoy
upcoming-week = Próximos 7 días
upcoming-none = A nadie le toca en este tiempo.
upcoming-message = Mensaje
upcoming-held = En pausa
upcoming-quiet = Aún no
upcoming-ended = Nada más
upcoming-sends = { $when }, { $channel }: { $step }
upcoming-waits = En silencio al menos hasta { $when }
upcoming-act = Pausar o enviar ahora
upcoming-send-now = Enviar ahora
upcoming-send-now-hint = El próximo paso se adelanta hasta donde la ley, el consentimiento y las pausas lo permiten.
upcoming-hold = Pausar
upcoming-hold-reason = Motivo del silencio
upcoming-hold-until = Último día de silencio
upcoming-sent = El mensaje está en camino.
upcoming-was-held = Los recordatorios están en pausa.

rehearsal-start = Ensayar
rehearsal-explained = Vea quién recibiría qué en los próximos 30 días y qué cambia este borrador. Nada se envía.
rehearsal-title = Ensayo: { $name }
rehearsal-lead = Qué saldría desde el { $from } hasta el { $until }, junto a lo que enviarían las políticas publicadas.
rehearsal-back = Volver a la política
rehearsal-running = Ensayando
rehearsal-running-hint = Las cifras crecen mientras se revisan los deudores. Esta página pregunta de nuevo por sí sola.
rehearsal-all = { $total ->
    [0] Nadie debe nada ahora.
    [one] Se revisó al único deudor con algo abierto.
   *[other] Se revisó a los { $total } deudores con algo abierto.
}
rehearsal-part = Solo se revisaron { $done } de { $total } deudores: el ensayo terminó en su límite. Las cifras son de los revisados; del resto no se sabe.
rehearsal-edited = La política cambió después de este ensayo. Ensaye de nuevo antes de publicar.
rehearsal-again = Ensayar de nuevo
rehearsal-next = Y ahora
rehearsal-kept = Se guardan uno por uno los primeros { $kept } de { $total } mensajes. Arriba se cuentan todos.
rehearsal-none = Ningún mensaje coincide.
rehearsal-list = Mensajes
rehearsal-change = Cambio
rehearsal-before = Antes
rehearsal-added = Nuevos
rehearsal-removed = Quitados
rehearsal-moved = Cambiados
rehearsal-same = Sin cambio
rehearsal-reached = Deudores contactados
rehearsal-difference = Qué cambiaría al publicar
rehearsal-days = Mensajes por día
rehearsal-published = Lo publicado hoy
rehearsal-draft = Con esta versión
rehearsal-cost = Costo por canal
rehearsal-cost-hint = Estimación con precios fijos en dólares: SMS 0.05, WhatsApp 0.03, carta 1.20, llamada 0.80; el correo y el aviso del widget no cuestan. Decide la factura de su proveedor.
rehearsal-blocks = Qué detiene los mensajes
rehearsal-no-blocks = Nada detiene un mensaje.
rehearsal-day-closed = { $day }: sin mensajes ese día
rehearsal-stops = Donde no viene nada más
rehearsal-supposes = Un ensayo supone que no pasa nada más que el tiempo: nadie paga ni contesta, ningún mensaje vuelve y las importaciones siguen. Por eso muestra lo máximo que se enviaría.

effect-lead = A cuántos mensajes de cada paso siguió un pago dentro de siete días.
effect-none = Ningún mensaje salió en este tiempo.
effect-truncated = Solo se leyeron los primeros { $count } mensajes de este tiempo.
effect-unfinished = Aún no pasan siete días desde los últimos mensajes: sus cifras todavía crecen.
effect-by-step = Por paso, canal y texto
effect-chart = Mensajes y los seguidos de un pago, por días desde el vencimiento
effect-followed = Seguidos de un pago
effect-share = Parte
effect-paid = Pagado
effect-explained = Un pago cuenta para el último mensaje anterior, si fue dentro de siete días. Siguió al mensaje; si este lo causó, nadie lo sabe.
effect-before = { $count ->
    [one] Un día antes
   *[other] { $count } días antes
}
effect-on-day = El día del vencimiento
effect-after = { $count ->
    [one] Un día después
   *[other] { $count } días después
}
