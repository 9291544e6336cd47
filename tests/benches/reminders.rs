//! How many debtors are looked at for each second of processor time, how many reminders leave, and what a tick costs when
//! nobody is due.
//!
//! `cargo bench -p saldo-tests --no-default-features --features bench --bench reminders`
//!
//! Each size runs in a process of its own on a fresh SQLite database (or on the empty database that `SALDO_BENCH_DATABASE_URL`
//! names, with one size in `SALDO_BENCH_SIZES` or in `SALDO_BENCH_IDLE`, the other one empty), beside three floors in the same
//! run: the same rows written by one statement each, and the same mail handed to the same server without anything around it,
//! by lettre alone and by our channel. The mail server is a process of its own.
//! Linux only: figures come from `/proc`.

mod book;

use book::Book;
use futures::{StreamExt, stream};
use saldo_app::flows::plan_reminders;
use saldo_app::jobs;
use saldo_providers::channel::{MessageChannel, Outgoing};
use saldo_providers::doubles::smtp::{SinkConfig, SinkTls, SmtpSink};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The one that `saldo` has.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: &str = "1000,20000,200000";
/// Debtors of whom none is due.
const IDLE_SIZES: &str = "20000,1000000";
/// The kernel counts processor time in hundredths of a second on every Linux that Rust runs on.
const MILLIS_PER_TICK: u64 = 10;
/// How many reminders are handed over, of however many are planned.
const MAILS: u64 = 10_000;
/// How many mails one report of the mail server is about.
const TOLD_AT_ONCE: usize = 128;
/// Looks at the clock when nobody is due.
const IDLE_TICKS: u32 = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = || tokio::runtime::Runtime::new().expect("a runtime starts");
    if arguments.iter().any(|argument| argument == "--sink") {
        return runtime().block_on(sink());
    }
    let asked = |what: &str| {
        let at = arguments.iter().position(|argument| argument == what)?;
        Some((arguments[at + 1].parse().expect("a count"), PathBuf::from(&arguments[at + 2])))
    };
    // In a task, as a worker's jobs are: the thread that works is then the one that hears of the network.
    if let Some((count, folder)) = asked("--debtors") {
        return runtime().block_on(async move { tokio::spawn(measure(count, folder)).await.expect("it ends") });
    }
    if let Some((count, folder)) = asked("--idle") {
        return runtime().block_on(async move { tokio::spawn(idle(count, folder)).await.expect("it ends") });
    }
    for (what, variable, sizes) in
        [("--debtors", "SALDO_BENCH_SIZES", SIZES), ("--idle", "SALDO_BENCH_IDLE", IDLE_SIZES)]
    {
        let sizes = std::env::var(variable).unwrap_or_else(|_| sizes.to_owned());
        for size in sizes.split(',').filter(|size| !size.is_empty()) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let mut command = Command::new(std::env::current_exe().expect("this program"));
            let status = command.args([what, size]).arg(folder.path()).status().expect("it runs");
            assert!(status.success());
        }
    }
}

/// What a tick costs beside debtors whose time has not come.
async fn idle(count: u64, folder: PathBuf) {
    let book = Book::new(&folder, 9).await;
    book.fill_with_idle(count).await;
    jobs::tick(&book.app).await.expect("a tick");
    println!("{count} debtors of whom none is due");
    idle_ticks(&book).await;
}

async fn idle_ticks(book: &Book) {
    let (cpu, wall) = (cpu_ms(), Instant::now());
    for _ in 0..IDLE_TICKS {
        jobs::tick(&book.app).await.expect("a tick");
    }
    let (cpu, wall) = (cpu_ms() - cpu, wall.elapsed().as_micros());
    println!(
        "  idle tick: {} µs of processor time, {} µs",
        cpu * 1_000 / u64::from(IDLE_TICKS),
        wall / u128::from(IDLE_TICKS)
    );
}

