use crate::Gallery;
use crate::sample::*;
use saldo_domain::Refusal;
use saldo_domain::attempt::{AttemptState, PaymentAttempt};
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, AttemptId, PaymentId};
use saldo_domain::ledger::EntryKind;
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::payment::Payment;
use saldo_domain::provider::{Capture, FailureReason};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{Statement, build};
use saldo_portal::Chrome;
use saldo_portal::pages::*;

pub fn statement(snapshot: &DebtorSnapshot) -> Statement {
    build(snapshot, now()).expect("a statement")
}

pub fn view(snapshot: &DebtorSnapshot) -> StatementView {
    let receipt = ReceiptLink {
        payment_id: id::<PaymentId>(70),
        amount: Money::new(800_000, snapshot.accounts[0].currency),
        effective_on: "2026-10-28".parse().expect("a date"),
    };
    StatementView {
        statement: statement(snapshot),
        history: History::Recent,
        receipts: vec![receipt],
        claims: ClaimLines::default(),
        ways: Vec::new(),
        plans: Vec::new(),
        settlements: Vec::new(),
        now: now(),
    }
}

pub fn write(gallery: &mut Gallery) {
    let mx = chrome(&mexico(), Language::Es);
    statements(gallery, &mx);
    landing(gallery, &mx);
    paying(gallery, &mx);
    outcomes(gallery, &mx);
    notices(gallery, &mx);
    sandbox(gallery, &mx);
}

fn statements(gallery: &mut Gallery, mx: &Chrome) {
    gallery.add("statement", &view(&usual()), mx);
    gallery.add("statement-en", &view(&usual()), &chrome(&mexico(), Language::En));
    let mut pending = usual();
    pending.accounts[0].unapplied = Money::new(25_000, Currency::MXN);
    pending.open_attempts = vec![attempt(Money::new(318_000, Currency::MXN), AttemptState::Pending { since: now() })];
    gallery.add("statement-pending", &view(&pending), mx);

    let mut settled = usual();
    settled.accounts[0].items.clear();
    settled.accounts[0].movements.push(movement(
        EntryKind::Payment,
        0,
        -1_248_050,
        Currency::MXN,
        &["A-1021", "A-1038", "A-1044", "A-1052"],
    ));
    gallery.add("statement-settled", &view(&settled), mx);

    let brl = Currency::BRL;
    let items =
        vec![item(301, Some("Consulta e exames"), -45, 123_450, 123_450, brl), item(302, None, 1, 98_000, 98_000, brl)];
    let movements = vec![
        movement(EntryKind::Issue, 75, 123_450, brl, &["A-301"]),
        movement(EntryKind::Issue, 29, 98_000, brl, &["A-302"]),
    ];
    let portuguese = snapshot(brazil(), "João da Conceição Albuquerque", vec![account(21, brl, items, movements)]);
    gallery.add("statement-br", &view(&portuguese), &chrome(&brazil(), Language::Pt));

    let clp = Currency::CLP;
    let items = vec![item(7, Some("Mensualidad de noviembre"), -1, 1_250_000, 1_250_000, clp)];
    let usd = Currency::USD;
    let dollars = vec![item(
        8,
        Some("Intercambio académico internacional, segunda cuota de tres, programa de verano"),
        20,
        35_000,
        35_000,
        usd,
    )];
    let accounts = vec![
        account(22, clp, items, vec![movement(EntryKind::Issue, 31, 1_250_000, clp, &["A-7"])]),
        account(23, usd, dollars, vec![movement(EntryKind::Issue, 10, 35_000, usd, &["A-8"])]),
    ];
    let several = snapshot(chile(), "María de los Ángeles Fernández-Quintanilla y Ruiz de Bucesta", accounts);
    gallery.add("statement-cl", &view(&several), &chrome(&chile(), Language::Es));
    gallery.add("statement-many", &view(&many()), mx);
}

fn many() -> DebtorSnapshot {
    let mxn = Currency::MXN;
    let items = (0..40i32).map(|place| {
        let amount = 10_000 + i64::from(place) * 12_345;
        item(2000 + place.unsigned_abs(), Some("Suministro semanal"), place * 7 - 140, amount, amount, mxn)
    });
    let items: Vec<_> = items.collect();
    let movements = items.iter().rev().map(|item| {
        let days = 30 - saldo_domain::calendar::days_between("2026-11-22".parse().expect("a date"), item.due_on);
        movement(EntryKind::Issue, days, item.amount.minor(), mxn, &[&item.number])
    });
    let movements = movements.collect();
    snapshot(mexico(), "Panificadora San Judas Tadeo, S. A. de C. V.", vec![account(24, mxn, items, movements)])
}

