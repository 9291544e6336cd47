//! A small business's books, made by hand, with dates around the day on which they are loaded.

use saldo_contract::debtor::PutDebtor;
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, plus_days};
use std::fmt::Write;

/// Who owes the demo business.
pub fn debtors() -> Vec<PutDebtor> {
    let debtor = |reference: &str, name: &str, email: &str, language: &str, country: &str, zone: &str| PutDebtor {
        reference: reference.to_owned(),
        name: name.to_owned(),
        email: Some(email.to_owned()),
        phone: None,
        postal_address: None,
        language: Some(language.to_owned()),
        country: Some(country.to_owned()),
        time_zone: Some(zone.to_owned()),
        tags: None,
    };
    vec![
        debtor("C-1001", "María López Hernández", "maria.lopez@correo.example", "es", "MX", "America/Mexico_City"),
        debtor("C-1002", "Constructora Andina SpA", "pagos@andina.example", "es", "CL", "America/Santiago"),
        debtor("C-1003", "João Pereira da Silva", "joao.pereira@correio.example", "pt", "BR", "America/Sao_Paulo"),
        debtor("C-1004", "Riverside Homes LLC", "ap@riverside.example", "en", "US", "America/Chicago"),
        debtor("C-1005", "Taller Mecánico El Roble", "contacto@elroble.example", "es", "MX", "America/Monterrey"),
    ]
}

/// Reference, number, days from today to issue and to due, amount, currency, what for, days from today to settlement.
type Row = (&'static str, &'static str, i32, i32, &'static str, &'static str, &'static str, Option<i32>);

const ROWS: [Row; 13] = [
    ("C-1001", "A-2041", -52, -22, "1840.00", "MXN", "Cemento gris, 40 bultos", None),
    ("C-1001", "A-2077", -33, -3, "642.50", "MXN", "Varilla de 3/8, 120 piezas", None),
    ("C-1001", "A-2103", -4, 26, "2310.75", "MXN", "Pintura vinílica blanca, 19 litros", None),
    ("C-1001", "A-1990", -95, -65, "1125.00", "MXN", "Herramienta menor", Some(-70)),
    ("C-1002", "E-0311", -40, -10, "485000", "CLP", "Perfiles de acero galvanizado", None),
    ("C-1002", "E-0319", -20, 10, "129900", "CLP", "Tornillería de alta resistencia", None),
    ("C-1003", "E-0322", -37, -7, "1250.90", "BRL", "Conexões de PVC", None),
    ("C-1003", "E-0330", -9, 21, "389.00", "BRL", "Adesivos e selantes", None),
    ("C-1004", "E-0340", -25, 5, "980.00", "USD", "Roof coating, 10 buckets", None),
    ("C-1004", "E-0301", -80, -50, "412.35", "USD", "Hand tools", Some(-45)),
    ("C-1005", "A-2055", -130, -100, "3999.99", "MXN", "Compresor de aire", None),
    ("C-1005", "A-2060", -75, -45, "715.00", "MXN", "Juego de brocas", None),
    ("C-1005", "A-2099", -30, 0, "260.00", "MXN", "Guantes y lentes de seguridad", None),
];

/// The invoices as a file that the import reads like any other.
///
/// # Errors
/// `date_out_of_range` at the end of the calendar.
pub fn invoices(today: Date) -> Result<String, Refusal> {
    let mut file = String::from("clave cliente,factura,emisión,vencimiento,monto,moneda,concepto,pagada\n");
    for (reference, number, issued, due, amount, currency, description, settled) in ROWS {
        let settled = settled.map(|days| plus_days(today, days)).transpose()?;
        let settled = settled.map_or_else(String::new, |date| date.to_string());
        let (issued_on, due_on) = (plus_days(today, issued)?, plus_days(today, due)?);
        let _ =
            writeln!(file, "{reference},{number},{issued_on},{due_on},{amount},{currency},\"{description}\",{settled}");
    }
    Ok(file)
}
