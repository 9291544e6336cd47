//! The banner: the ladder's own where there is one, else what the balance itself says. Nothing is said to who has paid,
//! promised, disputes or keeps a plan, nor while a payment is under way.

use super::reader::Reader;
use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use jiff::SignedDuration;
use saldo_contract::widget_view::{ReminderAction, ReminderPart, ReminderTone};
use saldo_domain::banner::{BannerReason, may_speak, reason};
use saldo_domain::ids::DebtorId;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{Tx, banner};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How long what the balance says stands until it is looked at again.
const STANDS: SignedDuration = SignedDuration::from_hours(24);

/// What is shown, and whether it is a ladder's banner that is shown for the first time.
pub(super) struct Shown {
    pub(super) part: ReminderPart,
    pub(super) is_first: bool,
}

pub(super) async fn find(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    reader: &Reader,
) -> Result<Option<Shown>, Failure> {
    let (creditor, debtor, now) = (snapshot.creditor.id, snapshot.debtor.id, app.now());
    if !may_speak(snapshot, now)? || banner::is_snoozed(tx, creditor, debtor, now).await? {
        return Ok(None);
    }
    let reason = reason(snapshot, now)?;
    if let Some(written) = banner::find_shown(tx, creditor, debtor, now).await? {
        let part = ReminderPart {
            id: written.id,
            tone: reason.map_or(ReminderTone::Info, tone),
            text: written.text,
            action: reason.map_or(ReminderAction::Pay, action),
            until_at: written.until_at,
        };
        return Ok(Some(Shown { part, is_first: written.seen_at.is_none() }));
    }
    let Some(reason) = reason else { return Ok(None) };
    let id = id_of(debtor, reason);
    if banner::is_dismissed(tx, creditor, debtor, id).await? {
        return Ok(None);
    }
    let until_at = match reason {
        BannerReason::DiscountEnds { last_moment, .. } => last_moment,
        BannerReason::Overdue { .. } | BannerReason::DueSoon { .. } => later(now, STANDS)?,
    };
    let part = ReminderPart { id, tone: tone(reason), text: text(reason, reader), action: action(reason), until_at };
    Ok(Some(Shown { part, is_first: false }))
}

/// Whether a debtor may be shown a reminder with this id that no ladder wrote.
pub(super) fn may_be(app: &App, snapshot: &DebtorSnapshot, id: Uuid) -> Result<bool, Failure> {
    Ok(reason(snapshot, app.now())?.is_some_and(|reason| id_of(snapshot.debtor.id, reason) == id))
}

/// The same for the same thing on the same date, so that it stays away once it was put away.
fn id_of(debtor: DebtorId, reason: BannerReason) -> Uuid {
    let about = match reason {
        BannerReason::Overdue { due_on, .. } => format!("overdue {due_on}"),
        BannerReason::DiscountEnds { last_moment, .. } => format!("discount {last_moment}"),
        BannerReason::DueSoon { due_on, .. } => format!("due {due_on}"),
    };
    let digest = Sha256::new().chain_update(debtor.0).chain_update(about.as_bytes()).finalize();
    let bytes: [u8; 16] = digest[..16].try_into().expect("a digest has 32 bytes");
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn tone(reason: BannerReason) -> ReminderTone {
    match reason {
        BannerReason::Overdue { .. } => ReminderTone::Urgent,
        BannerReason::DiscountEnds { .. } => ReminderTone::Info,
        BannerReason::DueSoon { .. } => ReminderTone::Warning,
    }
}

fn action(reason: BannerReason) -> ReminderAction {
    match reason {
        BannerReason::DiscountEnds { .. } => ReminderAction::Choices,
        BannerReason::Overdue { .. } | BannerReason::DueSoon { .. } => ReminderAction::Pay,
    }
}

fn text(reason: BannerReason, reader: &Reader) -> String {
    match reason {
        BannerReason::Overdue { amount, due_on } => reader.with(
            "widget-remind-overdue",
            [("amount", reader.money(amount).into()), ("date", reader.date(due_on).into())],
        ),
        BannerReason::DiscountEnds { pay, saved, last_moment } => reader.with(
            "widget-remind-discount",
            [
                ("amount", reader.money(pay).into()),
                ("moment", reader.moment(last_moment).into()),
                ("saved", reader.money(saved).into()),
            ],
        ),
        BannerReason::DueSoon { amount, due_on } => reader.with(
            "widget-remind-soon",
            [("amount", reader.money(amount).into()), ("date", reader.date(due_on).into())],
        ),
    }
}
