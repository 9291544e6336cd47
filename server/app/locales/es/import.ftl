imports-title = Importar facturas
imports-recent = Importaciones anteriores
imports-none = Todavía no se ha importado ningún archivo.
import-file = Archivo
import-file-hint = CSV con encabezado, separado por coma, punto y coma o tabulador. Nada se guarda hasta que usted confirme.
import-upload = Subir y revisar
import-no-file = Elija un archivo.
import-rows = Filas
import-state-mapping = Por revisar columnas
import-state-preview = Por confirmar
import-state-running = En curso
import-state-booked = Guardada
import-state-refused = Con errores
import-running = Guardando las facturas
import-running-explained = Puede cerrar esta página; el trabajo sigue.
import-booked = Importación terminada
import-booked-explained = Todo el archivo quedó guardado.
import-nothing-new = El archivo ya estaba importado: no cambió nada.
import-see-debtors = Ver deudores
import-another = Importar otro archivo
import-count-new = Nuevas
import-count-settled = Llegan pagadas
import-count-amended = Modificadas
import-count-unchanged = Sin cambios
import-totals = Totales por moneda
import-total-amount = Facturado
import-total-open = Por cobrar
back-to-imports = Volver a importaciones

mapping-title = Revise las columnas
mapping-found = codificación { $encoding }, separador { $separator }
mapping-remembered = Usamos la misma asignación que la última vez con este encabezado.
mapping-column = Columna
mapping-samples = Primeros valores
mapping-meaning = Significa
mapping-preview = Ver vista previa
mapping-date-order = Orden de las fechas
mapping-decimal-mark = Forma de los montos
mapping-currency = Moneda si el archivo no la dice
mapping-currency-hint = Código de tres letras: MXN, COP, CLP…
mapping-certain = Detectado en el archivo, sin duda.
mapping-uncertain = El archivo permite otra lectura: confírmelo.
mapping-missing = Falta asignar: { $fields }.
mapping-twice = Dos columnas tienen el mismo significado: { $field }.
mapping-unknown = No conocemos “{ $name }”.
mapping-bad-currency = Esa moneda no existe.
separator-tab = tabulador
date-order-dmy = día/mes/año (31/12/2026)
date-order-mdy = mes/día/año (12/31/2026)
date-order-ymd = año-mes-día (2026-12-31)

field-number = Número de factura
field-debtor-reference = Clave del deudor
field-debtor-name = Nombre del deudor
field-email = Correo
field-phone = Teléfono
field-language = Idioma
field-country = País
field-zone = Zona horaria
field-postal-address = Dirección postal
field-consent-email = Permite correo
field-consent-sms = Permite SMS
field-consent-whatsapp = Permite WhatsApp
field-consent-letter = Permite cartas
field-consent-call = Permite llamadas
field-consent-proof = Prueba del consentimiento
field-consent-on = Fecha del consentimiento
field-description = Concepto
field-issued-on = Fecha de emisión
field-due-on = Fecha de vencimiento
field-amount = Monto
field-outstanding = Saldo
field-currency = Moneda
field-status = Estado
field-settled-on = Fecha de pago
field-disputed = En aclaración
field-ignore = No usar

preview-title = Vista previa
preview-rows = { $count ->
    [one] 1 fila
   *[other] { $count } filas
}
preview-debtors = { $count ->
    [0] No hay deudores nuevos.
    [one] Se agrega 1 deudor nuevo.
   *[other] Se agregan { $count } deudores nuevos.
}
preview-overridden = Consentimientos que no cuentan
preview-consents = { $count ->
    [0] Ningún consentimiento cambia.
    [one] Cambian los consentimientos de un deudor.
   *[other] Cambian los consentimientos de { $count } deudores.
}
preview-allows = Permite: { $channels }
preview-withdrew = Retira: { $channels }
preview-confirm = Guardar todo
preview-remap = Cambiar columnas
preview-other-file = Subir el archivo corregido
preview-sample = Así se leyeron las primeras filas
preview-settled = Pagada
preview-faults = { $count ->
    [one] Una fila tiene un error.
   *[other] { $count } filas tienen errores.
}
preview-nothing-booked = No se guardó nada de este archivo.
preview-fault-list = Qué corregir
preview-more-faults = { $count ->
    [one] Y una fila más.
   *[other] Y { $count } filas más.
}

