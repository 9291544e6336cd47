message-days = { $count ->
    [one] un día
   *[other] { $count } días
}
message-sample-name = María López
message-sample-item = Material de construcción
message-language-es = español
message-language-en = inglés
message-language-pt = portugués
message-channel-email = correo
message-channel-sms = SMS
message-channel-whatsapp = WhatsApp
message-channel-letter = carta
message-channel-call = llamada
message-channel-banner = aviso del widget
message-tone-friendly = amable
message-tone-neutral = neutro
message-tone-firm = firme
message-reading = { $count ->
    [one] Un texto propio para «{ $key }»
   *[other] { $count } textos propios para «{ $key }»
}
message-reading-texts = En { $language }: { $channels }.
message-reading-rest = Donde falta uno se usa el texto de fábrica.
message-reading-none = No hay texto de fábrica con esta clave: los pasos que la usen necesitan los tres idiomas.
message-in-subject = asunto, { $language }, { $channel }
message-in-body = { $language }, { $channel }, línea { $line }
refusal-template-key-taken = Otra plantilla ya tiene la clave «{ $key }».
refusal-template-text-repeated = Hay dos textos para { $language }, { $channel }.
refusal-template-foreign-link = El único enlace de un mensaje es {"{{ link }}"}: quite la dirección ({ $where }).
refusal-template-variable-unknown = No existe la variable «{ $name }» ({ $where }).
refusal-template-unreadable = La plantilla no se entiende ({ $where }).
refusal-template-whatsapp-unreadable = Los datos de la plantilla de WhatsApp no son válidos ({ $where }).
refusal-template-text-missing = A «{ $key }» le falta el texto para { $language }, { $channel }, y una escalera lo usa.
message-key = Clave
message-key-hint = Los pasos de la escalera nombran esta clave. Con la clave de un texto de fábrica, los suyos lo sustituyen.
message-texts = Textos
message-empty = Escriba al menos un texto.
message-state-own = Propio
message-state-builtin = De fábrica
message-state-none = Sin texto
message-state-wrong = Revisar
message-copy = Empezar con el texto de fábrica
message-subject = Asunto
message-body = Texto
message-body-hint = Una línea vacía empieza un párrafo. El único enlace es {"{{ link }}"}.
message-email-hint = Una línea vacía empieza un párrafo. La lista de lo pendiente, el botón de pago y la salida se añaden solos.
message-sms-hint = Sin tildes en a, i, o, u ni emojis cabe más del doble. {"{{ link }}"} es el enlace y {"{{ opt_out }}"} la palabra para darse de baja.
message-whatsapp-hint = Este texto se usa si la persona escribió en las últimas 24 horas; si no, la plantilla aprobada de abajo.
message-wa-name = Plantilla aprobada: nombre
message-wa-language = Su idioma (es_MX)
message-wa-parameters = Sus variables, en orden
message-wa-parameters-hint = Separadas por comas: name, amount, link.
message-wa-approved = Plantilla aprobada «{ $name }»
message-preview = Vista previa
message-preview-for = Vista previa para
message-preview-tone = Tono
message-preview-reference = Cuenta
message-preview-reference-hint = La referencia de un cliente suyo; vacío: un ejemplo.
message-preview-title = Así llega: { $channel }, { $language }
message-preview-of = Con los datos de { $name }. El enlace es de muestra.
message-preview-example = Con datos de ejemplo.
message-length = { $segments ->
    [one] { $places } caracteres: un SMS con su enlace.
   *[other] { $places } caracteres: { $segments } SMS con su enlace.
}
message-length-unicode = Tiene caracteres que el alfabeto corto no conoce: caben 70 por SMS en lugar de 160.
message-variables = Variables que puede usar
message-variables-hint = Lo que no aplica está vacío, en cero o no se cumple.
variable-name = el nombre de la persona
variable-creditor = su negocio
variable-amount = todo lo que se pide o se anuncia
variable-due-on = la fecha desde la que cuenta el paso
variable-days = los días que faltan o que pasaron
variable-days-text = los mismos días en palabras
variable-items = lo pendiente: item.number, item.description, item.amount, item.due_on, item.days_text
variable-item-count = cuántos son
variable-link = el enlace personal
variable-saved = lo que se ahorra con el descuento
variable-until = el último día del descuento
variable-plan = si trata de un plan de pagos
variable-instalment = el número de la cuota
variable-instalments = cuántas cuotas tiene el plan
variable-promised-on = la fecha prometida que pasó sin pago
variable-suspend-note = si el paso menciona la suspensión
variable-final-notice = si es el último aviso
variable-fee = el cargo por mora del paso
variable-tone = friendly, neutral o firm
variable-opt-out = cómo darse de baja del canal
message-publish-explained = Desde entonces los mensajes dicen esto. Los que ya salieron no cambian. Guarde antes sus cambios.
