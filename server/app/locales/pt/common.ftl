skip-to-content = Ir para o conteúdo
test-mode = Modo de teste.
test-mode-explained = Nenhum dinheiro real é movimentado.
leave = Sair
language = Idioma
footer-note = Suas informações trafegam criptografadas. Os dados do seu cartão nunca passam por nós.
print = Imprimir
form-problem = Confira este dado
amount = Valor
amount-due = Saldo a pagar
started = Iniciado
nothing-owed = Não há nada a pagar
back-to-statement = Voltar ao extrato

due-in-days = { $count ->
    [one] Vence em { $count } dia
   *[other] Vence em { $count } dias
}
due-tomorrow = Vence amanhã
due-today = Vence hoje
due-yesterday = Venceu ontem
due-days-ago = { $count ->
    [one] Venceu há { $count } dia
   *[other] Venceu há { $count } dias
}
item-number = Fatura { $number }
