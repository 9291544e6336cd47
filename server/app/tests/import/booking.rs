//! What a good file does to the books.

use crate::harness::{on, on_both};
use saldo_app::import::{Ending, RowOutcome};
use saldo_domain::currency::Currency;
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::ledger::{EntryKind, LedgerAccount};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_store::{PageRequest, debtor, import, payment};

const FILE: &str = "Folio;RFC;Cliente;Correo;Idioma;Emisión;Vencimiento;Importe;Moneda;Fecha de pago;Concepto\n\
    A-1;R1;Ana Núñez;ana@example.com;es;03/01/2026;02/02/2026;1.234,50;MXN;;Enero\n\
    A-2;R1;Ana Núñez;;;04/01/2026;28/02/2026;100,00;USD;;\n\
    A-3;R2;Bruno;bruno@example.com;pt;05/01/2026;04/02/2026;50,00;MXN;20/01/2026;\n";

#[tokio::test]
async fn a_good_file_becomes_debtors_invoices_entries_and_payments() {
    on_both(async |world| {
        let report = world.import(FILE).await;
        assert_eq!(report.ending, Ending::Booked);
        assert_eq!(
            (report.row_count, report.counts.new, report.counts.settled, report.counts.debtors_new),
            (3, 3, 1, 2)
        );
        let totals: Vec<(u64, i64, i64)> = report
            .totals
            .iter()
            .map(|total| (total.invoices, total.amount.minor(), total.outstanding.minor()))
            .collect();
        assert_eq!(totals, [(2, 128_450, 123_450), (1, 10_000, 10_000)], "MXN, USD");

        let ana = world.snapshot("R1").await;
        assert_eq!((ana.debtor.name.as_str(), ana.debtor.language), ("Ana Núñez", Some(Language::Es)));
        assert_eq!(ana.debtor.email.as_deref(), Some("ana@example.com"), "a later blank takes nothing away");
        let owed: Vec<(Currency, i64)> =
            ana.accounts.iter().map(|account| (account.currency, account.items[0].outstanding.minor())).collect();
        assert_eq!(owed, [(Currency::MXN, 123_450), (Currency::USD, 10_000)]);

        let paid = world.invoice("A-3").await;
        assert_eq!(paid.status, InvoiceStatus::Paid { paid_on: on("2026-01-20") });
        assert_eq!(world.invoice("A-1").await.description.as_deref(), Some("Enero"));
        let tx = world.store.read().await.unwrap();
        let payments = payment::list(&tx, world.creditor.id, None, PageRequest::first(10)).await.unwrap().items;
        assert_eq!(payments.len(), 1);
        assert_eq!((payments[0].provider.as_str(), payments[0].provider_reference.as_str()), ("import", "A-3"));
        assert_eq!(payments[0].payment.allocations[0].invoice_id, paid.id);
    })
    .await;
}

#[tokio::test]
async fn entries_stand_in_the_order_of_the_file_on_their_own_days() {
    on_both(async |world| {
        world.import(FILE).await;
        let entries: Vec<(EntryKind, String, Option<String>)> = world
            .journal()
            .await
            .into_iter()
            .map(|row| (row.entry.kind(), row.entry.effective_on().to_string(), row.movement_key))
            .collect();
        let expected = [
            (EntryKind::Issue, "2026-01-03".to_owned(), None),
            (EntryKind::Issue, "2026-01-04".to_owned(), None),
            (EntryKind::Issue, "2026-01-05".to_owned(), None),
            (EntryKind::Payment, "2026-01-20".to_owned(), Some("import:A-3:settled".to_owned())),
        ];
        assert_eq!(entries, expected);
        let settled = world.journal().await.remove(3);
        assert_eq!(settled.entry.lines()[0].ledger_account, LedgerAccount::Bank);
    })
    .await;
}

