//! What the demo business offers, so that its first debtor sees all three ways to pay.

use saldo_app::flows::policy::{self, Draft, PolicyBody, PublishFrom};
use saldo_app::{App, Failure};
use saldo_domain::actor::Actor;
use saldo_domain::currency::Currency;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, PartPayments, Reduction, TierUntil,
};
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PlanCharge, PlanTemplate, ProposeAgain,
};
use saldo_domain::segment::Segment;

/// Publishes 2/10 net 30 and a plan of two to six months.
///
/// # Errors
/// Faults of the store.
pub async fn publish(app: &App, creditor: CreditorId) -> Result<(), Failure> {
    let drafts = [
        Draft { name: "2 % en 10 días".to_owned(), body: PolicyBody::Discount(discount()) },
        Draft { name: "Hasta 6 meses".to_owned(), body: PolicyBody::PlanTemplate(template()) },
    ];
    for draft in drafts {
        let draft = policy::create(app, creditor, &Actor::Operator, draft).await?;
        policy::publish(app, creditor, &Actor::Operator, draft.id, draft.revision, PublishFrom::Now).await?;
    }
    Ok(())
}

fn discount() -> DiscountPolicy {
    DiscountPolicy {
        segment: Segment::all(Currency::MXN),
        base: DiscountBase::Gross,
        rule: DiscountRule::Tiers {
            tiers: vec![DiscountTier {
                until: TierUntil::DaysAfterIssue { days: 10 },
                reduction: Reduction::Rate { rate_bps: 200 },
            }],
        },
        part_payments: PartPayments::Proportional,
        grace_minutes: 60,
    }
}

fn template() -> PlanTemplate {
    PlanTemplate {
        segment: Segment::all(Currency::MXN),
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: 0,
        instalments_min: 2,
        instalments_max: 6,
        frequency: Frequency::Monthly,
        instalment_min: Money::new(20_000, Currency::MXN),
        charge: PlanCharge::FlatRate { rate_bps: 300 },
        first_within_days: 30,
        approval: Approval::Automatic,
        autopay: AutopayRule::Optional,
        grace_days: 3,
        break_rule: BreakRule { missed_max: 0 },
        propose_again: ProposeAgain::AfterDays { days: 30 },
        early: EarlySettlement::RebateUnearned,
    }
}
