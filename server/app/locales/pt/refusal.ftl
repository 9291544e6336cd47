refusal-amount-overflow = O valor é grande demais.
refusal-amount-not-positive = Digite um valor maior que zero.
refusal-amount-unreadable = Não conseguimos ler o valor. Use só números, por exemplo 1500.
refusal-too-many-decimals = { $count ->
    [0] Valores em { $currency } não têm decimais.
    [one] Valores em { $currency } têm no máximo um decimal.
   *[other] Valores em { $currency } têm no máximo { $count } decimais.
}
refusal-rate-above-whole = A taxa deve ser menor que 100 %.
refusal-rate-zero = Informe uma taxa maior que zero.
refusal-tiers-unordered = Cada faixa deve terminar depois da anterior e descontar menos.
refusal-days-out-of-range = Esse número de dias não é possível aqui.
refusal-deadline-before-issue = O prazo termina antes da data de emissão.
refusal-discount-after-due = O desconto deve terminar antes do vencimento.
refusal-policies-overlap = Nesse período já vale outra política para as mesmas faturas. Retire-a ou escolha outra data.
refusal-date-in-past = Esse dia já passou. Escolha hoje ou uma data posterior.
refusal-policy-not-draft = Só um rascunho pode ser editado ou publicado. Comece uma nova versão para mudar esta.
refusal-policy-not-published = Esta política não está publicada ou já terminou.
refusal-policy-changed = Outra pessoa alterou esta política nesse meio-tempo. Seus valores estão abaixo; compare-os com o que está salvo agora.
refusal-currency-unknown = Não conhecemos a moeda { $code }.
refusal-currency-mismatch = A moeda não é a da conta.
refusal-date-out-of-range = A data não é possível.
refusal-language-unknown = Não conhecemos o idioma { $tag }.
refusal-email-unreadable = Esse e-mail não está completo.
refusal-card-number-in-text = Esse texto parece um número de cartão. Por segurança não o guardamos; escreva sem ele.
refusal-text-length = Digite entre 1 e { $max } caracteres.
refusal-amount-above-balance = O valor é maior do que você deve: { $owed }.
refusal-nothing-to-pay = Escolha ao menos uma fatura.
refusal-item-not-open = Uma das faturas não está mais em aberto.
refusal-balance-changed = O saldo mudou enquanto você escolhia.
refusal-payment-under-way = Já há um pagamento em andamento.
refusal-refund-above-payment = É mais do que resta desse pagamento.
refusal-not-found = Não encontramos.
refusal-due-before-issue = O vencimento é anterior à emissão.
refusal-last-owner = A última pessoa proprietária continua sendo: nomeie outra antes.
refusal-member-email-taken = Já existe um membro com este e-mail.
refusal-password-short = Escolha uma senha com pelo menos { $min } caracteres.
refusal-password-common = Essa senha é fácil de adivinhar. Escolha outra, por exemplo várias palavras suas.
refusal-sign-in = O e-mail ou a senha não estão corretos, ou houve tentativas demais. Se tiver certeza deles, espere alguns minutos.
refusal-code = Esse código não é mais válido. Espere o próximo e tente de novo.
refusal-item-in-plan = Essa fatura faz parte de um plano de pagamento: pague as parcelas.
refusal-plan-not-open = Isso já não é possível com este plano.
refusal-plan-not-offered = Este plano de pagamento não é oferecido para esta conta.
refusal-method-needed = Este plano é pago com um método salvo. Salve um primeiro.
refusal-plan-amount-changed = O valor devido mudou desde que o plano foi proposto. É preciso um novo plano.
refusal-instalment-count-out-of-range = Escolha entre { $min } e { $max } parcelas.
refusal-instalment-below-minimum = Cada parcela deve ser de pelo menos { $minimum }. Escolha menos parcelas.
refusal-first-date-out-of-range = A primeira parcela deve cair entre { $from } e { $until }.
refusal-range-reversed = O fim do intervalo está antes do começo.
refusal-code-unreadable = Escreva os seis dígitos do código.
refusal-code-wrong = { $count ->
    [0] O código não está certo e já não pode ser tentado. Peça um novo.
    [one] O código não está certo. Resta { $count } tentativa.
   *[other] O código não está certo. Restam { $count } tentativas.
}
refusal-code-ended = Esse código já não funciona. Peça um novo.
refusal-contact-missing = Não temos um e-mail seu para enviar o código.
refusal-dispute-open = Esta fatura já está em disputa.
refusal-claim-closed = Isto já foi decidido antes.
refusal-promise-date = Escolha um dia entre hoje e { $until }.
refusal-promise-open = Já existe uma promessa de pagamento. Você pode retirá-la e fazer outra.
refusal-transfer-date = Escolha o dia da transferência: de { $from } até hoje.
refusal-transfers-waiting = Já estamos procurando outras transferências suas. Aguarde até que as encontremos.
refusal-hold-date = A pausa termina no máximo em { $until }, e não no passado.
refusal-hold-open = Já existe uma pausa em vigor. Encerre-a antes de criar outra.
refusal-settlement-amount = O acordo deve ser menor do que o valor devido: { $owed }.
refusal-settlement-date = O acordo deve terminar nos próximos 90 dias.
refusal-settlement-open = Já existe um acordo aberto para estas faturas.
refusal-offer-ended = Esta oferta já terminou.
refusal-above-role-limit = Seu perfil pode conceder no máximo { $rate }%.
refusal-above-outstanding = É mais do que ainda está em aberto.
refusal-file-too-large = O arquivo é grande demais: 5 MB no máximo.
refusal-file-type-refused = Esse tipo de arquivo não é aceito. Envie um PDF ou uma foto (JPEG, PNG, WebP ou HEIC).
refusal-files-too-many = Três arquivos no máximo.
refusal-other = Não é possível com estes dados.
refusal-segment-empty = O valor mínimo é maior que o máximo.
refusal-tag-unreadable = Uma etiqueta tem letras, números, - e _, até 40 caracteres; no máximo 20 etiquetas.
refusal-price-changed = O valor mudou: agora são { $now }. Nada foi cobrado.
refusal-tax-above-amount = O imposto é maior que o valor.
refusal-date-in-future = Essa data ainda não chegou.
refusal-zone-unknown = Não conhecemos o fuso horário “{ $name }”.
refusal-steps-unordered = Os avisos vão do menor ao maior número de dias, um por dia.
refusal-step-channels = Cada aviso precisa de pelo menos um canal, e cada canal uma só vez.
refusal-channel-unknown = Esse canal não existe.
refusal-template-key-unreadable = A chave do modelo tem de 1 a 40 letras minúsculas, dígitos ou sublinhados.
refusal-fee-before-due = Uma tarifa só pode vir depois do vencimento.
refusal-audience-empty = Ninguém pode ter essa idade ou esse histórico.
refusal-hours-unordered = O horário deve deixar um intervalo aberto em pelo menos um dia da semana.
