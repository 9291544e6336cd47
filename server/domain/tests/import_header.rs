//! Which column is what, as creditors name their columns.

use saldo_domain::import::{Field, ImportRefusal, Mapping, guess_mapping, header_fingerprint};
use std::collections::HashMap;

#[test]
fn names_in_three_languages_are_understood() {
    let table = [
        ("Factura", Field::InvoiceNumber),
        ("No. de factura", Field::InvoiceNumber),
        ("N° Factura", Field::InvoiceNumber),
        ("NÚMERO DE FACTURA", Field::InvoiceNumber),
        ("# factura", Field::InvoiceNumber),
        ("invoiceNumber", Field::InvoiceNumber),
        ("invoice_no", Field::InvoiceNumber),
        ("Folio", Field::InvoiceNumber),
        ("Nota Fiscal", Field::InvoiceNumber),
        ("Nº da Nota Fiscal", Field::InvoiceNumber),
        ("numerofactura", Field::InvoiceNumber),
        ("customerID", Field::DebtorReference),
        ("CustomerId", Field::DebtorReference),
        ("Cód. Cliente", Field::DebtorReference),
        ("Código do cliente", Field::DebtorReference),
        ("ID Cliente", Field::DebtorReference),
        ("RFC", Field::DebtorReference),
        ("CPF/CNPJ", Field::DebtorReference),
        ("Cliente", Field::DebtorName),
        ("Razón social", Field::DebtorName),
        ("Nome do cliente", Field::DebtorName),
        ("Correo electrónico", Field::Email),
        ("E-mail", Field::Email),
        ("correo", Field::Email),
        ("Teléfono", Field::Phone),
        ("Celular", Field::Phone),
        ("Idioma", Field::Language),
        ("countryCode", Field::Country),
        ("País", Field::Country),
        ("Zona horaria", Field::Zone),
        ("InvoiceDate", Field::IssuedOn),
        ("Fecha de emisión", Field::IssuedOn),
        ("FECHA EMISION", Field::IssuedOn),
        ("fechaemision", Field::IssuedOn),
        ("Data de emissão", Field::IssuedOn),
        ("Fecha", Field::IssuedOn),
        ("DueDate", Field::DueOn),
        ("due_date", Field::DueOn),
        ("Vencimiento", Field::DueOn),
        ("Fec. Venc.", Field::DueOn),
        ("Vence", Field::DueOn),
        ("Data de vencimento", Field::DueOn),
        ("InvoiceAmount", Field::Amount),
        ("Monto", Field::Amount),
        ("Importe total", Field::Amount),
        ("Valor", Field::Amount),
        ("Valor da nota fiscal", Field::Amount),
        ("Saldo", Field::Amount),
        ("Moneda", Field::Currency),
        ("Moeda", Field::Currency),
        ("SettledDate", Field::SettledOn),
        ("Fecha de pago", Field::SettledOn),
        ("Data do pagamento", Field::SettledOn),
        ("Disputed", Field::Disputed),
        ("En disputa", Field::Disputed),
        ("Situação", Field::Status),
        ("Concepto", Field::Description),
        ("Descrição", Field::Description),
        ("PaperlessDate", Field::Ignore),
        ("DaysLate", Field::Ignore),
        ("", Field::Ignore),
    ];
    for (name, field) in table {
        assert_eq!(guess_mapping(&[name]).columns(), [field], "{name}");
    }
}

#[test]
fn the_real_header_needs_no_mapping() {
    let header = [
        "countryCode",
        "customerID",
        "PaperlessDate",
        "invoiceNumber",
        "InvoiceDate",
        "DueDate",
        "InvoiceAmount",
        "Disputed",
        "SettledDate",
        "PaperlessBill",
        "DaysToSettle",
        "DaysLate",
    ];
    let mapping = guess_mapping(&header).checked().unwrap();
    let expected = [
        Field::Country,
        Field::DebtorReference,
        Field::Ignore,
        Field::InvoiceNumber,
        Field::IssuedOn,
        Field::DueOn,
        Field::Amount,
        Field::Disputed,
        Field::SettledOn,
        Field::Ignore,
        Field::Ignore,
        Field::Ignore,
    ];
    assert_eq!(mapping.columns(), expected);
}

