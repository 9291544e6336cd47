reading-by-day = { $what } si se paga hasta el día { $day } después de la emisión
reading-on-issue = { $what } si se paga el mismo día de la emisión
reading-before-due = { $what } si se paga { $count ->
    [one] un día
   *[other] { $count } días
} antes del vencimiento
reading-by-due = { $what } si se paga hasta el vencimiento
reading-sliding = por cada día antes del vencimiento, { $rate } anual
reading-terms-step = { $what } menos si se paga hasta el { $date }
reading-full-until-due = después, el monto completo hasta el vencimiento
reading-full-until-day = después, el monto completo hasta el día { $day }
reading-net-of-tax = La tasa se aplica al monto sin impuestos; si no se conoce el impuesto no hay descuento.
reading-parts-none = Solo se obtiene pagando la factura completa de una vez.
reading-parts-proportional = La parte que se paga a tiempo recibe su parte.
reading-parts-rest = Quien termina de pagar la factura a tiempo lo recibe completo, sin importar lo pagado antes.
reading-grace = Un pago iniciado a tiempo puede llegar hasta { $count ->
    [one] un minuto
   *[other] { $count } minutos
} tarde.
reading-fee = un cargo de { $what }, una sola vez
reading-fee-rate = un cargo de { $what } de lo pendiente, una sola vez
reading-interest = interés simple de { $rate } anual por día, registrado cada { $count ->
    [one] día
   *[other] { $count } días
}
reading-late-grace = { $count ->
    [0] Desde el día siguiente al vencimiento.
    [one] Después de un día de gracia.
   *[other] Después de { $count } días de gracia.
}
reading-cap-rate = Nunca más de { $what } de la factura.
reading-cap-amount = Nunca más de { $what } por factura.
reading-plan-weekly = De { $min } a { $max } cuotas semanales
reading-plan-fortnightly = De { $min } a { $max } cuotas quincenales
reading-plan-monthly = De { $min } a { $max } cuotas mensuales
reading-plan-down = { $rate } se paga al aceptar.
reading-segment-all = Para cualquier monto en { $currency }.
reading-segment-from = Para montos desde { $min }.
reading-segment-to = Para montos hasta { $max }.
reading-segment-between = Para montos de { $min } a { $max }.
reading-segment-tag = Solo para deudores con la etiqueta { $tag }.
reading-ladder = { $count ->
    [one] Un aviso, { $first }.
   *[other] { $count } avisos, desde { $first } hasta { $last }.
}
reading-days-before = { $count ->
    [one] un día antes
   *[other] { $count } días antes
}
reading-on-the-day = el mismo día
reading-days-after = { $count ->
    [one] un día después
   *[other] { $count } días después
}
