//! The database is taken away from a running Saldo and given back: it shows the truth it has, says in the debtor's language
//! what it cannot do, loses nothing that it accepted, and goes on by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::faults_stand::{CANNOT_SHOW, CANNOT_TAKE, Stand, assert_calm, until};
use crate::support::{Answer, Api};
use serde_json::{Value, json};

/// What is done to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Its disk is full.
    Full,
    /// Its disk may only be read: it was mounted anew after an error.
    ReadOnlyDisk,
    /// The server takes no writes: it has become a replica.
    ReadOnlyServer,
    /// The server is stopped, and started later.
    Stopped,
}

impl Fault {
    async fn begins(self, stand: &Stand) {
        match self {
            Self::Full => stand.break_disk("full"),
            Self::ReadOnlyDisk => stand.break_disk("read_only"),
            Self::ReadOnlyServer => read_only(stand, "on").await,
            Self::Stopped => stand.server.as_ref().expect("a server").stop(),
        }
    }

    async fn ends(self, stand: &Stand) {
        match self {
            Self::Full => stand.mend_disk("full"),
            Self::ReadOnlyDisk => stand.mend_disk("read_only"),
            Self::ReadOnlyServer => read_only(stand, "off").await,
            Self::Stopped => stand.server.as_ref().expect("a server").resume(),
        }
    }

    /// Whether what is written stays readable meanwhile.
    fn reads(self) -> bool {
        self != Self::Stopped
    }

    /// What the API calls it.
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Full => &["database_full"],
            Self::ReadOnlyDisk => &["database_failing", "database_read_only"],
            Self::ReadOnlyServer => &["database_read_only"],
            Self::Stopped => &["database_unreachable"],
        }
    }

    /// What the doctor says.
    fn doctor(self) -> &'static str {
        match self {
            Self::Full => "mend  writes: its disk is full",
            Self::ReadOnlyDisk | Self::ReadOnlyServer => "mend  writes: it takes no writes, it is read-only",
            Self::Stopped => "mend  database: it does not answer",
        }
    }
}

async fn read_only(stand: &Stand, on: &str) {
    stand.execute(&format!("ALTER SYSTEM SET default_transaction_read_only = {on}")).await;
    stand.execute("SELECT pg_reload_conf()").await;
}

/// Issues invoices without a pause, and keeps the numbers of those that were accepted.
struct Issuer {
    stop: Arc<AtomicBool>,
    task: tokio::task::JoinHandle<(Vec<String>, usize)>,
}

impl Issuer {
    fn start(stand: &Stand, round: usize) -> Self {
        let (api, stop) = (stand.api(), Arc::new(AtomicBool::new(false)));
        let task = tokio::spawn(issue_on(api, round, Arc::clone(&stop)));
        Self { stop, task }
    }

    async fn end(self) -> (Vec<String>, usize) {
        self.stop.store(true, Ordering::SeqCst);
        self.task.await.expect("it issues to the end")
    }
}

