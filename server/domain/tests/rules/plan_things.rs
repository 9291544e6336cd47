//! Templates and plans that the tables of plans speak of.

use crate::things::{account, account_id, date, id, item, mxn, utc};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{InvoiceId, PlanId, PolicyId};
use saldo_domain::invoice::OpenItem;
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{
    Acceptance, Applicant, Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PaymentPlan, PlanCharge,
    PlanChoice, PlanRequest, PlanTemplate, ProposeAgain, propose,
};
use saldo_domain::segment::Segment;
use saldo_domain::snapshot::AccountSnapshot;

/// Two to twelve months, at least 100.00 each, no charge, no down payment, first within 30 days, automatic, five days of
/// grace, broken by the first missed instalment.
pub fn template() -> PlanTemplate {
    PlanTemplate {
        segment: Segment::all(mxn("1").currency()),
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: 0,
        instalments_min: 2,
        instalments_max: 12,
        frequency: Frequency::Monthly,
        instalment_min: mxn("100.00"),
        charge: PlanCharge::None,
        first_within_days: 30,
        approval: Approval::Automatic,
        autopay: AutopayRule::Optional,
        grace_days: 5,
        break_rule: BreakRule { missed_max: 0 },
        propose_again: ProposeAgain::Always,
        early: EarlySettlement::Full,
    }
}

/// The same in another currency, with its smallest amount as the minimum.
pub fn template_in(zero: Money) -> PlanTemplate {
    PlanTemplate {
        segment: Segment::all(zero.currency()),
        instalment_min: Money::new(1, zero.currency()),
        ..template()
    }
}

/// A choice: `6 from 2026-01-31`.
pub fn choice(text: &str) -> PlanChoice {
    let (count, first_on) = text.split_once(" from ").unwrap_or_else(|| panic!("no choice: {text}"));
    PlanChoice { count: count.parse().unwrap(), first_on: date(first_on) }
}

/// The template's version.
pub fn template_id() -> PolicyId {
    id("template")
}

/// The plan of the tables.
pub fn plan_id() -> PlanId {
    id("plan")
}

/// The item of its charge.
pub fn charge_id() -> InvoiceId {
    id("charge")
}

/// The debtor herself.
pub fn herself() -> Actor {
    Actor::Debtor { id: id("debtor") }
}

/// Somebody of finance.
pub fn finance() -> Actor {
    Actor::Member { id: id("finance") }
}

/// How the debtor agreed.
pub fn acceptance() -> Acceptance {
    Acceptance {
        accepted_at: utc("2026-03-05T15:00:00Z"),
        text_version: "2026-01".to_owned(),
        address: "203.0.113.7".to_owned(),
        language: Language::Es,
    }
}

/// An applicant without tags, plans or payments under way.
pub fn applicant(account: &AccountSnapshot, today: Date) -> Applicant<'_> {
    Applicant { account, tags: &[], plans: &[], attempts: &[], today }
}

/// What is asked for the plan of the tables on the account of the tables.
pub fn request(choice: PlanChoice) -> PlanRequest {
    PlanRequest { plan_id: plan_id(), template_id: template_id(), choice, autopay: false, balance_version: 7 }
}

/// A plan over items that the debtor proposes and does not yet accept.
pub fn proposed(template: &PlanTemplate, items: &[OpenItem], choice: PlanChoice, today: Date) -> PaymentPlan {
    let account = account(items.to_vec());
    let templates = [(template_id(), template.clone())];
    let asked =
        propose(&request(choice), &templates, &applicant(&account, today), herself(), utc("2026-03-05T15:00:00Z"));
    asked.unwrap().executed().unwrap()
}

/// A plan over items, active from today.
pub fn active(template: &PlanTemplate, items: &[OpenItem], choice: PlanChoice, today: Date) -> PaymentPlan {
    let plan = proposed(template, items, choice, today);
    assert_eq!(plan.account_id, account_id());
    let principal = plan.schedule.principal;
    let Outcome::Executed(plan) = plan.accept(acceptance(), principal, today, charge_id()).unwrap() else {
        panic!("a new plan is accepted once");
    };
    plan
}

/// What is open of a plan on one invoice after `paid` came in, the charge paid last.
pub fn left(plan: &PaymentPlan, paid: Money) -> Vec<OpenItem> {
    let of_principal = paid.minor().min(plan.schedule.principal.minor());
    let of_charge = paid.minor() - of_principal;
    let currency = paid.currency();
    let mut open = Vec::new();
    let principal = Money::new(plan.schedule.principal.minor() - of_principal, currency);
    if principal.is_positive() {
        open.push(OpenItem { invoice_id: plan.items[0], ..item("F-1", date("2026-01-15"), principal) });
    }
    let charge = Money::new(plan.schedule.charge.minor() - of_charge, currency);
    if charge.is_positive() {
        let due_on = plan.schedule.last_on().unwrap();
        open.push(OpenItem { invoice_id: charge_id(), ..item("P-1", due_on, charge) });
    }
    open
}
