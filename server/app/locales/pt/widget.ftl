widget-next-due = Próximo vencimento
widget-failed = Não foi possível carregar o seu saldo.
widget-retry = Tentar de novo
widget-loading = Carregando…
widget-opens-new = abre em outra janela
widget-expired = Esta página está aberta há algum tempo. Recarregue-a para ver o seu saldo.
widget-see-statement = Ver meu extrato
widget-see-ways = Ver as formas de pagar
widget-items = { $count ->
    [one] { $count } fatura em aberto
   *[other] { $count } faturas em aberto
}
widget-planned = O seu plano de pagamento está em dia. Nada a pagar até { $date }.
widget-planned-all = O seu plano de pagamento está em dia. Nada a pagar agora.
widget-credit = Você tem { $amount } de crédito.
widget-open-items = Faturas em aberto
widget-select = Escolher
widget-select-all = Escolher todas
widget-selected = Escolhido: { $amount }
widget-days = { $count } d
widget-next-instalment = Próximo pagamento
widget-reminder = Lembrete
widget-later = Lembrar amanhã
widget-dismiss = Não mostrar de novo
widget-remind-overdue = { $amount } venceu em { $date }.
widget-remind-discount = Pague { $amount } até { $moment } e economize { $saved }.
widget-remind-soon = { $amount } vence em { $date }.
widget-back = Voltar a { $host }
widget-ended-page = Abra de novo
widget-ended-title = Esta página expirou
widget-ended-explained = Para a sua segurança, o que você abriu a partir do site funciona só por alguns minutos. Volte e abra de novo: nada foi cobrado.
widget-ended-close = Você pode fechar esta janela e abrir de novo a partir do site de onde veio.
