console-navigation = Console
console-overview = Resumo
console-debtors = Devedores
console-invoices = Faturas
console-payments = Pagamentos
console-plans = Planos
console-disputes = Contestações
console-promises = Promessas
console-terms = Condições
console-members = Equipe
console-audit = Auditoria
console-settings = Configurações
console-menu = Menu
console-imports = Importações
console-events = Eventos
console-jobs = Tarefas
console-next = Próximos
console-first = Voltar ao início da lista

sign-in-page = Entrar no console
sign-in-title = Console de { $creditor }
sign-in-explained = Confirme para entrar como parte da equipe financeira.
sign-in-confirm = Entrar
sign-in-once = Este link funciona uma única vez.
sign-in-refused = Este link já foi usado ou não é válido
sign-in-refused-explained = O servidor imprime um novo link a cada vez que inicia.

overview-empty = Ainda não há faturas
overview-empty-explained = Importe seu arquivo de contas a receber para começar. Antes de salvar você verá uma prévia.
overview-import = Importar um arquivo
overview-dead-jobs = { $count ->
    [one] Uma tarefa não pôde ser concluída
   *[other] { $count } tarefas não puderam ser concluídas
}
overview-books-stale = Os lembretes esperam: a última importação é mais antiga do que a política permite
overview-unmatched = { $count ->
    [one] Um evento do processador não corresponde a nenhum pagamento conhecido
   *[other] { $count } eventos do processador não correspondem a nenhum pagamento conhecido
}
overview-refused = { $count ->
    [one] Um evento do processador foi recusado
   *[other] { $count } eventos do processador foram recusados
}
overview-outstanding-in = A receber em { $currency }
overview-outstanding = A receber
overview-overdue = Vencido
overview-credit = Crédito de devedores
overview-debtors = { $count ->
    [one] { $count } devedor
   *[other] { $count } devedores
}
overview-items = { $count ->
    [one] { $count } fatura
   *[other] { $count } faturas
}
overview-payments = Pagamentos de hoje
overview-no-payments = Hoje ainda não há pagamentos.
overview-last-import = Última importação

ageing-current = A vencer
ageing-1-30 = 1 a 30 dias
ageing-31-60 = 31 a 60 dias
ageing-61-90 = 61 a 90 dias
ageing-over-90 = Mais de 90 dias

debtors-none = Ainda não há devedores. Eles chegam com a primeira importação.

column-when = Data
column-state = Estado
column-invoices = Faturas
column-line = Linha
column-reason = Motivo
column-debtor = Devedor
column-provider = Processador
column-reference = Referência

events-explained = Nada é descartado: aqui fica o que o processador enviou e não conseguimos associar ou aceitar.
events-filter = Filtro
events-all = Todos
events-none = Não há eventos para revisar.
event-unmatched = Sem associação
event-refused = Recusado

jobs-explained = Tarefas que esgotaram as tentativas. Corrija a causa e tente de novo.
jobs-none = Todas as tarefas estão bem.
job-tries = { $count ->
    [one] { $count } tentativa
   *[other] { $count } tentativas
}
job-revive = Tentar de novo

settings-saved = Salvo.
settings-save = Salvar
settings-invoices = Faturas
settings-send-invoices = Enviar cada fatura por e-mail ao devedor quando é emitida ou importada
settings-prices = Preço de cada mensagem
settings-prices-hint = Com eles se estima o custo de um ensaio. Em branco: nada se estima. Decide a fatura do seu fornecedor.
settings-currency-of = Moeda: { $channel }
settings-paper = Papel
settings-paper-of = Cartas, faturas e recibos
settings-paper-usual = O usual do seu país ({ $paper })
settings-paper-a4 = A4 (210 × 297 mm)
settings-paper-letter = Carta (8,5 × 11 polegadas)
