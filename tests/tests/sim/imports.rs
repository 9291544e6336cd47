//! Files from the business's own books: new invoices, those that it corrects, those that were paid elsewhere, and rows that
//! are there already.

use std::fmt::Write as _;

use jiff::civil::Date;
use saldo_app::flows::import_invoices::{ImportFailure, ImportWish, Importer, Reading};
use saldo_domain::calendar::plus_days;

use crate::contact::local_day;
use crate::ground;
use crate::points::{Act, Said};
use crate::world::{World, told};

const HEADER: &str = "folio,cliente,importe,moneda,emision,vencimiento,pagado";
const COLUMNS: &str = "invoice_number=folio,debtor_reference=cliente,amount=importe,currency=moneda,issued_on=emision,\
                       due_on=vencimiento,settled_on=pagado";

/// An invoice as the business's own books have it.
#[derive(Clone)]
pub struct Line {
    number: String,
    reference: String,
    minor: i64,
    due_on: Date,
    settled_on: Option<Date>,
}

impl Line {
    fn write(&self, file: &mut String) {
        let Self { number, reference, minor, due_on, settled_on } = self;
        let settled = settled_on.map(|on| on.to_string()).unwrap_or_default();
        let issued_on = plus_days(*due_on, -30).unwrap_or(*due_on);
        let (whole, cents) = (minor / 100, minor % 100);
        let _ = writeln!(file, "{number},{reference},{whole}.{cents:02},MXN,{issued_on},{due_on},{settled}");
    }
}

/// A file of a few rows is imported.
pub fn act(world: &mut World, place: usize) -> Act {
    let app = world.nodes[place].app.clone();
    let today = local_day(app.now());
    let mut text = format!("{HEADER}\n");
    for row in 0..=world.chance.below(3) {
        let line = match world.chance.one_in(2) {
            true => change(world, today),
            false => None,
        };
        line.unwrap_or_else(|| new(world, today, row)).write(&mut text);
    }
    let creditor = world.seats[0].creditor;
    Some((
        "imports a file",
        Box::pin(async move {
            let folder = ground::folder();
            let path = folder.path().join("facturas.csv");
            std::fs::write(&path, text).expect("room for a file");
            let reading = Reading { map: Some(COLUMNS.to_owned()), decimal_mark: Some('.'), ..Reading::default() };
            let wish = ImportWish { path, file_name: "facturas.csv".to_owned(), import_id: None, reading };
            Said::new(match Importer::of(&app).import(creditor, &wish, &|_| ()).await {
                Ok(report) => format!("{:?}, {:?}", report.ending, report.counts),
                Err(ImportFailure::File(refusal)) => format!("refused: {refusal}"),
                Err(ImportFailure::Other(failure)) => told(&failure),
            })
        }),
    ))
}

fn new(world: &mut World, today: Date, row: u64) -> Line {
    let seat = world.chance.place(world.seats.len()).expect("somebody owes");
    let days = i32::try_from(world.chance.between(-15, 25)).unwrap_or(0);
    let line = Line {
        number: format!("I-{}-{row}", world.number),
        reference: world.seats[seat].reference.clone(),
        minor: world.chance.between(100, 90_000),
        due_on: plus_days(today, days).unwrap_or(today),
        settled_on: None,
    };
    world.lines.push(line.clone());
    line
}

/// What the books say otherwise of an invoice now; sometimes the same as before.
fn change(world: &mut World, today: Date) -> Option<Line> {
    let place = world.chance.place(world.lines.len())?;
    let line = &mut world.lines[place];
    match world.chance.below(5) {
        0 => line.minor = (line.minor / 2).max(1),
        1 => line.minor += 1_000,
        2 => line.due_on = plus_days(line.due_on, 7).unwrap_or(line.due_on),
        3 => line.settled_on = Some(today),
        _ => {}
    }
    Some(line.clone())
}
