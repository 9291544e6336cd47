//! A creditor changes its look, its widget sites, or where answers go.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::audit::{self, Subject};
use crate::flows::widgets::origin;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use saldo_contract::creditor::{ChannelPrice, UpdateCreditor};
use saldo_domain::actor::Actor;
use saldo_domain::creditor::{Creditor, PaperSize};
use saldo_domain::debtor::parse_email;
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use saldo_domain::rehearsal::ChannelPrices;
use saldo_domain::reminder::Channel;
use saldo_store::{Tx, channel_price, creditor, invoice_sending};
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
/// `malformed` for a colour, an origin, a price or a paper of another form, `email_unreadable`, `channel_unknown`.
pub async fn update_by(app: &App, id: CreditorId, actor: &Actor, wish: UpdateCreditor) -> Result<(), Failure> {
    let tx = app.store().write_of(id).await?;
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
    if let Some(prices) = wish.channel_prices {
        channel_price::replace(&tx, id, &parse_prices(prices)?).await?;
    }
    if let Some(paper) = wish.paper {
        creditor::update_paper(&tx, id, parse_paper(&paper)?).await?;
    }
    let after = audit_of(&tx, id).await?;
    if after != before {
        let subject = Subject::new("creditor", id.0);
        audit::record(app, &tx, id, actor, "creditor_changed", subject, Some(before), Some(after)).await?;
    }
    Ok(tx.commit().await?)
}

/// What finance can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The creditor.
    pub creditor: Creditor,
    /// Whether an invoice is mailed when it is issued or imported.
    pub send_invoices: bool,
    /// What messages cost.
    pub prices: ChannelPrices,
}

/// How a creditor has set itself.
///
/// # Errors
/// `not_found`.
pub async fn settings(app: &App, id: CreditorId) -> Result<Settings, Failure> {
    let tx = app.store().read_of(id).await?;
    let (creditor, prices) = (creditor::load(&tx, id).await?, channel_price::load(&tx, id).await?);
    Ok(Settings { creditor, send_invoices: invoice_sending::is_enabled(&tx, id).await?, prices })
}

/// The sites on which a creditor's widgets work.
///
/// # Errors
/// `not_found`.
pub async fn list_origins(app: &App, id: CreditorId) -> Result<Vec<String>, Failure> {
    let tx = app.store().read_of(id).await?;
    Ok(creditor::list_widget_origins(&tx, id).await?)
}

async fn audit_of(tx: &Tx, id: CreditorId) -> Result<Json, Failure> {
    let known = creditor::load(tx, id).await?;
    let origins = creditor::list_widget_origins(tx, id).await?;
    let send_invoices = invoice_sending::is_enabled(tx, id).await?;
    let prices = channel_price::load(tx, id).await?;
    let price = |(channel, price): &(Channel, Money)| json!({"channel": channel.as_str(), "price": price});
    Ok(json!({
        "colour": known.brand.colour,
        "reply_to": known.reply_to,
        "widget_origins": origins,
        "send_invoices": send_invoices,
        "channel_prices": prices.all().iter().map(price).collect::<Vec<_>>(),
        "paper": known.paper,
    }))
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
    let tx = app.store().write_of(id).await?;
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
    let tx = app.store().read_of(id).await?;
    let logo = creditor::load(&tx, id).await?.brand.logo;
    Ok(logo.and_then(|logo| {
        let (kind, data) = logo.strip_prefix("data:")?.split_once(";base64,")?;
        Some((kind.to_owned(), STANDARD.decode(data).ok()?))
    }))
}

/// One price for each channel that has one.
fn parse_prices(prices: Vec<ChannelPrice>) -> Result<ChannelPrices, Failure> {
    let mut read: Vec<(Channel, Money)> = Vec::with_capacity(prices.len());
    for ChannelPrice { channel, price } in prices {
        let (channel, price): (Channel, Money) = (channel.parse()?, price.into());
        if price.minor() < 0 || read.iter().any(|(known, _)| *known == channel) {
            let told = format!("{} has one price, not below zero", channel.as_str());
            return Err(AppRefusal::Malformed(told).into());
        }
        read.push((channel, price));
    }
    Ok(ChannelPrices::new(read))
}

fn parse_paper(text: &str) -> Result<Option<PaperSize>, Failure> {
    match text {
        "by_country" => Ok(None),
        "a4" => Ok(Some(PaperSize::A4)),
        "letter" => Ok(Some(PaperSize::Letter)),
        _ => Err(AppRefusal::Malformed("paper is a4, letter or by_country".to_owned()).into()),
    }
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
