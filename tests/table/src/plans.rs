use crate::Row;
use crate::draw::{Draw, field, refused, shown};
use jiff::ToSpan;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, InvoiceId, PlanId, PolicyId};
use saldo_domain::invoice::{Invoice, InvoiceStatus, OpenItem};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Acceptance, Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PaymentPlan, PlanCharge, PlanChoice,
    PlanState, PlanTemplate, PlanTerms, ProposeAgain, Schedule, counts, progress, schedule, settle_early,
};
use saldo_domain::segment::Segment;
use uuid::Uuid;

struct Question {
    template: PlanTemplate,
    principal: Money,
    choice: PlanChoice,
    today: Date,
}

fn template(draw: &mut Draw, currency: Currency) -> PlanTemplate {
    let instalments_min = draw.count(2, 6);
    let charge = match draw.below(3) {
        0 => PlanCharge::None,
        1 => PlanCharge::Fee { amount: Money::new(1 + i64::from(draw.count(0, 5_000)), currency) },
        _ => PlanCharge::FlatRate { rate_bps: draw.count(0, 3_000) },
    };
    PlanTemplate {
        segment: Segment { currency, tag: None, amount_min: None, amount_max: None },
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: draw.one(&[0, 0, 500, 1_000, 3_333]),
        instalments_min,
        instalments_max: draw.count(instalments_min, 24),
        frequency: draw.one(&[Frequency::Weekly, Frequency::Fortnightly, Frequency::Monthly, Frequency::Monthly]),
        instalment_min: Money::new(draw.one(&[1, 1, 100, 10_000]), currency),
        charge,
        first_within_days: draw.count(10, 60),
        approval: Approval::Automatic,
        autopay: AutopayRule::Off,
        grace_days: draw.count(0, 10),
        break_rule: BreakRule { missed_max: draw.count(0, 2) },
        propose_again: ProposeAgain::Always,
        early: draw.one(&[EarlySettlement::Full, EarlySettlement::RebateUnearned]),
    }
}

fn question(draw: &mut Draw) -> Question {
    let currency = draw.currency();
    let template = template(draw, currency);
    let today = draw.date();
    let first_on = today.saturating_add(i64::from(draw.count(0, 45)).days());
    let count = draw.count(template.instalments_min, template.instalments_max);
    Question { principal: draw.amount(currency), choice: PlanChoice { count, first_on }, template, today }
}

/// All dates and amounts of a choice.
pub fn schedule_row(seed: u64) -> Row {
    let asked = question(&mut Draw::new(seed, 1));
    let name = format!("schedule {seed} {} {:?} {}", shown(asked.principal), asked.choice, asked.today);
    let mut fields = match counts(&asked.template, asked.principal) {
        Ok(range) => vec![field("counts", format!("{range:?}"))],
        Err(refusal) => refused(&refusal),
    };
    match schedule(&asked.template, asked.principal, &asked.choice, asked.today) {
        Ok(schedule) => fields.extend(of_schedule(&schedule)),
        Err(refusal) => fields.extend(refused(&refusal)),
    }
    Row { name, fields }
}

fn of_schedule(schedule: &Schedule) -> Vec<(String, String)> {
    let mut fields = vec![
        field("down", schedule.down_payment.map(shown).unwrap_or_default()),
        field("principal", shown(schedule.principal)),
        field("charge", shown(schedule.charge)),
        field("total", shown(schedule.total)),
    ];
    for line in &schedule.instalments {
        fields.push(field(format!("due {}", line.number), line.due_on));
        fields.push(field(format!("amount {}", line.number), shown(line.amount)));
    }
    fields
}

fn item(number: u128, amount: Money, outstanding: Money, issued_on: Date) -> Option<OpenItem> {
    let (id, account) = (InvoiceId(Uuid::from_u128(number)), AccountId(Uuid::nil()));
    let due_on = issued_on.saturating_add(30.days());
    let mut invoice = Invoice::try_new(id, account, number.to_string(), issued_on, due_on, amount).ok()?;
    invoice.status = InvoiceStatus::Open { outstanding };
    invoice.open_item()
}

/// A plan on some day with some part of it paid.
pub fn progress_row(seed: u64) -> Row {
    let mut draw = Draw::new(seed, 2);
    let mut asked = question(&mut draw);
    asked.principal = asked.principal.plus(Money::new(100_000, asked.principal.currency())).unwrap_or(asked.principal);
    asked.choice.first_on = asked.today.saturating_add(5.days());
    let fields = match schedule(&asked.template, asked.principal, &asked.choice, asked.today) {
        Ok(schedule) => of_plan(&mut draw, &asked, schedule),
        Err(refusal) => refused(&refusal),
    };
    Row { name: format!("progress {seed} {} {:?} {}", shown(asked.principal), asked.choice, asked.today), fields }
}

fn of_plan(draw: &mut Draw, asked: &Question, schedule: Schedule) -> Vec<(String, String)> {
    let paid = i64::try_from(draw.below(u64::try_from(schedule.principal.minor()).unwrap_or(1))).unwrap_or(0);
    let left = Money::new(schedule.principal.minor() - paid, schedule.principal.currency());
    let mut open: Vec<OpenItem> = item(1, schedule.principal, left, asked.today).into_iter().collect();
    let charge =
        schedule.charge.is_positive().then(|| item(2, schedule.charge, schedule.charge, asked.today)).flatten();
    let charge_item = charge.as_ref().map(|item| item.invoice_id);
    open.extend(charge);
    let plan = PaymentPlan {
        id: PlanId(Uuid::nil()),
        account_id: AccountId(Uuid::nil()),
        template_id: PolicyId(Uuid::nil()),
        terms: PlanTerms {
            grace_days: asked.template.grace_days,
            break_rule: asked.template.break_rule,
            autopay: false,
            early: asked.template.early,
            propose_again: asked.template.propose_again,
            approval: asked.template.approval,
        },
        items: open.iter().map(|item| item.invoice_id).collect(),
        charge_item,
        schedule,
        state: PlanState::Active { acceptance: acceptance(), approved: None },
        proposed_at: Timestamp::UNIX_EPOCH,
        proposed_by: Actor::System,
    };
    let on = asked.today.saturating_add(i64::from(draw.count(0, 400)).days());
    let mut fields = vec![field("on", on)];
    match progress(&plan, &open, on) {
        Ok(progress) => {
            fields.extend([
                field("paid", shown(progress.paid)),
                field("remaining", shown(progress.remaining)),
                field("due now", shown(progress.due_now)),
                field("next", progress.next.map(|next| next.number.to_string()).unwrap_or_default()),
            ]);
            for one in progress.instalments {
                let value = format!("{} {} {} {:?}", one.due_on, one.grace_until, shown(one.paid), one.state);
                fields.push(field(format!("instalment {}", one.number), value));
            }
        }
        Err(refusal) => fields.extend(refused(&refusal)),
    }
    match settle_early(&plan, &open, on) {
        Ok(early) => fields.extend([
            field("early full", shown(early.full)),
            field("early rebate", shown(early.rebate)),
            field("early pay", shown(early.pay)),
        ]),
        Err(refusal) => fields.extend(refused(&refusal)),
    }
    fields
}

fn acceptance() -> Acceptance {
    Acceptance {
        accepted_at: Timestamp::UNIX_EPOCH,
        text_version: String::new(),
        address: String::new(),
        language: Language::Es,
    }
}
