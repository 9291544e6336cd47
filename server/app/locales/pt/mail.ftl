mail-greeting = Olá, { $name }:
mail-test = E-mail de teste: nenhum dinheiro real é movimentado.
mail-item = Fatura { $number }
mail-item-due = Vence em { $date }
mail-item-overdue = Venceu em { $date }
mail-total = Total
mail-pay = Ver meu extrato e pagar
mail-questions = Algo não confere? Responda a este e-mail e { $creditor } ajudará você.
mail-opt-out = Parar de receber lembretes por e-mail
mail-receipt-subject = { $creditor }: recebemos seu pagamento de { $amount }
mail-receipt-lead = Recebemos seu pagamento de { $amount } em { $date }. Obrigado.
mail-receipt-item = Fatura { $number }
mail-receipt-credit = Crédito
mail-receipt-settled = Você está em dia: não há nada a pagar.
mail-receipt-balance = Seu saldo agora é { $amount }.
mail-receipt-reference = Referência do pagamento: { $reference }
mail-receipt-open = Ver o recibo
mail-link-subject = { $creditor }: seu novo link
mail-link-lead = Este é o seu novo link para ver o extrato com { $creditor } e pagar.
mail-link-open = Abrir meu extrato
mail-link-unasked = Se você não pediu, pode ignorar este e-mail.
mail-link-personal = O link é pessoal; recomendamos não encaminhar este e-mail.
mail-code-subject = { $creditor }: seu código é { $code }
mail-code-lead = Este é o código que você pediu no seu extrato com { $creditor }. Ele vale por { $minutes } minutos.
mail-code-secret = Não o compartilhe com ninguém: { $creditor } nunca o pedirá por telefone nem por mensagem.
mail-code-unasked = Se você não o pediu, não precisa fazer nada: sem o código ninguém consegue continuar.
mail-dispute-subject = { $name } contesta a fatura { $number }
mail-dispute-lead = { $name } enviou uma disputa da fatura { $number } de { $amount }. Nenhum lembrete dela será enviado até você decidir.
mail-transfer-subject = { $name } declarou uma transferência de { $amount }
mail-transfer-lead = { $name } declarou uma transferência de { $amount } feita em { $date }. Procure-a no seu banco e confirme; enquanto isso, nenhum lembrete é enviado por cinco dias.
mail-arrival-open = Abrir a conta
mail-arrival-small = A mensagem e os arquivos estão no console.
mail-instalment = Parcela do seu plano de pagamento
mail-receipt-saved = Você economizou { $amount }
mail-more-items = { $count ->
    [one] Mais uma no seu extrato
   *[other] Mais { $count } no seu extrato
}
