use saldo_app::flows::policy::{self, Draft, PolicyBody, PublishFrom};
use saldo_domain::actor::Actor;
use saldo_domain::currency::Currency;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, PartPayments, Reduction, TierUntil,
};
use saldo_domain::ids::{CreditorId, PolicyId};
use saldo_domain::segment::Segment;

use super::Product;
use crate::plans::monthly;

impl Product {
    /// Publishes a policy at once.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn publish(&self, creditor: CreditorId, name: &str, body: PolicyBody) -> PolicyId {
        let draft = Draft { name: name.to_owned(), body };
        let made = policy::create(&self.app, creditor, &Actor::Operator, draft).await.expect("a draft");
        let published =
            policy::publish(&self.app, creditor, &Actor::Operator, made.id, made.revision, PublishFrom::Now).await;
        published.expect("it is published").id
    }

    /// 2 % for payment within ten days of issue; the whole amount afterwards.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn two_ten(&self, creditor: CreditorId) -> PolicyId {
        let rule = DiscountRule::Tiers {
            tiers: vec![DiscountTier {
                until: TierUntil::DaysAfterIssue { days: 10 },
                reduction: Reduction::Rate { rate_bps: 200 },
            }],
        };
        let policy = DiscountPolicy {
            segment: Segment::all(Currency::MXN),
            base: DiscountBase::Gross,
            rule,
            part_payments: PartPayments::None,
            grace_minutes: 0,
        };
        self.publish(creditor, "2/10", PolicyBody::Discount(policy)).await
    }

    /// Two to six monthly instalments without a charge, from 100.00 each, broken by the second one that is missed.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn six_months(&self, creditor: CreditorId) -> PolicyId {
        self.publish(creditor, "Six months", PolicyBody::PlanTemplate(monthly())).await
    }
}
