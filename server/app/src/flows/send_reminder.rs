//! Hand-over in groups: under the debtors' locks each decision is taken again, and only then the messages leave. One database
//! transaction says what leaves, another what became of it; who dies in between leaves messages of which nobody knows, and
//! those are shown and never sent again.

use crate::App;
use crate::channels::log_row;
use crate::failure::Failure;
use crate::flows::access_link::{self, later};
use crate::flows::decision_log::{self, Look};
use crate::flows::escalate;
use crate::flows::hand_over_group::{Leaving, hand_over, record_answers};
use crate::flows::opt_out;
use crate::flows::plan_reminders::read;
use crate::flows::render_message::{self, Speech};
use crate::flows::send_again;
use crate::jobs::{self, Progress};
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, MessageId, ReminderId};
use saldo_domain::planted::{self, Bug};
use saldo_domain::rehearsal::ahead;
use saldo_domain::reminder::{Channel, Decision, again, decide};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::Outgoing;
use saldo_store::job::{self, ClaimedJob};
use saldo_store::message::{self, MessagePurpose};
use saldo_store::reminder::{self, BROUGHT_FORWARD, ReminderRow, ReminderState, SENT_AGAIN};
use saldo_store::{Tx, debtor};
use std::collections::{HashMap, HashSet};

/// When a message that could not be written is tried again: somebody has to mend a template or a row.
const UNWRITTEN_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Sends planned reminders of one creditor, or writes why each stays.
///
/// # Errors
/// Faults of the store.
pub async fn send(app: &App, claimed: &ClaimedJob, reminders: &[(DebtorId, ReminderId)]) -> Result<Progress, Failure> {
    let creditor = claimed.creditor_id;
    let _in_hand = app.channels().take_in_hand(reminders.len()).await;
    let ids: Vec<ReminderId> = reminders.iter().map(|(_, id)| *id).collect();
    let early = match planted::is(Bug::CheckOutsideHandOver) {
        true => Some(Group::decide(app, &app.store().read_of(creditor).await?, creditor, &ids).await?),
        false => None,
    };
    let tx = app.store().write_of(creditor).await?;
    let debtors: Vec<DebtorId> = reminders.iter().map(|(debtor_id, _)| *debtor_id).collect();
    debtor::lock_many(&tx, creditor, &debtors).await?;
    if !job::hold(&tx, claimed, jobs::lease_end(app)?).await? {
        return Ok(Progress::Done);
    }
    let group = match early {
        Some(group) => group,
        None => Group::decide(app, &tx, creditor, &ids).await?,
    };
    let decided_at = group.now;
    let (leaving, messages) = group.write(app, &tx, creditor).await?;
    if leaving.is_empty() {
        job::mark_done(&tx, creditor, claimed.id, claimed.fence, app.now()).await?;
        tx.commit().await?;
        return Ok(Progress::Ended);
    }
    tx.commit().await?;
    let answers = hand_over(app, creditor, messages, decided_at).await;
    let tx = app.store().write_of(creditor).await?;
    let debtors: Vec<DebtorId> = leaving.iter().map(|leaving| leaving.row.debtor_id).collect();
    debtor::lock_many(&tx, creditor, &debtors).await?;
    record_answers(app, &tx, creditor, &leaving, answers).await?;
    // Whoever has claimed the job meanwhile finds nothing planned; what the channel said counts all the same.
    job::mark_done(&tx, creditor, claimed.id, claimed.fence, app.now()).await?;
    tx.commit().await?;
    Ok(Progress::Ended)
}

/// A group under the locks of its debtors.
struct Group {
    now: Timestamp,
    snapshots: HashMap<DebtorId, DebtorSnapshot>,
    /// What is to leave, and whether that is no longer what was planned.
    sends: Vec<(ReminderRow, bool)>,
    held: Vec<(ReminderId, DebtorId, Decision)>,
    /// What a node that died had begun to hand over.
    lost: Vec<(ReminderId, DebtorId)>,
    unwritten: Vec<(ReminderId, DebtorId, String)>,
    /// What a person sends again: where it stays, it stays as it was.
    by_hand: Vec<ReminderId>,
}

