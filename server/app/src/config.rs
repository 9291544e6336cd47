//! Configuration: the documented default file, then `saldo.toml`, then the environment.

mod channels;
mod events;
mod jobs;
mod secret_text;

pub use channels::{Mail, MailSecurity, MailTransport, Sms, SmsTransport, Stored, Whatsapp, WhatsappTransport};
pub use events::Events;
pub use jobs::Jobs;
pub use secret_text::SecretText;

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file that documents every key, and is the defaults.
pub const DEFAULTS: &str = include_str!("../saldo.default.toml");

/// Everything that an installation decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where it listens and what it is called from outside.
    pub server: Server,
    /// Where the books are.
    pub database: Database,
    /// Who takes payments.
    pub payments: Payments,
    /// How mail leaves.
    pub mail: Mail,
    /// How text messages leave.
    pub sms: Sms,
    /// How messages on WhatsApp leave.
    pub whatsapp: Whatsapp,
    /// What waits here until somebody comes for it.
    pub stored: Stored,
    /// How debtors are reminded.
    pub reminders: Reminders,
    /// How this node works on jobs.
    pub jobs: Jobs,
    /// How the creditors' own programs are told of events.
    pub events: Events,
    /// How long links live.
    pub access_links: AccessLinks,
    /// How long who is signed in to the console stays so.
    pub console: Console,
    /// How much one caller may ask.
    pub limits: Limits,
}

/// Where it listens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub bind: String,
    /// How it is reached from outside, without a slash at the end; empty: `http://` and the bound address.
    pub public_url: String,
    /// For the embedded database and the keys.
    pub data_dir: PathBuf,
    /// `test` or `production`.
    pub mode: ServerMode,
    /// Whether the proxy's `X-Forwarded-For` names the caller.
    pub trust_proxy: bool,
    /// Test mode only: so many seconds the clock is ahead, or behind where they are negative.
    pub test_clock_ahead_seconds: i64,
}

/// Whether real money may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServerMode {
    /// The sandbox takes payments; every page says so.
    Test,
    /// Real keys are required.
    Production,
}

/// Where the books are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `postgres://…` or `sqlite://…`; empty: SQLite in the data folder.
    pub url: SecretText,
}

/// Who takes payments.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    /// Stripe's keys; empty: none.
    pub stripe: Stripe,
    /// How many seconds a bank debit of the sandbox stays pending.
    pub sandbox_debit_seconds: u32,
}

/// Stripe's keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stripe {
    /// `sk_live_…` or `sk_test_…`.
    pub secret_key: SecretText,
    /// `whsec_…`; several while they are rolled.
    pub webhook_secrets: Vec<SecretText>,
    /// `acct_…`: events of another account are refused. Empty: not checked.
    pub account: String,
    /// Where Stripe's API is.
    pub base_url: String,
}

/// How debtors are reminded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// Whether they leave by themselves.
    pub enabled: bool,
    /// Seconds between two looks at who is due.
    pub tick_seconds: u32,
    /// Debtors looked at in one database transaction.
    pub batch: u32,
    /// Reminders that this node hands over at once at the most: of no more than these nobody knows when it dies.
    pub in_hand_max: u32,
}

/// How long links live.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLinks {
    /// Days until a link ends at the latest.
    pub lifetime_days: u32,
    /// Days for which a link still works once nothing is owed.
    pub days_after_paid: u32,
    /// Hours for which a session lives.
    pub session_hours: u32,
}

/// How long who is signed in to the console stays so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Minutes without a request after which a session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends however busy it is.
    pub session_hours: u32,
    /// Minutes after which a session gets a new token.
    pub rotate_minutes: u32,
}

/// How much one caller may ask.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Requests a minute of one API key.
    pub api_per_minute: u32,
    /// Opened links, sessions and sign-ins a minute from one address.
    pub doors_per_minute: u32,
    /// Fresh links sent a day to one debtor.
    pub fresh_links_per_day: u32,
    /// Fresh codes sent an hour to one debtor.
    pub codes_per_hour: u32,
    /// Bytes of an import.
    pub import_bytes: u64,
}

