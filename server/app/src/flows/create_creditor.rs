//! A business joins.

use crate::App;
use crate::failure::Failure;
use crate::flows::policy;
use crate::flows::put_debtor::text;
use crate::flows::update_creditor::parse_colour;
use saldo_domain::calendar::Zone;
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::currency::Currency;
use saldo_domain::debtor::parse_email;
use saldo_domain::ids::CreditorId;
use saldo_domain::import::country::parse_country;
use saldo_domain::locale::Language;
use saldo_store::{Across, creditor};

/// What a business must say of itself.
pub struct CreateCreditor {
    /// The name that debtors know.
    pub name: String,
    /// Two letters of ISO 3166.
    pub country: String,
    /// A zone of the tz database.
    pub zone: String,
    /// `es`, `en`, `pt`.
    pub language: String,
    /// Three letters of ISO 4217.
    pub currency: String,
    /// Where debtors' answers to mail go.
    pub reply_to: Option<String>,
    /// `#rrggbb`.
    pub colour: String,
}

/// Writes a creditor with the standard dunning policy.
///
/// # Errors
/// `text_length`, `card_number_in_text`, `country_unknown`, `zone_unknown`, `language_unknown`, `currency_unknown`,
/// `email_unreadable`, `malformed` for a colour of another form.
pub async fn create(app: &App, wish: CreateCreditor) -> Result<Creditor, Failure> {
    let name = text("name", &wish.name, 120)?;
    let creditor = Creditor {
        id: CreditorId(app.ambient().uuid_v7()),
        name,
        country: parse_country(&wish.country)?,
        zone: Zone::try_new(&wish.zone)?,
        language: Language::try_new(&wish.language)?,
        currency: Currency::try_new(&wish.currency)?,
        reply_to: wish.reply_to.as_deref().map(parse_email).transpose()?,
        paper: None,
        brand: Brand { colour: parse_colour(&wish.colour)?, logo: None },
    };
    let now = app.now();
    let tx = app.store().write_of(creditor.id).await?;
    creditor::insert(&tx, &creditor, now).await?;
    policy::ensure_ladder(app.ambient(), &tx, &creditor, creditor.currency).await?;
    tx.commit().await?;
    Ok(creditor)
}

/// One creditor.
///
/// # Errors
/// `not_found`.
pub async fn load(app: &App, id: CreditorId) -> Result<Creditor, Failure> {
    let tx = app.store().read_of(id).await?;
    Ok(creditor::load(&tx, id).await?)
}

/// Every creditor of the installation.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App) -> Result<Vec<Creditor>, Failure> {
    let tx = app.store().read_across(Across::Operator).await?;
    Ok(creditor::list(&tx).await?)
}
