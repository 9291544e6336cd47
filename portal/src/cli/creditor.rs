use super::{Outcome, boot};
use clap::Subcommand;
use saldo_app::App;
use saldo_app::config::Config;
use saldo_app::flows::create_creditor::{self, CreateCreditor};
use saldo_app::flows::{api_key, console_session, update_creditor};
use saldo_contract::creditor::UpdateCreditor;
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::ApiKeyId;
use std::path::PathBuf;

/// What can be done with creditors.
#[derive(Subcommand)]
pub enum Command {
    /// Makes a creditor with an API key and a sign-in link for its console.
    Create {
        /// The name that debtors know.
        #[arg(long)]
        name: String,
        /// Two letters of ISO 3166: MX, CO, PE, CL, BR …
        #[arg(long)]
        country: String,
        /// A zone of the tz database: America/Mexico_City.
        #[arg(long)]
        zone: String,
        /// Three letters of ISO 4217.
        #[arg(long)]
        currency: String,
        /// es, en or pt.
        #[arg(long, default_value = "es")]
        language: String,
        /// Where debtors' answers to mail go.
        #[arg(long)]
        reply_to: Option<String>,
        /// The brand's colour, #rrggbb.
        #[arg(long, default_value = "#1f5f4a")]
        colour: String,
    },
    /// Lists creditors.
    List,
    /// Makes an API key. It is shown once.
    Key {
        /// Name or id.
        #[arg(long)]
        creditor: String,
        /// What it is for.
        #[arg(long, default_value = "cli")]
        label: String,
        /// What it may do.
        #[arg(long, value_delimiter = ',', default_value = "read,write,import,links,refunds,terms,adjust")]
        scopes: Vec<String>,
    },
    /// Lists API keys, or withdraws one.
    Keys {
        /// Name or id.
        #[arg(long)]
        creditor: String,
        /// Withdraws this one.
        #[arg(long, value_name = "ID")]
        revoke: Option<ApiKeyId>,
    },
    /// Prints a one-time sign-in link for the console.
    Console {
        /// Name or id.
        #[arg(long)]
        creditor: String,
    },
    /// Sets how a creditor looks on the portal and in mail.
    Brand {
        /// Name or id.
        #[arg(long)]
        creditor: String,
        /// #rrggbb.
        #[arg(long)]
        colour: Option<String>,
        /// A PNG, JPEG or WebP of at most 64 KiB.
        #[arg(long, value_name = "FILE")]
        logo: Option<PathBuf>,
    },
    /// Sets the sites on which widgets of a creditor work.
    Origins {
        /// Name or id.
        #[arg(long)]
        creditor: String,
        /// https://shop.example, several separated by commas.
        #[arg(long, value_delimiter = ',')]
        origins: Vec<String>,
    },
}

/// Runs a command on creditors.
pub async fn run(config: Config, command: Command) -> Outcome {
    let app = boot::app(config).await?;
    match command {
        Command::Create { name, country, zone, currency, language, reply_to, colour } => {
            let wish = CreateCreditor { name, country, zone, language, currency, reply_to, colour };
            let creditor = create_creditor::create(&app, wish).await?;
            let scopes: Vec<String> = api_key::SCOPES.iter().map(ToString::to_string).collect();
            let key = api_key::create(&app, creditor.id, "first", &scopes).await?;
            println!("Creditor   {} ({})", creditor.name, creditor.id);
            println!("API key    {key}   (shown once)");
            println!("Webhook    {}", webhook(&app, &creditor));
            println!(
                "Console    {}   (works once, for an hour)",
                console_session::create_link(&app, creditor.id).await?
            );
        }
        Command::List => {
            for creditor in create_creditor::list(&app).await? {
                println!("{}  {}  {}", creditor.id, creditor.currency, creditor.name);
            }
        }
        Command::Key { creditor, label, scopes } => {
            let creditor = find(&app, &creditor).await?;
            println!("{}", api_key::create(&app, creditor.id, &label, &scopes).await?);
        }
        Command::Keys { creditor, revoke } => {
            let creditor = find(&app, &creditor).await?;
            if let Some(id) = revoke {
                api_key::revoke(&app, creditor.id, id).await?;
            }
            for key in api_key::list(&app, creditor.id).await? {
                let state = if key.revoked_at.is_some() { "withdrawn" } else { "in force" };
                println!("{}  {state}  {}  {}", key.id, key.label, key.scopes.join(","));
            }
        }
        Command::Console { creditor } => {
            let creditor = find(&app, &creditor).await?;
            println!("{}", console_session::create_link(&app, creditor.id).await?);
        }
        Command::Brand { creditor, colour, logo } => {
            let creditor = find(&app, &creditor).await?;
            if let Some(file) = logo {
                update_creditor::set_logo(&app, creditor.id, &std::fs::read(file)?).await?;
            }
            let wish = UpdateCreditor { brand_colour: colour, ..UpdateCreditor::default() };
            update_creditor::update(&app, creditor.id, wish).await?;
        }
        Command::Origins { creditor, origins } => {
            let creditor = find(&app, &creditor).await?;
            let wish = UpdateCreditor { widget_origins: Some(origins), ..UpdateCreditor::default() };
            update_creditor::update(&app, creditor.id, wish).await?;
        }
    }
    Ok(())
}

fn webhook(app: &App, creditor: &Creditor) -> String {
    app.url(&format!("/v1/webhooks/{}/{}", app.provider().name(), creditor.id))
}

/// A creditor by id or by its whole name.
///
/// # Errors
/// One sentence where there is none.
pub async fn find(app: &App, named: &str) -> Result<Creditor, Box<dyn std::error::Error>> {
    let creditors = create_creditor::list(app).await?;
    let found = creditors.into_iter().find(|creditor| creditor.id.to_string() == named || creditor.name == named);
    found.ok_or_else(|| format!("there is no creditor {named}; `saldo creditor list` shows them").into())
}
