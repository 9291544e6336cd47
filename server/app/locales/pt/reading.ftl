reading-by-day = { $what } se pagar até o dia { $day } após a emissão
reading-on-issue = { $what } se pagar no dia da emissão
reading-before-due = { $what } se pagar { $count ->
    [one] um dia
   *[other] { $count } dias
} antes do vencimento
reading-by-due = { $what } se pagar até o vencimento
reading-sliding = para cada dia antes do vencimento, { $rate } ao ano
reading-terms-step = { $what } a menos se pagar até { $date }
reading-full-until-due = depois, o valor integral até o vencimento
reading-full-until-day = depois, o valor integral até o dia { $day }
reading-net-of-tax = A taxa incide sobre o valor sem impostos; sem imposto conhecido não há desconto.
reading-parts-none = Só vale para quem paga a fatura inteira de uma vez.
reading-parts-proportional = A parte paga a tempo recebe a sua parte.
reading-parts-rest = Quem quita a fatura a tempo recebe tudo, não importa o que pagou antes.
reading-grace = Um pagamento iniciado a tempo pode chegar até { $count ->
    [one] um minuto
   *[other] { $count } minutos
} depois.
reading-fee = uma multa de { $what }, uma única vez
reading-fee-rate = uma multa de { $what } do que está em aberto, uma única vez
reading-interest = juros simples de { $rate } ao ano por dia, lançados a cada { $count ->
    [one] dia
   *[other] { $count } dias
}
reading-late-grace = { $count ->
    [0] A partir do dia seguinte ao vencimento.
    [one] Depois de um dia de carência.
   *[other] Depois de { $count } dias de carência.
}
reading-cap-rate = Nunca mais de { $what } da fatura.
reading-cap-amount = Nunca mais de { $what } por fatura.
reading-plan-weekly = De { $min } a { $max } parcelas semanais
reading-plan-fortnightly = De { $min } a { $max } parcelas quinzenais
reading-plan-monthly = De { $min } a { $max } parcelas mensais
reading-plan-down = { $rate } é pago na aceitação.
reading-segment-all = Para qualquer valor em { $currency }.
reading-segment-from = Para valores a partir de { $min }.
reading-segment-to = Para valores até { $max }.
reading-segment-between = Para valores de { $min } a { $max }.
reading-segment-tag = Só para devedores com a etiqueta { $tag }.
reading-ladder = { $count ->
    [one] Um aviso, { $first }.
   *[other] { $count } avisos, de { $first } até { $last }.
}
reading-days-before = { $count ->
    [one] um dia antes
   *[other] { $count } dias antes
}
reading-on-the-day = no próprio dia
reading-days-after = { $count ->
    [one] um dia depois
   *[other] { $count } dias depois
}
