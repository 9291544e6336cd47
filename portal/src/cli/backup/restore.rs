use super::archive::{Archive, ledger, new_file, sync_folder};
use super::mark::Mark;
use super::{DATABASE, Draft, Fault, KEYS, SANDBOX, VARIABLE, beside, embedded, past_the_wall, place, postgres};
use crate::cli::{Outcome, boot};
use saldo_app::config::Config;
use saldo_store::{Moment, TableDigest, known_migrations};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How files end that are not yet what they will be.
const DRAFT: &str = "restoring";

/// Fills an empty installation from a backup, and shows that nothing of it is missing. Nothing else works on the data folder
/// from the first thing that is put there until the last; cut off in between, the same command goes on.
pub async fn restore(config: Config, file: PathBuf) -> Outcome {
    let mut archive = Archive::open(&file)?;
    let known = known_migrations();
    if let Some(newer) = archive.manifest.migrations.iter().find(|step| !known.contains(step)) {
        let version = &archive.manifest.version;
        return Err(format!("the backup is of a newer Saldo ({version}, {newer}): restore it with that one").into());
    }
    let keys = keys_to_put_back(&config, &mut archive)?;
    let target = embedded(&config);
    let wanted = if target.is_some() { "sqlite" } else { "postgres" };
    if archive.manifest.database != wanted {
        let made = &archive.manifest.database;
        return Err(format!("the backup is of {made}, and the configured database is {wanted}").into());
    }
    let data = &config.server.data_dir;
    fs::create_dir_all(data)?;
    let begun = Mark::stands(data);
    if !begun {
        refuse_what_is_there(&config, target.as_deref()).await?;
    }
    let mark = Mark::set(data)?;
    place("restore::marked");
    // Before the books: whoever has those can serve, and links that are out must work then.
    if let Some(keys) = keys {
        put_back(&data.join(KEYS), &keys)?;
    }
    place("restore::keys");
    let sandbox = data.join(SANDBOX);
    if archive.has(SANDBOX) && config.uses_sandbox() && !sandbox.exists() {
        put_back(&sandbox, &archive.bytes(SANDBOX)?)?;
    }
    match target {
        Some(path) => into_sqlite(&mut archive, &path).await?,
        None => into_postgres(&config, &mut archive).await?,
    }
    place("restore::filled");
    mark.lift()?;
    println!("Restored as of {}: every row is as it was backed up.", archive.manifest.made_at);
    println!("Ledger     {}", archive.manifest.ledger());
    if !archive.has(KEYS) && std::env::var_os(VARIABLE).is_none() {
        println!("Link keys  are not in the backup: name the old ones in {VARIABLE}, or links that are out end.");
    }
    println!("`saldo doctor` checks the rest; `saldo migrate` or the next start brings an older schema up to date.");
    Ok(())
}

/// Neither a file with books nor a database with tables may be filled.
async fn refuse_what_is_there(config: &Config, target: Option<&Path>) -> Outcome {
    let Some(path) = target else {
        let store = boot::open(config).await?;
        past_the_wall(&store).await?;
        if !store.is_empty().await? {
            return Err("the database is not empty: restore into a new one (createdb)".into());
        }
        return Ok(store.close().await?);
    };
    let leftovers = ["", "-wal", "-journal"].map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    });
    if let Some(there) = leftovers.iter().find(|file| fs::metadata(file).is_ok_and(|found| found.len() > 0)) {
        return Err(format!("{} is not empty: restore into a folder of its own", there.display()).into());
    }
    Ok(())
}

async fn into_sqlite(archive: &mut Archive, path: &Path) -> Outcome {
    if fs::metadata(path).is_ok_and(|found| found.len() > 0) {
        // An earlier try has put it there.
        return same(&archive.manifest.tables, &Moment::of_copy(path).await?.digest().await?);
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    Draft::sweep(path, DRAFT);
    let draft = Draft(beside(path, DRAFT));
    archive.unpack(DATABASE, &draft.0)?;
    place("restore::unpacked");
    same(&archive.manifest.tables, &Moment::of_copy(&draft.0).await?.digest().await?)?;
    // An empty file may stand there; one with books never does.
    fs::rename(&draft.0, path)?;
    sync_folder(path)
}

async fn into_postgres(config: &Config, archive: &mut Archive) -> Outcome {
    let store = boot::open(config).await?;
    past_the_wall(&store).await?;
    // What an earlier try has filled is all there, in one transaction.
    if store.is_empty().await? {
        let beside_it = config.server.data_dir.join(DATABASE);
        Draft::sweep(&beside_it, DRAFT);
        let draft = Draft(beside(&beside_it, DRAFT));
        archive.unpack(DATABASE, &draft.0)?;
        place("restore::unpacked");
        postgres::restore(&config.database_url(), &draft.0)?;
    }
    same(&archive.manifest.tables, &store.moment().await?.digest().await?)?;
    Ok(store.close().await?)
}

/// Whether what was restored is what was backed up, table by table.
fn same(backed_up: &[TableDigest], restored: &[TableDigest]) -> Outcome {
    let differing = |table: &&TableDigest| !restored.contains(table);
    match backed_up.iter().find(differing) {
        None if backed_up.len() == restored.len() && ledger(backed_up) == ledger(restored) => Ok(()),
        None => Err("the restored database has tables that were not backed up: do not use it".into()),
        Some(table) => Err(format!("{} is not as it was backed up: do not use what was restored", table.table).into()),
    }
}

/// The keys of the backup, unless the same ones are there; other ones are not overwritten.
fn keys_to_put_back(config: &Config, archive: &mut Archive) -> Result<Option<Vec<u8>>, Fault> {
    if !archive.has(KEYS) || std::env::var_os(VARIABLE).is_some() {
        return Ok(None);
    }
    let (path, keys) = (config.server.data_dir.join(KEYS), archive.bytes(KEYS)?);
    match fs::read(&path) {
        Ok(there) if there == keys => Ok(None),
        Ok(_) => Err(format!("{} holds other keys: move it away first", path.display()).into()),
        Err(_) => Ok(Some(keys)),
    }
}

/// The whole file, or none.
fn put_back(path: &Path, bytes: &[u8]) -> Outcome {
    Draft::sweep(path, DRAFT);
    let draft = Draft(beside(path, DRAFT));
    let mut file = new_file(&draft.0)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft.0, path)?;
    sync_folder(path)
}
