//! Bad rows are named, all of them, and nothing of their file is booked.

use crate::harness::on_both;
use saldo_app::import::Ending;
use saldo_domain::import::fault::code;
use std::fmt::Write;

#[tokio::test]
async fn bad_rows_are_named_by_line_column_and_reason() {
    let text = "Folio,Cliente,Vence,Importe,Moneda,Concepto\n\
        1,Ana,2026-02-02,10.00,MXN,\"dos\nlíneas\"\n\
        2,Ana,pronto,10.00,MXN,\n\
        3,Ana,2026-02-02,-10.00,MXN,\n\
        1,Ana,2026-02-02,10.00,MXN,\n\
        \n\
        4,Ana,2026-02-02,100.50,CLP,\n\
        5,Ana,2026-02-02,10.00,MXN,tarjeta 4242-4242-4242-4242\n\
        6,Ana,2026-02-02,,MXN,\n";
    on_both(async |world| {
        let report = world.import(text).await;
        assert_eq!((report.ending, report.fault_count, report.row_count), (Ending::Refused, 6, 7));
        let told: Vec<(u64, &str, &str, &str)> = report
            .faults
            .iter()
            .map(|fault| (fault.line, fault.column.as_str(), fault.code, fault.shown.as_str()))
            .collect();
        let expected = [
            (4, "Vence", code::DATE_UNKNOWN, "pronto"),
            (5, "Importe", code::AMOUNT_NEGATIVE, "-10.00"),
            (6, "Folio", code::NUMBER_DUPLICATE, "1"),
            (8, "Importe", code::TOO_MANY_DECIMALS, "100.50"),
            (9, "Concepto", code::CARD_NUMBER_IN_TEXT, "••••"),
            (10, "Importe", code::VALUE_MISSING, ""),
        ];
        assert_eq!(told, expected);
        assert_eq!(world.journal().await.len(), 0);
        assert_eq!(world.find("1").await, None);
    })
    .await;
}

#[tokio::test]
async fn a_number_repeated_far_down_is_found() {
    on_both(async |world| {
        let mut text = "Folio,Cliente,Vence,Importe\n".to_owned();
        for number in 0..1_200 {
            writeln!(text, "F-{number},C-{},2026-02-02,10.00", number % 7).unwrap();
        }
        let good = text.clone();
        text.push_str("F-3,C-3,2026-02-02,10.00\n");
        let report = world.import(&text).await;
        assert_eq!((report.ending, report.fault_count, report.faults[0].line), (Ending::Refused, 1, 1_202));
        assert_eq!(world.import(&good).await.counts.new, 1_200);
        let again = world.import(&text).await;
        assert_eq!((again.ending, again.faults[0].line), (Ending::Refused, 1_202), "also where it was there before");
    })
    .await;
}

#[tokio::test]
async fn a_thousand_faults_are_told_and_all_are_counted() {
    on_both(async |world| {
        let rows: String = (0..1_500).map(|number| format!("F-{number},Ana,2026-02-02,nada\n")).collect();
        let report = world.import(&format!("Folio,Cliente,Vence,Importe\n{rows}")).await;
        assert_eq!((report.faults.len(), report.fault_count), (1_000, 1_500));
        assert!(report.faults.is_sorted_by_key(|fault| fault.line));
    })
    .await;
}
