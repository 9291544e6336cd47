use super::{Outcome, boot, channels, keys};
use saldo_app::ambient::Ambient;
use saldo_app::config::{Config, MailTransport, SmsTransport, WhatsappTransport};
use saldo_store::{Across, Store, Wall, journal};

/// Checks everything that an installation needs, and says in one sentence each what to mend.
pub async fn doctor(config: Config) -> Outcome {
    let mut checks = Checks::default();
    checks.tell("configuration", Ok(format!("{:?}, {}", config.server.mode, config.server.bind)));
    checks.tell(
        "link keys",
        keys::load(&config, &Ambient::system()).map(|keys| format!("signing with {}", keys.current().id())),
    );
    database(&config, &mut checks).await;
    checks.tell("payments", payments(&config));
    mail(&config, &mut checks).await;
    sms(&config, &mut checks).await;
    whatsapp(&config, &mut checks).await;
    stored(&config, &mut checks);
    if checks.failed == 0 { Ok(()) } else { Err(format!("{} of the checks above need a hand", checks.failed).into()) }
}

#[derive(Default)]
struct Checks {
    failed: u32,
}

impl Checks {
    fn tell(&mut self, what: &str, outcome: Result<String, Box<dyn std::error::Error>>) {
        match outcome {
            Ok(text) => println!("ok    {what}: {text}"),
            Err(error) => {
                self.failed += 1;
                println!("mend  {what}: {error}");
            }
        }
    }
}

async fn database(config: &Config, checks: &mut Checks) {
    let store = match boot::connect(config).await {
        Ok(store) => store,
        Err(error) => return checks.tell("database", Err(error)),
    };
    let pending = match store.pending_migrations().await {
        Ok(pending) => pending,
        Err(error) => return checks.tell("database", Err(error.into())),
    };
    checks.tell("database", Ok(format!("{:?} answers", store.dialect())));
    if !pending.is_empty() {
        return checks.tell("schema", Err(format!("{} changes wait: run `saldo migrate`", pending.len()).into()));
    }
    checks.tell("schema", Ok("up to date".to_owned()));
    checks.tell("creditors' rows", wall(&store).await);
    let parity = async {
        let report = journal::parity(&store.read_across(Across::Operator).await?).await?;
        Ok::<_, Box<dyn std::error::Error>>(report)
    };
    checks.tell(
        "ledger",
        match parity.await {
            Ok(report) if report.agrees() => Ok("every entry balances, every item agrees".to_owned()),
            Ok(report) => {
                Err(format!("{} differences between the journal and what is shown", report.differences.len()).into())
            }
            Err(error) => Err(error),
        },
    );
}

/// Row-level security stands behind the filter of each query, for a role that does not go past it.
async fn wall(store: &Store) -> Result<String, Box<dyn std::error::Error>> {
    match store.wall().await? {
        Wall::Absent => Ok("each query keeps them apart (SQLite has no second wall)".to_owned()),
        Wall::Stands => Ok("each query keeps them apart, and row-level security behind it".to_owned()),
        Wall::Bypassed { role } => Ok(format!(
            "each query keeps them apart; row-level security does not, since the role `{role}` goes past it: \
             give Saldo a role without SUPERUSER and BYPASSRLS (README, \"Going to production\")"
        )),
        Wall::Gaps { tables } => {
            Err(format!("no row-level security on {}: run `saldo migrate`", tables.join(", ")).into())
        }
    }
}

fn payments(config: &Config) -> Result<String, Box<dyn std::error::Error>> {
    if config.uses_sandbox() {
        return Ok("the sandbox takes them: no real money moves".to_owned());
    }
    boot::stripe(config)?;
    match config.payments.stripe.webhook_secrets.is_empty() {
        true => Err("Stripe has no webhook secret: its events would all be refused".into()),
        false => Ok(format!("Stripe, {} webhook secrets", config.payments.stripe.webhook_secrets.len())),
    }
}

async fn mail(config: &Config, checks: &mut Checks) {
    if config.mail.transport == MailTransport::Mailbox {
        return checks.tell("mail", Ok("kept in the built-in mailbox".to_owned()));
    }
    let outcome = match channels::smtp(config) {
        Ok(smtp) => smtp.check().await.map(|()| format!("{} answers", config.mail.host)).map_err(Into::into),
        Err(error) => Err(error),
    };
    checks.tell("mail", outcome);
}

async fn sms(config: &Config, checks: &mut Checks) {
    let outcome = match config.sms.transport {
        SmsTransport::None => Ok("not set up: no reminder leaves by it".to_owned()),
        SmsTransport::Mailbox => Ok("kept in the built-in mailbox".to_owned()),
        SmsTransport::Twilio => match channels::twilio(config, &config.server.public_url) {
            Ok(_) if config.server.public_url.is_empty() => {
                Err("server.public_url is empty: Twilio could not tell what became of messages".into())
            }
            Ok(twilio) => twilio.check().await.map(|()| "Twilio answers".to_owned()).map_err(Into::into),
            Err(error) => Err(error),
        },
    };
    checks.tell("sms", outcome);
}

async fn whatsapp(config: &Config, checks: &mut Checks) {
    let outcome = match config.whatsapp.transport {
        WhatsappTransport::None => Ok("not set up: no reminder leaves by it".to_owned()),
        WhatsappTransport::Mailbox => Ok("kept in the built-in mailbox".to_owned()),
        WhatsappTransport::Cloud => match channels::whatsapp(config, &Ambient::system()) {
            Ok(whatsapp) => whatsapp.check().await.map(|()| "the Cloud API answers".to_owned()).map_err(Into::into),
            Err(error) => Err(error),
        },
    };
    checks.tell("whatsapp", outcome);
}

fn stored(config: &Config, checks: &mut Checks) {
    let on = |on: bool| if on { "on" } else { "off" };
    let stored = &config.stored;
    let (letters, calls, banners) = (on(stored.letters), on(stored.calls), on(stored.banners));
    checks.tell("kept here", Ok(format!("letters {letters}, calls {calls}, banners {banners}")));
}
