chart-figures = Ver os números
chart-thousands = { $amount } mil
chart-millions = { $amount } mi
chart-current = A vencer

list-search = Buscar por nome, código ou número
list-from = De
list-until = Até
list-all = Todos
list-show = Mostrar
list-clear = Limpar filtros
list-file = Baixar CSV
list-no-match = Nada corresponde a estes filtros.
invoices-none = Ainda não há faturas. Elas chegam com a primeira importação.
list-payments-none = Ainda não há pagamentos.
plans-none = Ainda não há planos de pagamento.
disputes-none = Não há contestações.
promises-none = Ninguém prometeu um pagamento ainda.

state-owing = Com saldo
state-overdue = Vencido
state-open = Aberta
state-paid = Paga
state-disputed = Contestada
state-void = Anulada
state-written-off = Incobrável
state-unapplied = Não aplicado
state-refunded = Devolvido
state-resolved = Resolvida
state-withdrawn = Retirada
state-coming = A cumprir
state-past = Data passada
state-waiting = Aguarda o financeiro
state-proposed = Proposto
state-active = Vigente
state-broken = Rompido
state-completed = Cumprido
state-canceled = Cancelado


column-provider-reference = Referência do provedor
column-number = Número
column-issued = Emissão
column-due = Vence
column-promised = Data prometida
column-made = Feita em

overview-ageing = Saldo por antiguidade
overview-collected = Recebido nos últimos 7 dias
overview-collected-short = Recebido
overview-collected-all = Todos os pagamentos destes dias
overview-discounts = Descontos deste mês
overview-disputes = { $count ->
    [one] Uma contestação aguarda resposta
   *[other] { $count } contestações aguardam resposta
}
column-instalments = Parcelas
overview-plans-waiting = { $count ->
    [one] Um plano aguarda a aprovação do financeiro
   *[other] { $count } planos aguardam a aprovação do financeiro
}
overview-plans-active = Em dia
overview-plans-broken = Rompidos
