//! What debtors do: look, choose, pay, click twice, give up, agree, promise, contest, declare, withdraw.

use saldo_app::App;
use saldo_app::flows::consent::{self, ConsentWish};
use saldo_app::flows::declared_transfer::{self, DeclareTransfer};
use saldo_app::flows::dispute::{self, OpenDispute};
use saldo_app::flows::payment_plan::{self, AcceptPlan};
use saldo_app::flows::promise::{self, MakePromise};
use saldo_app::flows::start_checkout::{self, CheckoutStarted, StartCheckout};
use saldo_app::flows::{cancel_checkout, follow_attempt};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::plus_days;
use saldo_domain::dispute::DisputeReason;
use saldo_domain::ids::{AttemptId, DisputeId, PlanId, PromiseId, TransferId};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::plan::PlanChoice;
use saldo_domain::quote::Selection;
use saldo_domain::reminder::Channel;

use crate::autopay;
use crate::chance::Chance;
use crate::contact::local_day;
use crate::points::{Act, Said};
use crate::seat::{Seat, Tab};
use crate::world::told;

/// One of the things that a debtor may do now.
pub fn act(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    match chance.below(100) {
        0..12 => look(seat, app),
        12..45 => start(seat, app, chance),
        45..50 => autopay::act(seat, app, chance),
        50..62 => click_again(seat, app, chance),
        62..72 => come_back(seat, app, chance),
        72..78 => give_up(seat, app, chance),
        78..82 => agree(seat, app, chance),
        82..86 => promise_to_pay(seat, app, chance),
        86..90 => contest(seat, app, chance),
        90..94 => declare(seat, app, chance),
        94..97 => withdraw_channel(seat, app, chance),
        _ => take_back(seat, app, chance),
    }
}

fn look(seat: &Seat, app: App) -> Act {
    let seat = seat.clone();
    Some(("looks", Box::pin(async move { Said::new(seat.look(app).await) })))
}

/// Opens the page and pays what it shows; sometimes the page has been open for long.
fn start(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    if !chance.one_in(4) {
        let seat = seat.clone();
        let (draw, attempt) = (chance.next(), AttemptId(app.ambient().uuid_v7()));
        return Some((
            "looks and pays",
            Box::pin(async move {
                let looked = seat.clone().look(app.clone()).await;
                match choose(&seat, attempt, &mut Chance::new(draw)).and_then(|tab| send(&seat, app, tab, "")) {
                    Some((_, work)) => work.await,
                    None => Said::new(looked),
                }
            }),
        ));
    }
    let tab = choose(seat, AttemptId(app.ambient().uuid_v7()), chance)?;
    send(seat, app, tab, "starts to pay")
}

fn choose(seat: &Seat, attempt: AttemptId, chance: &mut Chance) -> Option<Tab> {
    let mut seen = seat.seen.borrow_mut();
    seen.account?;
    let item = chance.pick(&seen.items).copied();
    let selection = match (chance.below(6), item, seen.plans.first(), seen.offers.last()) {
        (0, Some((_, open)), ..) => {
            let minor = chance.between(1, open.minor());
            Selection::Amount { amount: Money::new(minor, open.currency()) }
        }
        (1 | 2, Some((id, _)), ..) => Selection::Items { invoice_ids: vec![id] },
        (3, _, Some(plan_id), _) => Selection::Instalments { plan_id: *plan_id, count: 1 },
        (4, _, Some(plan_id), _) => Selection::PlanRest { plan_id: *plan_id },
        (5, _, _, Some(offer_id)) => Selection::Settlement { offer_id: *offer_id },
        _ => Selection::Everything,
    };
    let tab = Tab { attempt, version: seen.version, selection };
    seen.tabs.push(tab.clone());
    let first = seen.tabs.len().saturating_sub(4);
    seen.tabs.drain(..first);
    Some(tab)
}

fn click_again(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let tab = chance.pick(&seat.seen.borrow().tabs)?.clone();
    send(seat, app, tab, "clicks again")
}

pub fn send(seat: &Seat, app: App, tab: Tab, label: &'static str) -> Act {
    let seat = seat.clone();
    let account_id = seat.seen.borrow().account?;
    let Tab { attempt, version, selection } = tab;
    let wish = StartCheckout { attempt_id: attempt, account_id, selection, balance_version: version, seen_total: None };
    Some((
        label,
        Box::pin(async move {
            match start_checkout::start(&app, seat.session(), wish).await {
                Ok(CheckoutStarted::Redirect(url)) => {
                    let text = format!("{attempt} to {url}");
                    seat.seen.borrow_mut().pages.push((attempt, url));
                    Said { led: Some(attempt), ..Said::new(text) }
                }
                Ok(other) => Said::new(format!("{other:?}")),
                Err(failure) => Said::new(told(&failure)),
            }
        }),
    ))
}

fn come_back(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let (attempt, _) = chance.pick(&seat.seen.borrow().pages)?.clone();
    let session = seat.session();
    Some((
        "comes back",
        Box::pin(async move {
            match follow_attempt::follow(&app, session, attempt).await {
                Ok(followed) => Said::new(format!("{attempt} {}", followed.attempt.state.name())),
                Err(failure) => Said::new(told(&failure)),
            }
        }),
    ))
}

