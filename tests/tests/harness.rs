//! The harness itself: processes that end with their test, databases of their own.

use std::panic::catch_unwind;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use saldo_tests::postgres::Database;
use saldo_tests::process::{Process, signal};
use sea_orm::{ConnectionTrait, Database as Connections};

fn shell(script: &str) -> Process {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    Process::start(command)
}

fn is_alive(id: u32) -> bool {
    signal("0", id)
}

#[test]
fn a_process_is_read_line_by_line_and_dies_with_its_test() {
    let process = shell("echo starting; echo listening on port 4711 >&2; exec sleep 600");
    let port: u16 = process.wait_for(|line| line.strip_prefix("listening on port ")?.parse().ok());
    assert_eq!(port, 4711);
    let id = process.id();
    assert!(is_alive(id));
    drop(process);
    assert!(!is_alive(id));
}

#[test]
fn a_process_dies_when_its_test_panics() {
    let id = AtomicU32::new(0);
    let panicked = catch_unwind(|| {
        let process = shell("echo ready; exec sleep 600");
        id.store(process.id(), Ordering::SeqCst);
        process.wait_for(|_| -> Option<()> { panic!("the test fails here") });
    });
    assert!(panicked.is_err());
    assert!(!is_alive(id.into_inner()));
}

#[test]
#[should_panic(expected = "it never said so")]
fn waiting_for_a_line_ends_when_the_process_ends() {
    shell("echo something else").wait_for(|line| line.strip_prefix("listening").map(str::to_owned));
}

#[test]
fn a_process_asked_to_stop_may_say_goodbye() {
    let process = shell("trap 'exit 7' TERM; echo ready; while true; do sleep 0.05; done");
    process.wait_for(|line| (line == "ready").then_some(()));
    assert_eq!(process.terminate().code(), Some(7));
}

#[tokio::test]
async fn each_database_is_fresh_and_gone_afterwards() {
    let Some(first) = Database::create().await else { return };
    let Some(second) = Database::create().await else { return };
    let connection = Connections::connect(&first.url).await.expect("it was made");
    connection.execute_unprepared("CREATE TABLE own (id int)").await.expect("it is ours");
    let other = Connections::connect(&second.url).await.expect("it was made");
    other.execute_unprepared("CREATE TABLE own (id int)").await.expect("the other one has none yet");

    let url = first.url.clone();
    drop(first);
    assert!(Connections::connect(&url).await.is_err(), "it is dropped, connections and all");
}