fn landing(gallery: &mut Gallery, mx: &Chrome) {
    let mut out = mx.clone();
    (out.signed_in, out.test_mode) = (false, true);
    let snapshot = usual();
    let view = LandingView {
        path: "/l/token".to_owned(),
        creditor_name: snapshot.creditor.name.clone(),
        masked_name: snapshot.debtor.masked_name(),
        amounts: vec![statement(&snapshot).accounts[0].outstanding],
    };
    gallery.add("landing", &view, &out);
    let long = LandingView { creditor_name: chile().name, amounts: Vec::new(), ..view };
    gallery.add("landing-settled", &long, &Chrome { signed_in: false, ..chrome(&chile(), Language::Es) });
    let plain = Chrome { branding: None, ..out };
    gallery.add("link-expired", &ExpiredLinkView { path: Some("/l/token".to_owned()) }, &plain);
    gallery.add("link-expired-bare", &ExpiredLinkView { path: None }, &plain);
    gallery.add("link-requested", &LinkRequestedView, &plain);
}

pub fn pay(snapshot: &DebtorSnapshot, choice: PayChoice, problem: Option<Refusal>) -> PayView {
    let account = statement(snapshot).accounts.swap_remove(0);
    PayView {
        account,
        others: Vec::new(),
        attempt_id: id::<AttemptId>(50),
        choice,
        problem,
        settlements: Vec::new(),
        now: now(),
    }
}

fn paying(gallery: &mut Gallery, mx: &Chrome) {
    let snapshot = usual();
    gallery.add("pay", &pay(&snapshot, PayChoice::Everything, None), mx);
    let chosen = vec![snapshot.accounts[0].items[0].invoice_id];
    gallery.add("pay-items", &pay(&snapshot, PayChoice::Items(chosen.clone()), None), mx);
    let owed = Money::new(1_248_050, Currency::MXN);
    let above = Some(Refusal::AmountAboveBalance { owed });
    gallery.add("pay-problem", &pay(&snapshot, PayChoice::Amount("20,000".to_owned()), above), mx);
    let mut other = pay(&many(), PayChoice::Items(chosen), None);
    other.others = vec![(id::<AccountId>(23), Money::new(35_000, Currency::USD))];
    gallery.add("pay-many", &other, mx);
    let account = statement(&snapshot).accounts.swap_remove(0);
    let changed = BalanceChangedView {
        account,
        attempt_id: id::<AttemptId>(51),
        seen: Some(Money::new(1_566_050, Currency::MXN)),
        now: Some(owed),
        choice: PayChoice::Everything,
        price: false,
    };
    gallery.add("balance-changed", &changed, mx);
    let lapsed = BalanceChangedView { seen: Some(Money::new(1_210_608, Currency::MXN)), price: true, ..changed };
    gallery.add("price-changed", &lapsed, mx);
    let first = attempt(owed, AttemptState::Created);
    gallery.add("under-way", &UnderWayView { attempt: first, cancelable: true }, mx)
}

fn outcome(attempt: PaymentAttempt) -> ReturnView {
    ReturnView {
        attempt,
        payment: None,
        balance_after: None,
        receipt_to: Some("m••••@ejemplo.com".to_owned()),
        now: now(),
    }
}

