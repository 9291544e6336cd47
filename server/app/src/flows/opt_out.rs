//! The debtor withdraws a channel: by the page, by the mail program's one click (RFC 8058), or by a word of its answer.

use crate::App;
use crate::access_token::{Audience, Claims};
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::access_link::{claims, later};
use crate::flows::consent::{self, change, debtors_at};
use crate::secret;
use jiff::SignedDuration;
use saldo_domain::actor::Actor;
use saldo_domain::consent::{ChannelConsent, ConsentSource, ConsentState, ReplyWord, read_reply};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::reminder::Channel;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{Tx, snapshot};

/// Days for which the way out in a message works.
const DAYS: i64 = 730;

/// What a token of a message's way out names.
#[derive(Debug, Clone)]
pub struct WayOut {
    /// The debtor as it stands.
    pub snapshot: DebtorSnapshot,
    /// The channel of the message.
    pub channel: Channel,
    /// Whether the debtor has withdrawn it.
    pub withdrawn: bool,
}

/// The address that an e-mail carries.
///
/// # Errors
/// A fault where the key cannot sign.
pub fn address(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<String, Failure> {
    address_for(app, creditor, debtor, Channel::Email)
}

/// The address that a message on a channel carries.
///
/// # Errors
/// A fault where the key cannot sign.
pub fn address_for(app: &App, creditor: CreditorId, debtor: DebtorId, channel: Channel) -> Result<String, Failure> {
    let now = app.now();
    let until = later(now, SignedDuration::from_hours(24 * DAYS))?;
    let scope = match channel {
        Channel::Email => "opt_out".to_owned(),
        other => format!("opt_out:{}", other.as_str()),
    };
    let claims = claims(creditor, debtor, &scope, secret::random_name(app.ambient()), now, until);
    let token = app.keys().sign(Audience::OptOut, claims);
    let token = token.ok_or_else(|| Fault::Other("the opt-out could not be signed".to_owned()))?;
    Ok(app.url(&format!("/optout/{token}")))
}

fn read(app: &App, token: &str) -> Result<(Claims, Channel), AppRefusal> {
    let claims = app.keys().verify(Audience::OptOut, token, app.now()).ok_or(AppRefusal::LinkInvalid)?;
    let channel = match claims.scope.strip_prefix("opt_out:") {
        Some(name) => name.parse().map_err(|_| AppRefusal::LinkInvalid)?,
        None => Channel::Email,
    };
    Ok((claims, channel))
}

fn way_out(snapshot: DebtorSnapshot, channel: Channel) -> WayOut {
    let withdrawn = snapshot.consents.iter().any(|it| it.channel == channel && it.state.is_no());
    WayOut { snapshot, channel, withdrawn }
}

/// Whose message it was, and on which channel. Reads only.
///
/// # Errors
/// `link_invalid`.
pub async fn show(app: &App, token: &str) -> Result<WayOut, Failure> {
    let (claims, channel) = read(app, token)?;
    let tx = app.store().read_of(claims.creditor_id()).await?;
    Ok(way_out(snapshot::load(&tx, claims.creditor_id(), claims.debtor_id()).await?, channel))
}

/// Withdraws the channel of the message. A second time changes nothing.
///
/// # Errors
/// `link_invalid`.
pub async fn opt_out(app: &App, token: &str, source: ConsentSource) -> Result<WayOut, Failure> {
    let (claims, channel) = read(app, token)?;
    let (creditor, debtor_id) = (claims.creditor_id(), claims.debtor_id());
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let withdrawn = said(app, &snapshot, channel, ConsentState::Withdrawn, source, "");
    change(app, &tx, &snapshot, &Actor::Debtor { id: debtor_id }, withdrawn).await?;
    let snapshot = snapshot::load(&tx, creditor, debtor_id).await?;
    tx.commit().await?;
    Ok(way_out(snapshot, channel))
}

/// What an inbound answer asks for, done for every debtor of the creditor that has the address; none where the answer is
/// for people to read. The caller commits.
///
/// # Errors
/// Faults of the store.
pub async fn by_reply_word(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    channel: Channel,
    address: &str,
    text: &str,
) -> Result<Option<ReplyWord>, Failure> {
    let Some(word) = read_reply(text) else { return Ok(None) };
    let state = match word {
        ReplyWord::Stop => ConsentState::Withdrawn,
        ReplyWord::Start => ConsentState::Given,
    };
    for debtor_id in debtors_at(tx, creditor, channel, address).await? {
        let snapshot = snapshot::lock_and_load(tx, creditor, debtor_id).await?;
        let proof: String = text.trim().chars().filter(|c| !c.is_control()).take(100).collect();
        let new = said(app, &snapshot, channel, state, ConsentSource::ReplyWord, &proof);
        change(app, tx, &snapshot, &Actor::Debtor { id: debtor_id }, new).await?;
    }
    Ok(Some(word))
}

/// The debtor's own word about a channel, now.
pub(super) fn said(
    app: &App,
    snapshot: &DebtorSnapshot,
    channel: Channel,
    state: ConsentState,
    source: ConsentSource,
    proof: &str,
) -> ChannelConsent {
    let (at, address) = (app.now(), consent::address(snapshot, channel));
    ChannelConsent { channel, state, at, source, proof: proof.to_owned(), address }
}

/// The debtor whom a token of a message's way out names: enough to set how it is reached, and for nothing else.
///
/// # Errors
/// `link_invalid`.
pub fn debtor_of(app: &App, token: &str) -> Result<(CreditorId, DebtorId), Failure> {
    let (claims, _) = read(app, token)?;
    Ok((claims.creditor_id(), claims.debtor_id()))
}
