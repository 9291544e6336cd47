history-title = Por que é este valor?
history-carried = Saldo anterior
history-balance = Saldo { $amount }
history-whole = { $count ->
    [one] Ver o histórico completo
   *[other] Ver os { $count } movimentos
}
history-and-more = { $count ->
    [one] { $number } e mais 1
   *[other] { $number } e mais { $count }
}

sum-carried = Saldo anterior
sum-invoiced = Faturas
sum-charges = Multas e juros
sum-paid = Pagamentos
sum-reduced = Descontos e notas de crédito
sum-balance = Saldo a pagar
sum-credit = Crédito

movement-issue = Fatura emitida
movement-amendment = Ajuste de fatura
movement-payment = Pagamento recebido. Obrigado
movement-credit-applied = Crédito usado
movement-refund = Devolução a você
movement-reversal = Pagamento revertido pelo banco
movement-chargeback = Pagamento contestado no banco
movement-credit-note = Nota de crédito
movement-write-off = Saldo perdoado
movement-discount = Desconto por pagamento antecipado
movement-late-fee = Multa por atraso
movement-interest = Juros
movement-payout = Depósito à empresa
movement-plan-charge = Preço do plano de pagamento
movement-plan-rebate = Abatimento do preço do plano
movement-concession-reversed = Desconto anulado
movement-chargeback-won = Contestação decidida a favor da empresa
movement-refund-returned = Devolução que não chegou
