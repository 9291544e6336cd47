use super::discounts_in_force;
use crate::App;
use crate::failure::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, Timestamp, Zone, days_between};
use saldo_domain::discount::{DiscountOffer, DiscountPrice, DiscountTerms, InvoiceFacts, grant, price};
use saldo_domain::ids::{CreditorId, InvoiceId, PolicyId};
use saldo_domain::invoice::{ItemKind, OpenItem};
use saldo_domain::money::Money;
use saldo_domain::plan::{PlanChoice, PlanTemplate, Schedule, counts, first_dates, schedule};
use saldo_domain::policy::PolicyKind;
use saldo_domain::segment::parse_tags;
use saldo_store::{Tx, creditor as creditors, debtor, policy};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// An invoice that is not issued yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewFacts {
    /// A debtor that exists, by the creditor's own key: its tags and zone count.
    pub debtor_reference: Option<String>,
    /// Tags instead of a debtor's.
    pub tags: Vec<String>,
    /// The day of issue; today where there is none.
    pub issued_on: Option<Date>,
    /// The last day to pay it on time.
    pub due_on: Date,
    /// What it will claim.
    pub amount: Money,
    /// The tax in it, where it is known.
    pub tax: Option<Money>,
    /// How many instalments of each plan; as many as it allows where there is none.
    pub instalment_count: Option<u32>,
    /// The day of the first instalment; the first that is allowed where there is none.
    pub first_on: Option<Date>,
}

/// What an invoice would promise, and the plans that it would allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The terms that would be frozen on it.
    pub discount: Option<DiscountTerms>,
    /// What it would cost now.
    pub now: Option<DiscountPrice>,
    /// Each step of the terms with its price; none for a sliding rate.
    pub steps: Vec<PreviewStep>,
    /// The plans, in the templates' order.
    pub plans: Vec<PlanPreview>,
}

/// One step of a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewStep {
    /// The last day.
    pub until_on: Date,
    /// The last second of it on the debtor's wall.
    pub until_at: Timestamp,
    /// What is saved.
    pub saved: Money,
    /// What is paid.
    pub pay: Money,
}

/// One plan that would be allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPreview {
    /// The template's version.
    pub template_id: PolicyId,
    /// What finance calls it.
    pub name: String,
    /// How many instalments the amount allows.
    pub counts: RangeInclusive<u32>,
    /// All dates and amounts of one choice.
    pub schedule: Schedule,
}

/// The price and the plans of an invoice before it is issued, by the rules that will decide then.
///
/// # Errors
/// `not_found` for a debtor that is not there, `due_before_issue`, `amount_not_positive`, `tag_unreadable`,
/// `tax_above_amount`, and those of the domain.
pub async fn preview_terms(app: &App, creditor: CreditorId, wish: PreviewFacts) -> Result<Preview, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let now = app.now();
    let (zone, tags) = who(&tx, creditor, &wish).await?;
    let today = zone.date_at(now);
    let facts = InvoiceFacts {
        issued_on: wish.issued_on.unwrap_or(today),
        due_on: wish.due_on,
        amount: wish.amount.positive()?,
        tax: wish.tax,
        tags,
    };
    if facts.due_on < facts.issued_on {
        return Err(Refusal::DueBeforeIssue.into());
    }
    if let Some(tax) = facts.tax
        && (facts.amount.minus(tax)?.minor() < 0 || tax.minor() < 0)
    {
        return Err(Refusal::TaxAboveAmount.into());
    }
    let policies = discounts_in_force(&tx, creditor, now).await?;
    let discount = grant(&policies, &facts, &zone)?;
    Ok(Preview {
        now: price(&item(&facts, discount.clone()), now)?,
        steps: discount.as_ref().map_or(Ok(Vec::new()), |terms| steps(terms, facts.amount))?,
        discount,
        plans: plans(&tx, creditor, &wish, &facts, now, today).await?,
    })
}

/// Whose zone and tags count.
async fn who(tx: &Tx, creditor: CreditorId, wish: &PreviewFacts) -> Result<(Zone, Vec<String>), Failure> {
    let creditor_row = creditors::load(tx, creditor).await?;
    let Some(reference) = &wish.debtor_reference else {
        return Ok((creditor_row.zone, parse_tags(wish.tags.iter().map(String::as_str))?));
    };
    if !wish.tags.is_empty() {
        return Err(AppRefusal::Malformed("either debtor_reference or tags".to_owned()).into());
    }
    let found = debtor::find_by_reference(tx, creditor, reference).await?.ok_or(Refusal::NotFound)?;
    Ok((found.zone(&creditor_row).clone(), found.tags))
}

fn steps(terms: &DiscountTerms, amount: Money) -> Result<Vec<PreviewStep>, Refusal> {
    let DiscountOffer::Steps { steps } = &terms.offer else { return Ok(Vec::new()) };
    let step = |step: &saldo_domain::discount::DiscountStep| {
        let (until_on, until_at, saved) = (step.until_on, step.until_at, step.saved);
        Ok(PreviewStep { until_on, until_at, saved, pay: amount.minus(saved)? })
    };
    steps.iter().map(step).collect()
}

/// The item as it would stand right after its issue.
fn item(facts: &InvoiceFacts, discount: Option<DiscountTerms>) -> OpenItem {
    OpenItem {
        invoice_id: InvoiceId(Uuid::nil()),
        number: String::new(),
        description: None,
        issued_on: facts.issued_on,
        due_on: facts.due_on,
        amount: facts.amount,
        outstanding: facts.amount,
        disputed: false,
        kind: ItemKind::Invoice,
        tax: facts.tax,
        discounts: discount.into_iter().collect(),
    }
}

async fn plans(
    tx: &Tx,
    creditor: CreditorId,
    wish: &PreviewFacts,
    facts: &InvoiceFacts,
    now: Timestamp,
    today: Date,
) -> Result<Vec<PlanPreview>, Failure> {
    let mut plans = Vec::new();
    for row in policy::list_in_force(tx, creditor, PolicyKind::PlanTemplate, now).await? {
        let (template_id, name) = (row.id, row.name.clone());
        let super::PolicyBody::PlanTemplate(template) = super::PolicyVersion::read(row)?.body else { continue };
        let age = days_between(facts.due_on, today);
        if !template.takes_age(age) || !template.segment.covers(facts.amount, &facts.tags) {
            continue;
        }
        if let Some((counts, schedule)) = plan(&template, wish, facts.amount, today)? {
            plans.push(PlanPreview { template_id, name, counts, schedule });
        }
    }
    Ok(plans)
}

/// The schedule of what was asked for; none where the amount is too small, or the choice is not allowed by this template.
fn plan(
    template: &PlanTemplate,
    wish: &PreviewFacts,
    amount: Money,
    today: Date,
) -> Result<Option<(RangeInclusive<u32>, Schedule)>, Refusal> {
    let Ok(counts) = counts(template, amount) else { return Ok(None) };
    let choice = PlanChoice {
        count: wish.instalment_count.unwrap_or(*counts.end()),
        first_on: wish.first_on.unwrap_or(*first_dates(template, today)?.start()),
    };
    Ok(schedule(template, amount, &choice, today).ok().map(|schedule| (counts, schedule)))
}
