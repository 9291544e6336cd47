use crate::harness::{Db, on_both};
use crate::world::{World, id, mxn};
use saldo_store::journal::{Difference, parity};
use sea_orm::ConnectionTrait;

async fn found(db: &Db) -> Vec<Difference> {
    let tx = db.store.read().await.unwrap();
    parity(&tx).await.unwrap().differences
}

async fn plant(db: &Db, sql: &str) {
    let raw = db.raw().await;
    raw.execute_unprepared(sql).await.unwrap();
    raw.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_difference_is_found() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let invoice_id = world.issue(&tx, "F-1", 1_000).await;
        tx.commit().await.unwrap();
        assert_eq!(found(db).await, []);

        plant(db, "UPDATE invoices SET outstanding_minor = 999").await;
        let creditor_id = world.c();
        let invoice = Difference::Invoice { creditor_id, invoice_id, kept: mxn(999), booked: mxn(1_000) };
        assert_eq!(found(db).await, [invoice]);
        plant(db, "UPDATE invoices SET outstanding_minor = 1000").await;

        plant(db, "UPDATE accounts SET unapplied_minor = 5").await;
        let account_id = world.account_id;
        let credit = Difference::Credit { creditor_id, account_id, kept: mxn(5), booked: mxn(0) };
        assert_eq!(found(db).await, [credit]);
        plant(db, "UPDATE accounts SET unapplied_minor = 0").await;
        assert_eq!(found(db).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leg_without_its_counterpart_is_found() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let invoice_id = world.issue(&tx, "F-1", 1_000).await;
        tx.commit().await.unwrap();
        let (creditor_id, account_id) = (world.c(), world.account_id);
        plant(
            db,
            &format!(
                "INSERT INTO journal_lines (creditor_id, entry_id, line_number, ledger_account, side, amount_minor, \
                 currency, account_id, invoice_id) SELECT creditor_id, entry_id, 3, 'receivable', 'debit', 70, currency, \
                 account_id, invoice_id FROM journal_lines WHERE line_number = 1 AND creditor_id = {}",
                db.id_literal(creditor_id.0)
            ),
        )
        .await;
        let expected = [
            Difference::Unbalanced { creditor_id, sum: mxn(70) },
            Difference::Invoice { creditor_id, invoice_id, kept: mxn(1_000), booked: mxn(1_070) },
            Difference::Effect { creditor_id, account_id, kept: mxn(1_000), booked: mxn(1_070) },
        ];
        assert_eq!(found(db).await, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_an_invoice_that_is_not_there_are_found() {
    on_both(async |db| {
        let world = World::new(db).await;
        let missing = id();
        let entry = saldo_domain::ledger::JournalEntry::issue(
            world.account_id,
            missing,
            mxn(40),
            crate::world::on("2026-02-01"),
        );
        let tx = db.store.write().await.unwrap();
        world.book(&tx, &entry.unwrap(), None).await.unwrap();
        tx.commit().await.unwrap();
        let expected =
            Difference::Invoice { creditor_id: world.c(), invoice_id: missing, kept: mxn(0), booked: mxn(40) };
        assert_eq!(found(db).await, [expected]);
    })
    .await;
}
