imports-title = Importar faturas
imports-recent = Importações anteriores
imports-none = Nenhum arquivo foi importado ainda.
import-file = Arquivo
import-file-hint = CSV com cabeçalho, separado por vírgula, ponto e vírgula ou tabulação. Nada é salvo até você confirmar.
import-upload = Enviar e revisar
import-no-file = Escolha um arquivo.
import-rows = Linhas
import-state-mapping = Colunas a revisar
import-state-preview = A confirmar
import-state-running = Em andamento
import-state-booked = Salva
import-state-refused = Com erros
import-running = Salvando as faturas
import-running-explained = Você pode fechar esta página; o trabalho continua.
import-booked = Importação concluída
import-booked-explained = O arquivo inteiro foi salvo.
import-nothing-new = O arquivo já tinha sido importado: nada mudou.
import-see-debtors = Ver devedores
import-another = Importar outro arquivo
import-count-new = Novas
import-count-settled = Chegam pagas
import-count-amended = Alteradas
import-count-unchanged = Sem mudança
import-totals = Totais por moeda
import-total-amount = Faturado
import-total-open = A receber
back-to-imports = Voltar às importações

mapping-title = Revise as colunas
mapping-found = codificação { $encoding }, separador { $separator }
mapping-remembered = Usamos a mesma associação da última vez com este cabeçalho.
mapping-column = Coluna
mapping-samples = Primeiros valores
mapping-meaning = Significa
mapping-preview = Ver a prévia
mapping-date-order = Ordem das datas
mapping-decimal-mark = Forma dos valores
mapping-currency = Moeda se o arquivo não disser
mapping-currency-hint = Código de três letras: BRL, MXN, CLP…
mapping-certain = Detectado no arquivo, sem dúvida.
mapping-uncertain = O arquivo permite outra leitura: confirme.
mapping-missing = Falta associar: { $fields }.
mapping-twice = Duas colunas têm o mesmo significado: { $field }.
mapping-unknown = Não conhecemos “{ $name }”.
mapping-bad-currency = Essa moeda não existe.
separator-tab = tabulação
date-order-dmy = dia/mês/ano (31/12/2026)
date-order-mdy = mês/dia/ano (12/31/2026)
date-order-ymd = ano-mês-dia (2026-12-31)

field-number = Número da fatura
field-debtor-reference = Código do devedor
field-debtor-name = Nome do devedor
field-email = E-mail
field-phone = Telefone
field-language = Idioma
field-country = País
field-zone = Fuso horário
field-postal-address = Endereço postal
field-consent-email = Permite e-mail
field-consent-sms = Permite SMS
field-consent-whatsapp = Permite WhatsApp
field-consent-letter = Permite cartas
field-consent-call = Permite ligações
field-consent-proof = Prova do consentimento
field-consent-on = Data do consentimento
field-description = Descrição
field-issued-on = Data de emissão
field-due-on = Data de vencimento
field-amount = Valor
field-outstanding = Saldo
field-currency = Moeda
field-status = Estado
field-settled-on = Data de pagamento
field-disputed = Em análise
field-ignore = Não usar

preview-title = Prévia
preview-rows = { $count ->
    [one] { $count } linha
   *[other] { $count } linhas
}
preview-debtors = { $count ->
    [0] Não há devedores novos.
    [one] { $count } devedor novo será adicionado.
   *[other] { $count } devedores novos serão adicionados.
}
preview-overridden = Consentimentos que não contam
preview-consents = { $count ->
    [0] Nenhum consentimento muda.
    [one] Mudam os consentimentos de um devedor.
   *[other] Mudam os consentimentos de { $count } devedores.
}
preview-allows = Permite: { $channels }
preview-withdrew = Retira: { $channels }
preview-confirm = Salvar tudo
preview-remap = Mudar colunas
preview-other-file = Enviar o arquivo corrigido
preview-sample = Assim as primeiras linhas foram lidas
preview-settled = Paga
preview-faults = { $count ->
    [one] Uma linha tem um erro.
   *[other] { $count } linhas têm erros.
}
preview-nothing-booked = Nada deste arquivo foi salvo.
preview-fault-list = O que corrigir
preview-more-faults = { $count ->
    [one] E mais uma linha.
   *[other] E mais { $count } linhas.
}

file-empty = O arquivo não tem linhas.
file-too-large = O arquivo passa de { $max } MB.
file-encoding-mixed = A linha { $line } está em outra codificação. Salve o arquivo de novo como CSV UTF-8.
file-separator-unknown = Não encontramos colunas: separe com vírgula, ponto e vírgula ou tabulação.
file-row-too-long = A linha que começa em { $line } é longa demais. Pode faltar uma aspa.
file-too-many-columns = A linha { $line } tem colunas demais.
file-quote-unclosed = A aspa que abre na linha { $line } não fecha.
file-dates-mixed = As datas vêm em duas ordens: a linha { $day } põe primeiro o dia e a linha { $month }, o mês.
file-decimal-marks-mixed = Os valores vêm em duas formas: a linha { $point } usa ponto decimal e a linha { $comma }, vírgula.
file-total-overflow = A soma do arquivo é grande demais.

fault-value-missing = Falta o dado.
fault-cells-beyond-header = A linha tem mais células que colunas; pode ser um valor com vírgula sem aspas.
fault-date-unknown = Não é uma data: “{ $shown }”.
fault-date-out-of-range = A data não é possível: “{ $shown }”.
fault-due-before-issue = O vencimento é anterior à emissão.
fault-settled-before-issue = O pagamento é anterior à emissão.
fault-settled-in-future = A data de pagamento ainda não chegou.
fault-amount-negative = O valor é negativo: “{ $shown }”.
fault-amount-not-positive = O valor é zero.
fault-amount-unreadable = Não é um valor: “{ $shown }”.
fault-amount-overflow = O valor é grande demais.
fault-too-many-decimals = Tem mais decimais que a moeda: “{ $shown }”.
fault-currency-unknown = Não é uma moeda: “{ $shown }”.
fault-partly-paid = O saldo difere do valor, e não há data de pagamento.
fault-settled-date-missing = Diz paga, mas falta a data de pagamento.
fault-void-in-file = Diz anulada: retire do arquivo.
fault-card-number = Contém um número de cartão. Apague do arquivo.
fault-text-too-long = O texto é longo demais.
fault-text-unprintable = O texto tem um caractere de controle.
fault-email-unreadable = Não é um e-mail: “{ $shown }”.
fault-phone-unreadable = Não é um telefone desse país: “{ $shown }”. Com +, código do país e número sempre se lê.
fault-consent-without-proof = Permite o canal, mas falta a prova do consentimento.
fault-consent-overridden = O devedor retirou este canal: isso vale, e o consentimento do arquivo não conta. A linha é registrada mesmo assim.
fault-consent-in-future = A data do consentimento ainda não chegou: “{ $shown }”.
fault-country-unknown = Não é um país: “{ $shown }”.
fault-zone-unknown = Não é um fuso horário: “{ $shown }”.
fault-yes-or-no-unknown = Não é sim nem não: “{ $shown }”.
fault-number-duplicate = O número já está em uma linha anterior: “{ $shown }”.
fault-another-debtor = Esse número já é de outro devedor.
fault-another-currency = Essa fatura está salva em outra moeda.
fault-another-issue-date = Essa fatura está salva com outra data de emissão.
fault-invoice-closed = A fatura já está encerrada e o valor é outro.
fault-settled-after-closing = A fatura foi encerrada sem pagamento.
fault-reduced-below-paid = O novo valor é menor que o já pago.
fault-other = Não pode ser salva ({ $code }).
