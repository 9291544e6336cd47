//! A creditor changes its look, its widget sites, or where answers go.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::audit::{self, Subject};
use crate::flows::widgets::origin;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use saldo_contract::creditor::UpdateCreditor;
use saldo_domain::actor::Actor;
use saldo_domain::debtor::parse_email;
use saldo_domain::ids::CreditorId;
use saldo_store::{Tx, creditor, invoice_sending};
use serde_json::{Value as Json, json};

/// The most sites that a creditor may list.
const ORIGINS_MAX: usize = 20;

/// The largest logo.
const LOGO_BYTES_MAX: usize = 64 * 1024;

/// Changes what is given, leaves the rest: for whoever runs the server.
///
/// # Errors
/// `malformed` for a colour or an origin of another form, `email_unreadable`.
pub async fn update(app: &App, id: CreditorId, wish: UpdateCreditor) -> Result<(), Failure> {
    update_by(app, id, &Actor::Operator, wish).await
}

/// Changes what is given, leaves the rest.
///
/// # Errors
/// `malformed` for a colour or an origin of another form, `email_unreadable`.
pub async fn update_by(app: &App, id: CreditorId, actor: &Actor, wish: UpdateCreditor) -> Result<(), Failure> {
    let tx = app.store().write().await?;
    let before = audit_of(&tx, id).await?;
    let mut known = creditor::load(&tx, id).await?;
    if let Some(colour) = wish.brand_colour {
        known.brand.colour = parse_colour(&colour)?;
        creditor::update_brand(&tx, id, &known.brand).await?;
    }
    if let Some(reply_to) = wish.reply_to {
        creditor::update_reply_to(&tx, id, &parse_email(&reply_to)?).await?;
    }
    if let Some(origins) = wish.widget_origins {
        if origins.len() > ORIGINS_MAX {
            return Err(AppRefusal::Malformed(format!("at most {ORIGINS_MAX} origins")).into());
        }
        let origins: Vec<String> = origins.iter().map(|origin| origin::parse(origin)).collect::<Result<_, _>>()?;
        creditor::set_widget_origins(&tx, id, &origins).await?;
    }
    if let Some(enabled) = wish.send_invoices {
        invoice_sending::set_enabled(&tx, id, enabled).await?;
    }
    let after = audit_of(&tx, id).await?;
    if after != before {
        let subject = Subject::new("creditor", id.0);
        audit::record(app, &tx, id, actor, "creditor_changed", subject, Some(before), Some(after)).await?;
    }
    Ok(tx.commit().await?)
}

async fn audit_of(tx: &Tx, id: CreditorId) -> Result<Json, Failure> {
    let known = creditor::load(tx, id).await?;
    let origins = creditor::list_widget_origins(tx, id).await?;
    let send_invoices = invoice_sending::is_enabled(tx, id).await?;
    let (colour, reply_to) = (known.brand.colour, known.reply_to);
    Ok(json!({ "colour": colour, "reply_to": reply_to, "widget_origins": origins, "send_invoices": send_invoices }))
}

/// Sets the logo from an image, which is kept as a data URL (RFC 2397).
///
/// # Errors
/// `malformed` for anything but a PNG, JPEG or WebP of at most 64 KiB; `not_found`.
pub async fn set_logo(app: &App, id: CreditorId, image: &[u8]) -> Result<(), Failure> {
    let kind = match image {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    };
    let kind = kind.filter(|_| image.len() <= LOGO_BYTES_MAX);
    let kind =
        kind.ok_or_else(|| AppRefusal::Malformed("a logo is a PNG, JPEG or WebP of at most 64 KiB".to_owned()))?;
    let tx = app.store().write().await?;
    let mut known = creditor::load(&tx, id).await?;
    known.brand.logo = Some(format!("data:{kind};base64,{}", STANDARD.encode(image)));
    creditor::update_brand(&tx, id, &known.brand).await?;
    Ok(tx.commit().await?)
}

/// The logo's media type and its bytes, where there is one.
///
/// # Errors
/// `not_found`.
pub async fn load_logo(app: &App, id: CreditorId) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let tx = app.store().read().await?;
    let logo = creditor::load(&tx, id).await?.brand.logo;
    Ok(logo.and_then(|logo| {
        let (kind, data) = logo.strip_prefix("data:")?.split_once(";base64,")?;
        Some((kind.to_owned(), STANDARD.decode(data).ok()?))
    }))
}

/// `#rrggbb`.
pub(crate) fn parse_colour(text: &str) -> Result<String, Failure> {
    let hex = text.strip_prefix('#').unwrap_or_default();
    if hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(AppRefusal::Malformed("a colour is #rrggbb".to_owned()).into())
    }
}
