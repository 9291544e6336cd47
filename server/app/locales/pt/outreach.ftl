console-reminders = Lembretes
reminders-parts = Partes dos lembretes
reminders-upcoming = O que sai agora
reminders-calls = Ligações
reminders-messages = Mensagens
reminders-letters = Cartas
reminders-decisions = Decisões
reminders-effect = Efeito

by-email = E-mail
by-sms = SMS
by-whatsapp = WhatsApp
by-letter = Carta
by-call = Ligação
by-banner = Aviso no widget
column-channel = Canal
column-messages = Mensagens
column-step = Passo
column-text = Texto
column-cost = Custo
column-price-each = Cada uma
rule-name = { $name } ({ $id }, versão { $version })
weekday-1 = Segunda-feira
weekday-2 = Terça-feira
weekday-3 = Quarta-feira
weekday-4 = Quinta-feira
weekday-5 = Sexta-feira
weekday-6 = Sábado
weekday-7 = Domingo

why-pending-payment = Há um pagamento em andamento; nada é enviado até que termine.
why-outside-hours = As regras de contato não permitem uma mensagem nesta hora ou neste dia.
why-holiday = É feriado para esta pessoa e as regras de contato pedem silêncio.
why-not-yet-due = O próximo passo da escada ainda não chegou.
why-daily-cap = Esta pessoa já foi contatada tanto quanto um dia permite.
why-weekly-cap = Esta pessoa já foi contatada tanto quanto uma semana permite.
why-minimum-gap = O último contato é recente demais para outro.
why-one-channel = Esta pessoa já foi contatada por outro canal nesta semana, e as regras permitem um só.
why-payment-plan = Há um plano de pagamento em dia; a próxima parcela ainda não chegou.
why-promise = Foi prometido pagar até uma data que não passou.
why-declared-transfer = Uma transferência foi declarada e está sendo procurada.
why-manual = Alguém da equipe pediu silêncio.
why-stale-data = Os dados importados são mais velhos do que a política permite; nada automático é enviado.
why-preferred-hours = Esta pessoa pediu para ser contatada em outros horários.
end-paid = Nada é devido.
end-disputed = Tudo o que está em aberto está em disputa.
end-opted-out = Não resta nenhum canal que esta pessoa permita.
end-no-address = Não há endereço para nenhum canal da escada.
end-ladder = Todos os passos da escada já foram ditos.
end-no-policy = Nenhuma política de cobrança em vigor é para esta conta.
end-below-minimum = Deve menos do que qualquer passo por vir pede.

upcoming-lead = De quem é a vez agora, pelo que dizem os livros. Na hora, a decisão é tomada de novo.
upcoming-span = Até quando
upcoming-today = Hoje
upcoming-week = Próximos 7 dias
upcoming-none = Não é a vez de ninguém neste período.
upcoming-message = Mensagem
upcoming-held = Em pausa
upcoming-quiet = Ainda não
upcoming-ended = Nada mais
upcoming-sends = { $when }, { $channel }: { $step }
upcoming-waits = Em silêncio pelo menos até { $when }
upcoming-act = Pausar ou enviar agora
upcoming-send-now = Enviar agora
upcoming-send-now-hint = O próximo passo é adiantado até onde a lei, o consentimento e as pausas permitem.
upcoming-hold = Pausar
upcoming-hold-reason = Motivo do silêncio
upcoming-hold-until = Último dia de silêncio
upcoming-sent = A mensagem está a caminho.
upcoming-was-held = Os lembretes estão em pausa.

rehearsal-start = Ensaiar
rehearsal-explained = Veja quem receberia o quê nos próximos 30 dias e o que este rascunho muda. Nada é enviado.
rehearsal-title = Ensaio: { $name }
rehearsal-lead = O que sairia de { $from } até { $until }, ao lado do que as políticas publicadas enviariam.
rehearsal-back = Voltar à política
rehearsal-running = Ensaiando
rehearsal-running-hint = Os números crescem enquanto os devedores são vistos. Esta página pergunta de novo sozinha.
rehearsal-all = { $total ->
    [0] Ninguém deve nada agora.
    [one] O único devedor com algo em aberto foi visto.
   *[other] Os { $total } devedores com algo em aberto foram vistos.
}
rehearsal-part = Só { $done } de { $total } devedores foram vistos: o ensaio terminou no seu limite. Os números são dos que foram vistos; do resto não se sabe.
rehearsal-edited = A política mudou depois deste ensaio. Ensaie de novo antes de publicar.
rehearsal-again = Ensaiar de novo
rehearsal-next = E agora
rehearsal-kept = As primeiras { $kept } de { $total } mensagens são guardadas uma a uma. Acima todas são contadas.
rehearsal-none = Nenhuma mensagem corresponde.
rehearsal-list = Mensagens
rehearsal-change = Mudança
rehearsal-before = Antes
rehearsal-added = Novas
rehearsal-removed = Retiradas
rehearsal-moved = Mudadas
rehearsal-same = Sem mudança
rehearsal-reached = Devedores contatados
rehearsal-difference = O que mudaria ao publicar
rehearsal-days = Mensagens por dia
rehearsal-published = Publicado hoje
rehearsal-draft = Com esta versão
rehearsal-cost = Custo por canal
rehearsal-cost-hint = Estimativa com preços fixos em dólares: SMS 0,05, WhatsApp 0,03, carta 1,20, ligação 0,80; o e-mail e o aviso do widget não custam. Decide a fatura do seu fornecedor.
rehearsal-blocks = O que segura as mensagens
rehearsal-no-blocks = Nada segura uma mensagem.
rehearsal-day-closed = { $day }: sem mensagens neste dia
rehearsal-stops = Onde não vem mais nada
rehearsal-supposes = Um ensaio supõe que nada acontece além do tempo: ninguém paga nem responde, nenhuma mensagem volta e as importações seguem. Por isso mostra o máximo que seria enviado.

effect-lead = Quantas mensagens de cada passo foram seguidas de um pagamento em sete dias.
effect-none = Nenhuma mensagem saiu neste período.
effect-truncated = Só foram lidas as primeiras { $count } mensagens deste período.
effect-unfinished = Ainda não passaram sete dias desde as últimas mensagens: os números ainda crescem.
effect-by-step = Por passo, canal e texto
effect-chart = Mensagens e as seguidas de um pagamento, por dias a partir do vencimento
effect-followed = Seguidas de um pagamento
effect-share = Parte
effect-paid = Pago
effect-explained = Um pagamento conta para a última mensagem antes dele, se foi em sete dias. Ele veio depois da mensagem; se ela o causou, ninguém sabe.
effect-before = { $count ->
    [one] Um dia antes
   *[other] { $count } dias antes
}
effect-on-day = No dia do vencimento
effect-after = { $count ->
    [one] Um dia depois
   *[other] { $count } dias depois
}
