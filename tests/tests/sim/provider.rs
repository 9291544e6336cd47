//! A payment provider in this process: it takes the money and then answers what chance says.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use saldo_app::ambient::{Clock, SteppedClock};
use saldo_domain::currency::Currency;
use saldo_domain::ids::RefundId;
use saldo_domain::provider::{CheckoutReport, ProviderEvent, ProviderRefund, SetupReport};
use saldo_providers::payment::{
    AmountRefused, ChargeReport, ChargeSaved, Checkout, EventRefused, FindCharge, Mode, OpenCheckout, OpenSetup,
    PaymentProvider, ProviderFault, RefundReport, RefundRequest,
};

use crate::chance::Chance;
use crate::till::{GivenBack, NAME, Session, State, Till};

/// How the next call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Fine,
    /// Answers 500 before it does anything, as far as anybody can tell.
    Down,
    /// Surely does nothing: 429, no connection.
    Busy,
    /// Does it, and then answers 500 or nothing.
    Mute,
    /// Says no.
    Refuses,
}

/// The provider with its books.
pub struct Bank {
    pub till: Mutex<Till>,
    mood: Mutex<(Mood, Chance)>,
    clock: Arc<SteppedClock>,
}

impl fmt::Debug for Bank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bank")
    }
}

impl Bank {
    pub fn new(clock: Arc<SteppedClock>, seed: u64) -> Self {
        Self { till: Mutex::default(), mood: Mutex::new((Mood::Fine, Chance::new(seed))), clock }
    }

    pub fn till(&self) -> MutexGuard<'_, Till> {
        self.till.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How its next call goes; then it is fine again.
    pub fn set_mood(&self, mood: Mood) {
        self.mood.lock().unwrap_or_else(PoisonError::into_inner).0 = mood;
    }

    /// The provider's own time.
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn mood(&self) -> Mood {
        let mut mood = self.mood.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut mood.0, Mood::Fine)
    }

    fn chance(&self, times: u64) -> bool {
        self.mood.lock().unwrap_or_else(PoisonError::into_inner).1.one_in(times)
    }

    /// What one call leaves to chance.
    fn draw(&self) -> Chance {
        Chance::new(self.mood.lock().unwrap_or_else(PoisonError::into_inner).1.next())
    }

    fn answer<T>(&self, work: impl FnOnce(&mut Till) -> Result<T, ProviderFault>) -> Result<T, ProviderFault> {
        let unknown = || ProviderFault::Unknown { detail: "500".to_owned() };
        match self.mood() {
            Mood::Fine => work(&mut self.till()),
            Mood::Down => Err(unknown()),
            Mood::Busy => Err(ProviderFault::Retry { detail: "429".to_owned() }),
            Mood::Refuses => Err(refused("not_today")),
            Mood::Mute => {
                work(&mut self.till())?;
                Err(unknown())
            }
        }
    }
}

fn refused(code: &str) -> ProviderFault {
    ProviderFault::Refused { code: code.to_owned(), detail: "no".to_owned() }
}

#[async_trait]
impl PaymentProvider for Bank {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mode(&self) -> Mode {
        Mode::Test
    }

    fn account(&self) -> Option<&str> {
        None
    }

    fn checkout_life(&self) -> (SignedDuration, SignedDuration) {
        (SignedDuration::from_mins(30), SignedDuration::from_hours(24))
    }

    fn minor_units(&self, _: Currency) -> Result<u8, AmountRefused> {
        Ok(2)
    }