#[test]
fn the_surest_name_wins_and_each_field_is_taken_once() {
    let header =
        ["Total", "Monto", "Saldo", "Cliente", "Nombre del cliente", "RFC", "Factura", "Vence", "Importe total"];
    let columns = guess_mapping(&header).columns().to_vec();
    assert_eq!(columns[8], Field::Amount, "the more exact name");
    assert_eq!(columns[2], Field::Outstanding, "beside an amount, what is open is not the amount");
    assert_eq!(columns[4], Field::DebtorName);
    for field in Field::ALL.into_iter().filter(|field| *field != Field::Ignore) {
        assert!(columns.iter().filter(|column| **column == field).count() <= 1, "{field}");
    }
}

#[test]
fn what_is_missing_or_doubled_is_refused() {
    let missing = guess_mapping(&["Cliente", "Monto"]).checked().unwrap_err();
    assert_eq!(missing, ImportRefusal::ColumnsMissing { fields: vec![Field::InvoiceNumber, Field::DueOn] });
    assert_eq!(missing.code(), "columns_missing");
    let twice = Mapping::try_new(vec![Field::Amount, Field::Amount]).unwrap_err();
    assert_eq!(twice, ImportRefusal::FieldTwice { field: Field::Amount });
}

#[test]
fn a_person_may_say_otherwise() {
    let header = ["Folio", "Id", "Vence", "Monto", "Neto, sin IVA"];
    let guessed = guess_mapping(&header);
    let table = [
        ("debtor_reference=Id", Ok((1, Field::DebtorReference))),
        (" debtor_reference = id ", Ok((1, Field::DebtorReference))),
        ("amount=#5", Ok((4, Field::Amount))),
        ("ignore=Monto", Ok((3, Field::Ignore))),
        ("due_on=", Ok((2, Field::Ignore))),
        ("colour=Id", Err("field_unknown")),
        ("amount=Precio", Err("column_unknown")),
        ("amount=#6", Err("column_unknown")),
        ("amount=#0", Err("column_unknown")),
        ("amount", Err("column_unknown")),
    ];
    for (text, expected) in table {
        let mapped = guessed.clone().with_overrides(&header, text);
        match (mapped, expected) {
            (Ok(mapping), Ok((column, field))) => assert_eq!(mapping.columns()[column], field, "{text}"),
            (Err(refusal), Err(code)) => assert_eq!(refusal.code(), code, "{text}"),
            (mapped, _) => panic!("{text}: {mapped:?}"),
        }
    }
    let moved = guessed.with_overrides(&header, "amount=#5,debtor_reference=Id").unwrap();
    assert_eq!(moved.columns()[3], Field::Ignore, "the field leaves its old column");
    assert!(moved.checked().is_ok());
}

#[test]
fn a_mapping_survives_being_remembered() {
    let mapping = guess_mapping(&["Folio", "RFC", "Vence", "Monto", "Otro"]);
    let text = serde_json::to_string(&mapping).unwrap();
    assert_eq!(text, r#"["invoice_number","debtor_reference","due_on","amount","ignore"]"#);
    assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
}

#[test]
fn a_fingerprint_knows_a_header_again() {
    let own = header_fingerprint(&["Folio", "Vence", "Monto"]);
    assert_eq!(own.len(), 32);
    assert_eq!(own, header_fingerprint(&[" FOLIO ", "vence", "Monto"]), "case and spaces do not count");
    assert_ne!(own, header_fingerprint(&["Vence", "Folio", "Monto"]), "the order does");
    assert_ne!(own, header_fingerprint(&["Folio", "Vence", "Monto", ""]), "the count does");
    assert_ne!(header_fingerprint(&["ab", "c"]), header_fingerprint(&["a", "bc"]));
}

#[test]
fn no_name_stands_for_two_fields() {
    let mut seen: HashMap<&str, Field> = HashMap::new();
    for name in
        ["Saldo", "Total", "Fecha", "Data", "Valor", "Cliente", "Documento", "Estado", "Código", "Nombre", "Referencia"]
    {
        let named: Vec<Field> =
            Field::ALL.into_iter().filter(|field| saldo_domain::import::header::rank(name, *field).is_some()).collect();
        assert!(named.len() <= 1, "{name}: {named:?}");
        if let Some(field) = named.first() {
            assert_eq!(seen.insert(name, *field), None);
        }
    }
}

#[test]
fn a_customer_column_beside_a_column_of_names_is_the_key() {
    let table: [(&[&str], [Field; 2]); 3] = [
        (&["cliente", "nombre"], [Field::DebtorReference, Field::DebtorName]),
        (&["Razón social", "Nombre"], [Field::DebtorName, Field::Ignore]),
        (&["Cliente", "RFC"], [Field::DebtorName, Field::DebtorReference]),
    ];
    for (header, fields) in table {
        assert_eq!(guess_mapping(header).columns(), fields, "{header:?}");
    }
}
