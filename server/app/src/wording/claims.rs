use super::facts::{Facts, Item, days_text, reply_word};
use crate::failure::Failure;
use crate::i18n::Texts;
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, Timestamp, days_between};
use saldo_domain::chase::Claim;
use saldo_domain::discount::price;
use saldo_domain::ids::InvoiceId;
use saldo_domain::invoice::OpenItem;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;
use saldo_domain::plan::progress;
use saldo_domain::reminder::{Channel, Tone};
use saldo_domain::snapshot::DebtorSnapshot;

/// How many items a message names one by one.
const ITEMS_MAX: usize = 50;

/// What can be said of some claims without a rung.
pub(crate) fn of_claims(
    snapshot: &DebtorSnapshot,
    claims: &[Claim],
    due_on: Date,
    locale: &Locale,
    now: Timestamp,
) -> Result<Facts, Failure> {
    let (today, texts) = (snapshot.today(now), Texts::for_language(locale.language));
    let away = days_between(due_on, today).abs();
    let item = |claim: &Claim| Item {
        number: claim.number.clone(),
        description: open_item(snapshot, claim).and_then(|item| item.description.clone()).unwrap_or_default(),
        amount: locale.money(claim.amount),
        due_on: locale.long_date(claim.due_on),
        days_text: days_text(days_between(claim.due_on, today).abs(), texts),
        overdue: claim.due_on < today,
    };
    let totals = sums(snapshot, claims.iter().map(|claim| claim.amount))?;
    let totals: Vec<String> = totals.into_iter().map(|total| locale.money(total)).collect();
    let (saved, until) = discount(snapshot, claims, locale, now)?;
    Ok(Facts {
        name: snapshot.debtor.name.clone(),
        creditor: snapshot.creditor.name.clone(),
        amount: totals.join(" + "),
        due_on: locale.long_date(due_on),
        days: away,
        days_text: days_text(away, texts),
        items: claims.iter().take(ITEMS_MAX).map(item).collect(),
        item_count: claims.len(),
        link: String::new(),
        saved,
        until,
        plan: claims.iter().any(|claim| claim.plan_id.is_some()),
        instalment: 0,
        instalments: 0,
        promised_on: String::new(),
        suspend_note: false,
        final_notice: false,
        fee: String::new(),
        tone: Tone::default().as_str(),
        opt_out: String::new(),
        totals,
    })
}

/// One sum for each currency that there is something in.
fn sums(snapshot: &DebtorSnapshot, amounts: impl Iterator<Item = Money> + Clone) -> Result<Vec<Money>, Refusal> {
    let mut sums = Vec::new();
    for account in &snapshot.accounts {
        let own = amounts.clone().filter(|amount| amount.currency() == account.currency);
        let sum = Money::sum(account.currency, own)?;
        if sum.is_positive() {
            sums.push(sum);
        }
    }
    Ok(sums)
}

/// What paying everything at once saves, and the last day on which it does.
fn discount(
    snapshot: &DebtorSnapshot,
    claims: &[Claim],
    locale: &Locale,
    now: Timestamp,
) -> Result<(String, String), Refusal> {
    let mut saved: Vec<Money> = Vec::new();
    let mut last: Option<Timestamp> = None;
    for item in claims.iter().filter_map(|claim| open_item(snapshot, claim)) {
        if let Some(price) = price(item, now)? {
            saved.push(price.saved);
            last = Some(last.map_or(price.last_moment, |known| known.min(price.last_moment)));
        }
    }
    let Some(last) = last else { return Ok(Default::default()) };
    let sums = sums(snapshot, saved.into_iter())?;
    let sums: Vec<String> = sums.into_iter().map(|sum| locale.money(sum)).collect();
    Ok((sums.join(" + "), locale.long_date(snapshot.debtor.zone(&snapshot.creditor).date_at(last))))
}

fn open_item<'a>(snapshot: &'a DebtorSnapshot, claim: &Claim) -> Option<&'a OpenItem> {
    let [id] = claim.invoice_ids.as_slice() else { return None };
    if claim.plan_id.is_some() {
        return None;
    }
    snapshot.accounts.iter().flat_map(|account| &account.items).find(|item| item.invoice_id == *id)
}

/// The number of the instalment of a date among a plan's that these items are in, and how many it has; none for a down
/// payment.
pub(crate) fn instalment(
    snapshot: &DebtorSnapshot,
    items: &[InvoiceId],
    due_on: Date,
    now: Timestamp,
) -> Result<Option<(u32, u32)>, Refusal> {
    let plans = snapshot.plans.iter().filter(|plan| plan.is_active());
    for plan in plans.filter(|plan| plan.items.iter().any(|id| items.contains(id))) {
        let Some(account) = snapshot.account(plan.account_id) else { continue };
        let progress = progress(plan, &account.items, snapshot.today(now))?;
        let count = progress.instalments.iter().map(|one| one.number).max().unwrap_or(0);
        let found = progress.instalments.iter().find(|one| one.due_on == due_on && one.number > 0);
        if let Some(one) = found {
            return Ok(Some((one.number, count)));
        }
    }
    Ok(None)
}

/// How a channel is left.
pub(crate) fn way_out(channel: Channel, language: Language, address: &str) -> String {
    match channel {
        Channel::Email | Channel::Letter => address.to_owned(),
        Channel::Sms | Channel::Whatsapp => reply_word(language).to_owned(),
        Channel::Call | Channel::Banner => String::new(),
    }
}
