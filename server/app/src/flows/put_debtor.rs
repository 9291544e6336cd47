//! A debtor is made, or changed by its reference.

use crate::App;
use crate::failure::Failure;
use crate::phone::parse_phone;
use saldo_contract::debtor::PutDebtor;
use saldo_domain::Refusal;
use saldo_domain::calendar::Zone;
use saldo_domain::card_number::refuse_card_number;
use saldo_domain::debtor::{Debtor, POSTAL_ADDRESS_MAX, parse_email};
use saldo_domain::free_text::{is_shown, message};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::import::country::parse_country;
use saldo_domain::locale::Language;
use saldo_domain::segment::parse_tags;
use saldo_store::{creditor, debtor};

/// Writes the debtor with a reference; what is absent stays as it was.
///
/// # Errors
/// `text_length`, `card_number_in_text`, `email_unreadable`, `phone_unreadable`, `country_unknown`, `language_unknown`,
/// `zone_unknown`, `tag_unreadable`.
pub async fn put(app: &App, creditor_id: CreditorId, wish: PutDebtor) -> Result<Debtor, Failure> {
    let reference = text("reference", &wish.reference, 64)?;
    let name = text("name", &wish.name, 200)?;
    let postal_address = wish.postal_address.as_deref();
    let postal_address =
        postal_address.map(|lines| message("postal_address", lines, POSTAL_ADDRESS_MAX)).transpose()?;
    let tags = wish.tags.as_ref().map(|tags| parse_tags(tags.iter().map(String::as_str))).transpose()?;
    let tx = app.store().write_of(creditor_id).await?;
    let known = debtor::find_by_reference(&tx, creditor_id, &reference).await?;
    let country = wish.country.as_deref().map(parse_country).transpose()?;
    let phone = match &wish.phone {
        Some(phone) => {
            let home = creditor::load(&tx, creditor_id).await?.country;
            let known = known.as_ref().and_then(|known| known.country.clone());
            Some(parse_phone(phone, country.as_ref().or(known.as_ref()).unwrap_or(&home))?)
        }
        None => None,
    };
    let debtor = Debtor {
        id: known.as_ref().map_or_else(|| DebtorId(app.ambient().uuid_v7()), |known| known.id),
        reference,
        name,
        email: wish.email.as_deref().map(parse_email).transpose()?,
        phone,
        language: wish.language.as_deref().map(Language::try_new).transpose()?,
        country,
        zone: wish.time_zone.as_deref().map(Zone::try_new).transpose()?,
        postal_address,
        tags: tags.clone().unwrap_or_default(),
    };
    debtor::upsert(&tx, creditor_id, &debtor, app.now()).await?;
    if let Some(tags) = &tags {
        debtor::set_tags(&tx, creditor_id, debtor.id, tags).await?;
    }
    debtor::set_next_contact(&tx, creditor_id, debtor.id, Some(app.now())).await?;
    tx.commit().await?;
    let tx = app.store().read_of(creditor_id).await?;
    Ok(debtor::load(&tx, creditor_id, debtor.id).await?)
}

/// A text of 1 to `max` characters without a card number.
pub(crate) fn text(field: &'static str, value: &str, max: usize) -> Result<String, Refusal> {
    let value = bounded(field, value, max)?;
    refuse_card_number(&value)?;
    Ok(value)
}

fn bounded(field: &'static str, value: &str, max: usize) -> Result<String, Refusal> {
    let value = value.trim();
    let fits = !value.is_empty() && value.chars().count() <= max && value.chars().all(is_shown);
    if fits { Ok(value.to_owned()) } else { Err(Refusal::TextLength { field, max }) }
}

/// A debtor by the creditor's own key.
///
/// # Errors
/// Faults of the store.
pub async fn find(app: &App, creditor: CreditorId, reference: &str) -> Result<Option<Debtor>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(debtor::find_by_reference(&tx, creditor, reference).await?)
}

/// A debtor on whom something is open, to look at.
///
/// # Errors
/// Faults of the store.
pub async fn first_owing(app: &App, creditor: CreditorId) -> Result<Option<DebtorId>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(debtor::find_owing(&tx, creditor).await?)
}
