//! An extra discount on one invoice, granted within what the role may give.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::told;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Date;
use saldo_domain::discount::{DiscountTerms, ExtraDiscount, TermsSource, extra};
use saldo_domain::ids::{CreditorId, InvoiceId, MemberId};
use saldo_domain::invoice::InvoiceStatus;
use saldo_store::invoice::{self, InvoiceRow};
use saldo_store::snapshot;

/// What is granted.
pub struct GrantDiscount {
    /// On which invoice.
    pub invoice_id: InvoiceId,
    /// Of what it claims, in basis points.
    pub rate_bps: u32,
    /// The last day, on the debtor's wall.
    pub until_on: Date,
}

/// Grants a discount; `max_bps` is what the role may give. It takes the place of an earlier grant and stands beside the
/// invoice's own terms, of which the better one applies. The same grant again changes nothing.
///
/// # Errors
/// `not_found`, `above_role_limit`, `rate_zero`, `rate_above_whole`, `deadline_before_issue`, `invoice_not_open`.
pub async fn grant(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    max_bps: u32,
    wish: GrantDiscount,
) -> Result<InvoiceRow, Failure> {
    if wish.rate_bps > max_bps {
        return Err(Refusal::AboveRoleLimit { max_bps }.into());
    }
    let tx = app.store().write_of(creditor).await?;
    let debtor_id = invoice::load(&tx, creditor, wish.invoice_id).await?.debtor_id;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let row = invoice::load(&tx, creditor, wish.invoice_id).await?;
    let claim = &row.invoice;
    if !matches!(claim.status, InvoiceStatus::Open { .. }) {
        return Err(Refusal::InvoiceNotOpen.into());
    }
    let granted = ExtraDiscount {
        rate_bps: wish.rate_bps,
        until_on: wish.until_on,
        by: MemberId(actor.id().unwrap_or_default()),
        at: app.now(),
    };
    let terms = extra(&granted, claim.issued_on, claim.amount, snapshot.debtor.zone(&snapshot.creditor))?;
    if claim.discounts.iter().any(|known| is_granted(known) && known.offer == terms.offer) {
        return Ok(row);
    }
    let mut discounts: Vec<DiscountTerms> = claim.discounts.clone();
    discounts.retain(|known| !is_granted(known));
    discounts.push(terms);
    invoice::set_discounts(&tx, creditor, claim.id, &discounts).await?;
    let subject = Subject::new("invoice", claim.id.0);
    let (before, after) = (told(&claim.discounts)?, told(&discounts)?);
    audit::record(app, &tx, creditor, &actor, "discount_granted", subject, before, after).await?;
    let row = invoice::load(&tx, creditor, wish.invoice_id).await?;
    tx.commit().await?;
    Ok(row)
}

fn is_granted(terms: &DiscountTerms) -> bool {
    matches!(terms.source, TermsSource::Granted { .. })
}
