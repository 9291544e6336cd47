pay-title = Escolha quanto pagar
pay-how-much = Quanto você quer pagar?
pay-everything = Todo o saldo
pay-items = Escolher faturas
pay-amount = Outro valor
pay-amount-label = Valor em { $currency }
pay-amount-hint = Até { $amount }. Vai primeiro para as mais antigas.
pay-total = Total a pagar
pay-continue = Continuar para o pagamento
pay-private = O pagamento é feito na página segura do processador. Nós não vemos os dados do seu cartão.
pay-under-way = Há um pagamento de { $amount } em andamento.
pay-other-currency = Você também tem { $amount } a pagar em outra conta

changed-title = O saldo mudou
changed-explained = Enquanto você escolhia, um movimento foi registrado na sua conta. Nada foi cobrado.
changed-before = Antes
changed-now = Agora
changed-see-why = Ver por que mudou
changed-pay = Pagar { $amount }
changed-choose = Escolher de novo

under-way-title = Já há um pagamento em andamento
under-way-explained = Para não cobrar duas vezes, termine primeiro o pagamento que você já começou.
under-way-at-bank = O banco está processando um pagamento destas faturas. Para não cobrar duas vezes, espere a confirmação.
under-way-continue = Terminar esse pagamento
under-way-see = Ver esse pagamento
under-way-cancel = Cancelar e começar outro
under-way-cancel-explained = Prefere começar de novo? Você pode cancelar; nada é cobrado.
