mail-greeting = Hola, { $name }:
mail-test = Correo de prueba: no se mueve dinero real.
mail-item = Factura { $number }
mail-item-due = Vence el { $date }
mail-item-overdue = Venció el { $date }
mail-total = Total
mail-pay = Ver mi estado de cuenta y pagar
mail-questions = ¿Algo no coincide? Responda a este correo y le atenderá { $creditor }.
mail-opt-out = Dejar de recibir recordatorios por correo
mail-receipt-subject = { $creditor }: recibimos su pago de { $amount }
mail-receipt-lead = Recibimos su pago de { $amount } el { $date }. Gracias.
mail-receipt-item = Factura { $number }
mail-receipt-credit = Saldo a favor
mail-receipt-settled = Está al corriente: no hay nada por pagar.
mail-receipt-balance = Su saldo ahora es de { $amount }.
mail-receipt-reference = Referencia del pago: { $reference }
mail-receipt-open = Ver el recibo
mail-link-subject = { $creditor }: su enlace nuevo
mail-link-lead = Este es su enlace nuevo para ver su estado de cuenta con { $creditor } y pagar.
mail-link-open = Abrir mi estado de cuenta
mail-link-unasked = Si no lo pidió, puede ignorar este correo.
mail-link-personal = El enlace es personal; le recomendamos no reenviar este correo.
mail-code-subject = { $creditor }: su código es { $code }
mail-code-lead = Este es el código que pidió en su estado de cuenta con { $creditor }. Sirve durante { $minutes } minutos.
mail-code-secret = No lo comparta con nadie: { $creditor } nunca se lo pedirá por teléfono ni por mensaje.
mail-code-unasked = Si no lo pidió, no tiene que hacer nada: sin el código nadie puede seguir.
mail-dispute-subject = { $name } no está de acuerdo con la factura { $number }
mail-dispute-lead = { $name } envió una disputa de la factura { $number } por { $amount }. No recibirá recordatorios de esa factura hasta que usted decida.
mail-transfer-subject = { $name } declaró una transferencia de { $amount }
mail-transfer-lead = { $name } declaró una transferencia de { $amount } del { $date }. Búsquela en su banco y confírmela; mientras tanto no se envían recordatorios durante cinco días.
mail-arrival-open = Abrir la cuenta
mail-arrival-small = El mensaje y los archivos están en la consola.
mail-instalment = Cuota de tu plan de pagos
mail-receipt-saved = Ahorraste { $amount }
mail-more-items = { $count ->
    [one] Una más en su estado de cuenta
   *[other] { $count } más en su estado de cuenta
}
