//! The drill: a backup under load, restored elsewhere, is the book; one that was cut off or changed is refused.

use std::fs;
use std::path::Path;

use saldo_domain::planted::Bug;
use saldo_store::{Store, StoreOptions, TableDigest};
use saldo_tests::figures;
use saldo_tests::postgres::Database;

use crate::book::Book;
use crate::installation::{Installation, Said};
use crate::kills::settle;
use crate::load::Load;

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_is_the_whole_book_on_sqlite() {
    let Some(installation) = Installation::new(None) else { return };
    let places = [0; 2].map(|_| Installation::new(None).expect("it was there"));
    drill(&installation, "restore on SQLite", &places).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_is_the_whole_book_on_postgresql() {
    let (Some(one), Some(two), Some(three)) =
        (Database::create().await, Database::create().await, Database::create().await)
    else {
        return;
    };
    let Some(mut installation) = Installation::new(Some(&one.url)) else { return };
    let mut places = [&two, &three].map(|database| Installation::new(Some(&database.url)).expect("it was there"));
    let path = programs_first();
    installation.set("PATH", &path);
    places.iter_mut().for_each(|place| place.set("PATH", &path));
    drill(&installation, "restore on PostgreSQL", &places).await;
    let mut bare = Installation::new(Some(&one.url)).expect("it was there");
    bare.set("PATH", "/nonexistent");
    let refused = bare.run(&["backup", "none.backup"]);
    assert!(!refused.ok && refused.err.contains("pg_dump is missing"), "{}", refused.err);
}

/// PostgreSQL's programs of the newest version, and then whatever else there is.
pub fn programs_first() -> String {
    let own = std::env::var("PATH").unwrap_or_default();
    let newest = crate::postmaster::programs().map(|folder| folder.display().to_string());
    newest.map_or_else(|| own.clone(), |newest| format!("{newest}:{own}"))
}

async fn drill(installation: &Installation, part: &str, places: &[Installation; 2]) {
    let mut node = installation.serving();
    let mut load = Load::prepare(installation, 3).await;
    load.start();
    load.until_more(20).await;
    let promised = load.world.acks();
    let under_load = installation.beside("under-load.backup");
    let told = installation.succeed(&["backup", &under_load.display().to_string()]);
    assert!(told.contains("Ledger") && told.contains("Link keys  included"), "{told}");
    load.until_more(5).await;
    load.stop().await;
    settle(installation, &load).await;
    node.kill();

    let restored = &places[0];
    let told = restored.succeed(&["restore", &under_load.display().to_string()]);
    assert!(told.contains("every row is as it was backed up"), "{told}");
    Book::read(&restored.database_url()).await.assert_has(&promised, "after a restore of a backup under load");
    restored.assert_well("after a restore of a backup under load");

    // Nobody works: the books before and after are the same to the last row.
    let quiet = installation.beside("quiet.backup");
    let before = digest(installation).await;
    installation.succeed(&["backup", &quiet.display().to_string()]);
    refuse_what_is_not_whole(&quiet, &places[1]);
    let told = places[1].succeed(&["restore", &quiet.display().to_string()]);
    assert_eq!(before, digest(&places[1]).await, "a restored book differs");
    assert!(before.iter().any(|table| table.table == "journal_lines" && table.row_count > 20), "{before:?}");
    assert!(told.contains("Ledger"), "{told}");

    let again = places[1].run(&["restore", &quiet.display().to_string()]);
    assert!(!again.ok && again.err.contains("not empty"), "{}", again.err);
    let twice = installation.run(&["backup", &quiet.display().to_string()]);
    assert!(!twice.ok && twice.err.contains("is there already"), "{}", twice.err);
    let keys = [installation, &places[1]].map(|place| fs::read(place.data().join("link-keys")).expect("the keys"));
    assert_eq!(keys[0], keys[1], "links that are out must work");
    // A session that began before the backup goes on after the restore.
    let node = places[1].serving();
    load.assert_balances_at(&places[1].bind).await;
    assert!(node.terminate().success());
    let rows: u64 = before.iter().map(|table| table.row_count).sum();
    let counted = format!("a backup under load and a quiet one restored, {rows} rows equal; 10 spoiled ones refused");
    figures::record(Bug::MigrationInPieces, part, &counted);
}

/// Cut off anywhere, or with one byte changed, a backup fills nothing.
fn refuse_what_is_not_whole(backup: &Path, place: &Installation) {
    let whole = fs::read(backup).expect("the backup");
    let spoiled = place.beside("spoiled.backup");
    let refuse = |bytes: &[u8], how: &str| {
        fs::write(&spoiled, bytes).expect("a file");
        let Said { ok, out, err } = place.run(&["restore", &spoiled.display().to_string()]);
        assert!(!ok, "{how} was restored: {out}");
        let says = ["cut off", "changed", "no backup"].iter().any(|words| err.contains(words));
        assert!(says, "{how}: {err}");
        assert!(
            !place.data().join("saldo.db").exists() && !place.data().join("link-keys").exists(),
            "{how} left files"
        );
    };
    for length in [0, 10, 40, whole.len() / 2, whole.len() - 1] {
        refuse(&whole[..length], &format!("a backup cut off at {length}"));
    }
    for at in [20, 200, whole.len() / 3, whole.len() / 2, whole.len() - 10] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        refuse(&changed, &format!("a backup changed at {at}"));
    }
}

pub async fn digest(installation: &Installation) -> Vec<TableDigest> {
    let store = Store::connect(&installation.database_url(), StoreOptions::default()).await.expect("it answers");
    let digest = store.moment().await.expect("a moment").digest().await.expect("every row is read");
    store.close().await.expect("it closes");
    digest
}
