terms-time-unreadable = Escriba una hora como 9:00.
ladder-steps = Escalera de recordatorios
ladder-steps-hint = Cada paso sale una sola vez y solo si su día llegó y la ley y sus reglas lo permiten. Abra un paso para cambiarlo.
ladder-due-date = Días desde el vencimiento
ladder-instalment-date = Días desde la fecha de la cuota
ladder-add = Añadir un paso
ladder-days = Días
ladder-side = Antes o después
ladder-before = Antes
ladder-after = Después, o el mismo día con 0
ladder-from = Se cuenta desde
ladder-from-due = el vencimiento
ladder-from-instalment = la fecha de la cuota
ladder-channel = Canal
ladder-channel-else = Si no se puede, canal { $place }
ladder-channel-none = Ninguno
ladder-template = Texto
ladder-tone = Tono
ladder-amount-min = Solo desde el importe
ladder-escalation = Además
ladder-escalation-none = Nada más
ladder-escalation-fee = Cobrar un cargo por mora
ladder-escalation-hand-over = Pasarlo a un agente
ladder-escalation-suspend = Mencionar la suspensión del servicio
ladder-escalation-final = Es el último aviso
ladder-fee = Importe del cargo
ladder-earlier = Un día antes
ladder-later = Un día después
ladder-remove = Quitar
ladder-audience = Qué deudas, por antigüedad e historial
ladder-history = Historial de pagos
ladder-history-any = Cualquiera
ladder-history-never = Nunca pagó tarde
ladder-history-late = Pagó tarde al menos
ladder-history-count = Veces
ladder-own = Sus propias horas y límites
ladder-own-hint = La ley de cada país ya se respeta. Aquí solo puede ser más cuidadoso, nunca menos.
ladder-hours-from = Desde la hora
ladder-hours-until = Hasta la hora
ladder-hours-hint = Hora local de la persona, por ejemplo 9:00.
ladder-closed = Ningún mensaje en
ladder-per-day = Mensajes al día, como máximo
ladder-per-week = Mensajes a la semana, como máximo
ladder-gap = Horas entre dos mensajes, al menos
ladder-stale = Horas que valen los datos
ladder-stale-hint = Si la última importación es más antigua, no sale nada y se le avisa.
step-before-due = { $count ->
    [one] Un día antes del vencimiento
   *[other] { $count } días antes del vencimiento
}
step-on-due = El día del vencimiento
step-after-due = { $count ->
    [one] Un día después del vencimiento
   *[other] { $count } días después del vencimiento
}
step-before-instalment = { $count ->
    [one] Un día antes de la cuota
   *[other] { $count } días antes de la cuota
}
step-on-instalment = El día de la cuota
step-after-instalment = { $count ->
    [one] Un día después de la cuota
   *[other] { $count } días después de la cuota
}
reading-step = { $when }: { $channels }, con el texto «{ $template }», tono { $tone }.
reading-step-else = , si no se puede { "" }
reading-step-amount = Solo desde { $amount }.
reading-step-fee = Se suma un cargo por mora de { $amount }.
reading-step-hand-over = Un agente recibe la tarea de llamar.
reading-step-suspend = El texto puede mencionar la suspensión del servicio.
reading-step-final = Es el último aviso.
reading-audience-min = Solo si lo más antiguo lleva al menos { $count } días de vencido.
reading-audience-max = Solo si lo más antiguo lleva como máximo { $count } días de vencido.
reading-audience-never-late = Solo quienes nunca pagaron tarde.
reading-audience-late = { $count ->
    [one] Solo quienes ya pagaron tarde una vez.
   *[other] Solo quienes ya pagaron tarde { $count } veces.
}
reading-own-from = Nada antes de las { $time }.
reading-own-until = Nada desde las { $time }.
reading-own-closed = Nada en: { $days }.
reading-own-day = { $count ->
    [one] Un mensaje al día como máximo.
   *[other] { $count } mensajes al día como máximo.
}
reading-own-week = { $count ->
    [one] Un mensaje a la semana como máximo.
   *[other] { $count } mensajes a la semana como máximo.
}
reading-own-gap = { $count ->
    [one] Al menos una hora entre dos mensajes.
   *[other] Al menos { $count } horas entre dos mensajes.
}
reading-stale = { $count ->
    [one] Nada si la última importación tiene más de una hora.
   *[other] Nada si la última importación tiene más de { $count } horas.
}
weekday-monday = lunes
weekday-tuesday = martes
weekday-wednesday = miércoles
weekday-thursday = jueves
weekday-friday = viernes
weekday-saturday = sábado
weekday-sunday = domingo
ladder-publish-explained = Desde entonces decide esta escalera. Los pasos que ya habían llegado antes no se recuperan si ya se escribió sobre la deuda. Guarde antes sus cambios.
