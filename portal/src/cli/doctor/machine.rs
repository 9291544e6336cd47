//! The machine itself: how it is reached from outside, who can read its secrets, room for its files.

use super::{Checks, Said};
use saldo_app::config::Config;
use saldo_providers::reach;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Less room than this is as good as none: a busy day writes more.
const ROOM_BYTES: usize = 32 * 1024 * 1024;
/// How long the public address has to answer.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn check(config: &Config, checks: &mut Checks) {
    checks.tell("address", address(config).await);
    checks.tell("secrets", secrets(&config.server.data_dir));
    checks.tell("data folder", room(&config.server.data_dir));
}

/// Links lead there: it must be ours to serve, and nobody between may read them.
async fn address(config: &Config) -> Said {
    let url = config.server.public_url.trim_end_matches('/');
    if url.is_empty() {
        return Ok(format!("http://{}, on this machine only", config.server.bind));
    }
    if url.starts_with("https://") {
        let answered = reach::knock(&format!("{url}/healthz"), PATIENCE).await;
        return match answered {
            Ok(()) => Ok(format!("{url} answers")),
            Err(why) => Err(format!("{url} cannot be reached as debtors reach it: {why}").into()),
        };
    }
    let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
    if matches!(host, "localhost" | "127.0.0.1" | "[") {
        return Ok(format!("{url}, on this machine only"));
    }
    Err(format!("server.public_url is {url}: without https:// anybody on the way reads debtors' links").into())
}

fn secrets(folder: &Path) -> Said {
    let file = folder.join("link-keys");
    if !file.exists() {
        return Ok("the link keys come from the environment".to_owned());
    }
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file)?.permissions());
        if mode & 0o077 != 0 {
            return Err(format!("others on this machine can read {0}: chmod 600 {0}", file.display()).into());
        }
    }
    Ok(format!("only its owner reads {}", file.display()))
}

fn room(folder: &Path) -> Said {
    let written = std::fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder)).and_then(|mut file| {
        let piece = vec![0; 1024 * 1024];
        (0..ROOM_BYTES / piece.len()).try_for_each(|_| file.write_all(&piece))?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(format!("{} takes what is written", folder.display())),
        Err(error) => Err(format!("nothing can be written to {}: {error}", folder.display()).into()),
    }
}
