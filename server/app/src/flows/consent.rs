//! What a debtor allows, channel by channel: given, withdrawn, come back, complained of, each with its proof.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::{told, touch};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::consent::{self, ChannelConsent, ConsentSource, ConsentState, PROOF_MAX, Unusable};
use saldo_domain::contact::{ContactPreference, rules_for};
use saldo_domain::free_text::line;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::reminder::Channel;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{Tx, debtor, reply, snapshot};
use std::collections::HashSet;

pub use saldo_store::consent::ConsentRow;

/// How one channel stands towards one debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which channel.
    pub channel: Channel,
    /// Where messages on it go.
    pub address: Option<String>,
    /// Why it may not be used; none where it may.
    pub unusable: Option<Unusable>,
    /// The latest that is known of it.
    pub latest: Option<ChannelConsent>,
}

/// Everything about how a debtor may be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consents {
    /// Whose.
    pub debtor_id: DebtorId,
    /// One for each channel.
    pub standings: Vec<Standing>,
    /// What it wishes.
    pub preference: Option<ContactPreference>,
    /// What was said, the latest first.
    pub history: Vec<ConsentRow>,
}

/// A change that somebody brings from outside.
#[derive(Debug, Clone)]
pub struct ConsentWish {
    /// Of which channel.
    pub channel: Channel,
    /// Whether the debtor gave it; else it withdrew it.
    pub given: bool,
    /// When the debtor said so; now unless told.
    pub at: Option<Timestamp>,
    /// What shows it.
    pub proof: String,
}

/// How each channel stands.
pub fn standings(snapshot: &DebtorSnapshot) -> Vec<Standing> {
    let rules = rules_for(snapshot.debtor.country(&snapshot.creditor));
    let standing = |channel| Standing {
        channel,
        address: consent::address(&snapshot.debtor, channel).filter(|it| !it.is_empty()).map(str::to_owned),
        unusable: consent::may_use(snapshot, rules, channel).err(),
        latest: snapshot.consents.iter().find(|consent| consent.channel == channel).cloned(),
    };
    Channel::ALL.map(standing).into()
}

/// How a debtor may be reached, with what it said before.
///
/// # Errors
/// `not_found`.
pub async fn show(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<Consents, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let snapshot = snapshot::load(&tx, creditor, debtor_id).await?;
    show_in(&tx, &snapshot).await
}

/// [`show`] of a debtor that was read in the same database transaction.
///
/// # Errors
/// Faults of the store.
pub async fn show_in(tx: &Tx, snapshot: &DebtorSnapshot) -> Result<Consents, Failure> {
    let history = saldo_store::consent::list(tx, snapshot.creditor.id, snapshot.debtor.id).await?;
    let (standings, preference) = (standings(snapshot), snapshot.preference.clone());
    Ok(Consents { debtor_id: snapshot.debtor.id, standings, preference, history })
}