/// The mail server, until its standard input ends.
async fn sink() {
    let sink = SmtpSink::start(SinkConfig { tls: SinkTls::None, credentials: None, takes_groups: true })
        .await
        .expect("a port is free");
    println!("{}", sink.port());
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().lines().count());
    let _ = ended.await;
}

async fn measure(count: u64, folder: PathBuf) {
    let mut server = Command::new(std::env::current_exe().expect("this program"))
        .arg("--sink")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("piped")).read_line(&mut line).expect("a port");
    let port = line.trim().parse().expect("a port");
    let book = Book::new(&folder, port).await;
    book.fill(count).await;
    let peak = peak_kib();

    let (cpu, wall) = (cpu_ms(), Instant::now());
    let planned = u64::try_from(plan_reminders::plan(&book.app).await.expect("it plans")).expect("a count");
    let planning = cpu_ms() - cpu;
    report("planned", planned, planning, wall);
    println!("  memory while planning: {:+} KiB", signed(peak_kib()) - signed(peak));

    idle_ticks(&book).await;
    let due = planned.min(MAILS);
    let (cpu, wall) = (cpu_ms(), Instant::now());
    let mut jobs = 0;
    while jobs * 128 < due {
        let worked = u64::try_from(jobs::run_due(&book.app).await.expect("it works")).expect("a count");
        assert!(worked > 0, "jobs are there");
        jobs += worked;
    }
    let handing = cpu_ms() - cpu;
    // Counted, since the last group of some debtors is smaller than the others.
    let told = book.sent_references().await;
    let sent = u64::try_from(told.len()).expect("a count");
    report("sent", sent, handing, wall);
    let arriving = arrive(&book, &told).await;
    let whole = planning * sent / planned.max(1) + handing + arriving;
    println!("from due to delivered: {} for each second of the processor", sent * 1_000 / whole.max(1));
    floors(&book, port, count, due).await;
    let _ = server.kill();
    let _ = server.wait();
}

/// The mail server tells that everything arrived, in groups as a forwarder of its log does.
async fn arrive(book: &Book, told: &[String]) -> u64 {
    let (cpu, wall) = (cpu_ms(), Instant::now());
    for group in told.chunks(TOLD_AT_ONCE) {
        book.tell_arrived(group).await;
        assert_eq!(jobs::run_due_of(&book.app, &["work_message_event"]).await.expect("it works"), 1);
    }
    let cpu = cpu_ms() - cpu;
    assert!(book.sent_references().await.is_empty(), "everything is delivered");
    report("delivered", u64::try_from(told.len()).expect("a count"), cpu, wall);
    cpu
}

async fn floors(book: &Book, port: u16, count: u64, due: u64) {
    let mail = Outgoing::Mail(book.a_mail());
    let (cpu, wall) = (cpu_ms(), Instant::now());
    book::lettre_alone::hand_over(port, &book.a_mail(), due).await;
    report("floor of lettre", due, cpu_ms() - cpu, wall);
    let (cpu, wall) = (cpu_ms(), Instant::now());
    let handed = stream::iter(0..due).map(|_| book.channel.hand_over(book.creditor.id, &mail)).buffered(8);
    let refused = handed.filter(|answer| std::future::ready(answer.is_err())).count().await;
    assert_eq!(refused, 0);
    report("floor of our SMTP", due, cpu_ms() - cpu, wall);
    let (cpu, wall) = (cpu_ms(), Instant::now());
    book.plan_by_statements().await;
    report("floor of SQL", count, cpu_ms() - cpu, wall);
}

fn report(what: &str, count: u64, cpu: u64, wall: Instant) {
    let wall = u64::try_from(wall.elapsed().as_millis()).expect("short").max(1);
    let cpu = cpu.max(1);
    println!(
        "{what}: {count} in {cpu} ms of processor time and {wall} ms: {} for each second of the processor",
        count * 1_000 / cpu
    );
}

fn signed(kib: u64) -> i64 {
    i64::try_from(kib).expect("memory fits")
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
