//! The mail server is down, slow or refuses: nothing leaves twice, nothing that was to leave is forgotten, and the books and
//! the pages do not wait for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use saldo_providers::channel::{SmtpChannel, SmtpConfig, SmtpTls};
use saldo_providers::doubles::smtp::{SinkConfig, SinkStep, SinkTls, SmtpSink};
use saldo_tests::postgres::Database;
use saldo_tests::product::{Business, Product, Setup};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::support::{Answer, Api, Visitor, ana, hours};

/// How long the channel waits for the server here.
const TIMEOUT: Duration = Duration::from_secs(2);

fn channel(port: u16) -> SmtpChannel {
    let mut wish = SmtpConfig::new("127.0.0.1", port, SmtpTls::Plaintext);
    wish.timeout = TIMEOUT;
    SmtpChannel::try_new(wish).expect("plaintext to this machine")
}

async fn sink() -> SmtpSink {
    let config = SinkConfig { tls: SinkTls::None, credentials: None, takes_groups: true };
    SmtpSink::start(config).await.expect("a port is free")
}

/// Between Saldo and its mail server: cut, or dead silent, when a test says so.
struct Wire {
    port: u16,
    state: watch::Sender<WireState>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WireState {
    Works,
    Cut,
    Silent,
}

impl Wire {
    async fn to(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (state, now) = watch::channel(WireState::Works);
        tokio::spawn(async move {
            while let Ok((mut caller, _)) = listener.accept().await {
                let mut now = now.clone();
                tokio::spawn(async move {
                    let state = *now.borrow_and_update();
                    match state {
                        WireState::Cut => return,
                        WireState::Silent => {}
                        WireState::Works => {
                            let Ok(mut server) = tokio::net::TcpStream::connect(("127.0.0.1", target)).await else {
                                return;
                            };
                            let carried = tokio::io::copy_bidirectional(&mut caller, &mut server);
                            tokio::select! {
                                _ = carried => {}
                                _ = now.changed() => {}
                            }
                            return;
                        }
                    }
                    let _ = now.changed().await;
                });
            }
        });
        Self { port, state }
    }

    fn set(&self, state: WireState) {
        self.state.send_replace(state);
    }
}

struct Stand {
    product: Product,
    business: Business,
    sink: SmtpSink,
    wire: Wire,
}

impl Stand {
    async fn open(database: Option<&str>) -> Self {
        let sink = sink().await;
        let wire = Wire::to(sink.port()).await;
        let setup = Setup::new(database).mail_by(Arc::new(channel(wire.port)));
        let product = setup.start().await;
        let business = product.business().await;
        Self { product, business, sink, wire }
    }

    fn received(&self, to: &str) -> usize {
        self.sink.received().iter().filter(|mail| mail.to == to).count()
    }

