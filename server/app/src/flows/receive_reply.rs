//! A debtor answers by text message or on WhatsApp: words like STOP and ALTA are heard, the rest is kept for people.

use crate::App;
use crate::failure::Failure;
use crate::flows::opt_out;
use saldo_domain::consent::ReplyWord;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use saldo_store::Tx;
use saldo_store::reply::{self, ReplyEffect, ReplyRow};

/// The most characters of a reply that are kept.
const CHARS_MAX: usize = 2_000;

/// Keeps a reply for each debtor with its number, and for nobody where no debtor has it. Always answers that it is known.
pub(super) async fn keep(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    channel: Channel,
    sender: &str,
    text: &str,
) -> Result<bool, Failure> {
    let effect = match opt_out::by_reply_word(app, tx, creditor, channel, sender, text).await? {
        Some(ReplyWord::Stop) => ReplyEffect::OptedOut,
        Some(ReplyWord::Start) => ReplyEffect::OptedIn,
        None => ReplyEffect::None,
    };
    let debtors = reply::list_by_phone(tx, creditor, sender).await?;
    let body: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(CHARS_MAX).collect();
    let row = |debtor_id| ReplyRow {
        id: app.ambient().uuid_v7(),
        debtor_id,
        channel,
        sender: sender.to_owned(),
        body: body.clone(),
        effect: if debtor_id.is_some() { effect } else { ReplyEffect::None },
        received_at: app.now(),
    };
    let rows: Vec<ReplyRow> = match debtors.as_slice() {
        [] => vec![row(None)],
        debtors => debtors.iter().map(|debtor| row(Some(debtor.id))).collect(),
    };
    reply::insert(tx, creditor, &rows).await?;
    Ok(true)
}
