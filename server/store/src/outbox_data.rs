//! What events say: ids, amounts and states as they stand when the transaction commits; nothing of persons.

use crate::bulk::{among, among_at, ids_value};
use crate::codec::{currency, to_word};
use crate::message::table as messages;
use crate::outbound_event::NewEvent;
use crate::outbox::Change;
use crate::payment::PaymentRow;
use crate::{StoreFault, Tx, dispute, given_back, invoice, message, payment, payment_plan, promise};
use saldo_domain::ids::{CreditorId, DisputeId, InvoiceId, PaymentId, PlanId, PromiseId};
use saldo_domain::invoice::{InvoiceStatus, ItemKind};
use saldo_domain::money::Money;
use saldo_domain::outbound::EventKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use uuid::Uuid;

/// The events of some changes, in the order in which they are told. What is gone again tells nothing.
pub(crate) async fn read(
    tx: &Tx,
    creditor_id: CreditorId,
    changes: &[Change],
    is_wanted: &(dyn Fn(EventKind) -> bool + Sync),
) -> Result<Vec<NewEvent>, StoreFault> {
    let mut told = Vec::new();
    let ids = |pick: fn(&Change) -> Option<Uuid>| -> Vec<Uuid> { changes.iter().filter_map(pick).collect() };
    invoices(tx, creditor_id, changes, is_wanted, &mut told).await?;
    let paid = ids(|change| if let Change::Payment(id) = change { Some(*id) } else { None });
    if is_wanted(EventKind::PaymentRecorded) && !paid.is_empty() {
        let wanted: Vec<PaymentId> = paid.into_iter().map(PaymentId).collect();
        for row in payment::find_many(tx, creditor_id, &wanted).await? {
            told.push(NewEvent::new(EventKind::PaymentRecorded, row.payment.id.0, payment_data(&row)));
        }
    }
    for change in changes {
        if let Change::GivenBack(key) | Change::Restored(key) = change {
            told.extend(gone_back(tx, creditor_id, key, matches!(change, Change::Restored(_))).await?);
        }
    }
    agreements(tx, creditor_id, changes, &mut told).await?;
    let sent = ids(|change| if let Change::Message(id) = change { Some(*id) } else { None });
    if (is_wanted(EventKind::MessageSent) || is_wanted(EventKind::MessageFailed)) && !sent.is_empty() {
        told.extend(messages_of(tx, creditor_id, sent).await?);
    }
    let accounts = ids(|change| if let Change::Account(id) = change { Some(*id) } else { None });
    if is_wanted(EventKind::BalanceChanged) && !accounts.is_empty() {
        told.extend(balances(tx, creditor_id, &accounts).await?);
    }
    told.retain(|event| is_wanted(event.kind));
    Ok(told)
}

fn amount(money: Money) -> Json {
    json!({ "minor": money.minor(), "currency": money.currency().code() })
}

async fn invoices(
    tx: &Tx,
    creditor_id: CreditorId,
    changes: &[Change],
    is_wanted: &(dyn Fn(EventKind) -> bool + Sync),
    told: &mut Vec<NewEvent>,
) -> Result<(), StoreFault> {
    let kinds = [EventKind::InvoiceIssued, EventKind::InvoiceUpdated, EventKind::InvoicePaid];
    let issued: HashSet<Uuid> =
        changes.iter().filter_map(|change| if let Change::Issued(id) = change { Some(*id) } else { None }).collect();
    let changed = |change: &Change| match change {
        Change::Issued(id) => Some(InvoiceId(*id)),
        Change::Invoice(id) if !issued.contains(id) => Some(InvoiceId(*id)),
        _ => None,
    };
    let wanted: Vec<InvoiceId> = changes.iter().filter_map(changed).collect();
    if wanted.is_empty() || !kinds.into_iter().any(is_wanted) {
        return Ok(());
    }
    for row in invoice::find_many(tx, creditor_id, &wanted).await? {
        let (id, data) = (row.invoice.id.0, invoice_data(&row));
        let is_new = issued.contains(&id);
        if is_new {
            told.push(NewEvent::new(EventKind::InvoiceIssued, id, data.clone()));
        }
        match row.invoice.status {
            InvoiceStatus::Paid { .. } => told.push(NewEvent::new(EventKind::InvoicePaid, id, data)),
            _ if !is_new => told.push(NewEvent::new(EventKind::InvoiceUpdated, id, data)),
            _ => {}
        }
    }
    Ok(())
}

