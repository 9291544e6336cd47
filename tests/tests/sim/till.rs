//! The provider's own books: what it has really taken and given back, whatever it answered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use saldo_domain::ids::{AttemptId, CreditorId, RefundId};
use saldo_domain::money::Money;
use saldo_domain::provider::{
    Capture, ChargebackStanding, CheckoutReport, EventSubject, FailureReason, ProviderChargeback, ProviderEvent,
    ProviderRefund,
};

use crate::chance::Chance;
use crate::vault::Setup;

/// Money that moved: positive came in, negative went back. The key is the one under which it may be booked.
#[derive(Clone, Debug)]
pub struct Movement {
    pub key: String,
    /// Movements of one object: what is booked of them sums to what they sum to.
    pub object: String,
    pub minor: i64,
}

/// An event on its way; a delivery may be repeated, late or out of order.
#[derive(Clone)]
pub struct Letter {
    pub creditor: CreditorId,
    pub body: Vec<u8>,
    /// What it tells can be learnt by asking, so that it may be lost for good.
    pub may_be_lost: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Pending { settles_at: Timestamp, well: bool },
    Paid,
    Failed,
    Expired,
}

#[derive(Clone)]
pub struct Session {
    pub reference: String,
    pub attempt: AttemptId,
    pub creditor: CreditorId,
    pub amount: Money,
    pub expires_at: Timestamp,
    pub state: State,
    pub captures: Vec<Capture>,
    /// Of all captures: what refunds and chargebacks have taken or may take.
    pub gone: i64,
}

#[derive(Clone)]
pub struct GivenBack {
    pub refund: ProviderRefund,
    pub creditor: CreditorId,
    pub pending: bool,
    pub failed: bool,
}

#[derive(Clone)]
pub struct Contest {
    pub told: ProviderChargeback,
    pub creditor: CreditorId,
    pub session: usize,
}

#[derive(Default)]
pub struct Till {
    pub sessions: Vec<Session>,
    pub refunds: Vec<(RefundId, GivenBack)>,
    pub contests: Vec<Contest>,
    pub movements: Vec<Movement>,
    pub letters: Vec<Letter>,
    pub by_attempt: BTreeMap<AttemptId, usize>,
    pub setups: Vec<Setup>,
    /// Methods that we let it forget.
    pub detached: BTreeSet<String>,
    count: u64,
}

pub const NAME: &str = "sim";

impl Till {
    pub fn number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    pub fn find(&mut self, reference: &str) -> Option<usize> {
        self.sessions.iter().position(|session| session.reference == reference)
    }

    /// Where an attempt's page stands.
    pub fn there(&self, attempt: &str) -> Option<State> {
        let session = self.sessions.iter().find(|session| session.attempt.0.simple().to_string() == attempt);
        session.map(|session| session.state)
    }

    pub fn report(&self, place: usize) -> CheckoutReport {
        let session = &self.sessions[place];
        match session.state {
            State::Open => CheckoutReport::Open,
            State::Pending { .. } => CheckoutReport::Pending,
            State::Paid => CheckoutReport::Captured(session.captures[0].clone()),
            State::Failed => CheckoutReport::Failed { reason: FailureReason::DebitReturned },
            State::Expired => CheckoutReport::Expired,
        }
    }

    pub fn tell(&mut self, creditor: CreditorId, at: Timestamp, subject: EventSubject, may_be_lost: bool) {
        let number = self.number();
        let event = ProviderEvent {
            event_reference: format!("evt_{number}"),
            occurred_at: at,
            live: false,
            provider_account: None,
            subject,
        };
        let body = serde_json::to_vec(&event).expect("an event is JSON");
        self.letters.push(Letter { creditor, body, may_be_lost });
    }

    fn tell_session(&mut self, place: usize, at: Timestamp, report: CheckoutReport, may_be_lost: bool) {
        let Session { reference, attempt, creditor, .. } = self.sessions[place].clone();
        let subject = EventSubject::Checkout { attempt_id: Some(attempt), checkout_reference: reference, report };
        self.tell(creditor, at, subject, may_be_lost);
    }

    pub fn tell_state(&mut self, place: usize, at: Timestamp, may_be_lost: bool) {
        let report = self.report(place);
        self.tell_session(place, at, report, may_be_lost);
    }

    /// Takes the money of a session; a second time it is a second payment of it. Answers the payment and whether it is the
    /// first.
    pub fn take(&mut self, place: usize, at: Timestamp) -> (Capture, bool) {
        let reference = format!("pay_{}", self.number());
        let session = &mut self.sessions[place];
        let capture = Capture { payment_reference: reference.clone(), amount: session.amount, captured_at: at };
        let first = session.captures.is_empty();
        session.state = State::Paid;
        session.captures.push(capture.clone());
        let (key, minor) = (format!("{NAME}:{reference}:capture"), session.amount.minor());
        self.movements.push(Movement { key, object: reference, minor });
        (capture, first)
    }

