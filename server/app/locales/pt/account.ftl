back-to-debtors = Voltar aos devedores
payments-title = Pagamentos
payments-none = Ainda não há pagamentos.
payment-refunded = Devolvido { $amount }
refund-open = Devolver
refund-amount = Valor a devolver em { $currency }
refund-reason = Motivo
refund-explained = Volta pelo meio com que foi pago. As faturas que esse dinheiro pagava ficam abertas de novo.
refund-confirm = Devolver o dinheiro

attempts-title = Tentativas de pagamento
attempt-created = Aberta
attempt-pending = No banco
attempt-action = Falta verificar
attempt-succeeded = Paga
attempt-failed = Não foi feita
attempt-canceled = Cancelada
attempt-expired = Encerrada sem uso

links-title = Links de acesso
link-fresh = Novo link.
link-fresh-explained = Copie agora; não será mostrado de novo.
link-create = Criar um link
link-live = Ativo
link-ended = Encerrado
link-revoked = Revogado
link-opened = usado em { $when }
link-never-opened = sem uso
link-ends = termina em { $when }
link-revoke = Revogar
link-renew = Renovar

reminders-title = Lembretes
reminders-none = Nenhum foi enviado ainda.
reminder-planned = Planejado
reminder-unknown = Entrega sem confirmação
reminder-sent = Enviado
reminder-delivered = Entregue
reminder-bounced = Devolvido pelo e-mail
reminder-suppressed = Não enviado
reminder-failed = Falhou
step-before = { $count ->
    [one] { $count } dia antes de { $due }
   *[other] { $count } dias antes de { $due }
}
step-on-day = no dia do vencimento, { $due }
step-after = { $count ->
    [one] { $count } dia depois de { $due }
   *[other] { $count } dias depois de { $due }
}

decision-title = Próximo lembrete
decision-send = { $count ->
    [one] Sai na próxima rodada por e-mail, com { $count } fatura: { $step }.
   *[other] Sai na próxima rodada por e-mail, com { $count } faturas: { $step }.
}
decision-wait = Será decidido de novo em { $when }: { $why }.
decision-stop = Nenhum: { $why }.
hold-pending = há um pagamento em andamento
hold-hours = está fora do horário de contato
hold-not-due = o próximo aviso ainda não chegou
stop-paid = não deve nada
stop-disputed = tudo o que está em aberto está em análise
stop-opted-out = pediu para não receber lembretes por e-mail
stop-no-address = não tem e-mail cadastrado
stop-ended = todos os avisos da política já foram enviados
hold-plan = um plano de pagamento está em dia
hold-promise = prometeu pagar até uma data
hold-transfer = avisou que fez uma transferência
hold-manual = pausado pela equipe financeira
hold-holiday = é feriado
hold-day = hoje já foi contatado tantas vezes quanto é permitido
hold-week = nesta semana já foi contatado tantas vezes quanto é permitido
hold-gap = o último contato é muito recente
hold-channel = nesta semana já foi usado outro canal
hold-stale = os dados importados são antigos demais
hold-preferred = pediu para ser contatado em outros horários
stop-no-policy = nenhuma política de lembretes em vigor é para esta conta
stop-below = deve menos do que o mínimo dos avisos
ladder-standard = Lembretes padrão em { $currency }
hold-another-step = era a vez de outro aviso
reply-by = respondeu por { $channel }:
reply-answer = Resposta
reply-opted-out = Retirou o canal
reply-opted-in = Permite o canal outra vez