file-empty = El archivo no tiene filas.
file-too-large = El archivo pasa de { $max } MB.
file-encoding-mixed = La línea { $line } está en otra codificación que el resto. Guarde el archivo de nuevo como CSV UTF-8.
file-separator-unknown = No encontramos columnas: sepárelas con coma, punto y coma o tabulador.
file-row-too-long = La fila que empieza en la línea { $line } es demasiado larga. Puede faltar una comilla.
file-too-many-columns = La fila de la línea { $line } tiene demasiadas columnas.
file-quote-unclosed = La comilla que abre en la línea { $line } no se cierra.
file-dates-mixed = Las fechas van en dos órdenes: la línea { $day } pone primero el día y la línea { $month }, el mes.
file-decimal-marks-mixed = Los montos van en dos formas: la línea { $point } usa punto decimal y la línea { $comma }, coma.
file-total-overflow = La suma del archivo es demasiado grande.

fault-value-missing = Falta el dato.
fault-cells-beyond-header = La fila tiene más celdas que columnas; puede ser un monto con coma sin comillas.
fault-date-unknown = No es una fecha: “{ $shown }”.
fault-date-out-of-range = La fecha no es posible: “{ $shown }”.
fault-due-before-issue = El vencimiento es anterior a la emisión.
fault-settled-before-issue = El pago es anterior a la emisión.
fault-settled-in-future = La fecha de pago aún no llega.
fault-amount-negative = El monto es negativo: “{ $shown }”.
fault-amount-not-positive = El monto es cero.
fault-amount-unreadable = No es un monto: “{ $shown }”.
fault-amount-overflow = El monto es demasiado grande.
fault-too-many-decimals = Tiene más decimales que la moneda: “{ $shown }”.
fault-currency-unknown = No es una moneda: “{ $shown }”.
fault-partly-paid = El saldo no coincide con el monto, y no hay fecha de pago.
fault-settled-date-missing = Dice pagada, pero falta la fecha de pago.
fault-void-in-file = Dice anulada: quítela del archivo.
fault-card-number = Contiene un número de tarjeta. Bórrelo del archivo.
fault-text-too-long = El texto es demasiado largo.
fault-text-unprintable = El texto tiene un carácter de control.
fault-email-unreadable = No es un correo: “{ $shown }”.
fault-phone-unreadable = No es un teléfono de ese país: “{ $shown }”. Con +, el código de país y el número se lee siempre.
fault-consent-without-proof = Permite el canal, pero falta la prueba del consentimiento.
fault-consent-overridden = El deudor retiró este canal: su retiro vale y el consentimiento del archivo no. La fila se registra igual.
fault-consent-in-future = La fecha del consentimiento aún no llega: “{ $shown }”.
fault-country-unknown = No es un país: “{ $shown }”.
fault-zone-unknown = No es una zona horaria: “{ $shown }”.
fault-yes-or-no-unknown = No es sí ni no: “{ $shown }”.
fault-number-duplicate = El número ya está en una línea anterior: “{ $shown }”.
fault-another-debtor = Ese número ya es de otro deudor.
fault-another-currency = Esa factura está guardada en otra moneda.
fault-another-issue-date = Esa factura está guardada con otra fecha de emisión.
fault-invoice-closed = La factura ya está cerrada y el monto es otro.
fault-settled-after-closing = La factura ya está cerrada sin pago.
fault-reduced-below-paid = El monto nuevo es menor que lo ya pagado.
fault-other = No se puede guardar ({ $code }).
