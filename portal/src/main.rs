//! `saldo`: one binary that serves everything, and the commands beside it.

mod cli;

use clap::Parser;
use std::process::ExitCode;

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
