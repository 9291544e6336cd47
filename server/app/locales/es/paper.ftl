paper-scan = Escanee este código con su teléfono para ver su saldo y pagar. Es personal: no lo comparta.
paper-invoice-title = Factura { $number }
paper-invoice-dates = Emitida el { $issued }. Vence el { $due }.
paper-invoice-goods = Bienes o servicios
paper-invoice-tax = Incluye impuestos por { $amount }
paper-invoice-paid = Ya abonado
paper-invoice-tax-note = Este documento informa lo que se adeuda. No sustituye al comprobante fiscal.
paper-receipt-title = Comprobante de pago
mail-invoice-subject = { $creditor }: factura { $number } por { $amount }
mail-invoice-lead = { $creditor } le envía la factura { $number }, que vence el { $date }. Va adjunta en PDF.
mail-invoice-open = Ver y pagar
letters-title = Cartas
letters-explained = Descargue las cartas que esperan, imprímalas y llévelas al correo. La dirección queda en la ventanilla del sobre.
letters-empty = No hay cartas que esperen.
letters-count = { $count ->
    [one] Una carta espera
   *[other] { $count } cartas esperan
}
letters-download = Descargar como un solo PDF
letters-posted = Marcar como enviadas
letters-posted-explained = Márquelas cuando estén en el correo: las que están en la última descarga.
letters-written = Escrita el { $date }
