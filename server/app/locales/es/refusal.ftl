refusal-amount-overflow = El monto es demasiado grande.
refusal-amount-not-positive = Escriba un monto mayor que cero.
refusal-amount-unreadable = No pudimos leer el monto. Escriba solo números, por ejemplo 1500.
refusal-too-many-decimals = { $count ->
    [0] Los montos en { $currency } van sin decimales.
    [one] Los montos en { $currency } llevan un decimal como máximo.
   *[other] Los montos en { $currency } llevan { $count } decimales como máximo.
}
refusal-rate-above-whole = La tasa debe ser menor que 100 %.
refusal-rate-zero = Escriba una tasa mayor que cero.
refusal-tiers-unordered = Cada tramo debe terminar después del anterior y descontar menos.
refusal-days-out-of-range = Ese número de días no es posible aquí.
refusal-deadline-before-issue = El plazo termina antes de la fecha de emisión.
refusal-discount-after-due = El descuento debe terminar antes del vencimiento.
refusal-policies-overlap = En ese periodo ya rige otra política para las mismas facturas. Retírela o elija otra fecha.
refusal-date-in-past = Ese día ya pasó. Elija hoy o una fecha posterior.
refusal-policy-not-draft = Solo se puede editar o publicar un borrador. Comience una versión nueva para cambiar esta.
refusal-policy-not-published = Esta política no está publicada o ya terminó.
refusal-policy-changed = Otra persona cambió esta política mientras tanto. Abajo están sus valores; compárelos con lo guardado ahora.
refusal-currency-unknown = No conocemos la moneda { $code }.
refusal-currency-mismatch = La moneda no coincide con la de la cuenta.
refusal-date-out-of-range = La fecha no es posible.
refusal-language-unknown = No conocemos el idioma { $tag }.
refusal-email-unreadable = Esa dirección de correo no está completa.
refusal-card-number-in-text = Ese texto parece un número de tarjeta. Por su seguridad no lo guardamos; escríbalo sin él.
refusal-text-length = Escriba entre 1 y { $max } caracteres.
refusal-amount-above-balance = El monto supera lo que debe: { $owed }.
refusal-nothing-to-pay = Elija al menos una factura.
refusal-item-not-open = Una de las facturas ya no está pendiente.
refusal-balance-changed = El saldo cambió mientras elegía.
refusal-payment-under-way = Ya hay un pago en proceso.
refusal-refund-above-payment = Es más de lo que queda de ese pago.
refusal-not-found = No lo encontramos.
refusal-due-before-issue = El vencimiento es anterior a la emisión.
refusal-last-owner = La última persona propietaria debe seguir siéndolo: nombra antes a otra.
refusal-member-email-taken = Ya hay un miembro con este correo.
refusal-password-short = Elige una contraseña de al menos { $min } caracteres.
refusal-password-common = Esa contraseña es fácil de adivinar. Elige otra, por ejemplo varias palabras tuyas.
refusal-sign-in = El correo o la contraseña no son correctos, o hubo demasiados intentos. Si estás seguro de ellos, espera unos minutos.
refusal-code = Ese código ya no es válido. Espera el siguiente e inténtalo de nuevo.
refusal-item-in-plan = Esa factura es parte de un plan de pagos: pague sus cuotas.
refusal-plan-not-open = Eso ya no es posible con este plan.
refusal-plan-not-offered = Este plan de pagos no se ofrece para esta cuenta.
refusal-method-needed = Este plan se paga con un método guardado. Guarde uno primero.
refusal-plan-amount-changed = Lo adeudado cambió desde que se propuso el plan. Hace falta un plan nuevo.
refusal-instalment-count-out-of-range = Elija entre { $min } y { $max } cuotas.
refusal-instalment-below-minimum = Cada cuota debe ser de al menos { $minimum }. Elija menos cuotas.
refusal-first-date-out-of-range = La primera cuota debe caer entre el { $from } y el { $until }.
refusal-range-reversed = El final del rango está antes de su comienzo.
refusal-code-unreadable = Escriba los seis dígitos del código.
refusal-code-wrong = { $count ->
    [0] El código no es correcto y ya no se puede intentar. Pida uno nuevo.
    [one] El código no es correcto. Queda { $count } intento.
   *[other] El código no es correcto. Quedan { $count } intentos.
}
refusal-code-ended = Ese código ya no sirve. Pida uno nuevo.
refusal-contact-missing = No tenemos un correo suyo al que enviar el código.
refusal-dispute-open = Esta factura ya está en disputa.
refusal-claim-closed = Esto ya se decidió antes.
refusal-promise-date = Elija un día entre hoy y el { $until }.
refusal-promise-open = Ya hay una promesa de pago. Puede retirarla y hacer otra.
refusal-transfer-date = Elija el día de la transferencia: desde el { $from } hasta hoy.
refusal-transfers-waiting = Ya estamos buscando otras transferencias suyas. Espere a que las encontremos.
refusal-hold-date = La pausa termina a más tardar el { $until }, y no en el pasado.
refusal-hold-open = Ya hay una pausa vigente. Termínela antes de poner otra.
refusal-settlement-amount = El acuerdo debe ser menor que lo que se debe: { $owed }.
refusal-settlement-date = El acuerdo debe terminar en los próximos 90 días.
refusal-settlement-open = Ya hay un acuerdo abierto para estas facturas.
refusal-offer-ended = Esta oferta ya terminó.
refusal-above-role-limit = Su rol puede conceder como máximo el { $rate } %.
refusal-above-outstanding = Es más de lo que queda por pagar.
refusal-file-too-large = El archivo es demasiado grande: 5 MB como máximo.
refusal-file-type-refused = Ese tipo de archivo no se acepta. Envíe un PDF o una foto (JPEG, PNG, WebP o HEIC).
refusal-files-too-many = Tres archivos como máximo.
refusal-other = No es posible con estos datos.
refusal-segment-empty = El monto mínimo es mayor que el máximo.
refusal-tag-unreadable = Una etiqueta tiene letras, números, - y _, hasta 40 caracteres; como máximo 20 etiquetas.
refusal-price-changed = El monto cambió: ahora son { $now }. No se cobró nada.
refusal-tax-above-amount = El impuesto es mayor que el monto.
refusal-date-in-future = Esa fecha todavía no llega.
refusal-zone-unknown = No conocemos la zona horaria «{ $name }».
refusal-steps-unordered = Los avisos van de menor a mayor número de días, uno por día.
refusal-step-channels = Cada aviso necesita al menos un canal, y cada canal una sola vez.
refusal-channel-unknown = No existe ese canal.
refusal-template-key-unreadable = La clave de la plantilla tiene de 1 a 40 letras minúsculas, dígitos o guiones bajos.
refusal-fee-before-due = Un recargo solo puede ir después de la fecha de vencimiento.
refusal-audience-empty = Nadie puede cumplir esa antigüedad o ese historial.
refusal-hours-unordered = El horario debe dejar un tramo abierto al menos un día de la semana.
