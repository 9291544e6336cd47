//! Passwords are kept as argon2id (RFC 9106), with the parameters that OWASP names: 19 MiB, two passes, one lane.

use crate::App;
use crate::failure::{Failure, Fault};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Each takes 19 MiB: more of them at once wait.
static ROOM: Semaphore = Semaphore::const_new(4);

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// Off the threads that answer requests.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let fault = |error: String| Failure::from(Fault::Other(format!("a password could not be hashed: {error}")));
    let _place = ROOM.acquire().await.map_err(|error| fault(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| fault(error.to_string()))
}

fn hashed(password: &str, salt: &[u8]) -> Result<String, String> {
    let hash: PasswordHash =
        argon2().hash_password_with_salt(password.as_bytes(), salt).map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

/// What is kept of a password.
///
/// # Errors
/// A fault of the hash.
pub async fn hash(app: &App, password: &str) -> Result<String, Failure> {
    let (salt, password) = (app.ambient().secret(), password.to_owned());
    let hash = apart(move || hashed(&password, &salt[..16])).await?;
    hash.map_err(|error| Fault::Other(error).into())
}

/// Whether a password is the one that a hash was made of. Without a hash it takes as long, and is not.
///
/// # Errors
/// A fault of the hash.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool, Failure> {
    let (password, hash) = (password.to_owned(), hash.map(ToOwned::to_owned));
    apart(move || match hash {
        Some(hash) => {
            let parsed = PasswordHash::new(&hash).ok();
            parsed.is_some_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok())
        }
        None => {
            let _ = hashed(&password, &[0; 16]);
            false
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_its_own_password_fits_a_hash() {
        let hash = hashed("un perro y tres gatos", &[7; 16]).expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        for (password, fits) in
            [("un perro y tres gatos", true), ("un perro y tres gatos ", false), ("", false), ("Un perro", false)]
        {
            assert_eq!(verify(password, Some(&hash)).await.ok(), Some(fits), "{password}");
        }
        assert_eq!(verify("un perro y tres gatos", None).await.ok(), Some(false));
        assert_eq!(verify("un perro y tres gatos", Some("not a hash")).await.ok(), Some(false));
    }
}
