paper-scan = Escaneie este código com seu celular para ver seu saldo e pagar. Ele é pessoal: não o compartilhe.
paper-invoice-title = Fatura { $number }
paper-invoice-dates = Emitida em { $issued }. Vence em { $due }.
paper-invoice-goods = Bens ou serviços
paper-invoice-tax = Inclui { $amount } de impostos
paper-invoice-paid = Já pago
paper-invoice-tax-note = Este documento informa o que é devido. Não substitui a nota fiscal.
paper-receipt-title = Comprovante de pagamento
mail-invoice-subject = { $creditor }: fatura { $number } de { $amount }
mail-invoice-lead = { $creditor } envia a fatura { $number }, que vence em { $date }. Segue anexa em PDF.
mail-invoice-open = Ver e pagar
letters-title = Cartas
letters-explained = Baixe as cartas que esperam, imprima e leve ao correio. O endereço fica na janela do envelope.
letters-empty = Nenhuma carta espera.
letters-count = { $count ->
    [one] Uma carta espera
   *[other] { $count } cartas esperam
}
letters-download = Baixar em um único PDF
letters-posted = Marcar como enviadas
letters-posted-explained = Marque quando estiverem no correio: as do último download.
letters-written = Escrita em { $date }
