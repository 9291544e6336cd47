use jiff::Timestamp;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::{AttemptState, Checkout, PaymentAttempt};
use saldo_domain::calendar::{Date, Zone, plus_days};
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, AttemptId, CreditorId, DebtorId, InvoiceId, PolicyId};
use saldo_domain::invoice::{ItemKind, OpenItem};
use saldo_domain::ledger::EntryKind;
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::reminder::{ActiveDunning, DunningPolicy, PaymentHistory};
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot, Movement};
use saldo_portal::{Assets, Branding, Chrome, brand_css};
use std::path::Path;
use uuid::Uuid;

const NOW: &str = "2026-11-22T18:05:00Z";

pub fn now() -> Timestamp {
    NOW.parse().expect("a moment")
}

pub fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0000 + number))
}

pub fn brands(folder: &Path) -> std::io::Result<()> {
    for creditor in [mexico(), brazil(), chile()] {
        std::fs::write(folder.join(brand_file(&creditor)), brand_css(&creditor.brand))?;
    }
    Ok(())
}

fn brand_file(creditor: &Creditor) -> String {
    format!("brand-{}.css", creditor.id)
}

fn creditor(
    number: u128,
    name: &str,
    country: &str,
    zone: &str,
    language: Language,
    currency: &str,
    colour: &str,
) -> Creditor {
    Creditor {
        id: id::<CreditorId>(number),
        name: name.to_owned(),
        country: country.to_owned(),
        zone: Zone::try_new(zone).expect("a zone"),
        language,
        currency: Currency::try_new(currency).expect("a currency"),
        reply_to: Some("cobranza@ejemplo.com".to_owned()),
        paper: None,
        brand: Brand { colour: colour.to_owned(), logo: None },
    }
}

pub fn mexico() -> Creditor {
    creditor(1, "Distribuidora La Espiga", "MX", "America/Mexico_City", Language::Es, "MXN", "#0b5d5e")
}

pub fn brazil() -> Creditor {
    creditor(2, "Clínica Bem-Estar", "BR", "America/Sao_Paulo", Language::Pt, "BRL", "#7a3cc2")
}

pub fn chile() -> Creditor {
    let name = "Cooperativa de Servicios Educacionales y Culturales del Valle de Aconcagua";
    let mut creditor = creditor(3, name, "CL", "America/Santiago", Language::Es, "CLP", "#ffcc00");
    creditor.reply_to = None;
    creditor
}

pub fn debtor(name: &str) -> Debtor {
    Debtor {
        id: id::<DebtorId>(10),
        reference: "C-2048".to_owned(),
        name: name.to_owned(),
        email: Some("mariana@ejemplo.com".to_owned()),
        phone: Some("+52 55 5555 0101".to_owned()),
        language: None,
        country: None,
        zone: None,
        postal_address: None,
        tags: Vec::new(),
    }
}

pub fn chrome(creditor: &Creditor, language: Language) -> Chrome {
    let mut locale = creditor.locale();
    locale.language = language;
    Chrome {
        locale,
        zone: creditor.zone.clone(),
        assets: Assets { css: "../../style/portal.css".to_owned(), js: None },
        branding: Some(Branding { css: brand_file(creditor), ..Branding::of(creditor) }),
        test_mode: false,
        signed_in: true,
        language_switch: Some("/statement".to_owned()),
        back_to: None,
    }
}

pub fn item(
    number: u32,
    description: Option<&str>,
    due_in: i32,
    amount: i64,
    open: i64,
    currency: Currency,
) -> OpenItem {
    let today: Date = "2026-11-22".parse().expect("a date");
    let due_on = plus_days(today, due_in).expect("a date");
    OpenItem {
        invoice_id: id::<InvoiceId>(100 + u128::from(number)),
        number: format!("A-{number}"),
        description: description.map(str::to_owned),
        issued_on: plus_days(due_on, -30).expect("a date"),
        due_on,
        amount: Money::new(amount, currency),
        outstanding: Money::new(open, currency),
        disputed: false,
        kind: ItemKind::Invoice,
        tax: None,
        discounts: Vec::new(),
    }
}

pub fn movement(kind: EntryKind, days_ago: i32, effect: i64, currency: Currency, numbers: &[&str]) -> Movement {
    let today: Date = "2026-11-22".parse().expect("a date");
    Movement {
        kind,
        effective_on: plus_days(today, -days_ago).expect("a date"),
        recorded_at: now(),
        effect: Money::new(effect, currency),
        invoice_numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
    }
}

pub fn account(number: u128, currency: Currency, items: Vec<OpenItem>, movements: Vec<Movement>) -> AccountSnapshot {
    AccountSnapshot {
        id: id::<AccountId>(number),
        currency,
        balance_version: 7,
        items,
        unapplied: Money::zero(currency),
        carried_forward: Money::zero(currency),
        movements,
    }
}

pub fn snapshot(creditor: Creditor, name: &str, accounts: Vec<AccountSnapshot>) -> DebtorSnapshot {
    let ladder = |account: &AccountSnapshot| ActiveDunning {
        id: id::<PolicyId>(5),
        from_at: now() - jiff::SignedDuration::from_hours(24 * 365),
        until_at: None,
        policy: DunningPolicy::standard(account.currency),
    };
    let dunning = accounts.iter().map(ladder).collect();
    DebtorSnapshot {
        creditor,
        debtor: debtor(name),
        accounts,
        open_attempts: Vec::new(),
        contacts: Vec::new(),
        dunning,
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

pub fn attempt(amount: Money, state: AttemptState) -> PaymentAttempt {
    let minutes = |count| jiff::SignedDuration::from_mins(count);
    PaymentAttempt {
        concessions: Vec::new(),
        origin: saldo_domain::attempt::AttemptOrigin::Debtor,
        id: id::<AttemptId>(50),
        creditor_id: id::<CreditorId>(1),
        debtor_id: id::<DebtorId>(10),
        account_id: id::<AccountId>(20),
        provider: "sandbox".to_owned(),
        amount,
        order: AllocationOrder::OldestDueFirst,
        balance_version: 7,
        created_at: now() - minutes(1),
        expires_at: now() + minutes(29),
        checkout: Some(Checkout { reference: "cs_test_1".to_owned(), url: "/sandbox/cs_test_1".to_owned() }),
        state,
    }
}

/// A usual account in Mexico: late, today's and coming items, one partly paid, one contested.
pub fn usual() -> DebtorSnapshot {
    let mxn = Currency::MXN;
    let mut contested = item(1038, Some("Flete extraordinario"), -3, 64_000, 64_000, mxn);
    contested.disputed = true;
    let items = vec![
        item(1021, Some("Harina de trigo, 40 sacos"), -12, 1_280_000, 420_050, mxn),
        contested,
        item(1044, Some("Levadura y mejorantes"), 0, 318_000, 318_000, mxn),
        item(1052, Some("Pedido de noviembre"), 8, 446_000, 446_000, mxn),
    ];
    let movements = vec![
        movement(EntryKind::Issue, 42, 1_280_000, mxn, &["A-1021"]),
        movement(EntryKind::Issue, 33, 64_000, mxn, &["A-1038"]),
        movement(EntryKind::Issue, 30, 318_000, mxn, &["A-1044"]),
        movement(EntryKind::Payment, 25, -800_000, mxn, &["A-1021"]),
        movement(EntryKind::Issue, 22, 446_000, mxn, &["A-1052"]),
        movement(EntryKind::CreditNote, 14, -59_950, mxn, &["A-1021"]),
    ];
    snapshot(mexico(), "Mariana López Hernández", vec![account(20, mxn, items, movements)])
}
