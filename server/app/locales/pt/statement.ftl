statement-title = Extrato da conta
statement-as-of = em { $date }
statement-account-in = Conta em { $currency }
statement-pay = Pagar
statement-pay-in = Pagar em { $currency }
statement-pay-hint = Você pode pagar tudo, escolher faturas ou pagar outro valor.
statement-settled = Você está em dia.
statement-settled-explained = Não há nada a pagar.
statement-all-overdue = Todo este saldo já venceu.
statement-overdue = Deste saldo, { $amount } já venceu.
statement-next-today = Há um vencimento hoje.
statement-next = { $count ->
    [one] O próximo vencimento é amanhã, { $date }.
   *[other] O próximo vencimento é em { $date }, daqui a { $count } dias.
}
statement-under-way = Há um pagamento de { $amount } em andamento. O saldo mudará quando for confirmado.
statement-see-payment = Ver esse pagamento

items-title = { $count ->
    [one] Fatura em aberto
   *[other] { $count } faturas em aberto
}
item-of = de { $amount }
item-disputed = Em análise

credit = Crédito
credit-explained = É dinheiro que já recebemos e que ainda não foi usado em uma fatura. Será usado na próxima.

receipts = Recibos
receipt-of = Pagamento de { $date }

questions-title = Algo não confere?
questions-write = Escreva para { $creditor }:
questions-contact = Fale com { $creditor } pelo meio de sempre.
