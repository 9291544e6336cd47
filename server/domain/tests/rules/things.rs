//! The people, invoices and moments that the tables speak of.

use crate::table::Row;
use proptest::test_runner::Config;
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::consent::{ChannelConsent, ConsentSource, ConsentState};
use saldo_domain::contact::{ClosedDay, OwnRules};
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, InvoiceId};
use saldo_domain::invoice::{ItemKind, OpenItem};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::reminder::{ActiveDunning, Channel, DunningPolicy, PaymentHistory};
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot};
use uuid::Uuid;

/// The currencies that every rule must fit.
pub const CURRENCIES: [&str; 11] = ["MXN", "COP", "PEN", "CLP", "ARS", "UYU", "PYG", "BOB", "BRL", "USD", "EUR"];

/// How often a property is tried. Failures are printed, not written into the tree.
pub fn tries(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

/// A currency by its code.
pub fn currency(code: &str) -> Currency {
    Currency::try_new(code).unwrap()
}

/// Reads `-1,234.50 MXN`, always in this one form and by a reader of its own.
pub fn money(text: &str) -> Money {
    let (number, code) = text.split_once(' ').unwrap_or_else(|| panic!("no currency: {text}"));
    let currency = currency(code.trim());
    let (whole, cents) = number.split_once('.').unwrap_or((number, ""));
    let exponent = usize::from(currency.exponent());
    assert!(cents.len() == exponent || cents.is_empty(), "decimals of {text}");
    let digits = format!("{}{cents:0<exponent$}", whole.replace(',', ""));
    Money::new(digits.parse().unwrap_or_else(|_| panic!("no amount: {text}")), currency)
}

/// Reads `1,234.50` as pesos of Mexico.
pub fn mxn(number: &str) -> Money {
    money(&format!("{number} MXN"))
}

/// Writes an amount without its currency: `-1,234.50`; written apart from the domain's own forms.
pub fn plain(amount: Money) -> String {
    let exponent = usize::from(amount.currency().exponent());
    let digits = format!("{:0>width$}", amount.minor().unsigned_abs(), width = exponent + 1);
    let (whole, cents) = digits.split_at(digits.len() - exponent);
    let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().map(|chunk| str::from_utf8(chunk).unwrap()).collect();
    let sign = if amount.minor() < 0 { "-" } else { "" };
    format!("{sign}{}{}{cents}", groups.join(","), if exponent > 0 { "." } else { "" })
}

/// A date.
pub fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("no date: {text}"))
}

/// A zone.
pub fn zone(name: &str) -> Zone {
    Zone::try_new(name).unwrap()
}

/// A moment: `2026-03-01T15:00:00Z`.
pub fn utc(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| panic!("no moment: {text}"))
}

/// A moment on the wall of a zone: `2026-03-01 09:00`.
pub fn wall(text: &str, zone: &Zone) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap_or_else(|| panic!("no moment: {text}"));
    zone.moment(date(day), time.parse().unwrap()).unwrap()
}

/// A moment as it is on the wall of a zone, to the minute.
pub fn on_wall(at: Timestamp, zone: &Zone) -> String {
    let time = zone.time_at(at);
    format!("{} {:02}:{:02}", zone.date_at(at), time.hour(), time.minute())
}

/// An id that carries its name.
pub fn id<I: From<Uuid>>(name: &str) -> I {
    let mut bytes = [0; 16];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    I::from(Uuid::from_bytes(bytes))
}

/// The name that an invoice's id carries.
pub fn name_of(id: InvoiceId) -> String {
    String::from_utf8(id.0.as_bytes().to_vec()).unwrap().trim_end_matches('\0').to_owned()
}

/// What came out, or the code of the refusal.
pub fn answer<T>(found: Result<T, Refusal>, show: impl FnOnce(T) -> String) -> String {
    match found {
        Ok(value) => show(value),
        Err(refusal) => refusal.code().to_owned(),
    }
}

