console-security = Meu acesso

sign-in-email = E-mail
sign-in-password = Senha
sign-in-go = Continuar
sign-in-help = Sem acesso? Peça um convite a uma pessoa proprietária do console.
sign-in-by-password = Entrar com senha
sign-in-code-title = Mais um código
sign-in-code-explained = Digite o código de seis dígitos do seu aplicativo autenticador.
sign-in-code = Código
sign-in-recovery = Perdeu o telefone? Digite um dos seus códigos de recuperação.

set-up-title = Seu acesso ao console de { $creditor }
set-up-explained = Você entrará com { $email }. Escolha uma senha.
set-up-password = Nova senha
set-up-password-rule = Pelo menos 12 caracteres; várias palavras são fáceis de lembrar.
set-up-next = Continuar
set-up-codes-title = Códigos de uso único
set-up-codes-explained = Escaneie o código com um aplicativo autenticador e digite os seis dígitos que ele mostra.
set-up-qr = Código QR para o aplicativo autenticador
set-up-secret = Se não puder escanear, digite esta chave no aplicativo:
set-up-code = Os seis dígitos
set-up-confirm = Confirmar
recovery-title = Guarde seus códigos de recuperação
recovery-explained = Cada um funciona uma vez se você perder o telefone. Só são mostrados agora.
recovery-done = Guardei: ir para o console

security-explained = Você entra com { $email }.
security-changed = Salvo. Suas outras sessões terminaram.
security-incomplete = Sem senha e códigos de uso único você só pode entrar por um link do servidor.
security-password = Senha
security-current = Senha atual
security-new = Nova senha
security-ends-others = Suas outras sessões terminarão.
security-save = Mudar a senha
security-codes = Códigos de uso único
security-codes-on = { $count ->
    [one] Ativos. Resta um código de recuperação.
   *[other] Ativos. Restam { $count } códigos de recuperação.
}
security-codes-off = Você ainda não os usa.
security-codes-new = Configurar um novo aplicativo
security-sessions = Sessões abertas
security-session = Desde { $begun }, usada { $seen }
security-session-this = Esta
security-sign-out = Encerrar todas as sessões

role-viewer = Consulta
role-agent = Cobrança
role-finance = Finanças
role-owner = Proprietário
members-roles-explained = Consulta: vê tudo. Cobrança: também fala com devedores e propõe planos. Finanças: também define condições, importa e movimenta dinheiro. Proprietário: também decide quem entra.
member-invited = Convidado
member-active = Ativo
member-disabled = Desativado
member-you = Você
member-role = Função
member-role-save = Salvar a função
member-name = Nome
member-signed-in = Entrou { $when }
member-never = Ainda não entrou
member-change = Alterar
member-invite-title = Convidar alguém
member-invite = Enviar o convite
member-invite-again = Enviar o convite de novo
member-reset = Redefinir o acesso
member-disable = Desativar
member-enable = Ativar de novo

audit-none = Nada corresponde.
audit-everybody = Qualquer pessoa
audit-actor = Quem
audit-action = Ação
audit-subject = Id do que mudou
audit-filter = Filtrar
audit-changes = Alterações
audit-field = Campo
audit-before = Antes
audit-after = Depois
actor-operator = Servidor (linha de comando)
actor-system = Saldo, por si só
actor-api-key = Chave de API { $id }
actor-debtor = Devedor { $id }

mail-invitation-subject = { $creditor }: seu acesso ao console de cobrança
mail-invitation-lead = Você tem acesso ao console de { $creditor }. Escolha sua senha com este link.
mail-invitation-open = Escolher minha senha
mail-invitation-ends = { $count ->
    [one] O link funciona uma vez, por um dia.
   *[other] O link funciona uma vez, por { $count } dias.
}
mail-invitation-unasked = Se você não esperava este e-mail, pode ignorá-lo.
