//! Schedules that are a promise's own danger, told step by step: chance seldom meets them.

use saldo_app::flows::adjust::{self, BankPayment};
use saldo_app::flows::consent::{self, ConsentWish};
use saldo_app::flows::dispute::{self, OpenDispute};
use saldo_app::flows::issue_invoice;
use saldo_app::flows::manual_hold::{self, PlaceHold};
use saldo_app::{App, jobs};
use saldo_contract::invoice::IssueInvoice;
use saldo_contract::payment::Money as WireMoney;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::plus_days;
use saldo_domain::currency::Currency;
use saldo_domain::dispute::DisputeReason;
use saldo_domain::ids::{AttemptId, DisputeId, HoldId, PaymentId};
use saldo_domain::money::Money;
use saldo_domain::quote::Selection;
use saldo_domain::reminder::Channel;

use crate::contact::local_day;
use crate::debtors;
use crate::nodes;
use crate::points::{Fate, Ran, Said, Work, run};
use crate::seat::{Seat, Tab};
use crate::till::Letter;
use crate::world::World;

const OWED: i64 = 12_345;

/// Carries an operation to its end: nothing stops it.
pub fn finish(world: &World, work: Work) -> Said {
    match run(&world.runtime, work, Fate::default()) {
        Ran::Done(said) => said,
        Ran::Crashed(point) | Ran::Parked(_, point) => panic!("nothing stops at {point}"),
    }
}

/// One of the debtors owes, since three days after it was due.
pub fn owing(world: &mut World, place: usize) -> Seat {
    world.number += 1;
    let (seat, app, number) = (world.seats[place].clone(), world.nodes[0].app.clone(), world.number);
    let due_on = plus_days(local_day(app.now()), -3).expect("a day");
    let wish = IssueInvoice {
        debtor_reference: seat.reference.clone(),
        number: format!("F-{number}"),
        description: None,
        issued_on: plus_days(due_on, -30).expect("a day"),
        due_on,
        amount: WireMoney { minor: OWED, currency: Currency::MXN },
        tax: None,
        send: None,
    };
    world.runtime.block_on(async {
        issue_invoice::issue(&app, seat.creditor, wish).await.expect("an invoice");
        seat.clone().look(app).await;
    });
    seat
}

/// One of the debtors is to hear of it: the job is there.
pub fn planned(world: &mut World, place: usize) -> Seat {
    let seat = owing(world, place);
    let app = world.nodes[0].app.clone();
    world.runtime.block_on(async { jobs::tick(&app).await.expect("a look at what time brings") });
    seat
}

/// One of the debtors is on the provider's page; where that is in the provider's books.
pub fn led(world: &mut World, place: usize) -> usize {
    let seat = owing(world, place);
    let app = world.nodes[0].app.clone();
    let (attempt, version) = (AttemptId(app.ambient().uuid_v7()), seat.seen.borrow().version);
    let tab = Tab { attempt, version, selection: Selection::Everything };
    let (_, work) = debtors::send(&seat, app, tab, "pays").expect("something is owed");
    assert_eq!(finish(world, work).led, Some(attempt));
    world.shared.bank.till().by_attempt[&attempt]
}

/// One of the debtors has paid on the provider's page, of which the provider tells once.
pub fn taken(world: &mut World, place: usize) -> Letter {
    let session = led(world, place);
    let now = world.now();
    let mut till = world.shared.bank.till();
    till.take(session, now);
    till.letters.clear();
    till.tell_state(session, now, true);
    till.letters[0].clone()
}

/// What a person or a debtor does, and what it is called.
pub type Act = (&'static str, fn(Seat, App) -> Work);

/// After each of them nothing may leave.
pub const SILENCING: [Act; 5] = [
    ("a payment", pay),
    ("a hold", hold),
    ("an opt-out", opt_out),
    ("a dispute", contest),
    ("a debtor was led to pay", begin_to_pay),
];

fn pay(seat: Seat, app: App) -> Work {
    let account_id = seat.seen.borrow().account.expect("an account");
    let payment_id = PaymentId(app.ambient().uuid_v7());
    let wish = BankPayment {
        payment_id,
        debtor_id: seat.id,
        account_id,
        amount: Money::new(OWED, Currency::MXN),
        value_on: local_day(app.now()),
        reference: format!("SPEI {payment_id}"),
        invoice_ids: Vec::new(),
    };
    Box::pin(async move {
        adjust::record_bank_payment(&app, seat.creditor, &Actor::Operator, wish).await.expect("it is recorded");
        Said::default()
    })
}

fn hold(seat: Seat, app: App) -> Work {
    let until_on = plus_days(local_day(app.now()), 3).expect("a day");
    let wish = PlaceHold { hold_id: HoldId(app.ambient().uuid_v7()), reason: "hablamos".to_owned(), until_on };
    Box::pin(async move {
        manual_hold::place(&app, seat.creditor, seat.id, Actor::Operator, wish).await.expect("it holds");
        Said::default()
    })
}

fn opt_out(seat: Seat, app: App) -> Work {
    let wish = ConsentWish { channel: Channel::Email, given: false, at: None, proof: "said so".to_owned() };
    Box::pin(async move {
        consent::record(&app, seat.creditor, seat.id, Actor::Operator, wish).await.expect("it is noted");
        Said::default()
    })
}

fn contest(seat: Seat, app: App) -> Work {
    let (invoice_id, _) = seat.seen.borrow().items[0];
    let dispute_id = DisputeId(app.ambient().uuid_v7());
    let (reason, message) = (DisputeReason::NotDelivered, "No llegó".to_owned());
    let wish = OpenDispute { dispute_id, invoice_id, reason, message, files: Vec::new() };
    Box::pin(async move {
        let actor = seat.actor();
        dispute::open(&app, seat.creditor, Some(seat.id), actor, wish).await.expect("it is open");
        Said::default()
    })
}

fn begin_to_pay(seat: Seat, app: App) -> Work {
    let (attempt, version) = (AttemptId(app.ambient().uuid_v7()), seat.seen.borrow().version);
    let tab = Tab { attempt, version, selection: Selection::Everything };
    debtors::send(&seat, app, tab, "pays").expect("something is owed").1
}

/// A node at work, which is to stand still at its n-th point; none when it has no such point and has done its work.
pub fn at_work(world: &World, node: usize, stands_at: u32) -> Option<(Work, &'static str)> {
    let work: Work = Box::pin(nodes::work(world.nodes[node].app.clone()));
    match run(&world.runtime, work, Fate { stands_at: Some(stands_at), dies_at: None }) {
        Ran::Parked(work, point) => Some((work, point)),
        Ran::Done(_) => None,
        Ran::Crashed(point) => panic!("nothing dies at {point}"),
    }
}