fn outcomes(gallery: &mut Gallery, mx: &Chrome) {
    let mxn = |minor| Money::new(minor, Currency::MXN);
    let capture = Capture { payment_reference: "pi_test_8fK2".to_owned(), amount: mxn(1_248_050), captured_at: now() };
    let booked = outcome(attempt(mxn(1_248_050), AttemptState::Succeeded { capture }));
    let paid = ReturnView { payment: Some(id::<PaymentId>(70)), balance_after: Some(mxn(0)), ..booked.clone() };
    gallery.add("return-paid", &paid, mx);
    gallery.add("return-booking", &booked, mx);
    let states = [
        ("return-pending", AttemptState::Pending { since: now() }),
        ("return-action", AttemptState::RequiresAction { since: now() }),
        ("return-unknown", AttemptState::Created),
        ("return-declined", AttemptState::Failed { failed_at: now(), reason: FailureReason::InsufficientFunds }),
        ("return-canceled", AttemptState::Canceled { canceled_at: now() }),
        ("return-expired", AttemptState::Expired { expired_at: now() + jiff::SignedDuration::from_mins(29) }),
    ];
    for (name, state) in states {
        gallery.add(name, &outcome(attempt(mxn(1_248_050), state)), mx);
    }
    let payment = Payment {
        id: id::<PaymentId>(70),
        account_id: id::<AccountId>(20),
        amount: mxn(1_300_000),
        effective_on: "2026-11-22".parse().expect("a date"),
        allocations: Vec::new(),
        unapplied: mxn(51_950),
        refunded: mxn(0),
    };
    let snapshot = usual();
    let lines = snapshot.accounts[0].items.iter().map(|item| ReceiptLine {
        number: item.number.clone(),
        description: item.description.clone(),
        amount: item.outstanding,
    });
    let receipt = ReceiptView {
        creditor_name: mexico().name,
        debtor_name: "Mariana López Hernández".to_owned(),
        payment,
        paid_at: now(),
        lines: lines.collect(),
        reference: "pi_test_8fK2mQ0vXc31".to_owned(),
        test: true,
        balance_after: Some(mxn(0)),
    };
    gallery.add("receipt", &receipt, mx);
}

fn notices(gallery: &mut Gallery, mx: &Chrome) {
    let notices = [
        ("notice-not-found", NoticeView::NotFound),
        ("notice-provider-down", NoticeView::ProviderDown { retry: "/pay".to_owned() }),
        ("notice-fault", NoticeView::Fault { reference: Some("0193f2".to_owned()) }),
        ("notice-paused", NoticeView::Paused { sent: false, way_on: Some(WayOn::Again("/statement".to_owned())) }),
        ("notice-paused-sent", NoticeView::Paused { sent: true, way_on: Some(WayOn::Statement) }),
        ("notice-too-many", NoticeView::TooManyRequests { minutes: 5 }),
        ("notice-left", NoticeView::Left),
        ("notice-nothing", NoticeView::NothingToPay),
    ];
    for (name, notice) in notices {
        gallery.add(name, &notice, mx);
    }
    for (name, state) in [("optout", OptOutState::Ask), ("optout-done", OptOutState::Done)] {
        let view = OptOutView {
            token: "token".to_owned(),
            creditor_name: mexico().name,
            masked_address: Some("m••••@ejemplo.com".to_owned()),
            state,
        };
        gallery.add(name, &view, mx);
    }
}

fn sandbox(gallery: &mut Gallery, mx: &Chrome) {
    let chrome = Chrome { test_mode: true, signed_in: false, language_switch: None, branding: None, ..mx.clone() };
    let number = |number: &str, outcome| TestNumber { number: number.to_owned(), outcome };
    let numbers = vec![
        number("4242 4242 4242 4242", TestOutcome::Paid),
        number("4000 0000 0000 0002", TestOutcome::Declined),
        number("4000 0000 0000 9995", TestOutcome::InsufficientFunds),
        number("4000 0025 0000 3155", TestOutcome::Authentication),
    ];
    let view = SandboxView {
        path: "/sandbox/cs_test_1".to_owned(),
        purpose: SandboxPurpose::Pay { creditor_name: mexico().name, amount: Money::new(1_248_050, Currency::MXN) },
        step: SandboxStep::Choose { problem: None, number: String::new() },
        numbers,
    };
    gallery.add("sandbox", &view, &chrome);
    let declined = SandboxStep::Choose {
        problem: Some(SandboxProblem::Failed(FailureReason::Declined)),
        number: "4000 0000 0000 0002".to_owned(),
    };
    gallery.add("sandbox-declined", &SandboxView { step: declined, ..view.clone() }, &chrome);
    let save = SandboxView { path: "/sandbox/setups/1".to_owned(), purpose: SandboxPurpose::Save, ..view.clone() };
    gallery.add("sandbox-save", &save, &chrome);
    gallery.add("sandbox-challenge", &SandboxView { step: SandboxStep::Challenge, ..view }, &chrome)
}
