//! PostgreSQL's own programs, which know every version of it.

use super::Fault;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

/// Settings of an address that PostgreSQL's programs know as well.
const SHARED: [&str; 6] = ["sslmode", "sslrootcert", "sslcert", "sslkey", "application_name", "connect_timeout"];

/// Writes a dump of what a moment sees into a file.
///
/// # Errors
/// One sentence where `pg_dump` is missing, or what it says.
pub fn dump(url: &str, moment: &str, into: &Path) -> Result<(), Fault> {
    // The same moment that is added up here; no more rights and owners than the restoring side has.
    let snapshot = format!("--snapshot={moment}");
    let mut file = std::ffi::OsString::from("--file=");
    file.push(into);
    let fixed = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"].map(OsStr::new);
    run("pg_dump", url, &[&fixed[..], &[OsStr::new(&snapshot), &file]].concat())
}

/// Fills an empty database from a dump: all of it, or nothing.
///
/// # Errors
/// One sentence where `pg_restore` is missing, or what it says.
pub fn restore(url: &str, from: &Path) -> Result<(), Fault> {
    let fixed = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"];
    run("pg_restore", url, &[&fixed.map(OsStr::new)[..], &[from.as_os_str()]].concat())
}

fn run(program: &str, url: &str, arguments: &[&OsStr]) -> Result<(), Fault> {
    let (address, password) = split(url);
    let mut command = Command::new(program);
    command.arg(format!("--dbname={address}")).args(arguments).stdin(Stdio::null());
    if let Some(password) = password {
        // Not as an argument: every user of the machine reads those.
        command.env("PGPASSWORD", password);
    }
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!("{program} did not succeed: {}", said.trim()).into())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(format!("{program} is missing: install PostgreSQL's client programs (Debian: postgresql-client), of the server's version or newer").into())
        }
        Err(error) => Err(format!("{program} cannot be started: {error}").into()),
    }
}

/// An address without its password and without what only our driver knows; and the password.
fn split(url: &str) -> (String, Option<String>) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let (place, query) = rest.split_once('?').map_or((rest, ""), |(place, query)| (place, query));
    let end = place.find('/').unwrap_or(place.len());
    let (authority, path) = place.split_at(end);
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let (user, password) = match user.and_then(|user| user.split_once(':')) {
        Some((user, password)) => (Some(user), Some(decoded(password))),
        None => (user, None),
    };
    let known = |pair: &&str| pair.split_once('=').is_some_and(|(name, _)| SHARED.contains(&name));
    let query: Vec<&str> = query.split('&').filter(known).collect();
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    (format!("{scheme}://{user}{host}{path}{query}"), password)
}

/// What stands behind `%40` and its like.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let pair = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_password_never_becomes_an_argument() {
        for (url, address, password) in [
            ("postgres://saldo@127.0.0.1:5433/books", "postgres://saldo@127.0.0.1:5433/books", None),
            (
                "postgresql://a:b%40c@h/p?sslmode=require&statement-cache-capacity=1",
                "postgresql://a@h/p?sslmode=require",
                Some("b@c"),
            ),
            ("postgres://a:p:q%25+@[::1]:1/x", "postgres://a@[::1]:1/x", Some("p:q%+")),
            ("postgres://h", "postgres://h", None),
        ] {
            assert_eq!(split(url), (address.to_owned(), password.map(ToOwned::to_owned)), "{url}");
        }
    }
}
