use crate::Refusal;

/// The fewest characters.
const LENGTH_MIN: usize = 12;

/// The most bytes: longer ones only cost time.
const BYTES_MAX: usize = 256;

/// What lists of stolen passwords are full of; a password that is little more than these is guessed first.
const COMMON: [&str; 41] = [
    "abc123",
    "abcdef",
    "admin",
    "amor",
    "asdf",
    "bienvenido",
    "bienvenida",
    "brasil",
    "changeme",
    "clave",
    "cobranza",
    "colombia",
    "contrasena",
    "contraseña",
    "correct",
    "dinero",
    "dragon",
    "empresa",
    "factura",
    "football",
    "futbol",
    "horse",
    "iloveyou",
    "letmein",
    "master",
    "mexico",
    "monkey",
    "password",
    "passw0rd",
    "paso",
    "pass",
    "princesa",
    "qazwsx",
    "qwerty",
    "saldo",
    "secret",
    "senha",
    "superman",
    "teamo",
    "welcome",
    "zxcvbn",
];

/// Passes a password that is long enough and is not a common one with trimmings, nor the member's own e-mail address.
///
/// # Errors
/// `password_short`, `password_common`.
pub fn checked_password(password: &str, email: &str) -> Result<(), Refusal> {
    if password.chars().count() < LENGTH_MIN || password.len() > BYTES_MAX {
        return Err(Refusal::PasswordShort(LENGTH_MIN));
    }
    let lower = password.to_lowercase();
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let rest = lower.replace(&email.to_lowercase(), "");
    let rest = COMMON.iter().fold(rest, |rest, word| rest.replace(word, ""));
    let rest = if local.chars().count() > 2 { rest.replace(&local, "") } else { rest };
    if distinct(&lower) < 5 || is_run(&lower) || letters_left(&rest) < 4 && rest.len() < lower.len() {
        return Err(Refusal::PasswordCommon);
    }
    Ok(())
}

fn distinct(text: &str) -> usize {
    let mut seen: Vec<char> = text.chars().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// Each character follows the one before it, as in `abcdefghijkl` and `123456789012`.
fn is_run(text: &str) -> bool {
    let pairs = text.chars().zip(text.chars().skip(1));
    let steps = pairs.filter(|(a, b)| u32::from(*b) == u32::from(*a) + 1).count();
    steps + 3 >= text.chars().count()
}

fn letters_left(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