impl Group {
    async fn decide(app: &App, tx: &Tx, creditor: CreditorId, ids: &[ReminderId]) -> Result<Self, Failure> {
        let rows = reminder::find_many(tx, creditor, ids).await?;
        let mut debtors: Vec<DebtorId> = rows.iter().map(|row| row.debtor_id).collect();
        debtors.dedup();
        let (snapshots, _) = read(tx, creditor, &debtors).await?;
        let snapshots = snapshots.into_iter().map(|snapshot| (snapshot.debtor.id, snapshot)).collect();
        // Read under the locks: no payment commits between this moment and the end of the transaction.
        let now = app.now();
        let of_hand = rows.iter().filter(|row| row.reason == SENT_AGAIN).map(|row| row.id);
        let by_hand = of_hand.collect();
        let mut group = Self {
            now,
            snapshots,
            sends: Vec::new(),
            held: Vec::new(),
            lost: Vec::new(),
            unwritten: Vec::new(),
            by_hand,
        };
        for row in rows {
            match row.state {
                ReminderState::Planned => group.consider(app.channels().ready(), row),
                ReminderState::HandingOff if planted::is(Bug::LeaseWithoutFencing) => group.sends.push((row, false)),
                ReminderState::HandingOff => group.lost.push((row.id, row.debtor_id)),
                _ => {}
            }
        }
        Ok(group)
    }

    fn consider(&mut self, ready: &[Channel], row: ReminderRow) {
        let Some(snapshot) = self.snapshots.get(&row.debtor_id) else {
            return self.unwritten.push((row.id, row.debtor_id, "the debtor's rows cannot be read".to_owned()));
        };
        let decided = match row.reason.as_str() {
            BROUGHT_FORWARD => ahead(snapshot, ready, self.now),
            SENT_AGAIN => again(snapshot, ready, row.step, self.now),
            _ => decide(snapshot, ready, self.now),
        };
        match decided {
            Ok(Decision::Send { step, rung, channel, items }) if step == row.step => {
                let changed = row.items != items || row.channel != channel || row.rung != rung;
                self.sends.push((ReminderRow { items, channel, rung, ..row }, changed));
            }
            Ok(decision) => self.held.push((row.id, row.debtor_id, decision)),
            Err(refusal) => self.unwritten.push((row.id, row.debtor_id, refusal.to_string())),
        }
    }

    /// Writes what leaves and what stays, and renders what leaves.
    async fn write(
        mut self,
        app: &App,
        tx: &Tx,
        creditor: CreditorId,
    ) -> Result<(Vec<Leaving>, Vec<Outgoing>), Failure> {
        let mut leaving = Vec::with_capacity(self.sends.len());
        let wanted: Vec<_> = self.sends.iter().map(|(row, _)| (row.debtor_id, row.channel)).collect();
        let links = access_link::mint_for_messages(app, tx, creditor, &wanted, "full").await?;
        let wording = render_message::wording(app, tx, creditor).await?;
        for ((row, changed), link) in std::mem::take(&mut self.sends).into_iter().zip(links) {
            let snapshot = &self.snapshots[&row.debtor_id];
            let opt_out = opt_out::address_for(app, creditor, row.debtor_id, row.channel)?;
            let speech = Speech { snapshot, row: &row, link: &link, opt_out: &opt_out };
            match render_message::render(app, &wording, &speech) {
                Ok(message) => {
                    if changed {
                        reminder::set_message(tx, creditor, &row).await?;
                    }
                    escalate::rung(app, tx, &speech, &message).await?;
                    let tried = send_again::tried_before(tx, creditor, snapshot, &row).await?;
                    let (id, reference) = (MessageId(app.ambient().uuid_v7()), message.message_id().to_owned());
                    leaving.push((Leaving { row, id, reference, tried }, message));
                }
                Err(failure) => {
                    tracing::error!(reminder = %row.id, %failure, "a reminder cannot be written");
                    self.unwritten.push((row.id, row.debtor_id, failure.to_string()));
                }
            }
        }
        let ids: Vec<ReminderId> = leaving.iter().map(|(leaving, _)| leaving.row.id).collect();
        let marked = reminder::mark_many_handing_off(tx, creditor, &ids, self.now).await?;
        let marked: HashSet<ReminderId> = marked.into_iter().collect();
        leaving.retain(|(leaving, _)| marked.contains(&leaving.row.id));
        self.log(tx, creditor, &leaving).await?;
        self.write_rest(app, tx, creditor).await?;
        Ok(leaving.into_iter().unzip())
    }