/// Writes what somebody brings from outside: a program, or one of the creditor's people. The same again changes nothing.
///
/// # Errors
/// `not_found`, `text_length`, `card_number_in_text`, `date_in_future`, `consent_withdrawn`.
pub async fn record(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    actor: Actor,
    wish: ConsentWish,
) -> Result<Consents, Failure> {
    let now = app.now();
    let at = wish.at.unwrap_or(now);
    if at > now {
        return Err(Refusal::DateInFuture.into());
    }
    let state = if wish.given { ConsentState::Given } else { ConsentState::Withdrawn };
    let source = if matches!(actor, Actor::Member { .. }) { ConsentSource::Console } else { ConsentSource::Api };
    let proof = line("proof", &wish.proof, PROOF_MAX)?;
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let address = address(&snapshot, wish.channel);
    let new = ChannelConsent { channel: wish.channel, state, at, source, proof, address };
    change(app, &tx, &snapshot, &actor, new).await?;
    let shown = show_in(&tx, &snapshot::load(&tx, creditor, debtor_id).await?).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The address that a word about a channel is said of.
pub(super) fn address(snapshot: &DebtorSnapshot, channel: Channel) -> Option<String> {
    consent::address(&snapshot.debtor, channel).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// Changes where a channel stands, in a database transaction that holds the debtor; whether anything changed.
///
/// # Errors
/// `consent_withdrawn`.
pub(super) async fn change(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    actor: &Actor,
    new: ChannelConsent,
) -> Result<bool, Failure> {
    let (creditor, debtor_id) = (snapshot.creditor.id, snapshot.debtor.id);
    let known = snapshot.consents.iter().find(|consent| consent.channel == new.channel);
    let Some(now) = consent::change(known, new)?.executed() else { return Ok(false) };
    saldo_store::consent::insert(tx, creditor, debtor_id, &now, app.now()).await?;
    let before = known.map(told).transpose()?.flatten();
    let subject = Subject::new("debtor", debtor_id.0);
    audit::record(app, tx, creditor, actor, "consent_changed", subject, before, told(&now)?).await?;
    touch(app, tx, creditor, debtor_id).await?;
    Ok(true)
}

/// Messages to the debtor's address came back for good: the channel is closed until it has another address.
///
/// # Errors
/// `not_found`.
pub async fn record_bounce(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    channel: Channel,
    proof: &str,
) -> Result<bool, Failure> {
    by_provider(app, tx, creditor, debtor_id, channel, (ConsentState::Bounced, proof)).await
}

/// The debtor called a message unwanted: the channel is closed.
///
/// # Errors
/// `not_found`.
pub async fn record_unwanted(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    channel: Channel,
    proof: &str,
) -> Result<bool, Failure> {
    by_provider(app, tx, creditor, debtor_id, channel, (ConsentState::Complained, proof)).await
}

/// The debtor told the channel's provider to stop.
///
/// # Errors
/// `not_found`.
pub async fn record_stop(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    channel: Channel,
    proof: &str,
) -> Result<bool, Failure> {
    by_provider(app, tx, creditor, debtor_id, channel, (ConsentState::Withdrawn, proof)).await
}

async fn by_provider(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    channel: Channel,
    (state, proof): (ConsentState, &str),
) -> Result<bool, Failure> {
    let snapshot = snapshot::lock_and_load(tx, creditor, debtor_id).await?;
    let proof: String = proof.chars().filter(|c| !c.is_control()).take(PROOF_MAX).collect();
    let (at, source, address) = (app.now(), ConsentSource::Provider, address(&snapshot, channel));
    let new = ChannelConsent { channel, state, at, source, proof, address };
    change(app, tx, &snapshot, &Actor::System, new).await
}

/// Which of some debtors withdrew e-mail.
///
/// # Errors
/// Faults of the store.
pub async fn without_email(
    app: &App,
    creditor: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<HashSet<DebtorId>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let known = saldo_store::consent::load_for_debtors(&tx, creditor, debtor_ids).await?;
    let withdrew = |of: &Vec<ChannelConsent>| of.iter().any(is_email_withdrawn);
    Ok(known.into_iter().filter(|(_, of)| withdrew(of)).map(|(id, _)| id).collect())
}

/// Whether this is the debtor's no to e-mail.
pub fn is_email_withdrawn(consent: &ChannelConsent) -> bool {
    consent.channel == Channel::Email && consent.state.is_no()
}

/// The debtors that an address of a channel belongs to.
pub(super) async fn debtors_at(
    tx: &Tx,
    creditor: CreditorId,
    channel: Channel,
    address: &str,
) -> Result<Vec<DebtorId>, Failure> {
    let found = match channel {
        Channel::Email => debtor::find_by_email(tx, creditor, address).await?,
        Channel::Sms | Channel::Whatsapp | Channel::Call => reply::list_by_phone(tx, creditor, address).await?,
        Channel::Letter | Channel::Banner => Vec::new(),
    };
    Ok(found.into_iter().map(|debtor| debtor.id).collect())
}