    /// Ticks and works through hours, in steps.
    async fn live(&self, minutes: i64, steps: usize) {
        for _ in 0..steps {
            self.product.advance(jiff::SignedDuration::from_mins(minutes));
            self.product.tick().await;
            self.product.work().await;
        }
    }
}

async fn on_both(test: impl AsyncFn(Stand)) {
    eprintln!("on SQLite");
    test(Stand::open(None).await).await;
    if let Some(database) = Database::create().await {
        eprintln!("on PostgreSQL");
        test(Stand::open(Some(&database.url)).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_to_leave_while_the_mail_server_was_away_leaves_once_when_it_is_back() {
    on_both(async |stand| {
        let (product, business) = (&stand.product, &stand.business);
        let visitor = ana(product, business).await;
        for (state, steps) in [(WireState::Cut, vec![]), (WireState::Works, vec![SinkStep::RefuseSender(451); 3])] {
            stand.wire.set(state);
            stand.sink.script(steps);
            // A payment's receipt, a reminder and a fresh link are due.
            product.tick().await;
            product.work().await;
        }
        let link = product.link_for(business.creditor.id, &business.bruno).await;
        let asked = product.client().post(format!("{link}/renew")).send().await.expect("an answer");
        Answer::of(asked).await.expect(200);
        let attempt = visitor.pay_with_card().await;
        stand.wire.set(WireState::Cut);
        stand.live(2, 5).await;
        // The books go on.
        let state = visitor.get(&format!("/pay/{attempt}/state")).await.expect(200).json();
        assert_eq!(state, json!({"state": "succeeded", "booked": true}));
        visitor.get("/statement").await.expect(200);
        assert_eq!(stand.sink.received(), vec![], "nothing left");

        stand.wire.set(WireState::Works);
        stand.live(30, 10).await;
        assert_eq!(stand.received("ana@example.com"), 1, "the receipt, and no reminder: it is paid");
        assert_eq!(stand.received("bruno@example.com"), 1, "the link that was asked for");
        stand.live(60, 6).await;
        assert_eq!((stand.received("ana@example.com"), stand.received("bruno@example.com")), (1, 1), "once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_the_server_refused_for_now_leaves_within_the_hour() {
    on_both(async |stand| {
        stand.sink.script(vec![SinkStep::RefuseSender(451); 3]);
        stand.product.tick().await;
        stand.product.work().await;
        assert_eq!(stand.received("ana@example.com"), 0);
        stand.live(6, 8).await;
        assert_eq!(stand.received("ana@example.com"), 1);
        stand.live(60, 12).await;
        assert_eq!(stand.received("ana@example.com"), 1);
    })
    .await;
}

/// The real loops, with a server that takes calls and never says a word: the money is booked all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_never_answers_does_not_hold_up_the_money() {
    on_both(async |stand| {
        let (product, business) = (&stand.product, &stand.business);
        stand.wire.set(WireState::Silent);
        let api = Api::new(product, &business.key);
        for place in 0..60 {
            let reference = format!("D{place}");
            let debtor = product.debtor(&business.creditor, &reference, &format!("Debtor {place}"), "MX").await;
            product.invoice((&business.creditor, &debtor), &format!("D-{place}"), "2026-03-20", (1_000, "MXN")).await;
            let link = product.link_for(business.creditor.id, &debtor).await;
            product.client().post(format!("{link}/renew")).send().await.expect("an answer");
        }
        let visitor = ana(product, business).await;
        let attempt = visitor.pay_with_card().await;
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(saldo_app::jobs::serve(product.app.clone(), stopped));
        // Every place for mail is taken by somebody who waits.
        tokio::time::sleep(Duration::from_millis(500)).await;
        saldo_app::jobs::deliver_sandbox_events(&product.app).await.expect("the event is taken");
        let begun = Instant::now();
        while !booked(&visitor, &attempt).await {
            assert!(begun.elapsed() < TIMEOUT * 5, "the money waits for the mail");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        api.get("/v1/payments").await.expect(200);
        stop.send_replace(true);
        jobs.abort();
    })
    .await;
}

async fn booked(visitor: &Visitor, attempt: &str) -> bool {
    visitor.get(&format!("/pay/{attempt}/state")).await.expect(200).json()["booked"] == true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_of_which_nobody_knows_is_shown_and_not_sent_again() {
    on_both(async |stand| {
        stand.sink.script([SinkStep::HangAfter]);
        stand.product.tick().await;
        stand.product.work().await;
        let api = Api::new(&stand.product, &stand.business.key);
        let rows = api.get(&format!("/v1/reminders?debtor_id={}", stand.business.ana.id)).await.expect(200).json();
        assert_eq!(rows["items"][0]["state"], "unknown", "{rows}");
        for _ in 0..24 {
            stand.product.advance(hours(1));
            stand.product.tick().await;
            stand.product.work().await;
        }
        assert_eq!(stand.received("ana@example.com"), 1, "the one that may have arrived");
    })
    .await;
}