fn give_up(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let attempt = chance.pick(&seat.seen.borrow().tabs)?.attempt;
    let session = seat.session();
    Some((
        "gives up",
        Box::pin(async move {
            match cancel_checkout::cancel(&app, session, attempt).await {
                Ok(attempt) => Said::new(format!("{} {}", attempt.id, attempt.state.name())),
                Err(failure) => Said::new(told(&failure)),
            }
        }),
    ))
}

fn agree(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    let (plan_id, draw) = (PlanId(app.ambient().uuid_v7()), chance.next());
    Some((
        "agrees to a plan",
        Box::pin(async move {
            let offers = seat.offers(&app).await;
            let Some(offered) = offers.into_iter().next() else { return Said::new("nothing is offered") };
            let counts = offered.offer.counts.clone();
            let wide = u64::from(counts.end() - counts.start() + 1);
            let count = counts.start() + u32::try_from(draw % wide).unwrap_or(0);
            let wish = AcceptPlan {
                plan_id,
                account_id: offered.account_id,
                template_id: offered.offer.template_id,
                choice: PlanChoice { count, first_on: offered.offer.first_until },
                autopay: draw.is_multiple_of(2),
                balance_version: offered.balance_version,
                text_version: "plan-acceptance-1".to_owned(),
                address: "192.0.2.1".to_owned(),
                language: Language::Es,
            };
            match payment_plan::accept(&app, seat.session(), wish).await {
                Ok(row) => Said::new(format!("{plan_id} {}", row.plan.state.name())),
                Err(failure) => Said::new(told(&failure)),
            }
        }),
    ))
}

fn promise_to_pay(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    let promise_id = PromiseId(app.ambient().uuid_v7());
    let account_id = seat.seen.borrow().account?;
    let days = i32::try_from(chance.between(1, 12)).unwrap_or(1);
    let promised_on = plus_days(local_day(app.now()), days).ok()?;
    let wish = MakePromise { promise_id, account_id, amount: None, promised_on };
    Some((
        "promises",
        Box::pin(async move {
            let made = promise::make(&app, seat.creditor, seat.id, seat.actor(), wish).await;
            if made.is_ok() {
                seat.seen.borrow_mut().promises.push(promise_id);
            }
            Said::new(made.map_or_else(|failure| told(&failure), |_| promised_on.to_string()))
        }),
    ))
}

fn contest(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    let (invoice_id, _) = *chance.pick(&seat.seen.borrow().items)?;
    let dispute_id = DisputeId(app.ambient().uuid_v7());
    let (reason, message) = (DisputeReason::NotDelivered, "No llegó".to_owned());
    let wish = OpenDispute { dispute_id, invoice_id, reason, message, files: Vec::new() };
    Some((
        "contests",
        Box::pin(async move {
            let opened = dispute::open(&app, seat.creditor, Some(seat.id), seat.actor(), wish).await;
            if opened.is_ok() {
                seat.seen.borrow_mut().disputes.push(dispute_id);
            }
            Said::new(opened.map_or_else(|failure| told(&failure), |_| invoice_id.to_string()))
        }),
    ))
}

fn declare(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    let account_id = seat.seen.borrow().account?;
    let (_, amount) = *chance.pick(&seat.seen.borrow().items)?;
    let transfer_id = TransferId(app.ambient().uuid_v7());
    let made_on = local_day(app.now());
    let reference = String::new();
    let wish = DeclareTransfer { transfer_id, account_id, amount, made_on, reference, files: Vec::new() };
    Some((
        "declares a transfer",
        Box::pin(async move {
            let declared = declared_transfer::declare(&app, seat.creditor, seat.id, seat.actor(), wish).await;
            if declared.is_ok() {
                seat.seen.borrow_mut().transfers.push(transfer_id);
            }
            Said::new(declared.map_or_else(|failure| told(&failure), |_| "declared".to_owned()))
        }),
    ))
}

fn withdraw_channel(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    // Most who withdrew come back: otherwise nobody is left to be reminded.
    let given = !chance.one_in(3);
    let wish = ConsentWish { channel: Channel::Email, given, at: None, proof: "said so".to_owned() };
    Some((
        if given { "allows e-mail" } else { "withdraws e-mail" },
        Box::pin(async move {
            let said = consent::record(&app, seat.creditor, seat.id, Actor::Operator, wish).await;
            Said::new(said.map_or_else(|failure| told(&failure), |_| "noted".to_owned()))
        }),
    ))
}

fn take_back(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let seat = seat.clone();
    if chance.one_in(2) {
        let id = seat.seen.borrow_mut().promises.pop()?;
        return Some((
            "takes a promise back",
            Box::pin(async move {
                let done = promise::withdraw(&app, seat.creditor, Some(seat.id), seat.actor(), id).await;
                Said::new(done.map_or_else(|failure| told(&failure), |_| "withdrawn".to_owned()))
            }),
        ));
    }
    let id = seat.seen.borrow_mut().disputes.pop()?;
    Some((
        "takes a dispute back",
        Box::pin(async move {
            let done = dispute::withdraw(&app, seat.creditor, Some(seat.id), seat.actor(), id).await;
            Said::new(done.map_or_else(|failure| told(&failure), |_| "withdrawn".to_owned()))
        }),
    ))
}