    fn signature_header(&self) -> &'static str {
        "sim-signature"
    }

    fn verify_event(&self, _: Option<&str>, body: &[u8], _: Timestamp) -> Result<ProviderEvent, EventRefused> {
        serde_json::from_slice(body).map_err(|_| EventRefused::BodyUnreadable)
    }

    async fn open_checkout(&self, request: &OpenCheckout, _: Timestamp) -> Result<Checkout, ProviderFault> {
        self.answer(|till| {
            let place = match till.by_attempt.get(&request.attempt_id) {
                Some(place) => *place,
                None => {
                    let reference = format!("cs_{}", till.number());
                    till.sessions.push(Session {
                        reference,
                        attempt: request.attempt_id,
                        creditor: request.creditor_id,
                        amount: request.amount,
                        expires_at: request.expires_at,
                        state: State::Open,
                        captures: Vec::new(),
                        gone: 0,
                    });
                    let place = till.sessions.len() - 1;
                    till.by_attempt.insert(request.attempt_id, place);
                    place
                }
            };
            let reference = till.sessions[place].reference.clone();
            Ok(Checkout { url: format!("https://pay.example/{reference}"), reference })
        })
    }

    async fn find_checkout(&self, reference: &str, _: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        self.answer(|till| till.find(reference).map(|place| till.report(place)).ok_or_else(|| refused("absent")))
    }

    async fn expire_checkout(&self, reference: &str, _: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        let now = self.now();
        self.answer(|till| {
            let place = till.find(reference).ok_or_else(|| refused("absent"))?;
            if till.sessions[place].state == State::Open {
                till.sessions[place].state = State::Expired;
                till.tell_state(place, now, true);
            }
            Ok(till.report(place))
        })
    }

    async fn refund(&self, request: &RefundRequest, _: Timestamp) -> Result<RefundReport, ProviderFault> {
        let (now, pending) = (self.now(), self.chance(4));
        self.answer(|till| {
            if let Some((_, known)) = till.refunds.iter().find(|(id, _)| *id == request.refund_id) {
                return Ok(standing(known));
            }
            let reference = &request.payment_reference;
            let given = begin_refund(till, request.refund_id, reference, request.amount.minor(), now, true);
            let place = given.ok_or_else(|| refused("charge_already_refunded"))?;
            till.refunds[place].1.pending = pending;
            if !pending {
                till.give_back(place, now);
            }
            Ok(standing(&till.refunds[place].1))
        })
    }

    async fn find_refund(&self, request: &RefundRequest, _: Timestamp) -> Result<Option<RefundReport>, ProviderFault> {
        self.answer(|till| {
            let known = till.refunds.iter().find(|(id, _)| *id == request.refund_id);
            Ok(known.map(|(_, given)| standing(given)))
        })
    }

    async fn open_setup(&self, request: &OpenSetup, _: Timestamp) -> Result<Checkout, ProviderFault> {
        self.answer(|till| {
            let reference = till.open_setup(request);
            Ok(Checkout { url: format!("https://pay.example/{reference}"), reference })
        })
    }

    async fn find_setup(&self, reference: &str, _: Timestamp) -> Result<SetupReport, ProviderFault> {
        self.answer(|till| till.setup_report(reference).ok_or_else(|| refused("absent")))
    }

    async fn charge_saved(&self, request: &ChargeSaved, _: Timestamp) -> Result<ChargeReport, ProviderFault> {
        let (now, mut chance) = (self.now(), self.draw());
        self.answer(|till| Ok(till.charge(request, now, &mut chance)))
    }

    async fn find_charge(&self, request: &FindCharge, _: Timestamp) -> Result<Option<ChargeReport>, ProviderFault> {
        self.answer(|till| Ok(till.by_attempt.get(&request.attempt_id).map(|place| till.charged(*place))))
    }

    async fn detach_method(&self, method_reference: &str, _: Timestamp) -> Result<(), ProviderFault> {
        self.answer(|till| {
            till.detached.insert(method_reference.to_owned());
            Ok(())
        })
    }
}

/// Begins a refund, asked for by us or by hand at the provider, where that much is left of the session's money.
pub fn begin_refund(
    till: &mut Till,
    id: RefundId,
    payment_reference: &str,
    minor: i64,
    now: Timestamp,
    ours: bool,
) -> Option<usize> {
    let paid = |session: &Session| session.captures.iter().any(|it| it.payment_reference == payment_reference);
    let place = till.sessions.iter().position(paid)?;
    let session = &mut till.sessions[place];
    if minor <= 0 || session.gone + minor > session.amount.minor() {
        return None;
    }
    session.gone += minor;
    let (creditor, currency) = (session.creditor, session.amount.currency());
    let refund = ProviderRefund {
        refund_reference: format!("re_{}", till.number()),
        payment_reference: payment_reference.to_owned(),
        refund_id: ours.then_some(id),
        amount: saldo_domain::money::Money::new(minor, currency),
        refunded_at: now,
    };
    till.refunds.push((id, GivenBack { refund, creditor, pending: false, failed: false }));
    Some(till.refunds.len() - 1)
}

fn standing(given: &GivenBack) -> RefundReport {
    let refund_reference = given.refund.refund_reference.clone();
    match (given.pending, given.failed) {
        (true, _) => RefundReport::Pending { refund_reference },
        (_, true) => RefundReport::Failed { refund_reference },
        _ => RefundReport::Succeeded(given.refund.clone()),
    }
}