    async fn log(&self, tx: &Tx, creditor: CreditorId, leaving: &[(Leaving, Outgoing)]) -> Result<(), Failure> {
        let row = |(leaving, message): &(Leaving, Outgoing)| {
            let snapshot = &self.snapshots[&leaving.row.debtor_id];
            let language = snapshot.debtor.locale(&snapshot.creditor).language;
            let to = (leaving.row.debtor_id, language);
            let row = log_row(leaving.id, to, MessagePurpose::Reminder, message, self.now);
            let template = render_message::template_key(snapshot, &leaving.row, self.now).to_owned();
            let by_hand = leaving.row.by_hand.clone();
            message::MessageRow { reminder_id: Some(leaving.row.id), template: Some(template), by_hand, ..row }
        };
        message::insert_handing_off(tx, creditor, &leaving.iter().map(row).collect::<Vec<_>>()).await?;
        for (id, debtor_id) in &self.lost {
            if let Some(lost) = message::find_for_reminder(tx, creditor, *debtor_id, *id).await? {
                let why = "the node ended before the channel answered";
                message::mark_unknown(tx, creditor, lost.id, why, self.now).await?;
            }
        }
        Ok(())
    }

    async fn write_rest(self, app: &App, tx: &Tx, creditor: CreditorId) -> Result<(), Failure> {
        let now = self.now;
        if !self.by_hand.is_empty() {
            reminder::stay_as_before(tx, creditor, &self.by_hand, now).await?;
        }
        let automatic = |id: &ReminderId| !self.by_hand.contains(id);
        let held = self.held.iter().filter(|(id, ..)| automatic(id));
        let held: Vec<_> = held.map(|(id, _, decision)| (*id, decision_log::why(decision).to_owned())).collect();
        let lost: Vec<_> = self.lost.iter().map(|(id, _)| (*id, String::new())).collect();
        let unwritten = self.unwritten.iter().filter(|(id, ..)| automatic(id));
        let unwritten: Vec<_> = unwritten.map(|(id, _, error)| (*id, error.clone())).collect();
        for (to, outcome, rows) in [
            (ReminderState::Suppressed, "suppressed", held),
            (ReminderState::Unknown, "unknown", lost),
            (ReminderState::Failed, "failed", unwritten),
        ] {
            reminder::mark_many(tx, creditor, to, &rows, now).await?;
            rows.iter().for_each(|_| app.metrics().message("reminder", outcome));
        }
        let again = later(now, UNWRITTEN_AGAIN_AFTER)?;
        let soon = self.held.iter().map(|(_, debtor_id, _)| debtor_id).chain(self.lost.iter().map(|(_, id)| id));
        let mut next: Vec<(DebtorId, Option<Timestamp>)> = soon.map(|id| (*id, Some(now))).collect();
        next.extend(self.unwritten.iter().map(|(_, debtor_id, _)| (*debtor_id, Some(again))));
        debtor::set_next_contacts(tx, creditor, &next).await?;
        let looks = self.held.into_iter().filter_map(|(_, debtor_id, decision)| {
            let snapshot = self.snapshots.get(&debtor_id)?;
            Some(Look { snapshot, decision })
        });
        decision_log::record(app, tx, creditor, &looks.collect::<Vec<_>>(), now).await
    }
}
