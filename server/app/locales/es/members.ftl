console-security = Mi acceso

sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-go = Continuar
sign-in-help = ¿Sin acceso? Pide una invitación a una persona propietaria de la consola.
sign-in-by-password = Entrar con contraseña
sign-in-code-title = Un código más
sign-in-code-explained = Escribe el código de seis cifras de tu aplicación de autenticación.
sign-in-code = Código
sign-in-recovery = ¿Perdiste el teléfono? Escribe uno de tus códigos de recuperación.

set-up-title = Tu acceso a la consola de { $creditor }
set-up-explained = Entrarás con { $email }. Elige una contraseña.
set-up-password = Contraseña nueva
set-up-password-rule = Al menos 12 caracteres; varias palabras son fáciles de recordar.
set-up-next = Continuar
set-up-codes-title = Códigos de un solo uso
set-up-codes-explained = Escanea el código con una aplicación de autenticación y escribe las seis cifras que muestra.
set-up-qr = Código QR para la aplicación de autenticación
set-up-secret = Si no puedes escanearlo, escribe esta clave en la aplicación:
set-up-code = Las seis cifras
set-up-confirm = Confirmar
recovery-title = Guarda tus códigos de recuperación
recovery-explained = Cada uno sirve una vez si pierdes el teléfono. Solo se muestran ahora.
recovery-done = Los guardé: ir a la consola

security-explained = Entras con { $email }.
security-changed = Se guardó. Tus demás sesiones terminaron.
security-incomplete = Sin contraseña y códigos de un solo uso solo puedes entrar con un enlace del servidor.
security-password = Contraseña
security-current = Contraseña actual
security-new = Contraseña nueva
security-ends-others = Tus demás sesiones terminarán.
security-save = Cambiar la contraseña
security-codes = Códigos de un solo uso
security-codes-on = { $count ->
    [one] Activos. Te queda un código de recuperación.
   *[other] Activos. Te quedan { $count } códigos de recuperación.
}
security-codes-off = Aún no los usas.
security-codes-new = Configurar una aplicación nueva
security-sessions = Sesiones abiertas
security-session = Desde { $begun }, usada { $seen }
security-session-this = Esta
security-sign-out = Cerrar todas las sesiones

role-viewer = Consulta
role-agent = Cobranza
role-finance = Finanzas
role-owner = Propietario
members-roles-explained = Consulta: ve todo. Cobranza: además habla con deudores y propone planes. Finanzas: además fija condiciones, importa y mueve dinero. Propietario: además decide quién entra.
member-invited = Invitado
member-active = Activo
member-disabled = Desactivado
member-you = Tú
member-role = Rol
member-role-save = Guardar el rol
member-name = Nombre
member-signed-in = Entró { $when }
member-never = Aún no ha entrado
member-change = Cambiar
member-invite-title = Invitar a alguien
member-invite = Enviar la invitación
member-invite-again = Enviar la invitación de nuevo
member-reset = Restablecer su acceso
member-disable = Desactivar
member-enable = Activar de nuevo

audit-none = No hay nada que coincida.
audit-everybody = Cualquiera
audit-actor = Quién
audit-action = Acción
audit-subject = Id. de lo cambiado
audit-filter = Filtrar
audit-changes = Cambios
audit-field = Campo
audit-before = Antes
audit-after = Después
actor-operator = Servidor (línea de comandos)
actor-system = Saldo, por sí solo
actor-api-key = Clave de API { $id }
actor-debtor = Deudor { $id }

mail-invitation-subject = { $creditor }: tu acceso a la consola de cobranza
mail-invitation-lead = Tienes acceso a la consola de { $creditor }. Elige tu contraseña con este enlace.
mail-invitation-open = Elegir mi contraseña
mail-invitation-ends = { $count ->
    [one] El enlace sirve una vez, durante un día.
   *[other] El enlace sirve una vez, durante { $count } días.
}
mail-invitation-unasked = Si no esperabas este correo, puedes ignorarlo.
