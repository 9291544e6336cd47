//! Finance changes its terms while debtors are in the middle of them: other discounts, other plans, another tone and other
//! hours of the ladder.

use jiff::civil::time;
use saldo_app::flows::policy::{self, Draft, PolicyBody, PolicyVersion, PublishFrom};
use saldo_app::{App, Failure};
use saldo_domain::actor::Actor;
use saldo_domain::discount::{DiscountRule, Reduction};
use saldo_domain::ids::CreditorId;
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_domain::reminder::Tone;
use saldo_store::{PAGE_MAX, PageRequest};

use crate::chance::Chance;
use crate::points::{Act, Said};
use crate::seat::Seat;
use crate::world::told;

/// The next version of a policy is published.
pub fn act(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let kinds = [PolicyKind::Discount, PolicyKind::PlanTemplate, PolicyKind::Dunning];
    let (creditor, kind, draw) = (seat.creditor, *chance.pick(&kinds)?, chance.next());
    Some((
        "publishes other terms",
        Box::pin(async move {
            let published = publish(&app, creditor, kind, &mut Chance::new(draw)).await;
            Said::new(published.map_or_else(|failure| told(&failure), |version| format!("{:?}", version.body)))
        }),
    ))
}

async fn publish(
    app: &App,
    creditor: CreditorId,
    kind: PolicyKind,
    chance: &mut Chance,
) -> Result<PolicyVersion, Failure> {
    let versions = policy::list(app, creditor, Some(kind), PageRequest::first(PAGE_MAX)).await?.items;
    let live = |version: &&PolicyVersion| matches!(version.state, PolicyState::Published { until_at: None, .. });
    let known = versions.iter().find(live).expect("there are terms of every kind");
    let by = Actor::Operator;
    let PolicyVersion { id, revision, name, mut body, .. } = policy::revise(app, creditor, &by, known.id).await?;
    change(&mut body, chance);
    let draft = policy::edit(app, creditor, &by, id, revision, Draft { name, body }).await?;
    policy::publish(app, creditor, &by, draft.id, draft.revision, PublishFrom::Now).await
}

fn change(body: &mut PolicyBody, chance: &mut Chance) {
    match body {
        PolicyBody::Discount(discount) => {
            if let DiscountRule::Tiers { tiers } = &mut discount.rule {
                let rate_bps = u32::try_from(chance.between(50, 900)).unwrap_or(50);
                tiers.iter_mut().for_each(|tier| tier.reduction = Reduction::Rate { rate_bps });
            }
        }
        PolicyBody::PlanTemplate(template) => {
            template.down_payment_bps = u32::try_from(chance.below(2) * 1_000).unwrap_or(0);
            template.grace_days = u32::try_from(chance.between(0, 8)).unwrap_or(0);
        }
        PolicyBody::Dunning(ladder) => {
            let tone = *chance.pick(&[Tone::Friendly, Tone::Neutral, Tone::Firm]).expect("a tone");
            ladder.steps.iter_mut().for_each(|step| step.tone = tone);
            let closes = *chance.pick(&[None, Some(time(16, 0, 0, 0)), Some(time(19, 30, 0, 0))]).expect("an hour");
            ladder.own_rules.until = closes;
        }
        PolicyBody::LateFee(_) | PolicyBody::MessageTemplate(_) => {}
    }
}
