//! The composition root: configuration becomes an app.

use super::backup::refuse_half_a_restore;
use super::channels::channels;
use super::keys;
use saldo_app::access_token::TokenKeys;
use saldo_app::ambient::{Ambient, ShiftedClock, SystemEntropy};
use saldo_app::config::{Config, SecretText};
use saldo_app::flows::steady_clock;
use saldo_app::{App, Parts};
use saldo_providers::Secret;
use saldo_providers::payment::PaymentProvider;
use saldo_providers::payment::sandbox::{Sandbox, SandboxConfig};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_store::{Store, StoreFault, StoreOptions};
use std::sync::Arc;
use std::time::Duration;

type Fault = Box<dyn std::error::Error>;

/// Opens the database of an installation.
///
/// # Errors
/// The database's; half a restore.
pub async fn connect(config: &Config) -> Result<Store, Fault> {
    refuse_half_a_restore(config)?;
    open(config).await
}

/// Opens the database of a configuration, whatever is in it.
///
/// # Errors
/// The database's.
pub async fn open(config: &Config) -> Result<Store, Fault> {
    Ok(Store::connect(&config.database_url(), StoreOptions::default()).await?)
}

/// Opens it, or says after a while why not.
///
/// # Errors
/// The database's.
pub async fn connect_within(config: &Config, patience: Duration) -> Result<Store, StoreFault> {
    let options = StoreOptions { wait_max: patience, ..StoreOptions::default() };
    Store::connect(&config.database_url(), options).await
}

/// Puts the app together with the schema brought up to date.
///
/// # Errors
/// What cannot be reached or is not usable, in one sentence.
pub async fn app(config: Config) -> Result<App, Fault> {
    let store = connect(&config).await?;
    store.migrate().await?;
    let app = assemble(config, store)?;
    steady_clock::steady(&app).await?;
    Ok(app)
}

fn assemble(config: Config, store: Store) -> Result<App, Fault> {
    let ambient = clock(&config);
    let keys = keys::load(&config, &ambient)?;
    let public_url = match config.server.public_url.as_str() {
        "" => format!("http://{}", config.server.bind),
        url => url.trim_end_matches('/').to_owned(),
    };
    let sandbox = if config.uses_sandbox() { Some(sandbox(&config, &keys, &public_url)?) } else { None };
    let provider: Arc<dyn PaymentProvider> = match &sandbox {
        Some(sandbox) => Arc::new(sandbox.clone()),
        None => Arc::new(stripe(&config)?),
    };
    let channels = channels(&config, &store, &ambient, &public_url)?;
    Ok(App::new(Parts { ambient, store, config, public_url, keys, provider, sandbox, channels }))
}

/// The machine's clock and randomness; in test mode the clock may be ahead.
fn clock(config: &Config) -> Ambient {
    match config.server.test_clock_ahead_seconds {
        0 => Ambient::system(),
        ahead => {
            Ambient::new(Arc::new(ShiftedClock::new(jiff::SignedDuration::from_secs(ahead))), Arc::new(SystemEntropy))
        }
    }
}

fn sandbox(config: &Config, keys: &TokenKeys, public_url: &str) -> Result<Sandbox, Fault> {
    let mut wish = SandboxConfig::new(Secret::new(keys.derive("sandbox")), public_url);
    wish.path = Some(config.server.data_dir.join("sandbox.json"));
    wish.debit_delay = jiff::SignedDuration::from_secs(i64::from(config.payments.sandbox_debit_seconds));
    Ok(Sandbox::open(wish)?)
}

pub(super) fn secret(text: &SecretText) -> Secret {
    Secret::new(text.reveal())
}

/// Stripe as it is configured.
///
/// # Errors
/// A key that is none.
pub fn stripe(config: &Config) -> Result<Stripe, Fault> {
    let stripe = &config.payments.stripe;
    let mut wish = StripeConfig::new(secret(&stripe.secret_key), stripe.webhook_secrets.iter().map(secret).collect());
    wish.account = Some(stripe.account.clone()).filter(|account| !account.is_empty());
    wish.base_url = Some(stripe.base_url.clone());
    Ok(Stripe::try_new(wish)?)
}
