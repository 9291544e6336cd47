//! What the creditor's people do: import, change the terms, issue, correct, give back, offer, hold, decide.

use saldo_app::flows::adjust::{self, BankPayment, Reduce};
use saldo_app::flows::dispute;
use saldo_app::flows::manual_hold::{self, PlaceHold};
use saldo_app::flows::request_refund::{self, RequestRefund};
use saldo_app::flows::settlement_offer::{self, OfferSettlement};
use saldo_app::flows::{declared_transfer, issue_invoice, payment_plan};
use saldo_app::{App, Failure};
use saldo_contract::invoice::IssueInvoice;
use saldo_contract::payment::Money as WireMoney;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::plus_days;
use saldo_domain::currency::Currency;
use saldo_domain::dispute::DisputeOutcome;
use saldo_domain::ids::{HoldId, PaymentId, RefundId, SettlementOfferId};
use saldo_domain::money::Money;

use crate::chance::Chance;
use crate::contact::local_day;
use crate::points::{Act, Said};
use crate::seat::Seat;
use crate::world::{World, told};
use crate::{imports, terms};

const BY: Actor = Actor::Operator;

/// One of the things that finance may do now.
pub fn act(world: &mut World, place: usize) -> Act {
    if world.chance.one_in(8) {
        return imports::act(world, place);
    }
    let (seat, app, number) = (world.seat(), world.nodes[place].app.clone(), world.number);
    match world.chance.one_in(14) {
        true => terms::act(&seat, app, &mut world.chance),
        false => about(&seat, app, &mut world.chance, number),
    }
}

/// Something about a debtor.
fn about(seat: &Seat, app: App, chance: &mut Chance, number: u64) -> Act {
    match chance.below(100) {
        0..34 => issue(seat, app, chance, number),
        34..42 => reduce(seat, app, chance),
        42..52 => bank_payment(seat, app, chance, number),
        52..58 => use_credit(seat, app),
        58..70 => refund(seat, app, chance),
        70..77 => offer(seat, app, chance),
        77..84 => hold(seat, app, chance),
        84..92 => decide(seat, app, chance),
        _ => end(seat, app, chance),
    }
}

fn done<T>(answer: Result<T, Failure>) -> Said {
    Said::new(answer.map_or_else(|failure| told(&failure), |_| "done".to_owned()))
}

pub fn issue(seat: &Seat, app: App, chance: &mut Chance, number: u64) -> Act {
    let creditor = seat.creditor;
    let today = local_day(app.now());
    let due_on = plus_days(today, i32::try_from(chance.between(-20, 25)).unwrap_or(0)).ok()?;
    let wish = IssueInvoice {
        debtor_reference: seat.reference.clone(),
        number: format!("F-{number}"),
        description: None,
        issued_on: plus_days(due_on, -30).ok()?,
        due_on,
        amount: WireMoney { minor: chance.between(100, 90_000), currency: Currency::MXN },
        tax: None,
        send: None,
    };
    Some(("issues an invoice", Box::pin(async move { done(issue_invoice::issue(&app, creditor, wish).await) })))
}

fn reduce(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let creditor = seat.creditor;
    let (invoice_id, open) = *chance.pick(&seat.seen.borrow().items)?;
    let amount = Money::new(chance.between(1, open.minor()), open.currency());
    let request_id = app.ambient().uuid_v7();
    let wish = Reduce { request_id, invoice_id, amount, reason: "acordado".to_owned() };
    match chance.one_in(2) {
        true => Some((
            "writes a credit note",
            Box::pin(async move { done(adjust::credit_note(&app, creditor, &BY, wish).await) }),
        )),
        false => {
            Some(("writes off", Box::pin(async move { done(adjust::write_off(&app, creditor, &BY, wish).await) })))
        }
    }
}