fn invoice_data(row: &invoice::InvoiceRow) -> Json {
    let invoice = &row.invoice;
    let (status, outstanding) = match invoice.status {
        InvoiceStatus::Open { outstanding } => ("open", outstanding),
        InvoiceStatus::Paid { .. } => ("paid", Money::zero(invoice.amount.currency())),
        InvoiceStatus::Void { .. } => ("void", Money::zero(invoice.amount.currency())),
        InvoiceStatus::WrittenOff { .. } => ("written_off", Money::zero(invoice.amount.currency())),
    };
    let kind = match invoice.kind {
        ItemKind::Invoice => "invoice",
        ItemKind::LateFee { .. } => "late_fee",
        ItemKind::Interest { .. } => "interest",
        ItemKind::PlanCharge { .. } => "plan_charge",
    };
    json!({
        "invoice_id": invoice.id, "debtor_id": row.debtor_id, "account_id": invoice.account_id,
        "number": invoice.number, "kind": kind, "status": status, "amount": amount(invoice.amount),
        "outstanding": amount(outstanding), "due_on": invoice.due_on,
    })
}

fn payment_data(row: &PaymentRow) -> Json {
    let paid = &row.payment;
    json!({
        "payment_id": paid.id, "debtor_id": row.debtor_id, "account_id": paid.account_id,
        "amount": amount(paid.amount), "unapplied": amount(paid.unapplied), "provider": row.provider,
        "effective_on": paid.effective_on,
    })
}

/// Keys of movements end with what they were: `…:refund`, `…:chargeback`.
async fn gone_back(
    tx: &Tx,
    creditor_id: CreditorId,
    key: &str,
    counts_again: bool,
) -> Result<Option<NewEvent>, StoreFault> {
    let Some(given) = given_back::find(tx, creditor_id, key).await? else { return Ok(None) };
    let Some(row) = payment::find_many(tx, creditor_id, &[given.payment_id]).await?.pop() else { return Ok(None) };
    let kind = match (counts_again, key.ends_with(":refund")) {
        (true, _) => EventKind::PaymentRestored,
        (false, true) => EventKind::RefundRecorded,
        (false, false) => EventKind::ChargebackRecorded,
    };
    let data = json!({
        "payment_id": given.payment_id, "debtor_id": row.debtor_id, "account_id": row.payment.account_id,
        "amount": amount(given.amount), "refunded": amount(row.payment.refunded), "movement": given.movement_key,
    });
    Ok(Some(NewEvent::new(kind, given.payment_id.0, data)))
}

