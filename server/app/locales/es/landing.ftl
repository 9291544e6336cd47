landing-page = Su estado de cuenta
landing-title = { $creditor } le comparte su estado de cuenta
landing-for = Para { $name }
landing-continue = Continuar
landing-private = Este enlace es personal. Le recomendamos no compartirlo.
landing-not-you = ¿No es usted? Puede cerrar esta página sin hacer nada.

expired-page = Enlace no disponible
expired-title = Este enlace ya no funciona
expired-explained = Los enlaces personales dejan de funcionar después de un tiempo para cuidar su información.
expired-renew = Podemos enviarle uno nuevo al correo que tiene registrado.
expired-send = Enviarme un enlace nuevo
expired-open-again = Abra de nuevo el enlace más reciente que recibió por correo.

requested-page = Enlace solicitado
requested-title = Revise su correo
requested-explained = Si el enlace corresponde a una cuenta con correo registrado, en unos minutos recibirá uno nuevo.
requested-not-arrived = ¿No llega? Revise la carpeta de correo no deseado o escriba a la empresa que le envió el enlace.
