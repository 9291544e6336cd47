//! Settlement offers: less, accepted as payment in full until a moment.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::told;
use crate::flows::dispute::found;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, InvoiceId, SettlementOfferId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::settlement::{self, NewSettlement};
use saldo_store::{Page, PageRequest, debtor, settlement_offer, snapshot};

pub use saldo_store::settlement_offer::SettlementOfferRow;

/// What is to be offered.
pub struct OfferSettlement {
    /// Made with the page or the request: the same one is the same offer.
    pub offer_id: SettlementOfferId,
    /// On which account.
    pub account_id: AccountId,
    /// What it closes; none for everything that is open.
    pub items: Vec<InvoiceId>,
    /// What is accepted.
    pub pay: Money,
    /// The last day, on the debtor's wall.
    pub until_on: Date,
}

/// Makes an offer. The same id again answers the one that exists.
///
/// # Errors
/// `not_found`, `item_not_open`, `nothing_to_pay`, `amount_not_positive`, `settlement_amount`, `settlement_date`,
/// `settlement_open`.
pub async fn offer(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    actor: Actor,
    wish: OfferSettlement,
) -> Result<SettlementOfferRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    if let Some(known) = found(settlement_offer::load(&tx, creditor, wish.offer_id).await)? {
        return if known.debtor_id == debtor_id { Ok(known) } else { Err(Refusal::NotFound.into()) };
    }
    let account = snapshot.account(wish.account_id).ok_or(Refusal::NotFound)?;
    let open = settlement_offer::load_for_debtor(&tx, creditor, debtor_id).await?;
    let until_at = snapshot.debtor.zone(&snapshot.creditor).end_of(wish.until_on)?;
    let new = NewSettlement { id: wish.offer_id, items: wish.items, pay: wish.pay, until_at, at: app.now(), by: actor };
    let made = settlement::offer(account, new, &open)?;
    let offer = made.executed().ok_or(Refusal::SettlementOpen)?;
    settlement_offer::insert(&tx, creditor, debtor_id, &offer).await?;
    let subject = Subject::new("settlement_offer", offer.id.0);
    audit::record(app, &tx, creditor, &actor, "settlement_offered", subject, None, told(&offer)?).await?;
    tx.commit().await?;
    Ok(SettlementOfferRow { offer, debtor_id })
}

/// Takes an offer back.
///
/// # Errors
/// `not_found`, `offer_ended`.
pub async fn withdraw(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: SettlementOfferId,
) -> Result<SettlementOfferRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let debtor_id = settlement_offer::load(&tx, creditor, id).await?.debtor_id;
    debtor::lock(&tx, creditor, debtor_id).await?;
    let row = settlement_offer::load(&tx, creditor, id).await?;
    let Outcome::Executed(offer) = row.offer.clone().withdraw(app.now(), actor)? else { return Ok(row) };
    settlement_offer::update(&tx, creditor, &offer).await?;
    let subject = Subject::new("settlement_offer", id.0);
    let (before, after) = (told(&row.offer.state)?, told(&offer.state)?);
    audit::record(app, &tx, creditor, &actor, "settlement_withdrawn", subject, before, after).await?;
    tx.commit().await?;
    Ok(SettlementOfferRow { offer, debtor_id })
}

/// A creditor's offers, or one debtor's, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<SettlementOfferRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(settlement_offer::list(&tx, creditor, debtor_id, page).await?)
}