async fn issue_on(api: Api, round: usize, stop: Arc<AtomicBool>) -> (Vec<String>, usize) {
    let (mut accepted, mut refused) = (Vec::new(), 0);
    for place in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let number = format!("R{round}-{place}");
        let wish = json!({"debtor_reference": "BRUNO", "number": number, "issued_on": "2026-10-01",
            "due_on": "2027-10-01", "amount": {"minor": 100 + place, "currency": "MXN"}});
        let answer = api.post("/v1/invoices", &wish).await;
        match answer.status {
            200 | 201 => accepted.push(number),
            503 => refused += 1,
            _ => panic!("{answer:?}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    (accepted, refused)
}

/// Issues until the fault is felt: a full disk takes what fits into the room that files have already.
async fn until_refused(stand: &Stand) -> Answer {
    for place in 0..400 {
        let answer = stand.issue(&format!("{}-{place}", crate::world::fresh()), "BRUNO", 500).await;
        if answer.status == 503 {
            return answer;
        }
        answer.expect(200);
    }
    panic!("the fault is not felt");
}

async fn live_through(stand: &Stand, fault: Fault, round: usize) {
    eprintln!("{fault:?}");
    let debtor = stand.debtor(&format!("ANA{round}"), 123_450).await;
    let (visitor, link) = stand.visitor(&debtor).await;
    let form = visitor.pay_form().await;
    let page = visitor.pay(&form, None).await.expect(303).header("location").to_owned();
    let issuer = Issuer::start(stand, round);
    fault.begins(stand).await;

    let refused = until_refused(stand).await;
    assert!(fault.codes().contains(&refused.code().as_str()), "{fault:?}: {}", refused.body);
    assert!(refused.header("retry-after").parse::<u32>().is_ok(), "{:?}", refused.headers);
    let statement = visitor.get("/statement").await;
    let landing = Answer::of(stand.client().get(&link).send().await.expect("an answer")).await;
    if fault.reads() {
        for shown in [statement.expect(200), landing.expect(200)] {
            assert!(shown.body.contains("1,234.50"), "{}", shown.body);
        }
        // The debtor pays at the provider meanwhile, and comes back.
        visitor.post(&format!("{page}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
        let back = visitor.get(&format!("/pay/{}", form.attempt)).await.expect(200);
        assert!(back.body.contains("1,234.50"), "{}", back.body);
    } else {
        assert_calm(&statement, CANNOT_SHOW);
        assert!(statement.body.contains("href=\"/statement\""), "one way on: {}", statement.body);
        assert_eq!(landing.status, 503);
        assert!(!landing.body.contains(link.rsplit('/').next().expect("a token")), "{}", landing.body);
    }
    if fault != Fault::Full || stand.server.is_none() {
        assert_calm(&visitor.post("/leave", &[]).await, CANNOT_TAKE);
    }
    let (well, said) = stand.run(&["doctor"]).expect("it is there");
    assert!(!well && said.contains(fault.doctor()), "{fault:?}: {said}");

    fault.ends(stand).await;
    until("writes are taken again", async || stand.issue(&format!("AFTER-{round}"), "BRUNO", 700).await.status < 300)
        .await;
    if !fault.reads() {
        visitor.post(&format!("{page}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
    }
    until("the payment is booked", async || {
        state(&visitor, &form.attempt).await == json!({"state": "succeeded", "booked": true})
    })
    .await;
    let (accepted, felt) = issuer.end().await;
    let kept = stand.numbers().await;
    let lost: Vec<_> = accepted.iter().filter(|number| !kept.contains(number)).collect();
    assert!(lost.is_empty() && felt > 0, "{fault:?}: {} accepted, {felt} refused, lost: {lost:?}", accepted.len());
    let payments = stand.api().get(&format!("/v1/payments?debtor_id={}", text(&debtor["id"]))).await.expect(200).json();
    assert_eq!(payments["items"].as_array().map(Vec::len), Some(1), "{payments}");
    until("everything is well again", async || stand.run(&["doctor"]).is_some_and(|(well, _)| well)).await;
}

async fn state(visitor: &crate::support::Visitor, attempt: &str) -> Value {
    let answer = visitor.get(&format!("/pay/{attempt}/state")).await;
    if answer.status == 200 { answer.json() } else { Value::Null }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

async fn live_through_all(stand: &Stand, faults: &[Fault]) {
    stand.debtor("BRUNO", 9_990).await;
    for (round, fault) in faults.iter().enumerate() {
        live_through(stand, *fault, round).await;
    }
    assert!(!stand.log().contains("panicked"), "{}", stand.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_on_a_full_or_read_only_disk_loses_nothing_and_goes_on_by_itself() {
    let Some(stand) = Stand::on_sqlite().await else { return };
    live_through_all(&stand, &[Fault::Full, Fault::ReadOnlyDisk, Fault::Full]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_stopped_full_or_read_only_loses_nothing_and_saldo_goes_on_by_itself() {
    let Some(stand) = Stand::on_postgres().await else { return };
    live_through_all(&stand, &[Fault::Stopped, Fault::ReadOnlyServer, Fault::Full]).await;
}
