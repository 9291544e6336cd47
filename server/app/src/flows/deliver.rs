//! The hand-over of a message that is no reminder, with its row in the log.

use crate::App;
use crate::channels::{end_of, log_row};
use crate::failure::{Failure, Fault};
use crate::jobs::Progress;
use saldo_domain::ids::{CreditorId, DebtorId, MessageId};
use saldo_domain::locale::Language;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::{ChannelFault, Mail, Outgoing};
use saldo_store::message::{self, ByHand, MessagePurpose, MessageRow, MessageState};

/// What stands between the name of a mail and the message that it repeats.
const AGAIN: &str = ".again.";

/// Whose message it is, and what for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    creditor: CreditorId,
    debtor: Option<(DebtorId, Language)>,
    purpose: MessagePurpose,
    /// The word under which it is counted.
    kind: &'static str,
}

impl Delivery {
    /// To a debtor: the log keeps it.
    pub(crate) fn to_debtor(snapshot: &DebtorSnapshot, purpose: MessagePurpose, kind: &'static str) -> Self {
        let language = snapshot.debtor.locale(&snapshot.creditor).language;
        Self { creditor: snapshot.creditor.id, debtor: Some((snapshot.debtor.id, language)), purpose, kind }
    }

    /// To the creditor's own people.
    pub(crate) fn to_creditor(creditor: CreditorId, kind: &'static str) -> Self {
        Self { creditor, debtor: None, purpose: MessagePurpose::Notice, kind }
    }
}

/// The name of a mail that repeats a message: `word.again.message@host`.
fn again_name(name: &str, of: MessageId) -> String {
    let (word, host) = name.rsplit_once('@').unwrap_or((name, "localhost"));
    format!("{word}{AGAIN}{}@{host}", of.0.simple())
}

/// The word of a mail's name that all of its repetitions share.
pub(crate) fn word_of(name: &str) -> &str {
    let word = name.rsplit_once('@').map_or(name, |(word, _)| word);
    word.split(AGAIN).next().unwrap_or(word)
}

/// Hands a mail over once. Its message id is its name: what has left under it, or may have left, does not leave again,
/// also when the node died before the server answered; then the log says `unknown`.
///
/// # Errors
/// Faults of the store, and of a channel that surely did not take it: the job is tried again.
pub(crate) async fn deliver(app: &App, delivery: Delivery, mail: Mail) -> Result<Progress, Failure> {
    deliver_by_hand(app, delivery, mail, None).await
}

/// [`deliver`], once more where a person asks for it: under a name of its own, which tells what it repeats.
///
/// # Errors
/// Those of [`deliver`].
pub(crate) async fn deliver_by_hand(
    app: &App,
    delivery: Delivery,
    mut mail: Mail,
    by_hand: Option<ByHand>,
) -> Result<Progress, Failure> {
    if let Some(by_hand) = &by_hand {
        mail.message_id = again_name(&mail.message_id, by_hand.of);
    }
    let outgoing = Outgoing::Mail(mail);
    let Some(debtor) = delivery.debtor else {
        let answer = app.channels().hand_over(delivery.creditor, &outgoing).await;
        return counted(app, delivery.kind, answer.map(|_| ()));
    };
    let id = MessageId(app.ambient().uuid_v7());
    if !begin(app, delivery, debtor, id, (&outgoing, by_hand)).await? {
        return Ok(Progress::Done);
    }
    let answer = app.channels().hand_over(delivery.creditor, &outgoing).await;
    let tx = app.store().write_of(delivery.creditor).await?;
    message::mark(&tx, delivery.creditor, &end_of(id, &answer), app.now()).await?;
    tx.commit().await?;
    counted(app, delivery.kind, answer.map(|_| ()))
}

/// Commits that a message is about to leave. False when one of its name has left or may have left.
async fn begin(
    app: &App,
    delivery: Delivery,
    debtor: (DebtorId, Language),
    id: MessageId,
    (outgoing, by_hand): (&Outgoing, Option<ByHand>),
) -> Result<bool, Failure> {
    let (creditor, now) = (delivery.creditor, app.now());
    let tx = app.store().write_of(creditor).await?;
    let before = message::find_by_reference(&tx, creditor, outgoing.channel(), outgoing.message_id()).await?;
    match before {
        Some(before) if before.state == MessageState::HandingOff => {
            message::mark_unknown(&tx, creditor, before.id, "the node ended before the channel answered", now).await?;
            tx.commit().await?;
            app.metrics().message(delivery.kind, "unknown");
            Ok(false)
        }
        Some(before) if before.state != MessageState::Failed => Ok(false),
        _ => {
            let row = log_row(id, debtor, delivery.purpose, outgoing, now);
            message::insert_handing_off(&tx, creditor, &[MessageRow { by_hand, ..row }]).await?;
            tx.commit().await?;
            Ok(true)
        }
    }
}

fn counted(app: &App, kind: &'static str, answer: Result<(), ChannelFault>) -> Result<Progress, Failure> {
    match answer {
        Ok(()) => {
            app.metrics().message(kind, "sent");
            Ok(Progress::Done)
        }
        Err(fault) if fault.may_retry() => Err(Fault::Other(fault.to_string()).into()),
        Err(fault) => {
            tracing::warn!(kind, %fault, "a message did not arrive");
            app.metrics().message(kind, if fault.may_have_left() { "unknown" } else { "failed" });
            Ok(Progress::Done)
        }
    }
}
