use super::reader::Reader;
use crate::flows::payment_plan::OfferedPlan;
use crate::i18n::plan_summary_pattern;
use saldo_contract::widget_view::{ChoicesPart, DiscountChoice, FullChoice, PlanChoice, PlanRow};
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::plan::picking::{summary, terms_line};
use saldo_domain::plan::{AutopayRule, PlanOffer, Schedule, schedule};
use saldo_domain::statement::AccountStatement;
use saldo_domain::ways::{DiscountWay, FullWay, Ways, easiest, ways};

/// What of it the token covers.
#[derive(Clone, Copy)]
pub(super) struct May {
    pub(super) pay: bool,
    pub(super) plan: bool,
}

/// The ways to pay an account; none where nothing is asked for.
pub(super) fn part(
    account: &AccountStatement,
    offered: &[OfferedPlan],
    (as_of, now): (Date, Timestamp),
    may: May,
    reader: &Reader,
) -> Result<Option<ChoicesPart>, Refusal> {
    let offers: Vec<PlanOffer> =
        offered.iter().filter(|one| one.account_id == account.account_id).map(|one| one.offer.clone()).collect();
    let Some(ways) = ways(account, &offers, as_of)? else { return Ok(None) };
    let plans = offers.iter().filter(|_| may.plan).map(|offer| plan(account, offer, as_of, reader));
    Ok(Some(ChoicesPart {
        server_now: now,
        today: as_of,
        currency: account.currency.code().to_owned(),
        language: reader.locale.language.tag().to_owned(),
        country: reader.locale.country.clone(),
        discount: ways.discount.as_ref().filter(|_| may.pay).map(|way| discount(way, reader)),
        full: may.pay.then(|| full(&ways, &ways.full, reader)),
        plans: plans.collect::<Result<_, _>>()?,
    }))
}

fn discount(way: &DiscountWay, reader: &Reader) -> DiscountChoice {
    let moment = [("moment", reader.moment(way.last_moment).into()), ("place", reader.place().into())];
    DiscountChoice {
        price: way.pay.into(),
        price_text: reader.money(way.pay),
        saved_text: reader.with("ways-saved", [("amount", reader.money(way.saved).into())]),
        until_at: way.last_moment,
        until_text: reader.with("ways-until", moment),
        pay_text: reader.with("ways-pay-now", [("amount", reader.money(way.pay).into())]),
    }
}

fn full(ways: &Ways, way: &FullWay, reader: &Reader) -> FullChoice {
    let explained = match (way.due_on, ways.discount.is_some()) {
        (Some(date), true) => reader.with("ways-full-later", [("date", reader.date(date).into())]),
        (Some(date), false) => reader.with("ways-full-due", [("date", reader.date(date).into())]),
        (None, _) => reader.t("ways-full-explained"),
    };
    // While the discount holds, paying all of it is paying it with the discount: the button leads to other choices.
    let pay_text = match ways.discount {
        Some(_) => reader.t("ways-choose"),
        None => reader.with("ways-pay-full", [("amount", reader.money(way.pay).into())]),
    };
    FullChoice { price: way.pay.into(), price_text: reader.money(way.pay), explained, pay_text }
}

fn plan(account: &AccountStatement, offer: &PlanOffer, today: Date, reader: &Reader) -> Result<PlanChoice, Refusal> {
    let choice = easiest(offer);
    let made = schedule(&offer.template, offer.principal, &choice, today)?;
    let pattern = plan_summary_pattern(reader.texts(), offer.template.frequency);
    let outside = account.asked_full.minus(offer.principal)?;
    let outside = outside.is_positive().then(|| reader.money(outside));
    let down = made.down_payment.map(|amount| reader.money(amount));
    Ok(PlanChoice {
        template_id: offer.template_id.0,
        name: summary(&pattern, &made, &reader.locale),
        requires_autopay: offer.template.autopay == AutopayRule::Required,
        down_text: down.map(|amount| reader.with("ways-plan-down", [("amount", amount.into())])),
        counts: offer.counts.clone().collect(),
        default_count: choice.count,
        first_on_min: offer.first_from,
        first_on_max: offer.first_until,
        default_first_on: choice.first_on,
        terms: terms_line(&offer.template, offer.principal),
        summary: pattern,
        schedule_default: rows(&made, reader),
        least_text: least_text(offer, &made, reader),
        total_text: reader.with("ways-plan-total", [("amount", reader.money(made.total).into())]),
        cost_text: cost_text(&made, reader),
        outside_text: outside.map(|amount| reader.with("ways-plan-outside", [("amount", amount.into())])),
    })
}

fn rows(schedule: &Schedule, reader: &Reader) -> Vec<PlanRow> {
    let down = reader.t("plan-down");
    let row = |line: &saldo_domain::plan::ScheduledInstalment| PlanRow {
        name: if line.number == 0 { down.clone() } else { line.number.to_string() },
        on_text: reader.date(line.due_on),
        amount_text: reader.money(line.amount),
    };
    schedule.instalments.iter().map(row).collect()
}

fn least_text(offer: &PlanOffer, made: &Schedule, reader: &Reader) -> String {
    let least = made.instalments.last().map(|line| reader.money(line.amount)).unwrap_or_default();
    let (min, max) = (i64::from(*offer.counts.start()), i64::from(*offer.counts.end()));
    reader.with("plan-template-words", [("min", min.into()), ("max", max.into()), ("amount", least.into())])
}

fn cost_text(made: &Schedule, reader: &Reader) -> String {
    if made.charge.is_zero() {
        reader.t("ways-plan-free")
    } else {
        reader.with("ways-plan-charge", [("amount", reader.money(made.charge).into())])
    }
}
