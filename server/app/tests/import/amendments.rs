//! What a later file does to invoices that are there.

use crate::harness::{World, on, on_both};
use saldo_app::import::{Ending, ImportReport};
use saldo_domain::import::fault::code;
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::ledger::EntryKind;
use saldo_store::amendment;

const HEADER: &str = "Folio,RFC,Emision,Vence,Importe,Pagada el,Disputada\n";

async fn first(world: &World) -> ImportReport {
    let rows = "A-1,R1,2026-01-03,2026-02-02,100.00,,no\nA-2,R1,2026-01-03,2026-02-02,80.00,2026-01-20,no\n";
    world.import(&format!("{HEADER}{rows}")).await
}

async fn then(world: &World, row: &str) -> ImportReport {
    world.import(&format!("{HEADER}{row}\n")).await
}

async fn kinds(world: &World) -> Vec<EntryKind> {
    world.journal().await.iter().skip(3).map(|row| row.entry.kind()).collect()
}

fn told(report: &ImportReport) -> Vec<(u64, &str, &str)> {
    report.faults.iter().map(|fault| (fault.line, fault.column.as_str(), fault.code)).collect()
}

#[tokio::test]
async fn an_open_invoice_is_raised_reduced_and_settled_by_entries() {
    on_both(async |world| {
        first(world).await;
        let open = |minor| move |status: InvoiceStatus| matches!(status, InvoiceStatus::Open { outstanding } if outstanding.minor() == minor);
        let steps: [(&str, i64, &dyn Fn(InvoiceStatus) -> bool, &[EntryKind]); 3] = [
            ("A-1,R1,2026-01-03,2026-02-02,130.00,,", 13_000, &open(13_000), &[EntryKind::Amendment]),
            ("A-1,R1,2026-01-03,2026-02-02,90.00,,", 9_000, &open(9_000), &[EntryKind::CreditNote]),
            (
                "A-1,R1,2026-01-03,2026-02-02,95.00,2026-02-10,",
                9_500,
                &|status| status == InvoiceStatus::Paid { paid_on: on("2026-02-10") },
                &[EntryKind::Amendment, EntryKind::Payment],
            ),
        ];
        let mut expected = Vec::new();
        for (row, amount, status, entries) in steps {
            let report = then(world, row).await;
            assert_eq!((report.ending, report.counts.amended), (Ending::Booked, 1), "{row}");
            let invoice = world.invoice("A-1").await;
            assert_eq!(invoice.amount.minor(), amount, "{row}");
            assert!(status(invoice.status), "{row}: {:?}", invoice.status);
            expected.extend_from_slice(entries);
            assert_eq!(kinds(world).await, expected);
            assert_eq!(then(world, row).await.ending, Ending::Unchanged, "the same again: {row}");
        }
        let tx = world.store.read().await.unwrap();
        let notes = amendment::list_for_invoice(&tx, world.creditor.id, world.invoice("A-1").await.id).await.unwrap();
        let kinds: Vec<&str> = notes.iter().map(|note| note.kind.as_str()).collect();
        assert_eq!(kinds, ["amount", "amount", "amount", "settled_on"]);
        assert_eq!(notes[0].before["minor"], 10_000);
        assert_eq!(notes[0].after["minor"], 13_000);
    })
    .await;
}

#[tokio::test]
async fn a_due_date_and_a_dispute_are_noted_without_an_entry() {
    on_both(async |world| {
        first(world).await;
        let report = then(world, "A-1,R1,2026-01-03,2026-02-20,100.00,,si").await;
        assert_eq!((report.ending, report.counts.amended), (Ending::Booked, 1));
        let invoice = world.invoice("A-1").await;
        assert_eq!((invoice.due_on, invoice.disputed), (on("2026-02-20"), true));
        assert_eq!(kinds(world).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_amended_is_refused_with_its_line_and_nothing_is_booked() {
    let table = [
        ("A-2,R1,2026-01-03,2026-02-02,81.00,,", (2, "Importe", code::INVOICE_CLOSED)),
        ("A-1,R2,2026-01-03,2026-02-02,100.00,,", (2, "RFC", code::ANOTHER_DEBTOR)),
        ("A-1,R1,2026-01-04,2026-02-02,100.00,,", (2, "Emision", code::ANOTHER_ISSUE_DATE)),
        (
            "A-1,R1,2026-01-03,2026-02-02,99.00,,\nA-1,R1,2026-01-03,2026-02-02,98.00,,",
            (3, "Folio", code::NUMBER_DUPLICATE),
        ),
    ];
    on_both(async |world| {
        first(world).await;
        let before = world.journal().await;
        for (rows, fault) in table {
            let report = then(world, &format!("{rows}\nNEW,R9,2026-01-03,2026-02-02,5.00,,")).await;
            assert_eq!(report.ending, Ending::Refused, "{rows}");
            assert_eq!(told(&report), [fault], "{rows}");
            assert_eq!(world.find("NEW").await, None, "nothing of the file is booked");
            assert_eq!(world.journal().await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_paid_invoice_agrees_with_a_file_that_does_not_know_of_it() {
    on_both(async |world| {
        first(world).await;
        for row in ["A-2,R1,2026-01-03,2026-02-02,80.00,,", "A-2,R1,2026-01-03,2026-02-02,80.00,2026-01-22,"] {
            assert_eq!(then(world, row).await.ending, Ending::Unchanged, "{row}");
        }
        assert_eq!(world.invoice("A-2").await.status, InvoiceStatus::Paid { paid_on: on("2026-01-20") });
    })
    .await;
}
