//! The commands, with the binary that people run.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, Output};

use saldo_tests::postgres::Database;
use saldo_tests::process::{self, Process};
use tempfile::TempDir;

use crate::support::Answer;

/// An installation: a data folder, a port and a database.
struct Installation {
    folder: TempDir,
    bind: String,
    database: String,
}

struct Said {
    ok: bool,
    out: String,
    err: String,
}

impl Installation {
    fn new(database: Option<&Database>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let bind = free.local_addr().expect("it is bound").to_string();
        Self { folder, bind, database: database.map(|database| database.url.clone()).unwrap_or_default() }
    }

    fn command(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Option<Command> {
        let mut command = process::saldo()?;
        command
            .current_dir(self.folder.path())
            .env("SALDO_SERVER__DATA_DIR", self.folder.path().join("data"))
            .env("SALDO_SERVER__BIND", &self.bind)
            .env("SALDO_DATABASE__URL", &self.database)
            .args(arguments)
            .envs(settings.iter().copied());
        Some(command)
    }

    fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Option<Said> {
        let Output { status, stdout, stderr } = self.command(arguments, settings)?.output().expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Some(Said { ok: status.success(), out: text(stdout), err: text(stderr) })
    }

    fn succeed(&self, arguments: &[&str]) -> Option<String> {
        let said = self.run(arguments, &[])?;
        assert!(said.ok, "{arguments:?}\n{}\n{}", said.out, said.err);
        Some(said.out)
    }
}

const CREATE: [&str; 10] = [
    "creditor",
    "create",
    "--name",
    "Casa Uno",
    "--country",
    "MX",
    "--zone",
    "America/Mexico_City",
    "--currency",
    "MXN",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_real_installation_begins_empty_and_sends_its_first_link() {
    first_link(None).await;
    if let Some(database) = Database::create().await {
        first_link(Some(&database)).await;
    }
}

async fn first_link(database: Option<&Database>) -> Option<()> {
    let installation = Installation::new(database);
    let made = installation.succeed(&CREATE)?;
    assert!(made.contains("saldo_key_") && made.contains("/console/sign-in/"), "{made}");
    let file = installation.folder.path().join("open.csv");
    fs::write(&file, "customer,invoice number,invoice date,due date,amount\nUNO,U-1,2026-03-01,2026-04-01,1500.00\n")
        .expect("a file");
    let imported = installation.succeed(&["import", "open.csv", "--creditor", "Casa Uno"])?;
    assert!(imported.contains("Booked. 1 rows: 1 new"), "{imported}");
    let again = installation.succeed(&["import", "open.csv"])?;
    assert!(again.contains("Nothing to change"), "{again}");
    let link = installation.succeed(&["link", "--debtor", "UNO"])?.trim().to_owned();
    assert!(link.starts_with(&format!("http://{}/l/", installation.bind)), "{link}");

    let server = Process::start(installation.command(&["serve"], &[])?);
    server.wait_for(|line| line.contains("serving").then_some(()));
    let client = reqwest::Client::builder().cookie_store(true).no_proxy().build().expect("a plain client");
    let page = Answer::of(client.get(&link).send().await.expect("an answer")).await.expect(200);
    assert!(page.body.contains("Casa Uno") && page.body.contains("1,500.00"), "{}", page.body);
    let logo = installation.folder.path().join("logo.png");
    fs::write(&logo, b"\x89PNG\r\n\x1a\n").expect("a file");
    installation.succeed(&["creditor", "brand", "--creditor", "Casa Uno", "--logo", "logo.png"])?;
    let refused = installation.run(&["creditor", "brand", "--creditor", "Casa Uno", "--logo", "open.csv"], &[])?;
    assert!(!refused.ok && refused.err.contains("a logo is a PNG"), "{}", refused.err);
    let page = Answer::of(client.get(&link).send().await.expect("an answer")).await.expect(200);
    let path = page.body.split('"').find(|part| part.ends_with(".logo")).expect("the page shows the logo");
    let image = client.get(format!("http://{}{path}", installation.bind)).send().await.expect("an answer");
    assert_eq!(image.headers()["content-type"], "image/png");
    let statement = Answer::of(client.post(&link).send().await.expect("an answer")).await.expect(200);
    assert!(statement.body.contains("U-1"), "{}", statement.body);

    let listed = installation.succeed(&["link", "--debtor", "UNO", "--list"])?;
    let id = listed.split_whitespace().next().expect("an id");
    installation.succeed(&["link", "--debtor", "UNO", "--revoke", id])?;
    Answer::of(client.get(&link).send().await.expect("an answer")).await.expect(410);

    let owner = ["owner", "create", "--creditor", "Casa Uno", "--email", "una@example.com"];
    let invited = installation.succeed(&owner)?.trim().to_owned();
    assert!(invited.starts_with(&format!("http://{}/console/set-up/", installation.bind)), "{invited}");
    let page = Answer::of(client.get(&invited).send().await.expect("an answer")).await.expect(200);
    assert!(page.body.contains("una@example.com"), "{}", page.body);
    let taken =
        installation.run(&["owner", "reset", "--creditor", "Casa Uno", "--email", "nobody@example.com"], &[])?;
    assert!(!taken.ok, "{}", taken.out);

    let keys = ["creditor", "keys", "--creditor", "Casa Uno"];
    let listed = installation.succeed(&keys)?;
    assert!(listed.contains("in force"), "{listed}");
    let id = listed.split_whitespace().next().expect("an id");
    let listed = installation.succeed(&[&keys[..], &["--revoke", id]].concat())?;
    assert!(listed.contains("withdrawn") && !listed.contains("in force"), "{listed}");
    assert!(!server.output().contains(link.rsplit('/').next().expect("a token")), "{}", server.output());
    assert!(server.terminate().success());
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_twice_changes_the_schema_once() {
    let database = Database::create().await;
    for database in [None, database.as_ref()] {
        let installation = Installation::new(database);
        let Some(first) = installation.succeed(&["migrate"]) else { return };
        assert!(first.starts_with("Applied: "), "{first}");
        let second = installation.succeed(&["migrate"]).expect("it is there");
        assert_eq!(second.trim(), "The schema is up to date.");
    }
}

#[test]
fn the_doctor_says_what_to_mend() {
    let installation = Installation::new(None);
    let Some(before) = installation.run(&["doctor"], &[]) else { return };
    assert!(!before.ok && before.out.contains("saldo migrate"), "{}", before.out);
    installation.succeed(&["migrate"]);
    let well = installation.succeed(&["doctor"]).expect("it is there");
    assert!(!well.contains("mend"), "{well}");

    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port().to_string();
    let smtp =
        [("SALDO_MAIL__TRANSPORT", "smtp"), ("SALDO_MAIL__PORT", closed.as_str()), ("SALDO_MAIL__SECURITY", "none")];
    let ill = installation.run(&["doctor"], &smtp).expect("it is there");
    let line = ill.out.lines().find(|line| line.starts_with("mend  mail:")).unwrap_or_default();
    assert!(!ill.ok && line.len() > "mend  mail: ".len(), "{}", ill.out);
    assert_eq!(ill.out.matches("mend").count(), 1, "{}", ill.out);
}

#[test]
fn production_refuses_to_start_without_what_it_needs() {
    let installation = Installation::new(None);
    let production = ("SALDO_SERVER__MODE", "production");
    let live = ("SALDO_PAYMENTS__STRIPE__SECRET_KEY", "sk_live_x");
    let test = ("SALDO_PAYMENTS__STRIPE__SECRET_KEY", "sk_test_x");
    let hook = ("SALDO_PAYMENTS__STRIPE__WEBHOOK_SECRETS", "whsec_x");
    let public = ("SALDO_SERVER__PUBLIC_URL", "https://pay.example");
    for (settings, missing) in [
        (vec![production], "payments.stripe.secret_key"),
        (vec![production, live], "payments.stripe.webhook_secrets"),
        (vec![production, test, hook], "live key"),
        (vec![production, live, hook], "server.public_url"),
        (vec![production, live, hook, public], "mail.transport"),
    ] {
        for command in ["serve", "demo"] {
            let Some(said) = installation.run(&[command], &settings) else { return };
            assert!(!said.ok && said.err.contains(missing), "{command}: {}", said.err);
            assert!(!said.err.contains("sk_live_x"), "{}", said.err);
        }
    }
}
