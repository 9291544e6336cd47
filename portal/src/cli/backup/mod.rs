//! `saldo backup` and `saldo restore`: everything that an installation cannot make anew, in one file.

mod archive;
mod mark;
mod postgres;
mod restore;

pub use mark::refuse_half_a_restore;
pub use restore::restore;

use super::keys::{FILE as KEYS, VARIABLE};
use super::{Outcome, boot, place};
use archive::{Manifest, Part, new_file, seal};
use saldo_app::ambient::Ambient;
use saldo_app::config::Config;
use saldo_store::{Dialect, Moment, Store, Wall};
use std::fs;
use std::path::{Path, PathBuf};

type Fault = Box<dyn std::error::Error>;

/// The database in an archive.
const DATABASE: &str = "database";
/// The endings of a backup that is being made: the copy of the database, the archive.
const DRAFTS: [&str; 2] = ["database", "part"];
/// What the provider of test mode remembers.
const SANDBOX: &str = "sandbox.json";

/// Writes a backup while the installation goes on.
pub async fn backup(config: Config, file: PathBuf) -> Outcome {
    if file.exists() {
        return Err(format!("{} is there already: name a new file", file.display()).into());
    }
    if let Some(path) = embedded(&config).filter(|path| !path.exists()) {
        return Err(format!("{} is not there: nothing to back up", path.display()).into());
    }
    let store = boot::connect(&config).await?;
    past_the_wall(&store).await?;
    let migrations = store.applied_migrations().await?;
    if migrations.is_empty() {
        return Err("the database has no schema: nothing to back up".into());
    }
    DRAFTS.iter().for_each(|ending| Draft::sweep(&file, ending));
    let draft = Draft(beside(&file, DRAFTS[0]));
    // Made here, so that nobody else may read it.
    new_file(&draft.0)?;
    // The provider is asked first: what it remembers may be older than the books, and never knows of money that they miss.
    let mut parts = small_parts(&config);
    let tables = match store.dialect() {
        Dialect::Sqlite => {
            store.copy_into(&draft.0).await?;
            Moment::of_copy(&draft.0).await?.digest().await?
        }
        Dialect::Postgres => {
            let mut moment = store.moment().await?;
            postgres::dump(&config.database_url(), &moment.share().await?, &draft.0)?;
            moment.digest().await?
        }
    };
    place("backup::copied");
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: Ambient::system().now().to_string(),
        database: word(&store).to_owned(),
        migrations,
        tables,
    };
    parts.insert(0, (DATABASE.to_owned(), Part::File(draft.0.clone())));
    let part = Draft(beside(&file, DRAFTS[1]));
    seal(&manifest, &parts, &part.0)?;
    place("backup::sealed");
    fs::rename(&part.0, &file).map_err(|error| format!("{}: {error}", file.display()))?;
    archive::sync_folder(&file)?;
    tell(&file, &manifest, &parts);
    Ok(())
}

/// Row-level security would hide every creditor's rows from `pg_dump` and from who compares them.
async fn past_the_wall(store: &Store) -> Outcome {
    match store.wall().await? {
        Wall::Stands => Err(
            "row-level security holds for the database's role: use one with BYPASSRLS (README, \"Backup and restore\")"
                .into(),
        ),
        _ => Ok(()),
    }
}

fn tell(file: &Path, manifest: &Manifest, parts: &[(String, Part)]) {
    let rows: u64 = manifest.tables.iter().map(|table| table.row_count).sum();
    println!("{}: {rows} rows in {} tables as of {}.", file.display(), manifest.tables.len(), manifest.made_at);
    println!("Ledger     {}", manifest.ledger());
    match parts.iter().any(|(name, _)| name == KEYS) {
        true => println!("Link keys  included: whoever has this file can sign links. Keep it as you keep the keys."),
        false => println!("Link keys  not included: {VARIABLE} of the environment names them, keep them elsewhere."),
    }
    println!("Not included: saldo.toml, and secrets of the environment.");
}

/// What lies beside the database: the keys that sign links where they are a file, and the sandbox's memory.
fn small_parts(config: &Config) -> Vec<(String, Part)> {
    let data = &config.server.data_dir;
    let sandbox = fs::read(data.join(SANDBOX)).ok().filter(|_| config.uses_sandbox());
    let keys = fs::read(data.join(KEYS)).ok().filter(|_| std::env::var_os(VARIABLE).is_none());
    let parts = [(SANDBOX, sandbox), (KEYS, keys)];
    parts.into_iter().filter_map(|(name, bytes)| Some((name.to_owned(), Part::Bytes(bytes?)))).collect()
}

fn word(store: &Store) -> &'static str {
    match store.dialect() {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    }
}

/// The file of the embedded database, where that is the database.
fn embedded(config: &Config) -> Option<PathBuf> {
    let url = config.database_url();
    let path = url.strip_prefix("sqlite://")?;
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.{ending}", std::process::id()));
    file.with_file_name(name)
}

/// A file that is gone when this is.
struct Draft(PathBuf);

impl Draft {
    /// Removes what tries that were cut off have left beside a file.
    fn sweep(file: &Path, ending: &str) {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let begins = format!("{}.", file.file_name().unwrap_or_default().to_string_lossy());
        let ends = format!(".{ending}");
        let found = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for left in found {
            let name = left.file_name();
            let name = name.to_string_lossy();
            let middle = name.strip_prefix(&begins).and_then(|rest| rest.strip_suffix(&ends));
            if middle.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
                let _ = fs::remove_file(left.path());
            }
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
