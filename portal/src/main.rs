//! `saldo`: one binary that serves everything, and the commands beside it.

mod cli;

use clap::Parser;
use std::process::ExitCode;

/// Rows and statements are many small pieces that one thread makes and another lets go: a quarter of the time went to the
/// system's allocator. SQLite's are served too.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    #[cfg(feature = "faults")]
    cli::crash::arrange();
    match cli::run(cli::Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("saldo: {error}");
            ExitCode::FAILURE
        }
    }
}