#[tokio::test]
async fn a_preview_tells_the_same_and_writes_nothing() {
    on_both(async |world| {
        let preview = world.preview(FILE).await;
        assert_eq!((preview.ending, preview.import_id), (Ending::Previewed, None));
        assert_eq!(world.journal().await.len(), 0);
        assert_eq!(world.find("A-1").await, None);
        let booked = world.import(FILE).await;
        assert_eq!(preview.counts, booked.counts);
        assert_eq!(preview.totals, booked.totals);
        assert_eq!(preview.preview, booked.preview);
        let outcomes: Vec<RowOutcome> = preview.preview.iter().map(|row| row.outcome).collect();
        assert_eq!(outcomes, [RowOutcome::New, RowOutcome::New, RowOutcome::NewSettled]);
    })
    .await;
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_says_so() {
    on_both(async |world| {
        let first = world.import(FILE).await;
        let before = world.journal().await;
        let again = world.import(FILE).await;
        assert_eq!((again.ending, again.import_id), (Ending::Unchanged, None));
        assert_eq!((again.counts.unchanged, again.counts.new, again.counts.amended), (3, 0, 0));
        assert!(again.remembered, "the mapping of such a header is known now");
        assert_eq!(world.journal().await, before);
        let tx = world.store.read().await.unwrap();
        let imports = import::list(&tx, world.creditor.id, PageRequest::first(10)).await.unwrap().items;
        assert_eq!(imports.len(), 1);
        assert_eq!(
            (Some(imports[0].id), imports[0].state.as_str(), imports[0].row_count),
            (first.import_id, "booked", 3)
        );
    })
    .await;
}

#[tokio::test]
async fn debtors_of_a_file_are_looked_at_next() {
    on_both(async |world| {
        world.import(FILE).await;
        let tx = world.store.read().await.unwrap();
        assert_eq!(debtor::list_due(&tx, world.ambient.now(), 10).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn credit_pays_what_a_file_adds_the_oldest_first() {
    on_both(async |world| {
        world.import(FILE).await;
        let account_id = world.invoice("A-1").await.account_id;
        give_credit(world, "R1", account_id, Money::new(150_000, Currency::MXN)).await;
        let more = "Folio;RFC;Vencimiento;Importe\nB-2;R1;28/03/2026;900,00\nB-1;R1;15/03/2026;100,00\n";
        let report = world.import(more).await;
        assert_eq!((report.ending, report.counts.new), (Ending::Booked, 2));
        let ana = world.snapshot("R1").await;
        let account = ana.account(account_id).unwrap();
        let open: Vec<(&str, i64)> =
            account.items.iter().map(|item| (item.number.as_str(), item.outstanding.minor())).collect();
        // 1,500.00 pay A-1 (1,234.50), then B-1 (100.00), then 165.50 of B-2.
        assert_eq!(open, [("B-2", 73_450)]);
        assert!(account.unapplied.is_zero());
        assert_eq!(world.invoice("B-1").await.status, InvoiceStatus::Paid { paid_on: on("2026-03-02") });
        world.assert_parity().await;
    })
    .await;
}

/// Money that came in while nothing was chosen: visible credit.
async fn give_credit(
    world: &crate::harness::World,
    reference: &str,
    account_id: saldo_domain::ids::AccountId,
    amount: Money,
) {
    use saldo_domain::allocation::AllocationOrder;
    use saldo_domain::payment::{Payment, receive};
    use saldo_store::journal::{self, NewEntry};
    let owed = world.snapshot(reference).await;
    let held = owed.account(account_id).unwrap();
    let nothing = AllocationOrder::Selected(Vec::new());
    let booking = receive(held, amount, &nothing, &[], LedgerAccount::Bank, on("2026-02-01")).unwrap();
    let tx = world.store.write().await.unwrap();
    let entry = NewEntry {
        id: world.ambient.uuid_v7().into(),
        entry: &booking.entries[0],
        debtor_id: Some(owed.debtor.id),
        movement_key: None,
        recorded_at: world.ambient.now(),
    };
    journal::insert_entries(&tx, world.creditor.id, &[entry]).await.unwrap();
    let payment = Payment {
        id: world.ambient.uuid_v7().into(),
        account_id,
        amount,
        effective_on: on("2026-02-01"),
        allocations: Vec::new(),
        unapplied: amount,
        refunded: Money::zero(amount.currency()),
    };
    let row = payment::PaymentRow {
        payment,
        debtor_id: owed.debtor.id,
        attempt_id: None,
        provider: "bank".to_owned(),
        provider_reference: "T-1".to_owned(),
        recorded_at: world.ambient.now(),
    };
    payment::insert(&tx, world.creditor.id, &row).await.unwrap();
    tx.commit().await.unwrap();
}