/// An open item, issued thirty days before it is due.
pub fn item(number: &str, due_on: Date, outstanding: Money) -> OpenItem {
    OpenItem {
        invoice_id: id(number),
        number: number.to_owned(),
        description: None,
        issued_on: due_on.saturating_sub(jiff::Span::new().days(30)),
        due_on,
        amount: outstanding,
        outstanding,
        disputed: false,
        kind: ItemKind::Invoice,
        tax: None,
        discounts: Vec::new(),
    }
}

/// Items of a table whose columns are `number`, `due` and `open` (an amount with its currency).
pub fn items(rows: &[Row]) -> Vec<OpenItem> {
    rows.iter().map(|row| item(row.get("number"), date(row.get("due")), money(row.get("open")))).collect()
}

/// The account on which items stand.
pub fn account_id() -> AccountId {
    id("account")
}

/// An account with open items and no credit, at version 7.
pub fn account(items: Vec<OpenItem>) -> AccountSnapshot {
    let currency = items.first().map_or(Currency::MXN, |item| item.outstanding.currency());
    AccountSnapshot {
        id: account_id(),
        currency,
        balance_version: 7,
        items,
        unapplied: Money::zero(currency),
        carried_forward: Money::zero(currency),
        movements: Vec::new(),
    }
}

/// A business in Mexico City.
pub fn creditor() -> Creditor {
    Creditor {
        id: id("creditor"),
        name: "Papelería del Centro".to_owned(),
        country: "MX".to_owned(),
        zone: zone("America/Mexico_City"),
        language: Language::Es,
        currency: Currency::MXN,
        reply_to: None,
        paper: None,
        brand: Brand { colour: "#204060".to_owned(), logo: None },
    }
}

/// A debtor with an address, who lives where its creditor is.
pub fn debtor() -> Debtor {
    Debtor {
        id: id("debtor"),
        reference: "D-1".to_owned(),
        name: "María López".to_owned(),
        email: Some("maria@example.com".to_owned()),
        phone: None,
        language: None,
        country: None,
        zone: Some(zone("America/Mexico_City")),
        postal_address: None,
        tags: Vec::new(),
    }
}

/// The channels of a small installation.
pub const MAIL: [Channel; 1] = [Channel::Email];

/// The standard ladder, from 9:00 to 18:00, not on Sundays, once a day, in force since 2020.
pub fn ladder(currency: Currency) -> ActiveDunning {
    let hour = |hour| Some(jiff::civil::time(hour, 0, 0, 0));
    let own_rules = OwnRules {
        from: hour(9),
        until: hour(18),
        closed: vec![ClosedDay::Sunday],
        per_day_max: Some(1),
        ..OwnRules::default()
    };
    let policy = DunningPolicy { own_rules, ..DunningPolicy::standard(currency) };
    ActiveDunning {
        id: id(&format!("ladder in {currency}")),
        from_at: utc("2020-01-01T00:00:00Z"),
        until_at: None,
        policy,
    }
}

/// A debtor with one account, the standard ladder, no payment under way and no message sent.
pub fn snapshot(items: Vec<OpenItem>) -> DebtorSnapshot {
    DebtorSnapshot {
        creditor: creditor(),
        debtor: debtor(),
        accounts: vec![account(items)],
        open_attempts: Vec::new(),
        contacts: Vec::new(),
        dunning: vec![ladder(Currency::MXN), ladder(Currency::USD)],
        consents: Vec::new(),
        preference: None,
        history: PaymentHistory::default(),
        data_fresh_at: None,
        plans: Vec::new(),
        promises: Vec::new(),
        holds: Vec::new(),
        transfers: Vec::new(),
        settlement_offers: Vec::new(),
    }
}

/// That the debtor withdrew e-mail.
pub fn opted_out() -> ChannelConsent {
    ChannelConsent {
        channel: Channel::Email,
        state: ConsentState::Withdrawn,
        at: utc("2026-03-01T00:00:00Z"),
        source: ConsentSource::OneClick,
        proof: String::new(),
        address: Some("maria@example.com".to_owned()),
    }
}