    /// Takes it and tells of it, by one event or by two.
    pub fn capture(&mut self, place: usize, at: Timestamp, chance: &mut Chance) {
        let (capture, first) = self.take(place, at);
        self.tell_session(place, at, CheckoutReport::Captured(capture.clone()), first);
        if chance.one_in(3) {
            self.tell_session(place, at, CheckoutReport::Captured(capture), first);
        }
        // Nobody asks about a page whose second payment is booked: the first is told until it is heard.
        if !first {
            let earlier = self.sessions[place].captures[0].clone();
            self.tell_session(place, at, CheckoutReport::Captured(earlier), false);
        }
    }

    /// What time brings: pages end, debits settle.
    pub fn settle(&mut self, now: Timestamp, chance: &mut Chance) {
        self.end_setups_in_time(now);
        for place in 0..self.sessions.len() {
            match self.sessions[place].state {
                State::Open if self.sessions[place].expires_at <= now => {
                    self.sessions[place].state = State::Expired;
                    self.tell_state(place, now, true);
                }
                State::Pending { settles_at, well: true } if settles_at <= now => self.capture(place, now, chance),
                State::Pending { settles_at, .. } if settles_at <= now => {
                    self.sessions[place].state = State::Failed;
                    self.tell_state(place, now, true);
                }
                _ => {}
            }
        }
        for place in 0..self.refunds.len() {
            let (id, mut given) = self.refunds[place].clone();
            if !given.pending || now.duration_since(given.refund.refunded_at) < SignedDuration::from_hours(20) {
                continue;
            }
            given.pending = false;
            given.failed = chance.one_in(4);
            given.refund.refunded_at = now;
            self.refunds[place].1 = given.clone();
            match given.failed {
                true => self.tell_refund_failed(place, id, now),
                false => self.give_back(place, now),
            }
        }
    }

    fn tell_refund_failed(&mut self, place: usize, id: RefundId, at: Timestamp) {
        let given = self.refunds[place].1.clone();
        self.release(&given.refund);
        let refund_id = given.refund.refund_id.map(|_| id);
        let refund_reference = given.refund.refund_reference;
        self.tell(given.creditor, at, EventSubject::RefundFailed { refund_id, refund_reference }, false);
    }

    fn release(&mut self, refund: &ProviderRefund) {
        let holds = |session: &&mut Session| {
            session.captures.iter().any(|capture| capture.payment_reference == refund.payment_reference)
        };
        if let Some(session) = self.sessions.iter_mut().find(holds) {
            session.gone -= refund.amount.minor();
        }
    }

    /// The money of a refund leaves.
    pub fn give_back(&mut self, place: usize, at: Timestamp) {
        let given = self.refunds[place].1.clone();
        let object = given.refund.refund_reference.clone();
        let key = format!("{NAME}:{object}:refund");
        self.movements.push(Movement { key, object, minor: -given.refund.amount.minor() });
        self.tell(given.creditor, at, EventSubject::Refund(given.refund), false);
    }

    /// A refund that had left comes back: the debtor's bank did not take it.
    pub fn return_refund(&mut self, place: usize, at: Timestamp) {
        let (id, given) = self.refunds[place].clone();
        if given.pending || given.failed || given.refund.refund_id.is_none() {
            return;
        }
        self.refunds[place].1.failed = true;
        let object = given.refund.refund_reference.clone();
        let key = format!("{NAME}:{object}:refund_returned");
        self.movements.push(Movement { key, object, minor: given.refund.amount.minor() });
        self.tell_refund_failed(place, id, at);
    }

    /// A card holder disputes the first payment of a session.
    pub fn contest(&mut self, place: usize, at: Timestamp) {
        let session = &mut self.sessions[place];
        let amount = session.amount;
        let (Some(first), 0) = (session.captures.first().cloned(), session.gone) else { return };
        session.gone = amount.minor();
        let creditor = session.creditor;
        let object = format!("cb_{}", self.number());
        let key = format!("{NAME}:{object}:chargeback");
        self.movements.push(Movement { key, object: object.clone(), minor: -amount.minor() });
        let told = ProviderChargeback {
            chargeback_reference: object,
            payment_reference: first.payment_reference,
            amount,
            standing: ChargebackStanding::Opened,
            at,
        };
        self.contests.push(Contest { told: told.clone(), creditor, session: place });
        self.tell(creditor, at, EventSubject::Chargeback(told), false);
    }

    /// It ends.
    pub fn end_contest(&mut self, place: usize, won: bool, at: Timestamp) {
        let contest = &mut self.contests[place];
        if contest.told.standing != ChargebackStanding::Opened {
            return;
        }
        contest.told.standing = if won { ChargebackStanding::Won } else { ChargebackStanding::Lost };
        contest.told.at = at;
        let Contest { told, creditor, session } = contest.clone();
        if won {
            let object = told.chargeback_reference.clone();
            let key = format!("{NAME}:{object}:chargeback_won");
            self.movements.push(Movement { key, object, minor: told.amount.minor() });
            self.sessions[session].gone -= told.amount.minor();
        }
        self.tell(creditor, at, EventSubject::Chargeback(told), false);
    }
}