fn bank_payment(seat: &Seat, app: App, chance: &mut Chance, number: u64) -> Act {
    let creditor = seat.creditor;
    let account_id = seat.seen.borrow().account?;
    let wish = BankPayment {
        payment_id: PaymentId(app.ambient().uuid_v7()),
        debtor_id: seat.id,
        account_id,
        amount: Money::new(chance.between(100, 60_000), Currency::MXN),
        value_on: local_day(app.now()),
        reference: format!("SPEI {number}"),
        invoice_ids: Vec::new(),
    };
    Some((
        "records a bank payment",
        Box::pin(async move { done(adjust::record_bank_payment(&app, creditor, &BY, wish).await) }),
    ))
}

fn use_credit(seat: &Seat, app: App) -> Act {
    let (creditor, debtor) = (seat.creditor, seat.id);
    let account = seat.seen.borrow().account?;
    Some(("uses credit", Box::pin(async move { done(adjust::use_credit(&app, creditor, &BY, debtor, account).await) })))
}

fn refund(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let creditor = seat.creditor;
    let (payment_id, paid) = *chance.pick(&seat.seen.borrow().payments)?;
    let amount = if chance.one_in(2) { paid } else { Money::new(chance.between(1, paid.minor()), paid.currency()) };
    let refund_id = RefundId(app.ambient().uuid_v7());
    let wish = RequestRefund { refund_id, payment_id, amount, reason: "devuelto".to_owned() };
    Some(("gives money back", Box::pin(async move { done(request_refund::request(&app, creditor, &BY, wish).await) })))
}

fn offer(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    let account_id = seat.seen.borrow().account?;
    let owed: i64 = seat.seen.borrow().items.iter().map(|(_, open)| open.minor()).sum();
    let offer_id = SettlementOfferId(app.ambient().uuid_v7());
    let pay = Money::new(chance.between(1, owed.max(1)), Currency::MXN);
    let until_on = plus_days(local_day(app.now()), i32::try_from(chance.between(1, 9)).unwrap_or(1)).ok()?;
    let wish = OfferSettlement { offer_id, account_id, items: Vec::new(), pay, until_on };
    Some((
        "offers a settlement",
        Box::pin(async move {
            let made = settlement_offer::offer(&app, seat.creditor, seat.id, BY, wish).await;
            if made.is_ok() {
                seat.seen.borrow_mut().offers.push(offer_id);
            }
            done(made)
        }),
    ))
}

fn hold(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    let hold_id = HoldId(app.ambient().uuid_v7());
    let until_on = plus_days(local_day(app.now()), i32::try_from(chance.between(0, 9)).unwrap_or(0)).ok()?;
    let wish = PlaceHold { hold_id, reason: "hablamos".to_owned(), until_on };
    Some((
        "holds reminders",
        Box::pin(async move {
            let placed = manual_hold::place(&app, seat.creditor, seat.id, BY, wish).await;
            if placed.is_ok() {
                seat.seen.borrow_mut().holds.push(hold_id);
            }
            done(placed)
        }),
    ))
}

fn decide(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let creditor = seat.creditor;
    if chance.one_in(2) {
        let id = seat.seen.borrow_mut().disputes.pop()?;
        return Some((
            "decides a dispute",
            Box::pin(async move {
                done(dispute::resolve(&app, creditor, BY, id, DisputeOutcome::Rejected, "sí llegó").await)
            }),
        ));
    }
    let id = seat.seen.borrow_mut().transfers.pop()?;
    let found = chance.one_in(2);
    Some((
        "decides a transfer",
        Box::pin(async move {
            match found {
                true => done(declared_transfer::match_to(&app, creditor, BY, id, None).await),
                false => done(declared_transfer::reject(&app, creditor, BY, id, "no llegó").await),
            }
        }),
    ))
}

fn end(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let creditor = seat.creditor;
    if chance.one_in(2) {
        let id = seat.seen.borrow_mut().holds.pop()?;
        return Some(("ends a hold", Box::pin(async move { done(manual_hold::end(&app, creditor, BY, id).await) })));
    }
    let id = *seat.seen.borrow().plans.first()?;
    Some(("cancels a plan", Box::pin(async move { done(payment_plan::cancel(&app, creditor, id, BY, None).await) })))
}
