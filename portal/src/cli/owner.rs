use super::creditor::find;
use super::{Outcome, boot};
use clap::Subcommand;
use saldo_app::config::Config;
use saldo_app::flows::manage_members;

/// What can be done with owners.
#[derive(Subcommand)]
pub enum Command {
    /// Makes an owner and prints the one-time link by which it chooses a password and one-time codes.
    Create {
        /// Name or id.
        #[arg(long)]
        creditor: String,
        /// Where the owner signs in with.
        #[arg(long)]
        email: String,
        /// What colleagues call it; the e-mail address's first part unless told.
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Takes password and one-time codes off a member who lost them, and prints the link to choose them anew.
    Reset {
        /// Name or id.
        #[arg(long)]
        creditor: String,
        /// Where the member signs in with.
        #[arg(long)]
        email: String,
    },
}

/// Runs a command on owners.
pub async fn run(config: Config, command: Command) -> Outcome {
    let app = boot::app(config).await?;
    let link = match command {
        Command::Create { creditor, email, name } => {
            let creditor = find(&app, &creditor).await?;
            manage_members::create_owner(&app, creditor.id, &email, &name).await?
        }
        Command::Reset { creditor, email } => {
            let creditor = find(&app, &creditor).await?;
            manage_members::reset_owner(&app, creditor.id, &email).await?
        }
    };
    println!("{link}");
    Ok(())
}
