//! `saldo doctor` names each cause in one sentence, and ends as a failure.

use std::net::TcpListener as StdListener;

use axum::Router;
use axum::http::StatusCode;
use saldo_domain::planted::Bug;
use saldo_tests::postgres::Database;
use saldo_tests::process;
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;

struct Said {
    ok: bool,
    out: String,
}

impl Said {
    /// The lines about what needs a hand.
    fn mends(&self) -> Vec<&str> {
        self.out.lines().filter(|line| line.starts_with("mend")).collect()
    }
}

fn run(folder: &TempDir, arguments: &[&str], settings: &[(&str, &str)]) -> Option<Said> {
    let mut command = process::saldo()?;
    command.current_dir(folder.path()).env("SALDO_SERVER__DATA_DIR", folder.path().join("data"));
    let output = command.args(arguments).envs(settings.iter().copied()).output().expect("it runs");
    Some(Said { ok: output.status.success(), out: String::from_utf8(output.stdout).expect("text") })
}

/// A Stripe that answers every request with one status, at a time of its own.
async fn a_stripe(status: StatusCode, date: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let answer = move || async move { (status, [("date", date)], "{}") };
    tokio::spawn(async move {
        let _ = axum::serve(listener, Router::new().fallback(answer)).await;
    });
    url
}

fn a_closed_port() -> String {
    StdListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_each_cause_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(_) = run(&folder, &["migrate"], &[]) else { return };
    let well = run(&folder, &["doctor"], &[]).expect("it is there");
    assert!(well.ok && well.mends().is_empty(), "{}", well.out);

    let port = a_closed_port();
    let refused = a_stripe(StatusCode::UNAUTHORIZED, "Sun, 22 Nov 2026 12:00:00 GMT").await;
    let broken = a_stripe(StatusCode::BAD_GATEWAY, "Sun, 22 Nov 2026 12:00:00 GMT").await;
    let old = a_stripe(StatusCode::OK, "Sun, 01 Nov 2026 12:00:00 GMT").await;
    let gone = format!("http://127.0.0.1:{port}");
    let key = ("SALDO_PAYMENTS__STRIPE__SECRET_KEY", "sk_test_doctor");
    let hook = ("SALDO_PAYMENTS__STRIPE__WEBHOOK_SECRETS", "whsec_doctor");
    let base = "SALDO_PAYMENTS__STRIPE__BASE_URL";
    let nowhere = format!("postgres://saldo@127.0.0.1:{port}/saldo");
    for (settings, named) in [
        (vec![("SALDO_DATABASE__URL", nowhere.as_str())], "mend  database: it does not answer"),
        (vec![key], "mend  payments: Stripe has no webhook secret"),
        (vec![key, hook, (base, &refused)], "mend  payments: Stripe does not take payments.stripe.secret_key"),
        (
            vec![key, hook, (base, &broken)],
            "mend  payments: Stripe does not answer (the provider is not available: 502",
        ),
        (vec![key, hook, (base, &gone)], "mend  payments: Stripe does not answer"),
        (vec![key, hook, (base, &old)], "mend  clock: this machine's clock is "),
        (
            vec![("SALDO_SERVER__PUBLIC_URL", "http://pay.example")],
            "mend  address: server.public_url is http://pay.example",
        ),
        (
            vec![
                ("SALDO_MAIL__TRANSPORT", "smtp"),
                ("SALDO_MAIL__HOST", "127.0.0.1"),
                ("SALDO_MAIL__PORT", &port),
                ("SALDO_MAIL__SECURITY", "none"),
            ],
            "mend  mail: 127.0.0.1:",
        ),
    ] {
        let ill = run(&folder, &["doctor"], &settings).expect("it is there");
        let mends = ill.mends();
        assert!(!ill.ok && mends.len() == 1 && mends[0].starts_with(named), "{named}\n{}", ill.out);
        assert!(!ill.out.contains("sk_test_doctor") && !ill.out.contains("whsec_doctor"), "{}", ill.out);
    }
}

/// A line of the doctor's about what a power cut takes back.
fn loose(said: &Said) -> Vec<String> {
    let lines = said.mends().into_iter().filter_map(|line| line.strip_prefix("mend  durability: "));
    lines.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_settings_that_lose_commits_in_a_power_cut() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(_) = run(&folder, &["migrate"], &[]) else { return };
    assert_eq!(loose(&run(&folder, &["doctor"], &[]).expect("it is there")), Vec::<String>::new());
    let ill = run(&folder, &["doctor"], &[("SALDO_PLANTED", Bug::SynchronousNormal.promise())]).expect("it is there");
    let named = loose(&ill);
    assert!(
        !ill.ok && named.len() == 1 && named[0].starts_with("SQLite's synchronous is less than FULL"),
        "{}",
        ill.out
    );

    let Some(database) = Database::create().await else { return };
    let settings = [("SALDO_DATABASE__URL", database.url.as_str())];
    run(&folder, &["migrate"], &settings).expect("it is there");
    let name = database.url.rsplit('/').next().expect("a name").to_owned();
    let connection = sea_orm::Database::connect(&database.url).await.expect("it answers");
    for commits in ["off", "on"] {
        let sql = format!("ALTER DATABASE \"{name}\" SET synchronous_commit = {commits}");
        connection.execute_unprepared(&sql).await.expect("ours");
        let said = run(&folder, &["doctor"], &settings).expect("it is there");
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            let sql = format!("SELECT current_setting('{setting}')");
            let sql = Statement::from_string(connection.get_database_backend(), sql);
            let row = connection.query_one_raw(sql).await.expect("it answers").expect("a row");
            let now: String = row.try_get_by_index(0).expect("a word");
            let is_off = if setting == "synchronous_commit" { commits == "off" } else { now == "off" };
            let told = loose(&said).iter().filter(|line| line.contains(&format!("has {setting} off"))).count();
            assert_eq!(told, usize::from(is_off), "{setting}: {}", said.out);
        }
    }
    connection.close().await.expect("it closes");
}

#[cfg(unix)]
#[test]
fn the_doctor_sees_keys_that_others_can_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(_) = run(&folder, &["migrate"], &[]) else { return };
    run(&folder, &["doctor"], &[]).expect("it makes the keys");
    let keys = folder.path().join("data/link-keys");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o644)).expect("ours");
    let ill = run(&folder, &["doctor"], &[]).expect("it is there");
    assert!(!ill.ok && ill.mends().len() == 1 && ill.mends()[0].starts_with("mend  secrets:"), "{}", ill.out);
}

#[test]
fn a_creditors_colour_is_read_before_it_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let create = [
        "creditor",
        "create",
        "--name",
        "Casa",
        "--country",
        "MX",
        "--zone",
        "America/Mexico_City",
        "--currency",
        "MXN",
    ];
    for colour in ["red", "#12", "#12345g", "javascript:alert(1)"] {
        let Some(said) = run(&folder, &[&create[..], &["--colour", colour]].concat(), &[]) else { return };
        assert!(!said.ok, "{colour}: {}", said.out);
    }
    assert!(run(&folder, &["creditor", "list"], &[]).expect("it is there").out.trim().is_empty());
}
