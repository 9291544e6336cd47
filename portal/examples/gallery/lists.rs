use crate::Gallery;
use saldo_app::lists::{Asked, DEBTORS, Frame, INVOICES, Listing};
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_portal::Chrome;
use saldo_portal::pages::console::{Cell, Column, ListView, Section, Tint};

fn mxn(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

pub fn write(gallery: &mut Gallery, chrome: &Chrome) {
    let names = [
        "Mariana López Hernández",
        "Panificadora San Judas Tadeo, S. A. de C. V.",
        "Abarrotes El Sol",
        "Hotel Miramar",
    ];
    let rows = names.iter().enumerate().map(|(place, name)| {
        let owed = if place == 3 { Vec::new() } else { vec![mxn(1_248_050), Money::new(35_000, Currency::USD)] };
        let head = Cell::Head {
            href: "/console/debtors/1".to_owned(),
            text: (*name).to_owned(),
            note: Some(format!("C-{}", 2048 + place)),
        };
        let email = if place == 2 { "" } else { "contacto@ejemplo.com" };
        vec![
            head,
            Cell::Text(email.to_owned()),
            Cell::Amounts(owed.clone()),
            Cell::Amounts(owed[..owed.len() / 2].to_vec()),
        ]
    });
    gallery.add("console-debtors", &list(DEBTORS, "", rows.collect()), chrome);
    gallery.add("console-debtors-none", &list(DEBTORS, "zzz", Vec::new()), chrome);
    let rows = (0..12).map(|place| {
        let head = Cell::Head {
            href: "/console/debtors/1".to_owned(),
            text: format!("FAC-{}", 10_240 + place),
            note: Some(names[place % names.len()].to_owned()),
        };
        let day = Cell::Day("2026-11-22".parse().expect("a date"));
        let amount = Cell::Amounts(vec![mxn(1_248_050)]);
        let state = if place % 3 == 0 { (Tint::Careful, "Vencido") } else { (Tint::Plain, "Abierta") };
        vec![head, day.clone(), day, amount.clone(), amount, Cell::State(state.0, state.1.to_owned())]
    });
    gallery.add("console-invoices", &list(INVOICES, "", rows.collect()), chrome);
}

/// A page of a list with made-up columns where the real ones are of no matter.
pub fn list(listing: &'static Listing, search: &str, rows: Vec<Vec<Cell>>) -> ListView {
    let asked = Asked { search: Some(search.to_owned()), ..Asked::default() };
    let frame = Frame { today: "2026-11-22".parse().expect("a date"), limit: 50 };
    let columns = match listing.name {
        "debtors" => vec![
            Column::new("Deudor".to_owned()).by("name").noted("Referencia".to_owned()),
            Column::new("Correo".to_owned()).wide(),
            Column::of_amounts("Saldo".to_owned()),
            Column::of_amounts("Vencido".to_owned()),
        ],
        _ => vec![
            Column::new("Número de factura".to_owned()).by("number").noted("Deudor".to_owned()),
            Column::new("Fecha de emisión".to_owned()).by("issued").wide(),
            Column::new("Fecha de vencimiento".to_owned()).by("due").wide(),
            Column::of_amounts("Monto".to_owned()).by("amount").wide(),
            Column::of_amounts("Saldo".to_owned()),
            Column::new("Estado".to_owned()),
        ],
    };
    ListView {
        section: if listing.name == "debtors" { Section::Debtors } else { Section::Invoices },
        title: if listing.name == "debtors" { "Deudores" } else { "Facturas" }.to_owned(),
        nothing: "Todavía no hay ninguno.".to_owned(),
        listing,
        wanted: listing.wanted(&asked, frame).0,
        columns,
        next: (!rows.is_empty()).then(|| "abc".to_owned()),
        rows,
    }
}