/// Why a configuration cannot be used, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigRefused(pub String);

impl Config {
    /// The defaults, overridden by a file where there is one, then by `SALDO_<SECTION>__<KEY>` of the environment.
    ///
    /// # Errors
    /// An unreadable file, an unknown key, a value of another form.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigRefused> {
        let mut table = parse(DEFAULTS)?;
        if let Some(file) = file {
            let text = std::fs::read_to_string(file)
                .map_err(|error| ConfigRefused(format!("{} cannot be read: {error}", file.display())))?;
            merge(&mut table, parse(&text)?);
        }
        for (name, value) in environment {
            if let Some(path) = name.strip_prefix("SALDO_").filter(|path| path.contains("__")) {
                let keys: Vec<String> = path.split("__").map(str::to_ascii_lowercase).collect();
                set(&mut table, &keys, &value).map_err(|()| ConfigRefused(format!("{name} names no known key")))?;
            }
        }
        let config: Self =
            table.try_into().map_err(|error: toml::de::Error| ConfigRefused(error.message().to_owned()))?;
        config.checked()
    }

    fn checked(self) -> Result<Self, ConfigRefused> {
        let refuse = |text: &str| Err(ConfigRefused(text.to_owned()));
        if self.server.mode == ServerMode::Production {
            if self.payments.stripe.secret_key.is_empty() || self.payments.stripe.webhook_secrets.is_empty() {
                return refuse("production needs payments.stripe.secret_key and payments.stripe.webhook_secrets");
            }
            if !self.payments.stripe.secret_key.reveal().starts_with("sk_live_")
                && !self.payments.stripe.secret_key.reveal().starts_with("rk_live_")
            {
                return refuse("production needs a live key of Stripe (sk_live_… or rk_live_…)");
            }
            if !self.server.public_url.starts_with("https://") {
                return refuse("production needs server.public_url to begin with https://");
            }
            if self.server.test_clock_ahead_seconds != 0 {
                return refuse("production goes by the machine's clock: server.test_clock_ahead_seconds is for tests");
            }
            if self.events.loopback {
                return refuse("production tells no subscriber on this machine: events.loopback is for tests");
            }
            if self.mail.transport == MailTransport::Mailbox {
                return refuse("production needs mail.transport = \"smtp\"");
            }
            if self.sms.transport == SmsTransport::Mailbox || self.whatsapp.transport == WhatsappTransport::Mailbox {
                return refuse("production needs sms.transport and whatsapp.transport other than \"mailbox\"");
            }
        }
        Ok(self)
    }

    /// Whether the sandbox takes the payments.
    pub fn uses_sandbox(&self) -> bool {
        self.payments.stripe.secret_key.is_empty()
    }

    /// The database's URL.
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite://{}", self.server.data_dir.join("saldo.db").display())
        } else {
            self.database.url.reveal().to_owned()
        }
    }
}

fn parse(text: &str) -> Result<toml::Table, ConfigRefused> {
    text.parse::<toml::Table>().map_err(|error| ConfigRefused(error.message().to_owned()))
}

fn merge(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(value)) => merge(inner, value),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Sets a key that the defaults have, in the form that they have it in; lists are separated by commas.
fn set(table: &mut toml::Table, keys: &[String], text: &str) -> Result<(), ()> {
    let (last, sections) = keys.split_last().ok_or(())?;
    let mut table = table;
    for section in sections {
        table = table.get_mut(section).and_then(toml::Value::as_table_mut).ok_or(())?;
    }
    let value = match table.get(last).ok_or(())? {
        toml::Value::Integer(_) => toml::Value::Integer(text.parse().map_err(|_| ())?),
        toml::Value::Boolean(_) => toml::Value::Boolean(text.parse().map_err(|_| ())?),
        toml::Value::Array(_) => {
            toml::Value::Array(text.split(',').filter(|part| !part.is_empty()).map(toml::Value::from).collect())
        }
        _ => toml::Value::from(text),
    };
    table.insert(last.clone(), value);
    Ok(())
}
