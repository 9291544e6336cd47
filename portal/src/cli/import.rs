use super::creditor::find;
use super::{Outcome, boot};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use saldo_app::App;
use saldo_app::config::Config;
use saldo_app::flows::create_creditor;
use saldo_app::flows::import_invoices::{ImportWish, Importer, Progress, Reading};
use saldo_app::import::{Ending, ImportReport};
use saldo_domain::creditor::Creditor;
use std::path::PathBuf;

/// A CSV file of invoices.
#[derive(Args)]
pub struct Command {
    /// The file.
    file: PathBuf,
    /// The creditor's name or id; the only one where there is one.
    #[arg(long)]
    creditor: Option<String>,
    /// Columns by name: invoice_number=Folio,due_on=Vence. Guessed and remembered where absent.
    #[arg(long)]
    map: Option<String>,
    /// Only tells what would happen.
    #[arg(long)]
    preview: bool,
}

/// Imports a file, or says what is wrong with it.
pub async fn run(config: Config, command: Command) -> Outcome {
    let app = boot::app(config).await?;
    let creditor = match &command.creditor {
        Some(named) => find(&app, named).await?,
        None => only_creditor(&app).await?,
    };
    let file_name = command.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let wish = ImportWish {
        path: command.file,
        file_name,
        import_id: None,
        reading: Reading { map: command.map, ..Reading::default() },
    };
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left")?);
    let told = bar.clone();
    let tell = move |progress: Progress| {
        told.set_length(progress.rows_total);
        told.set_position(progress.rows);
    };
    let importer = Importer::of(&app);
    let report = if command.preview {
        importer.preview(creditor.id, &wish, &tell).await?
    } else {
        importer.import(creditor.id, &wish, &tell).await?
    };
    bar.finish_and_clear();
    print(&creditor, &report);
    match report.ending {
        Ending::Refused => Err(format!("{} faults: nothing was booked", report.fault_count).into()),
        _ => Ok(()),
    }
}

fn print(creditor: &Creditor, report: &ImportReport) {
    let locale = creditor.locale();
    let assumed = |assumed: bool| if assumed { " (assumed)" } else { "" };
    println!("Columns       {}", report.map_text());
    println!("Encoding      {}, separator {:?}", report.encoding.name(), report.separator);
    let detection = &report.detection;
    println!("Dates         {:?}{}", detection.date_order.value, assumed(detection.date_order.assumed));
    println!("Decimal mark  {}{}", detection.decimal_mark.value, assumed(detection.decimal_mark.assumed));
    for fault in &report.faults {
        println!("line {}, {}: {} ({})", fault.line, fault.column, fault.code, fault.shown);
    }
    for told in &report.overridden {
        println!("line {}, {}: {}; the row counts, the consent does not", told.line, told.column, told.code);
    }
    for total in &report.totals {
        let (amount, open) = (locale.money(total.amount), locale.money(total.outstanding));
        println!("{:<13} {} invoices, {amount}, of which open {open}", total.amount.currency(), total.invoices);
    }
    let counts = &report.counts;
    let told = format!(
        "{} rows: {} new, {} amended, {} settled, {} unchanged; consents of {} debtors",
        report.row_count, counts.new, counts.amended, counts.settled, counts.unchanged, counts.consents_changed
    );
    match report.ending {
        Ending::Booked => println!("Booked. {told}."),
        Ending::Unchanged => println!("Nothing to change: all of it is there already. {told}."),
        Ending::Previewed => println!("Preview: nothing was booked. {told}."),
        Ending::Refused => println!("{told}."),
    }
}

/// The creditor of an installation that has one.
///
/// # Errors
/// One sentence where there are none or several.
pub async fn only_creditor(app: &App) -> Result<Creditor, Box<dyn std::error::Error>> {
    let mut creditors = create_creditor::list(app).await?;
    match (creditors.pop(), creditors.is_empty()) {
        (Some(creditor), true) => Ok(creditor),
        (None, _) => Err("there is no creditor yet: `saldo creditor create` makes one".into()),
        (Some(_), false) => Err("there are several creditors: name one with --creditor".into()),
    }
}
