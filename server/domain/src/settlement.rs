//! Less, accepted as payment in full.

use crate::Refusal;
use crate::actor::Actor;
use crate::allocation::in_due_order;
use crate::calendar::Timestamp;
use crate::ids::{AccountId, InvoiceId, PaymentId, SettlementOfferId};
use crate::invoice::OpenItem;
use crate::money::Money;
use crate::outcome::Outcome;
use crate::snapshot::AccountSnapshot;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// An offer stands at most this long.
pub const OPEN_FOR_MAX: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Less, accepted as payment in full until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementOffer {
    /// Its id.
    pub id: SettlementOfferId,
    /// On which account.
    pub account_id: AccountId,
    /// What it closes.
    pub items: Vec<InvoiceId>,
    /// What is accepted.
    pub pay: Money,
    /// What was owed on the items when it was made.
    pub full: Money,
    /// Its last moment.
    pub until_at: Timestamp,
    /// When it was made.
    pub offered_at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// Where it stands; an open one whose moment has passed counts as lapsed ([`SettlementOffer::state_at`]).
    pub state: SettlementState,
}

/// Where an offer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SettlementState {
    /// It may be taken.
    Open,
    /// It was paid.
    Taken {
        /// When that was booked.
        at: Timestamp,
        /// By which payment.
        payment_id: PaymentId,
    },
    /// Taken back.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Actor,
    },
    /// Its moment passed.
    Lapsed,
}

impl SettlementState {
    /// The stable word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken { .. } => "taken",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }
}

/// What is to be offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSettlement {
    /// Made with the page: the same id is the same offer.
    pub id: SettlementOfferId,
    /// What it closes; none for everything that is open.
    pub items: Vec<InvoiceId>,
    /// What is accepted.
    pub pay: Money,
    /// Its last moment.
    pub until_at: Timestamp,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

/// What an offer asks now and gives up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// What is to be paid.
    pub pay: Money,
    /// What is given up of each item that is open, above zero; the latest due first.
    pub given_up: Vec<(InvoiceId, Money)>,
}

/// Makes an offer; `open` are the account's offers that are open.
///
/// # Errors
/// `item_not_open`, `nothing_to_pay`, `amount_not_positive`, `settlement_amount`, `settlement_date`, `settlement_open`,
/// `currency_mismatch`.
pub fn offer(
    account: &AccountSnapshot,
    new: NewSettlement,
    open: &[SettlementOffer],
) -> Result<Outcome<SettlementOffer>, Refusal> {
    if open.iter().any(|offer| offer.id == new.id) {
        return Ok(Outcome::AlreadyApplied);
    }
    let items = chosen(account, new.items)?;
    let full = Money::sum(account.currency, items_of(account, &items).iter().map(|item| item.outstanding))?;
    if !new.pay.positive()?.minus(full)?.negated()?.is_positive() {
        return Err(Refusal::SettlementAmount { owed: full });
    }
    let latest = new.at.checked_add(OPEN_FOR_MAX).map_err(|_| Refusal::DateOutOfRange)?;
    if new.until_at <= new.at || new.until_at > latest {
        return Err(Refusal::SettlementDate);
    }
    let overlaps = |offer: &&SettlementOffer| offer.items.iter().any(|id| items.contains(id));
    if open.iter().filter(|offer| offer.is_open(new.at)).any(|offer| overlaps(&offer)) {
        return Err(Refusal::SettlementOpen);
    }
    let NewSettlement { id, pay, until_at, at: offered_at, by, .. } = new;
    let (account_id, state) = (account.id, SettlementState::Open);
    Ok(Outcome::Executed(SettlementOffer { id, account_id, items, pay, full, until_at, offered_at, by, state }))
}

fn chosen(account: &AccountSnapshot, mut items: Vec<InvoiceId>) -> Result<Vec<InvoiceId>, Refusal> {
    if items.is_empty() {
        items = account.items.iter().map(|item| item.invoice_id).collect();
    }
    items.sort();
    items.dedup();
    match (items.len(), items_of(account, &items).len()) {
        (0, _) => Err(Refusal::NothingToPay),
        (wanted, found) if wanted != found => Err(Refusal::ItemNotOpen),
        _ => Ok(items),
    }
}

fn items_of<'a>(account: &'a AccountSnapshot, ids: &[InvoiceId]) -> Vec<&'a OpenItem> {
    in_due_order(&account.items).into_iter().filter(|item| ids.contains(&item.invoice_id)).collect()
}

impl SettlementOffer {
    /// Where it stands at a moment.
    pub fn state_at(&self, at: Timestamp) -> SettlementState {
        match &self.state {
            SettlementState::Open if at > self.until_at => SettlementState::Lapsed,
            state => state.clone(),
        }
    }

    /// Whether it may be taken at a moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.state_at(at) == SettlementState::Open
    }

    /// What it asks at a moment. What it gives up never changes: what was paid on its items since it was made is taken
    /// off what it asks.
    ///
    /// # Errors
    /// `offer_ended` when it was taken or withdrawn, has lapsed, or asks nothing any more.
    pub fn settling(&self, account: &AccountSnapshot, at: Timestamp) -> Result<Settling, Refusal> {
        if !self.is_open(at) || account.id != self.account_id {
            return Err(Refusal::OfferEnded);
        }
        let items = items_of(account, &self.items);
        let owed = Money::sum(account.currency, items.iter().map(|item| item.outstanding))?;
        let mut rest = self.full.minus(self.pay)?;
        let pay = owed.minus(rest)?;
        if !pay.is_positive() {
            return Err(Refusal::OfferEnded);
        }
        let mut given_up = Vec::new();
        for item in items.iter().rev().filter(|item| item.outstanding.is_positive()) {
            let part = rest.min(item.outstanding)?;
            rest = rest.minus(part)?;
            if part.is_positive() {
                given_up.push((item.invoice_id, part));
            }
        }
        Ok(Settling { pay, given_up })
    }

    /// Notes that it was paid. Money that comes after its moment for a payment begun before it still takes it.
    ///
    /// # Errors
    /// `offer_ended`.
    pub fn take(self, payment_id: PaymentId, at: Timestamp) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            SettlementState::Open | SettlementState::Lapsed => {
                Ok(Outcome::Executed(Self { state: SettlementState::Taken { at, payment_id }, ..self }))
            }
            SettlementState::Taken { payment_id: known, .. } if *known == payment_id => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::OfferEnded),
        }
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `offer_ended`.
    pub fn withdraw(self, at: Timestamp, by: Actor) -> Result<Outcome<Self>, Refusal> {
        match self.state_at(at) {
            SettlementState::Open => {
                Ok(Outcome::Executed(Self { state: SettlementState::Withdrawn { at, by }, ..self }))
            }
            SettlementState::Withdrawn { .. } => Ok(Outcome::AlreadyApplied),
            SettlementState::Taken { .. } | SettlementState::Lapsed => Err(Refusal::OfferEnded),
        }
    }
}
