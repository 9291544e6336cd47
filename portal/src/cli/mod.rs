//! The commands. Each reads the configuration, puts the app together and calls one flow.

mod backup;
mod boot;
mod channels;
#[cfg(feature = "faults")]
pub mod crash;
mod creditor;
mod demo;
mod doctor;
mod import;
mod keys;
mod link;
mod owner;
mod serve;

use clap::{Parser, Subcommand, ValueEnum};
use saldo_app::config::Config;
use std::path::PathBuf;

/// What a command answers when it cannot do its work: one sentence.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Payment portal and reminders: what a business is owed, and how it is paid.
#[derive(Parser)]
#[command(name = "saldo", version)]
pub struct Arguments {
    /// The configuration file; `saldo.toml` beside it where there is one.
    #[arg(long, global = true, env = "SALDO_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves pages, API and jobs.
    Serve {
        /// What this process does.
        #[arg(long, value_enum, default_value_t = Role::All)]
        role: Role,
    },
    /// Serves a demo business with sample debtors (what `saldo` alone does).
    Demo,
    /// Creditors: businesses that are owed.
    #[command(subcommand)]
    Creditor(creditor::Command),
    /// Owners: who decides on a creditor's console who else comes in.
    #[command(subcommand)]
    Owner(owner::Command),
    /// Imports a CSV file of invoices.
    Import(import::Command),
    /// Makes, lists and withdraws a debtor's personal links.
    Link(link::Command),
    /// Brings the database's schema up to date.
    Migrate,
    /// Writes the books, and the keys where they are a file, into one new file, while everything goes on.
    Backup {
        /// The file; one that is there already is not overwritten.
        file: PathBuf,
    },
    /// Fills an empty database from a backup, and compares every row with it.
    Restore {
        /// The file that `saldo backup` has written.
        file: PathBuf,
    },
    /// Checks configuration, database, payments and mail, and says what to mend.
    Doctor,
}

/// A place at which a test may end this process, as a power cut would.
fn place(name: &'static str) {
    #[cfg(feature = "faults")]
    fail::fail_point!(name);
    #[cfg(not(feature = "faults"))]
    let _ = name;
}

/// What one process does.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Pages, API and jobs.
    All,
    /// Pages and API.
    Api,
    /// Jobs.
    Worker,
}

/// Runs a command.
///
/// # Errors
/// One sentence for the terminal.
pub async fn run(arguments: Arguments) -> Outcome {
    let config = load_config(arguments.config)?;
    match arguments.command.unwrap_or(Command::Demo) {
        Command::Serve { role } => serve::serve(config, role).await,
        Command::Demo => demo::demo(config).await,
        Command::Creditor(command) => creditor::run(config, command).await,
        Command::Owner(command) => owner::run(config, command).await,
        Command::Import(command) => import::run(config, command).await,
        Command::Link(command) => link::run(config, command).await,
        Command::Migrate => {
            let store = boot::connect(&config).await?;
            let applied = store.migrate().await?;
            match applied.len() {
                0 => println!("The schema is up to date."),
                _ => println!("Applied: {}.", applied.join(", ")),
            }
            Ok(())
        }
        Command::Backup { file } => backup::backup(config, file).await,
        Command::Restore { file } => backup::restore(config, file).await,
        Command::Doctor => doctor::doctor(config).await,
    }
}

fn load_config(named: Option<PathBuf>) -> Result<Config, Box<dyn std::error::Error>> {
    let usual = PathBuf::from("saldo.toml");
    let file = named.or_else(|| usual.exists().then_some(usual));
    Ok(Config::load(file.as_deref(), std::env::vars())?)
}
