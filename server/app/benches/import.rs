//! How fast a file of 100,000 invoices imports, and whether memory grows with the file.
//!
//! `cargo bench -p saldo-app --bench import`
//!
//! Each size runs in a process of its own on a fresh SQLite database (or on the empty database that `SALDO_BENCH_DATABASE_URL`
//! names), with 5,000 debtors and every third invoice settled. Linux only: figures come from `/proc`.

use saldo_app::ambient::Ambient;
use saldo_app::flows::import_invoices::{ImportWish, Importer, Reading};
use saldo_app::import::{Ending, FileLimits};
use saldo_domain::calendar::Zone;
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::currency::Currency;
use saldo_domain::ids::CreditorId;
use saldo_domain::locale::Language;
use saldo_store::{Store, StoreOptions, creditor};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

const SIZES: [u64; 2] = [10_000, 100_000];
/// The kernel counts processor time in hundredths of a second on every Linux that Rust runs on.
const MILLIS_PER_TICK: u64 = 10;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--rows") {
        let rows = arguments[at + 1].parse().expect("a count of rows");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
        return runtime.block_on(measure(rows, Path::new(&arguments[at + 2])));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let peaks: Vec<u64> = SIZES.into_iter().map(|rows| in_a_process_of_its_own(rows, folder.path())).collect();
    println!("peak memory, {} to {} rows: {:+} KiB", SIZES[0], SIZES[1], signed(peaks[1]) - signed(peaks[0]));
}

fn signed(kib: u64) -> i64 {
    i64::try_from(kib).expect("memory fits")
}

fn in_a_process_of_its_own(rows: u64, folder: &Path) -> u64 {
    let own = folder.join(rows.to_string());
    fs::create_dir(&own).expect("a folder");
    write_file(rows, &own.join("invoices.csv")).expect("the file is written");
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args(["--rows", &rows.to_string()]).arg(&own).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let figure = |name: &str| -> u64 {
        let found = text.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        found.expect("the figure is there").parse().expect("a figure")
    };
    let (cpu, peak) = (figure("cpu_ms").max(1), figure("peak_kib"));
    println!("{rows} rows: {cpu} ms of processor time, {} rows/s, peak {peak} KiB", rows * 1_000 / cpu);
    peak
}

async fn measure(rows: u64, folder: &Path) {
    let url = std::env::var("SALDO_BENCH_DATABASE_URL")
        .unwrap_or_else(|_| format!("sqlite://{}", folder.join("saldo.db").display()));
    let store = Store::connect(&url, StoreOptions::default()).await.expect("the database opens");
    store.migrate().await.expect("migrations");
    let ambient = Ambient::system();
    let creditor = a_creditor(&ambient);
    let tx = store.write().await.expect("a transaction");
    creditor::insert(&tx, &creditor, ambient.now()).await.expect("a creditor");
    tx.commit().await.expect("commit");
    let wish = ImportWish {
        path: folder.join("invoices.csv"),
        file_name: "invoices.csv".to_owned(),
        import_id: None,
        reading: Reading::default(),
    };
    let before = cpu_ms();
    let importer = Importer::new(&store, &ambient, FileLimits::default());
    let report = importer.import(creditor.id, &wish, &|_| {}).await.expect("it imports");
    assert_eq!((report.ending, report.counts.new), (Ending::Booked, rows));
    println!("cpu_ms={} peak_kib={}", cpu_ms() - before, peak_kib());
}

fn a_creditor(ambient: &Ambient) -> Creditor {
    Creditor {
        id: CreditorId(ambient.uuid_v7()),
        name: "Distribuidora".to_owned(),
        country: "MX".to_owned(),
        zone: Zone::try_new("America/Mexico_City").expect("a zone"),
        language: Language::Es,
        currency: Currency::MXN,
        reply_to: None,
        paper: None,
        brand: Brand { colour: "#114477".to_owned(), logo: None },
    }
}

fn write_file(rows: u64, path: &Path) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "Folio,RFC,Cliente,Correo,Emisión,Vence,Importe,Fecha de pago,Concepto")?;
    for row in 0..rows {
        let (debtor, day, cents) = (row % 5_000, row % 28 + 1, row % 100);
        let settled = if row % 3 == 0 { format!("{day:02}/03/2025") } else { String::new() };
        writeln!(
            file,
            "F-{row},R{debtor:05},Cliente {debtor},c{debtor}@example.com,{day:02}/01/2025,{day:02}/02/2025,\
             \"{},{:03}.{cents:02}\",{settled},Pedido {row}",
            row % 90 + 1,
            row % 1_000
        )?;
    }
    file.flush()
}

fn cpu_ms() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    ticks * MILLIS_PER_TICK
}

fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches("kB").trim().parse().expect("a figure")
}
