skip-to-content = Ir al contenido
test-mode = Modo de prueba.
test-mode-explained = No se mueve dinero real.
leave = Salir
language = Idioma
footer-note = Su información viaja cifrada. Los datos de su tarjeta nunca pasan por nosotros.
print = Imprimir
form-problem = Revise este dato
amount = Monto
amount-due = Saldo por pagar
started = Iniciado
nothing-owed = No hay nada por pagar
back-to-statement = Volver al estado de cuenta

due-in-days = { $count ->
    [one] Vence en { $count } día
   *[other] Vence en { $count } días
}
due-tomorrow = Vence mañana
due-today = Vence hoy
due-yesterday = Venció ayer
due-days-ago = { $count ->
    [one] Venció hace { $count } día
   *[other] Venció hace { $count } días
}
item-number = Factura { $number }
