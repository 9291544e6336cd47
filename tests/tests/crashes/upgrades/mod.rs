//! Every schema that ever was, with data in it, becomes today's; an upgrade that dies in the middle of a step has not begun it.

mod rows;
mod standing;

use std::time::Duration;

use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::postgres::Database;
use saldo_tests::process::Process;

use crate::installation::{Chance, Installation, chosen, said};
use standing::{Copied, Standing, schema_is};

/// How many steps there are at least.
const STEPS_MIN: usize = 22;

#[tokio::test(flavor = "multi_thread")]
async fn every_schema_upgrades_and_a_killed_upgrade_has_changed_nothing() {
    let Some(installation) = Installation::new(None) else { return };
    let steps = climb(&installation).await;
    let other = Installation::new(None).expect("it was there");
    stumble(&other, "upgrades on SQLite", &steps).await;
    let (Some(one), Some(two)) = (Database::create().await, Database::create().await) else { return };
    let steps = climb(&Installation::new(Some(&one.url)).expect("it was there")).await;
    let other = Installation::new(Some(&two.url)).expect("it was there");
    stumble(&other, "upgrades on PostgreSQL", &steps).await;
}

/// From nothing to today's schema, one step after another: each is killed before it is committed, then made, then filled
/// with what its tables are for; and a copy of each goes the whole way at once. Answers the schema after each step.
async fn climb(installation: &Installation) -> Vec<String> {
    let mut chance = Chance(chosen("SALDO_CRASH_SEED", 4));
    let url = installation.database_url();
    let mut now = Standing::of(&url).await;
    let mut schemas = vec![now.schema.clone()];
    loop {
        let left = dies_at(installation, "migration::written@1");
        assert_nothing_changed(&now, &Standing::of(&url).await);
        // The next step is whole where the one after it begins; without another one the command comes to its end.
        let more = dies_at(installation, "migration::begun@2");
        if !left {
            break;
        }
        let step = Standing::of(&url).await.applied.pop().expect("a step was made");
        rows::fill(&url, &step).await;
        now = Standing::of(&url).await;
        assert_eq!(now.applied.len(), schemas.len(), "one step at a time");
        schemas.push(now.schema.clone());
        if more {
            go_all_the_way(installation, &now, &mut chance).await;
        }
    }
    assert!(schemas.len() > STEPS_MIN, "{} schemas", schemas.len());
    installation.assert_well("after the last step");
    rows::assert_kept(&url, &now.rows).await;
    schemas
}

/// A copy of the database is upgraded from where it is to today's schema, killed on its way.
async fn go_all_the_way(installation: &Installation, before: &Standing, chance: &mut Chance) {
    let copied = Copied::of(installation).await;
    let mut upgrade = Process::start(copied.place.command(&["migrate"]));
    tokio::time::sleep(Duration::from_millis(chance.next() % 250)).await;
    upgrade.kill();
    copied.place.succeed(&["migrate"]);
    copied.place.assert_well("after an upgrade from an older schema");
    rows::assert_kept(&copied.place.database_url(), &before.rows).await;
    copied.drop_it().await;
}

/// An upgrade from nothing that dies between two statements again and again: each time the schema is that of a whole step.
async fn stumble(installation: &Installation, part: &str, schemas: &[String]) {
    let mut chance = Chance(chosen("SALDO_CRASH_SEED", 5));
    let (mut deaths, mut most) = (0, 0);
    while dies_at(installation, &format!("migration::statement@{}", 2 + chance.below(40))) {
        deaths += 1;
        let now = Standing::of(&installation.database_url()).await;
        assert!(now.applied.len() >= most, "a step is gone");
        most = now.applied.len();
        assert!(
            schema_is(&now, schemas),
            "P14: a killed migration left a part of a step behind {:?}",
            now.applied.last()
        );
        assert!(deaths < 200, "it never comes to its end");
    }
    assert_eq!(Standing::of(&installation.database_url()).await.schema, *schemas.last().expect("a schema"));
    installation.assert_well("after many deaths");
    let counted = format!("{} schemas, {} upgrades killed", schemas.len() - 1, schemas.len() * 2 + deaths);
    eprintln!("{counted}");
    figures::record(Bug::MigrationInPieces, part, &counted);
}

/// Migrates with a place to die at; whether it died.
fn dies_at(installation: &Installation, place: &str) -> bool {
    let mut command = installation.command(&["migrate"]);
    command.env("SALDO_CRASH_AT", place);
    let ended = said(command);
    let died = !ended.ok;
    assert!(!died || !ended.err.contains("saldo:"), "P14: the upgrade does not go on after a death: {}", ended.err);
    died
}

fn assert_nothing_changed(before: &Standing, after: &Standing) {
    let step = before.applied.len() + 1;
    assert_eq!(before.applied, after.applied, "P14: step {step} is noted and was killed");
    assert!(before.schema == after.schema, "P14: a killed migration left a part of step {step} behind");
    assert!(before.rows == after.rows, "P14: the killed step {step} changed rows");
}