async fn agreements(
    tx: &Tx,
    creditor_id: CreditorId,
    changes: &[Change],
    told: &mut Vec<NewEvent>,
) -> Result<(), StoreFault> {
    let (mut plans, mut promises, mut broken, mut disputes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Plan(id) => plans.push(PlanId(*id)),
            Change::Promise(id) => promises.push(PromiseId(*id)),
            Change::BrokenPromise(id) => broken.push(PromiseId(*id)),
            Change::Dispute(id) => disputes.push(DisputeId(*id)),
            _ => {}
        }
    }
    for row in payment_plan::find_many(tx, creditor_id, &plans).await? {
        let kind = match row.plan.state.name() {
            "active" => EventKind::PlanAccepted,
            "completed" => EventKind::PlanCompleted,
            "broken" => EventKind::PlanBroken,
            "canceled" => EventKind::PlanCanceled,
            _ => continue,
        };
        let data = json!({
            "plan_id": row.plan.id, "debtor_id": row.debtor_id, "account_id": row.plan.account_id,
            "total": amount(row.plan.schedule.total), "state": row.plan.state.name(), "invoice_ids": row.plan.items,
        });
        told.push(NewEvent::new(kind, row.plan.id.0, data));
    }
    for row in promise::find_many(tx, creditor_id, &promises).await? {
        let withdrawn = row.promise.withdrawn.is_some();
        let kind = if withdrawn { EventKind::PromiseWithdrawn } else { EventKind::PromiseMade };
        told.push(NewEvent::new(kind, row.promise.id.0, promise_data(&row)));
    }
    for row in promise::find_many(tx, creditor_id, &broken).await? {
        told.push(NewEvent::new(EventKind::PromiseBroken, row.promise.id.0, promise_data(&row)));
    }
    for row in dispute::find_many(tx, creditor_id, &disputes).await? {
        let open = row.dispute.is_open();
        let kind = if open { EventKind::DisputeOpened } else { EventKind::DisputeResolved };
        let data = json!({
            "dispute_id": row.dispute.id, "debtor_id": row.debtor_id, "invoice_id": row.dispute.invoice_id,
            "reason": row.dispute.reason.name(), "state": row.dispute.state.name(),
        });
        told.push(NewEvent::new(kind, row.dispute.id.0, data));
    }
    Ok(())
}

fn promise_data(row: &promise::PromiseRow) -> Json {
    let made = &row.promise;
    json!({
        "promise_id": made.id, "debtor_id": row.debtor_id, "account_id": made.account_id,
        "amount": amount(made.expected()), "promised_on": made.promised_on,
    })
}

async fn messages_of(tx: &Tx, creditor_id: CreditorId, ids: Vec<Uuid>) -> Result<Vec<NewEvent>, StoreFault> {
    let select = messages::Entity::find().filter(messages::Column::CreditorId.eq(creditor_id.0)).filter(among(
        tx,
        messages::Column::Id,
        ids.into_iter(),
    ));
    let mut told = Vec::new();
    for row in select.all(tx.connection()).await? {
        let row = row.read()?;
        let kind = match row.state {
            message::MessageState::Sent => EventKind::MessageSent,
            state if state.is_trouble() => EventKind::MessageFailed,
            _ => continue,
        };
        let data = json!({
            "message_id": row.id, "debtor_id": row.debtor_id, "purpose": row.purpose.as_str(),
            "channel": to_word(&row.channel)?, "state": row.state.as_str(),
        });
        told.push(NewEvent::new(kind, row.id.0, data));
    }
    Ok(told)
}

async fn balances(tx: &Tx, creditor_id: CreditorId, ids: &[Uuid]) -> Result<Vec<NewEvent>, StoreFault> {
    let sql = format!(
        "SELECT a.id, a.debtor_id, a.currency, a.balance_version, a.unapplied_minor, (SELECT CAST(COALESCE(SUM(\
         i.outstanding_minor), 0) AS BIGINT) FROM invoices i WHERE i.creditor_id = a.creditor_id AND i.debtor_id = \
         a.debtor_id AND i.status = 'open' AND i.account_id = a.id) AS outstanding FROM accounts a \
         WHERE a.creditor_id = $1 AND {}",
        among_at(tx, "a.id", 2)
    );
    let rows = tx.query(&sql, vec![creditor_id.0.into(), ids_value(tx, ids.iter().copied())]).await?;
    let read = |row: &sea_orm::QueryResult| {
        let id: Uuid = row.try_get_by("id")?;
        let debtor_id: Uuid = row.try_get_by("debtor_id")?;
        let code: String = row.try_get_by("currency")?;
        let version: i64 = row.try_get_by("balance_version")?;
        let credit: i64 = row.try_get_by("unapplied_minor")?;
        let outstanding: i64 = row.try_get_by("outstanding")?;
        let money = |minor| Ok::<_, StoreFault>(amount(Money::new(minor, currency(&code)?)));
        let data = json!({
            "account_id": id, "debtor_id": debtor_id, "balance_version": version,
            "outstanding": money(outstanding)?, "credit": money(credit)?,
        });
        Ok(NewEvent::new(EventKind::BalanceChanged, id, data))
    };
    rows.iter().map(read).collect()
}
