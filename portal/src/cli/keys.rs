//! The keys that sign links: from the environment, else from a file in the data folder that the first start makes.

use saldo_app::access_token::{SigningKey, TokenKeys};
use saldo_app::ambient::Ambient;
use saldo_app::config::Config;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// The variable with `name:64 hexadecimal digits`, several separated by commas; the first one signs.
pub const VARIABLE: &str = "SALDO_LINK_KEYS";

/// The file of the data folder that keeps them where the environment names none.
pub const FILE: &str = "link-keys";

/// Reads the keys.
///
/// # Errors
/// A malformed key, an unreadable or unwritable file: in one sentence.
pub fn load(config: &Config, ambient: &Ambient) -> Result<TokenKeys, Box<dyn std::error::Error>> {
    let text = match std::env::var(VARIABLE) {
        Ok(text) => text,
        Err(_) => from_file(&config.server.data_dir.join(FILE), ambient)?,
    };
    let keys = text.split([',', '\n']).map(str::trim).filter(|line| !line.is_empty()).map(parse);
    let keys = keys.collect::<Option<Vec<_>>>();
    let refusal = "a link key is a name, a colon and 64 hexadecimal digits";
    keys.and_then(TokenKeys::try_new).ok_or_else(|| refusal.into())
}

fn parse(line: &str) -> Option<SigningKey> {
    let (name, hex) = line.split_once(':')?;
    if hex.len() != 64 || !hex.is_ascii() || name.is_empty() {
        return None;
    }
    let mut secret = [0; 32];
    for (place, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(SigningKey::new(name.to_owned(), secret))
}

fn from_file(path: &Path, ambient: &Ambient) -> Result<String, Box<dyn std::error::Error>> {
    if let Ok(text) = fs::read_to_string(path) {
        return Ok(text);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let hex: String = ambient.secret().iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!("k1:{hex}\n");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    // Links that are handed out must work after a power cut.
    file.sync_all()?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(text)
}
