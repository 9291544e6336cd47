terms-time-unreadable = Escreva uma hora como 9:00.
ladder-steps = Escada de lembretes
ladder-steps-hint = Cada passo sai uma única vez, e só quando o seu dia chegou e a lei e as suas regras permitem. Abra um passo para mudá-lo.
ladder-due-date = Dias desde o vencimento
ladder-instalment-date = Dias desde a data da parcela
ladder-add = Adicionar um passo
ladder-days = Dias
ladder-side = Antes ou depois
ladder-before = Antes
ladder-after = Depois, ou no próprio dia com 0
ladder-from = Contado a partir de
ladder-from-due = o vencimento
ladder-from-instalment = a data da parcela
ladder-channel = Canal
ladder-channel-else = Se não for possível, canal { $place }
ladder-channel-none = Nenhum
ladder-template = Texto
ladder-tone = Tom
ladder-amount-min = Só a partir do valor
ladder-escalation = Além disso
ladder-escalation-none = Nada mais
ladder-escalation-fee = Cobrar um encargo por atraso
ladder-escalation-hand-over = Passar a um agente
ladder-escalation-suspend = Mencionar a suspensão do serviço
ladder-escalation-final = É o último aviso
ladder-fee = Valor do encargo
ladder-earlier = Um dia antes
ladder-later = Um dia depois
ladder-remove = Retirar
ladder-audience = Quais dívidas, por idade e histórico
ladder-history = Histórico de pagamento
ladder-history-any = Qualquer
ladder-history-never = Nunca pagou com atraso
ladder-history-late = Pagou com atraso ao menos
ladder-history-count = Vezes
ladder-own = As suas próprias horas e limites
ladder-own-hint = A lei de cada país já é respeitada. Aqui você só pode ser mais cuidadoso, nunca menos.
ladder-hours-from = A partir da hora
ladder-hours-until = Até a hora
ladder-hours-hint = Hora local da pessoa, por exemplo 9:00.
ladder-closed = Nenhuma mensagem em
ladder-per-day = Mensagens por dia, no máximo
ladder-per-week = Mensagens por semana, no máximo
ladder-gap = Horas entre duas mensagens, ao menos
ladder-stale = Horas em que os dados valem
ladder-stale-hint = Se a última importação for mais antiga, nada sai e você é avisado.
step-before-due = { $count ->
    [one] Um dia antes do vencimento
   *[other] { $count } dias antes do vencimento
}
step-on-due = No dia do vencimento
step-after-due = { $count ->
    [one] Um dia depois do vencimento
   *[other] { $count } dias depois do vencimento
}
step-before-instalment = { $count ->
    [one] Um dia antes da parcela
   *[other] { $count } dias antes da parcela
}
step-on-instalment = No dia da parcela
step-after-instalment = { $count ->
    [one] Um dia depois da parcela
   *[other] { $count } dias depois da parcela
}
reading-step = { $when }: { $channels }, com o texto “{ $template }”, tom { $tone }.
reading-step-else = , se não for possível { "" }
reading-step-amount = Só a partir de { $amount }.
reading-step-fee = Soma-se um encargo por atraso de { $amount }.
reading-step-hand-over = Um agente recebe a tarefa de ligar.
reading-step-suspend = O texto pode mencionar a suspensão do serviço.
reading-step-final = É o último aviso.
reading-audience-min = Só se o mais antigo está vencido há pelo menos { $count } dias.
reading-audience-max = Só se o mais antigo está vencido há no máximo { $count } dias.
reading-audience-never-late = Só quem nunca pagou com atraso.
reading-audience-late = { $count ->
    [one] Só quem já pagou com atraso uma vez.
   *[other] Só quem já pagou com atraso { $count } vezes.
}
reading-own-from = Nada antes das { $time }.
reading-own-until = Nada a partir das { $time }.
reading-own-closed = Nada em: { $days }.
reading-own-day = { $count ->
    [one] Uma mensagem por dia no máximo.
   *[other] { $count } mensagens por dia no máximo.
}
reading-own-week = { $count ->
    [one] Uma mensagem por semana no máximo.
   *[other] { $count } mensagens por semana no máximo.
}
reading-own-gap = { $count ->
    [one] Ao menos uma hora entre duas mensagens.
   *[other] Ao menos { $count } horas entre duas mensagens.
}
reading-stale = { $count ->
    [one] Nada se a última importação tiver mais de uma hora.
   *[other] Nada se a última importação tiver mais de { $count } horas.
}
weekday-monday = segunda-feira
weekday-tuesday = terça-feira
weekday-wednesday = quarta-feira
weekday-thursday = quinta-feira
weekday-friday = sexta-feira
weekday-saturday = sábado
weekday-sunday = domingo
ladder-publish-explained = A partir daí esta escada decide. Passos cujo dia já tinha chegado não são recuperados se já se escreveu sobre a dívida. Salve antes as suas mudanças.
