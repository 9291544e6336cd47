message-days = { $count ->
    [one] um dia
   *[other] { $count } dias
}
message-sample-name = Maria Lopes
message-sample-item = Material de construção
message-language-es = espanhol
message-language-en = inglês
message-language-pt = português
message-channel-email = e-mail
message-channel-sms = SMS
message-channel-whatsapp = WhatsApp
message-channel-letter = carta
message-channel-call = ligação
message-channel-banner = aviso do widget
message-tone-friendly = amigável
message-tone-neutral = neutro
message-tone-firm = firme
message-reading = { $count ->
    [one] Um texto próprio para “{ $key }”
   *[other] { $count } textos próprios para “{ $key }”
}
message-reading-texts = Em { $language }: { $channels }.
message-reading-rest = Onde falta um, usa-se o texto de fábrica.
message-reading-none = Não há texto de fábrica com esta chave: os passos que a usam precisam dos três idiomas.
message-in-subject = assunto, { $language }, { $channel }
message-in-body = { $language }, { $channel }, linha { $line }
refusal-template-key-taken = Outro modelo já tem a chave “{ $key }”.
refusal-template-text-repeated = Há dois textos para { $language }, { $channel }.
refusal-template-foreign-link = O único link de uma mensagem é {"{{ link }}"}: retire o endereço ({ $where }).
refusal-template-variable-unknown = Não existe a variável “{ $name }” ({ $where }).
refusal-template-unreadable = O modelo não pode ser lido ({ $where }).
refusal-template-whatsapp-unreadable = Isso não é um modelo do WhatsApp ({ $where }).
refusal-template-text-missing = “{ $key }” não tem texto para { $language }, { $channel }, e uma escada o usa.
message-key = Chave
message-key-hint = Os passos da escada nomeiam esta chave. Com a chave de um texto de fábrica, os seus o substituem.
message-texts = Textos
message-empty = Escreva ao menos um texto.
message-state-own = Próprio
message-state-builtin = De fábrica
message-state-none = Sem texto
message-state-wrong = Rever
message-copy = Começar com o texto de fábrica
message-subject = Assunto
message-body = Texto
message-body-hint = Uma linha vazia começa um parágrafo. O único link é {"{{ link }}"}.
message-email-hint = Uma linha vazia começa um parágrafo. A lista do que está em aberto, o botão de pagamento e a saída são acrescentados sozinhos.
message-sms-hint = Sem a maioria dos acentos e sem emojis cabe mais do dobro. {"{{ link }}"} é o link e {"{{ opt_out }}"} a palavra que encerra as mensagens.
message-whatsapp-hint = Este texto é usado se a pessoa escreveu nas últimas 24 horas; se não, o modelo aprovado abaixo.
message-wa-name = Modelo aprovado: nome
message-wa-language = O seu idioma (pt_BR)
message-wa-parameters = As suas variáveis, em ordem
message-wa-parameters-hint = Separadas por vírgulas: name, amount, link.
message-wa-approved = Modelo aprovado “{ $name }”
message-preview = Pré-visualizar
message-preview-for = Pré-visualizar para
message-preview-tone = Tom
message-preview-reference = Conta
message-preview-reference-hint = A referência de um cliente seu; vazio: um exemplo.
message-preview-title = Assim chega: { $channel }, { $language }
message-preview-of = Com os dados de { $name }. O link é de amostra.
message-preview-example = Com dados de exemplo.
message-length = { $segments ->
    [one] { $places } caracteres: um SMS com o link.
   *[other] { $places } caracteres: { $segments } SMS com o link.
}
message-length-unicode = Tem caracteres que o alfabeto curto não conhece: cabem 70 por SMS em vez de 160.
message-variables = Variáveis que você pode usar
message-variables-hint = O que não se aplica fica vazio, em zero ou falso.
variable-name = o nome da pessoa
variable-creditor = o seu negócio
variable-amount = tudo o que se pede ou se anuncia
variable-due-on = a data a partir da qual o passo conta
variable-days = os dias que faltam ou que passaram
variable-days-text = os mesmos dias em palavras
variable-items = o que está em aberto: item.number, item.description, item.amount, item.due_on, item.days_text
variable-item-count = quantos são
variable-link = o link pessoal
variable-saved = o que o desconto economiza
variable-until = o último dia do desconto
variable-plan = se trata de um plano de pagamento
variable-instalment = o número da parcela
variable-instalments = quantas parcelas o plano tem
variable-promised-on = a data prometida que passou sem pagamento
variable-suspend-note = se o passo menciona a suspensão
variable-final-notice = se é o último aviso
variable-fee = o encargo por atraso do passo
variable-tone = friendly, neutral ou firm
variable-opt-out = como sair do canal
message-publish-explained = A partir daí as mensagens dizem isto. As que já saíram não mudam. Salve antes as suas mudanças.
