//! What is found out about a file, what a person says instead, and what is remembered.

use crate::harness::on_both;
use saldo_app::flows::import_invoices::{ImportFailure, Progress, Reading};
use saldo_app::import::Ending;
use saldo_domain::import::{DateOrder, Field, ImportRefusal};
use std::sync::Mutex;

fn refusal<T>(result: Result<T, ImportFailure>) -> ImportRefusal {
    match result {
        Err(ImportFailure::File(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn a_mapping_that_a_person_names_is_remembered_for_such_files() {
    on_both(async |world| {
        let file = |number| format!("Clave única,Quién,Tope,Cuánto\n{number},Ana,2026-02-02,10.00\n");
        let guessed = refusal(world.try_import(&file(1), Reading::default()).await);
        let fields = vec![Field::InvoiceNumber, Field::DebtorReference, Field::DueOn, Field::Amount];
        assert_eq!(guessed, ImportRefusal::ColumnsMissing { fields });
        let map = "invoice_number=Clave única,debtor_name=Quién,due_on=Tope,amount=#4".to_owned();
        let said = Reading { map: Some(map), ..Reading::default() };
        let report = world.try_import(&file(1), said).await.unwrap();
        let as_text = "invoice_number=Clave única,debtor_name=Quién,due_on=Tope,amount=Cuánto";
        assert_eq!((report.ending, report.map_text().as_str()), (Ending::Booked, as_text));
        let next = world.import(&file(2)).await;
        assert_eq!((next.ending, next.remembered), (Ending::Booked, true));
    })
    .await;
}

#[tokio::test]
async fn what_is_assumed_is_said_and_may_be_said_otherwise() {
    on_both(async |world| {
        let text = "Folio,Cliente,Vence,Importe\n1,Ana,03/04/2026,1.234\n";
        let looked = world.inspect(text, Reading::default()).await.unwrap();
        assert_eq!((looked.detection.date_order.value, looked.detection.date_order.assumed), (DateOrder::Dmy, true));
        assert_eq!((looked.detection.decimal_mark.value, looked.detection.decimal_mark.assumed), ('.', true));
        assert_eq!((looked.row_count, looked.samples.len(), looked.problem), (1, 1, None));
        let said = Reading { date_order: Some(DateOrder::Mdy), decimal_mark: Some(','), ..Reading::default() };
        let report = world.try_import(text, said).await.unwrap();
        assert_eq!(report.ending, Ending::Booked);
        let invoice = world.invoice("1").await;
        assert_eq!((invoice.due_on.to_string().as_str(), invoice.amount.minor()), ("2026-03-04", 123_400));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_two_kinds_of_dates_is_refused_with_both_lines() {
    on_both(async |world| {
        let text = "Folio,Cliente,Vence,Importe\n1,Ana,31/01/2026,1\n2,Ana,01/31/2026,1\n";
        let mixed = ImportRefusal::DatesMixed { day_first: 2, month_first: 3 };
        assert_eq!(refusal(world.try_import(text, Reading::default()).await), mixed);
        let looked = world.inspect(text, Reading::default()).await.unwrap();
        assert_eq!(looked.problem, Some(mixed));
    })
    .await;
}

#[tokio::test]
async fn progress_is_told_up_to_the_end() {
    on_both(async |world| {
        let rows: String = (0..1_100).map(|number| format!("{number},Ana,2026-02-02,1\n")).collect();
        let wish = world.wish(format!("Folio,Cliente,Vence,Importe\n{rows}").as_bytes(), Reading::default());
        let told: Mutex<Vec<Progress>> = Mutex::new(Vec::new());
        world
            .importer()
            .import(world.creditor.id, &wish, &|progress| told.lock().unwrap().push(progress))
            .await
            .unwrap();
        let told = told.into_inner().unwrap();
        assert_eq!(told.iter().map(|progress| progress.rows).collect::<Vec<_>>(), [500, 1_000, 1_100]);
        assert!(told.is_sorted_by_key(|progress| progress.bytes_read));
        let last = told.last().unwrap();
        assert_eq!((last.bytes_read, last.rows), (last.bytes_total, last.rows_total));
    })
    .await;
}
