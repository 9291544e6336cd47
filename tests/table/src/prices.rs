use crate::Row;
use crate::draw::{Draw, field, refused, shown};
use jiff::{SignedDuration, ToSpan};
use saldo_domain::calendar::{Date, Zone};
use saldo_domain::currency::Currency;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, InvoiceFacts, PartPayments, Reduction, TierUntil, grant,
    price,
};
use saldo_domain::ids::{AccountId, InvoiceId, PolicyId};
use saldo_domain::invoice::{Invoice, InvoiceStatus, OpenItem};
use saldo_domain::money::Money;
use saldo_domain::segment::Segment;
use uuid::Uuid;

/// Zones with clock changes, without them, and far east and west.
const ZONES: [&str; 6] = [
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
];

fn policy(draw: &mut Draw, currency: Currency) -> DiscountPolicy {
    let rule = if draw.below(3) == 0 {
        DiscountRule::Sliding { annual_rate_bps: draw.count(1, 6_000) }
    } else {
        let (days, best) = (draw.count(0, 10), draw.count(200, 2_500));
        let until = |days| TierUntil::DaysAfterIssue { days };
        let rate = |rate_bps| Reduction::Rate { rate_bps };
        DiscountRule::Tiers {
            tiers: vec![
                DiscountTier { until: until(days), reduction: rate(best) },
                DiscountTier { until: until(days + draw.count(1, 10)), reduction: rate(best / 2) },
            ],
        }
    };
    DiscountPolicy {
        segment: Segment { currency, tag: None, amount_min: None, amount_max: None },
        base: draw.one(&[DiscountBase::Gross, DiscountBase::NetOfTax]),
        rule,
        part_payments: draw.one(&[PartPayments::None, PartPayments::Proportional, PartPayments::IfRestInTime]),
        grace_minutes: draw.count(0, 60),
    }
}

fn item(draw: &mut Draw, amount: Money, issued_on: Date, due_on: Date) -> Option<OpenItem> {
    let (id, account) = (InvoiceId(Uuid::from_u128(1)), AccountId(Uuid::nil()));
    let mut invoice = Invoice::try_new(id, account, "1".to_owned(), issued_on, due_on, amount).ok()?;
    let open = match draw.below(2) {
        0 => amount.minor(),
        _ => 1 + i64::try_from(draw.below(u64::try_from(amount.minor()).unwrap_or(1))).unwrap_or(0),
    };
    invoice.status = InvoiceStatus::Open { outstanding: Money::new(open, amount.currency()) };
    invoice.open_item()
}

/// What an item costs at a moment near one of its deadlines.
pub fn price_row(seed: u64) -> Row {
    let mut draw = Draw::new(seed, 3);
    let currency = draw.currency();
    let (amount, issued_on) = (draw.amount(currency), draw.date());
    let due_on = issued_on.saturating_add(i64::from(draw.count(0, 60)).days());
    let zone_name = draw.one(&ZONES);
    let name = format!("price {seed} {} {issued_on} {due_on} {zone_name}", shown(amount));
    let policies: Vec<(PolicyId, DiscountPolicy)> =
        (0..2).map(|number| (PolicyId(Uuid::from_u128(number)), policy(&mut draw, currency))).collect();
    let tax = (draw.below(2) == 0).then(|| Money::new(amount.minor() / 7, currency));
    let facts = InvoiceFacts { issued_on, due_on, amount, tax, tags: Vec::new() };
    let answer = Zone::try_new(zone_name).and_then(|zone| {
        let terms = grant(&policies, &facts, &zone)?;
        let mut fields = vec![field("terms", format!("{terms:?}"))];
        let Some(mut item) = item(&mut draw, amount, issued_on, due_on) else { return Ok(fields) };
        let day = issued_on.saturating_add(i64::from(draw.count(0, 20)).days());
        let seconds = draw.one(&[-86_399, -1, 0, 1, 3_600]);
        let end = zone.end_of(day)?;
        let at = end.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(end);
        item.discounts = terms.into_iter().collect();
        fields.extend([field("open", shown(item.outstanding)), field("at", at)]);
        if let Some(price) = price(&item, at)? {
            fields.extend([
                field("saved", shown(price.saved)),
                field("pay", shown(price.pay)),
                field("last moment", price.last_moment),
                field("full", shown(price.full)),
            ]);
        }
        Ok(fields)
    });
    Row { name, fields: answer.unwrap_or_else(|refusal| refused(&refusal)) }
}
