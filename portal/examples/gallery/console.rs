use crate::Gallery;
use crate::consents::consents;
use crate::sample::*;
use jiff::SignedDuration;
use saldo_app::flows::show_claims::Claims;
use saldo_domain::ageing::age;
use saldo_domain::attempt::AttemptState;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccessLinkId, DebtorId, ImportId, InboundEventId, JobId, PaymentId, RefundId};
use saldo_domain::import::fault::code;
use saldo_domain::import::{DateOrder, Detected, Detection, RowFault, guess_mapping};
use saldo_domain::locale::Language;
use saldo_domain::member::Role;
use saldo_domain::money::Money;
use saldo_domain::payment::Payment;
use saldo_domain::reminder::{Channel, DunningStep, decide};
use saldo_domain::statement::build;
use saldo_portal::Chrome;
use saldo_portal::pages::*;

pub fn write(gallery: &mut Gallery) {
    let chrome = Chrome { signed_in: false, test_mode: true, ..chrome(&mexico(), Language::Es) };
    sign_in(gallery, &chrome);
    overview(gallery, &chrome);
    imports(gallery, &chrome);
    crate::lists::write(gallery, &chrome);
    account_page(gallery, &chrome);
    rest(gallery, &chrome);
}

fn mxn(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

fn sign_in(gallery: &mut Gallery, chrome: &Chrome) {
    let view = SignInView { token: "token".to_owned(), creditor_name: mexico().name };
    gallery.add("console-sign-in", &view, chrome);
    gallery.add("console-sign-in-refused", &SignInRefusedView, chrome);
}

fn payment_row(number: u128) -> PaymentRow {
    let payment = Payment {
        id: id::<PaymentId>(number),
        account_id: id(20),
        amount: mxn(800_000),
        effective_on: "2026-11-22".parse().expect("a date"),
        allocations: Vec::new(),
        unapplied: mxn(0),
        refunded: mxn(50_000),
    };
    PaymentRow {
        payment,
        debtor_id: id::<DebtorId>(10),
        debtor_name: "Mariana López Hernández".to_owned(),
        provider: "sandbox".to_owned(),
        reference: "pi_test_8fK2mQ0vXc31".to_owned(),
        recorded_at: now(),
    }
}

fn import_row(state: ImportState) -> ImportRow {
    ImportRow {
        id: id::<ImportId>(60),
        file_name: "accounts-receivable.csv".to_owned(),
        created_at: now(),
        state,
        rows: 1831,
    }
}

fn overview(gallery: &mut Gallery, chrome: &Chrome) {
    let snapshot = usual();
    let today = "2026-11-22".parse().expect("a date");
    let view = OverviewView {
        creditor_name: mexico().name,
        today,
        currencies: vec![CurrencyTotals {
            outstanding: mxn(248_915_075),
            overdue: mxn(92_400_000),
            credit: mxn(51_950),
            debtors: 128,
            items: 311,
            ageing: age(&snapshot.accounts[0].items, Currency::MXN, today).expect("buckets"),
            collected: (16..=22)
                .map(|day| (jiff::civil::date(2026, 11, day), mxn(i64::from(day % 4) * 4_210_050)))
                .collect(),
            discounts: mxn(1_204_000),
        }],
        open_disputes: 2,
        plans_waiting: 1,
        plans_active: 14,
        plans_broken: 2,
        payments_today: vec![payment_row(70), payment_row(71)],
        dead_jobs: 1,
        books_stale: true,
        unmatched_events: 3,
        refused_events: 0,
        last_import: Some(import_row(ImportState::Booked)),
    };
    gallery.add("console-overview", &view, chrome);
    let empty = OverviewView {
        currencies: Vec::new(),
        payments_today: Vec::new(),
        dead_jobs: 0,
        books_stale: false,
        unmatched_events: 0,
        open_disputes: 0,
        plans_waiting: 0,
        plans_active: 0,
        plans_broken: 0,
        last_import: None,
        ..view
    };
    gallery.add("console-overview-empty", &empty, chrome);
}

fn imports(gallery: &mut Gallery, chrome: &Chrome) {
    let states = [ImportState::Preview, ImportState::Booked, ImportState::Refused];
    let list = ImportsView { recent: states.map(import_row).to_vec(), problem: None };
    gallery.add("console-imports", &list, chrome);
    let problem = ImportsView { recent: Vec::new(), problem: Some(UploadProblem::Missing) };
    gallery.add("console-imports-problem", &problem, chrome);

    let header = ["Folio", "Cliente", "Correo", "Fecha", "Vencimiento", "Total", "Moneda", "Notas"];
    let samples = [
        "A-1021",
        "Mariana López",
        "mariana@ejemplo.com",
        "03/04/2026",
        "03/05/2026",
        "12,800.00",
        "MXN",
        "Entregar en bodega 3",
    ];
    let mapping = guess_mapping(&header);
    let columns = header.iter().zip(samples).zip(mapping.columns()).map(|((header, sample), field)| ColumnView {
        header: (*header).to_owned(),
        samples: vec![sample.to_owned(), sample.to_owned()],
        field: *field,
    });
    let mapping = MappingView {
        import_id: id::<ImportId>(60),
        file_name: "cartera noviembre.csv".to_owned(),
        encoding: "Windows-1252".to_owned(),
        separator: ';',
        columns: columns.collect(),
        detection: Detection {
            date_order: Detected { value: DateOrder::Dmy, assumed: true },
            decimal_mark: Detected { value: '.', assumed: false },
        },
        currency: "MXN".to_owned(),
        remembered: true,
        problem: None,
    };
    gallery.add("console-mapping", &mapping, chrome);
    previews(gallery, chrome);
    let progress = ProgressView { import_id: id::<ImportId>(60), file_name: mapping.file_name, done: 640, total: 1831 };
    gallery.add("console-progress", &progress, chrome);
}

fn previews(gallery: &mut Gallery, chrome: &Chrome) {
    let line = |line, settled| PreviewLine {
        line,
        number: format!("A-{}", 1000 + line),
        debtor: "Mariana López Hernández".to_owned(),
        phone: Some("+525512345678".to_owned()),
        consents: vec![(Channel::Sms, true), (Channel::Call, false)],
        issued_on: "2026-10-11".parse().expect("a date"),
        due_on: "2026-11-10".parse().expect("a date"),
        amount: mxn(1_280_000),
        settled,
    };
    let clean = PreviewView {
        import_id: id::<ImportId>(60),
        file_name: "accounts-receivable.csv".to_owned(),
        rows: 1831,
        new: 311,
        unchanged: 0,
        amended: 4,
        settled: 1516,
        debtors_new: 128,
        consents_changed: 96,
        totals: vec![ImportTotal { invoices: 1831, amount: mxn(1_048_915_075), outstanding: mxn(248_915_075) }],
        sample: vec![line(2, false), line(3, true), line(4, false)],
        faults: Vec::new(),
        fault_count: 0,
        overridden: Vec::new(),
        overridden_count: 0,
    };
    gallery.add("console-preview", &clean, chrome);
    let totals = clean.totals.clone();
    let faults = [
        RowFault::new(7, "Vencimiento", code::DATE_UNKNOWN, "31/02/2026"),
        RowFault::new(12, "Total", code::AMOUNT_NEGATIVE, "-120.00"),
        RowFault::new(40, "Folio", code::NUMBER_DUPLICATE, "A-1021"),
        RowFault::new(71, "Notas", code::CARD_NUMBER_IN_TEXT, ""),
    ];
    let faulty = PreviewView { faults: faults.to_vec(), fault_count: 9, ..clean };
    gallery.add("console-preview-faults", &faulty, chrome);
    let result = ResultView {
        import_id: id::<ImportId>(60),
        file_name: faulty.file_name,
        new: 311,
        unchanged: 0,
        amended: 4,
        settled: 1516,
        totals,
    };
    gallery.add("console-result", &result, chrome);
}

fn account_page(gallery: &mut Gallery, chrome: &Chrome) {
    let snapshot = usual();
    let day = SignedDuration::from_hours(24);
    let step = DunningStep { offset: 3, due_on: "2026-11-10".parse().expect("a date") };
    let link = |number, revoked: bool| LinkRow {
        id: id::<AccessLinkId>(number),
        issued_at: now() - day,
        expires_at: now() + day * 90,
        revoked_at: revoked.then(now),
        last_opened_at: (!revoked).then(now),
    };
    let reminder = |state: &str, note: Option<&str>| ReminderLine {
        step,
        state: state.to_owned(),
        at: now() - day,
        items: 2,
        note: note.map(str::to_owned),
    };
    let view = DebtorView {
        plans: Vec::new(),
        statement: build(&snapshot, now()).expect("a statement"),
        decision: decide(&snapshot, &[Channel::Email], now()).expect("a decision"),
        attempts: vec![
            attempt(mxn(318_000), AttemptState::Canceled { canceled_at: now() }),
            attempt(mxn(318_000), AttemptState::Pending { since: now() }),
        ],
        payments: vec![payment_row(70)],
        reminders: vec![reminder("sent", None), reminder("suppressed", Some("paid"))],
        replies: Vec::new(),
        links: vec![link(80, false), link(81, true)],
        fresh_link: Some("https://pagos.ejemplo.com/l/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9".to_owned()),
        refund: RefundForm { refund_id: id::<RefundId>(90), problem: None },
        claims: Claims::default(),
        consents: consents(),
        desk: Desk {
            role: Role::Owner,
            fresh: uuid::Uuid::nil(),
            today: snapshot.debtor.zone(&snapshot.creditor).date_at(now()),
            tried: None,
        },
        now: now(),
    };
    gallery.add("console-account", &view, chrome);
}

fn rest(gallery: &mut Gallery, chrome: &Chrome) {
    let event = |state| EventRow {
        id: id::<InboundEventId>(40),
        provider: "stripe".to_owned(),
        reference: "evt_1Q9fVZ2eZvKYlo2C".to_owned(),
        received_at: now(),
        state,
        note: Some("amount_mismatch".to_owned()),
    };
    let events =
        EventsView { state: None, rows: vec![event(EventState::Unmatched), event(EventState::Refused)], next: None };
    gallery.add("console-events", &events, chrome);
    let job = JobRow {
        id: id::<JobId>(41),
        kind: "send_reminders".to_owned(),
        attempts: 8,
        error: "smtp: connection refused".to_owned(),
        failed_at: now(),
    };
    gallery.add("console-jobs", &JobsView { rows: vec![job], next: None }, chrome);
    let row = MailRow {
        id: "1".to_owned(),
        to: "mariana@ejemplo.com".to_owned(),
        subject: "Distribuidora La Espiga: tiene $12,480.50 por pagar".to_owned(),
        at: now(),
    };
    let plain = Chrome { branding: None, ..chrome.clone() };
    gallery.add("mailbox", &MailboxView { mails: vec![row.clone(), row.clone()] }, &plain);
    let mail = MailView {
        row,
        from: "Distribuidora La Espiga <avisos@ejemplo.com>".to_owned(),
        text: "Hola, Mariana:\n\nEsto es lo que sigue pendiente.".to_owned(),
        headers: vec![("List-Unsubscribe".to_owned(), "<https://pagos.ejemplo.com/optout/abc>".to_owned())],
    };
    gallery.add("mailbox-mail", &mail, &plain);
}
