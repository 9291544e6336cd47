//! How many decisions a core takes in a second: `cargo bench -p saldo-domain --bench decide`.
//!
//! Each case is one debtor as it comes from the database, decided over again and again. The aim is 500,000 a second. Seconds
//! are those of the processor (Linux tells them): on a busy machine a second on the wall says nothing.

#[allow(dead_code, clippy::unwrap_used, reason = "the people and things that the tests of the rules speak of")]
#[path = "../tests/rules/things.rs"]
mod things;

#[allow(dead_code, reason = "what the things are read from")]
#[path = "../tests/rules/table.rs"]
mod table;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use saldo_domain::calendar::Timestamp;
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, Decision, DunningStep, decide};
use saldo_domain::snapshot::DebtorSnapshot;
use std::hint::black_box;
use std::time::Duration;
use things::{MAIL, date, id, item, mxn, snapshot, utc};

/// What the processor spent on this thread.
struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
        let nanos = stat.split_whitespace().next().and_then(|text| text.parse().ok());
        Duration::from_nanos(nanos.expect("a count"))
    }

    fn end(&self, begun: Duration) -> Duration {
        self.start().saturating_sub(begun)
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// One invoice, twelve days past due.
fn due() -> DebtorSnapshot {
    snapshot(vec![item("A-1", date("2026-02-19"), mxn("100.00"))])
}

/// Four invoices and six messages so far; the next rung is days away.
fn known() -> DebtorSnapshot {
    let due = ["2026-01-10", "2026-01-25", "2026-02-16", "2026-03-20"];
    let items = due.iter().enumerate().map(|(n, on)| item(&format!("A-{n}"), date(on), mxn("100.00")));
    let contact = |day: i8| Contact {
        handed_off_at: utc(&format!("2026-02-{day:02}T18:00:00Z")),
        channel: Channel::Email,
        step: DunningStep { offset: i32::from(day), due_on: date("2026-01-10") },
        invoice_ids: vec![id("A-0"), id("A-1"), id("A-2")],
        outcome: ContactOutcome::Left,
    };
    let contacts = [3, 8, 13, 18, 23, 28].map(contact).into();
    DebtorSnapshot { contacts, ..snapshot(items.collect()) }
}

/// The same on a Sunday.
fn sunday() -> Timestamp {
    utc("2026-03-08T18:00:00Z")
}

fn decisions(criterion: &mut Criterion<CpuTime>) {
    let noon = utc("2026-03-03T18:00:00Z");
    let mut group = criterion.benchmark_group("decide");
    // The kernel counts in milliseconds: samples are long, and few.
    group.throughput(Throughput::Elements(1)).sampling_mode(SamplingMode::Flat).sample_size(20);
    for (name, debtor, at) in
        [("send", due(), noon), ("wait for hours", due(), sunday()), ("wait for a rung", known(), noon)]
    {
        let decision = decide(&debtor, &MAIL, at).expect("a decision");
        assert_eq!(matches!(decision, Decision::Send { .. }), name == "send", "{name}: {decision:?}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| decide(black_box(&debtor), black_box(&MAIL), black_box(at)));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = decisions
}
criterion_main!(benches);
