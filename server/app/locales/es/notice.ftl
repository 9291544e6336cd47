not-found = No encontramos esta página
not-found-explained = La dirección puede estar incompleta. Abra de nuevo el enlace que recibió.
forbidden = Tu rol no permite esto
forbidden-explained = Pídelo a una persona propietaria de la consola si lo necesitas.
provider-down = El procesador de pagos no responde
provider-down-explained = No es un problema de su tarjeta. Intente de nuevo en unos minutos.
fault = Algo falló de nuestro lado
fault-explained = Ya quedó registrado y lo vamos a revisar. Si estaba pagando, su estado de cuenta le dirá con certeza qué pasó.
fault-reference = Si pide ayuda, mencione esta clave: { $reference }
paused = No podemos mostrar esta página ahora
paused-explained = Nuestro sistema no responde en este momento. Lo que debe y lo que pagó no cambia. Intente de nuevo en un minuto.
paused-sent = No pudimos recibir lo que envió
paused-sent-explained = No lo dé por hecho. Espere unos minutos y revise su estado de cuenta: dice con certeza qué quedó registrado.
too-many = Demasiados intentos seguidos
too-many-explained = { $count ->
    [one] Espere un minuto e intente de nuevo.
   *[other] Espere { $count } minutos e intente de nuevo.
}
left = Salió de su cuenta
left-explained = Para volver, abra el enlace que recibió por correo.

optout-page = Recordatorios por correo
optout-title = ¿Dejar de recibir recordatorios de { $creditor }?
optout-explained = No cambia lo que debe ni sus fechas. Le seguirán llegando los recibos de sus pagos.
optout-confirm = Dejar de recibirlos
optout-done = Listo, no recibirá más recordatorios
optout-done-explained = Puede consultar su saldo cuando quiera con su enlace. Si cambia de opinión, avise a { $creditor }.
