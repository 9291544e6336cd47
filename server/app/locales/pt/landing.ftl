landing-page = Seu extrato
landing-title = { $creditor } compartilhou seu extrato com você
landing-for = Para { $name }
landing-continue = Continuar
landing-private = Este link é pessoal. Recomendamos não compartilhar.
landing-not-you = Não é você? Pode fechar esta página; nada acontece.

expired-page = Link indisponível
expired-title = Este link não funciona mais
expired-explained = Links pessoais deixam de funcionar depois de um tempo, para proteger suas informações.
expired-renew = Podemos enviar um novo para o e-mail cadastrado.
expired-send = Enviar um novo link
expired-open-again = Abra de novo o link mais recente que você recebeu por e-mail.

requested-page = Link solicitado
requested-title = Confira seu e-mail
requested-explained = Se o link pertencer a uma conta com e-mail cadastrado, um novo chegará em alguns minutos.
requested-not-arrived = Não chegou? Veja a caixa de spam ou escreva para a empresa que enviou o link.
