not-found = Não encontramos esta página
not-found-explained = O endereço pode estar incompleto. Abra de novo o link que você recebeu.
forbidden = Sua função não permite isto
forbidden-explained = Peça a uma pessoa proprietária do console se precisar.
provider-down = O processador de pagamentos não responde
provider-down-explained = Não é um problema do seu cartão. Tente de novo em alguns minutos.
fault = Algo falhou do nosso lado
fault-explained = Já ficou registrado e vamos verificar. Se você estava pagando, seu extrato dirá com certeza o que aconteceu.
fault-reference = Se pedir ajuda, mencione este código: { $reference }
paused = Não conseguimos mostrar esta página agora
paused-explained = Nosso sistema não responde no momento. O que você deve e o que pagou não muda. Tente de novo em um minuto.
paused-sent = Não conseguimos receber o que você enviou
paused-sent-explained = Não conte com isso ainda. Espere alguns minutos e confira seu extrato: ele diz com certeza o que ficou registrado.
too-many = Muitas tentativas seguidas
too-many-explained = { $count ->
    [one] Espere um minuto e tente de novo.
   *[other] Espere { $count } minutos e tente de novo.
}
left = Você saiu da sua conta
left-explained = Para voltar, abra o link que você recebeu por e-mail.

optout-page = Lembretes por e-mail
optout-title = Parar de receber lembretes de { $creditor }?
optout-explained = Isso não muda o que você deve nem as datas. Os recibos dos seus pagamentos continuarão chegando.
optout-confirm = Parar de receber
optout-done = Pronto, você não receberá mais lembretes
optout-done-explained = Você pode consultar seu saldo quando quiser com seu link. Se mudar de ideia, avise { $creditor }.
