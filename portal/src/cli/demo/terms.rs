//! What the demo business offers: a discount for paying early, a plan, and interest for paying late.

use saldo_app::flows::policy::{self, Draft, PolicyBody, PublishFrom};
use saldo_app::{App, Failure};
use saldo_domain::actor::Actor;
use saldo_domain::currency::Currency;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, PartPayments, Reduction, TierUntil,
};
use saldo_domain::ids::CreditorId;
use saldo_domain::late_charge::{ChargeCap, LateFee, LateFeePolicy};
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PlanCharge, PlanTemplate, ProposeAgain,
};
use saldo_domain::segment::Segment;

/// Publishes the demo's terms, before its invoices are imported.
///
/// # Errors
/// Faults of the store.
pub async fn publish(app: &App, creditor: CreditorId) -> Result<(), Failure> {
    let all = [
        ("Pronto pago: 3 % a 5 días, 2 % a 15", PolicyBody::Discount(discount())),
        ("Hasta seis cuotas mensuales", PolicyBody::PlanTemplate(template())),
        ("Interés por mora 18 % anual", PolicyBody::LateFee(late_fee())),
    ];
    for (name, body) in all {
        let draft = Draft { name: name.to_owned(), body };
        let version = policy::create(app, creditor, &Actor::Operator, draft).await?;
        policy::publish(app, creditor, &Actor::Operator, version.id, version.revision, PublishFrom::Now).await?;
    }
    Ok(())
}

fn discount() -> DiscountPolicy {
    let tier = |days, rate_bps| DiscountTier {
        until: TierUntil::DaysAfterIssue { days },
        reduction: Reduction::Rate { rate_bps },
    };
    DiscountPolicy {
        segment: Segment::all(Currency::MXN),
        base: DiscountBase::Gross,
        rule: DiscountRule::Tiers { tiers: vec![tier(5, 300), tier(15, 200)] },
        part_payments: PartPayments::None,
        grace_minutes: 15,
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
        grace_days: 5,
        break_rule: BreakRule { missed_max: 1 },
        propose_again: ProposeAgain::AfterDays { days: 30 },
        early: EarlySettlement::RebateUnearned,
    }
}

fn late_fee() -> LateFeePolicy {
    LateFeePolicy {
        segment: Segment::all(Currency::MXN),
        grace_days: 5,
        fee: LateFee::None,
        annual_rate_bps: 1_800,
        period_days: 30,
        cap: ChargeCap { rate_bps: Some(2_000), amount: None },
    }
}
