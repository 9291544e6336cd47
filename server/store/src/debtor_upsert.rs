use crate::bulk::insert_free;
use crate::codec::{to_instant, to_json, to_word};
use crate::debtor::find_by_references;
use crate::debtor::table::{Column, Entity, Model};
use crate::{StoreFault, Tx, debtor_words};
use saldo_domain::calendar::Timestamp;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

fn row_of(creditor_id: CreditorId, debtor: &Debtor, at: Timestamp) -> Result<Model, StoreFault> {
    let email = debtor.email.as_deref().unwrap_or_default();
    Ok(Model {
        creditor_id: creditor_id.0,
        id: debtor.id.0,
        reference: debtor.reference.clone(),
        name: debtor.name.clone(),
        email: debtor.email.clone(),
        email_key: debtor.email.as_deref().map(str::to_lowercase),
        phone: debtor.phone.clone(),
        language: debtor.language.as_ref().map(to_word).transpose()?,
        country: debtor.country.clone(),
        zone: debtor.zone.as_ref().map(|zone| zone.name().to_owned()),
        postal_address: debtor.postal_address.clone(),
        tags: to_json(&debtor.tags)?,
        next_contact_at: None,
        search_text: search_text(&debtor.name, &debtor.reference, email),
        created_at: to_instant(at),
    })
}

fn search_text(name: &str, reference: &str, email: &str) -> String {
    format!("{name}\n{reference}\n{email}").to_lowercase()
}

/// Writes a debtor, or brings the one with the same reference up to date; answers the id under which it is kept.
/// What the new version does not know (`None`) stays as it was.
///
/// # Errors
/// The database's.
pub async fn upsert(tx: &Tx, creditor_id: CreditorId, debtor: &Debtor, at: Timestamp) -> Result<DebtorId, StoreFault> {
    let ids = upsert_many(tx, creditor_id, std::slice::from_ref(debtor), at).await?;
    ids.first().copied().ok_or(StoreFault::NotFound("debtor"))
}

/// [`upsert`] for many; the ids stand in the order of the debtors. Of a reference that is there twice the last one counts.
///
/// # Errors
/// `Conflict("debtor")` when the id of a new debtor is taken.
pub async fn upsert_many(
    tx: &Tx,
    creditor_id: CreditorId,
    debtors: &[Debtor],
    at: Timestamp,
) -> Result<Vec<DebtorId>, StoreFault> {
    let references: Vec<&str> = debtors.iter().map(|debtor| debtor.reference.as_str()).collect();
    let latest: HashMap<&str, &Debtor> = debtors.iter().map(|debtor| (debtor.reference.as_str(), debtor)).collect();
    let known = find_by_references(tx, creditor_id, &references).await?;
    let mut fresh = Vec::new();
    for debtor in latest.values().filter(|debtor| !known.contains_key(&debtor.reference)) {
        fresh.push(row_of(creditor_id, debtor, at)?);
    }
    fresh.sort_by_key(|row| row.id);
    let texts: Vec<(uuid::Uuid, String)> = fresh.iter().map(|row| (row.id, row.search_text.clone())).collect();
    insert_free::<Entity>(tx, fresh).await?;
    // Another node may have written some of them meanwhile: what stands there now is brought up to date like the others.
    let known = find_by_references(tx, creditor_id, &references).await?;
    let ours: std::collections::HashSet<uuid::Uuid> = known.values().map(|debtor| debtor.id.0).collect();
    let texts: Vec<_> = texts.into_iter().filter(|(id, _)| ours.contains(id)).collect();
    debtor_words::insert_many(tx, creditor_id.0, &texts).await?;
    for debtor in latest.values() {
        let before = known.get(&debtor.reference).ok_or(StoreFault::Conflict("debtor"))?;
        if merge(before, debtor) != *before {
            update(tx, creditor_id, before, debtor).await?;
        }
    }
    references.iter().map(|key| known.get(*key).map(|row| row.id).ok_or(StoreFault::Conflict("debtor"))).collect()
}

fn merge(before: &Debtor, now: &Debtor) -> Debtor {
    Debtor {
        id: before.id,
        reference: before.reference.clone(),
        name: now.name.clone(),
        email: now.email.clone().or_else(|| before.email.clone()),
        phone: now.phone.clone().or_else(|| before.phone.clone()),
        language: now.language.or(before.language),
        country: now.country.clone().or_else(|| before.country.clone()),
        zone: now.zone.clone().or_else(|| before.zone.clone()),
        postal_address: now.postal_address.clone().or_else(|| before.postal_address.clone()),
        tags: if now.tags.is_empty() { before.tags.clone() } else { now.tags.clone() },
    }
}

async fn update(tx: &Tx, creditor_id: CreditorId, before: &Debtor, now: &Debtor) -> Result<(), StoreFault> {
    let debtor = merge(before, now);
    let email = debtor.email.as_deref().unwrap_or_default();
    let text = search_text(&debtor.name, &debtor.reference, email);
    debtor_words::replace(tx, creditor_id.0, debtor.id.0, &text).await?;
    let update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(debtor.name.clone()))
        .col_expr(Column::Email, Expr::value(debtor.email.clone()))
        .col_expr(Column::EmailKey, Expr::value(debtor.email.as_deref().map(str::to_lowercase)))
        .col_expr(Column::Phone, Expr::value(debtor.phone.clone()))
        .col_expr(Column::PostalAddress, Expr::value(debtor.postal_address.clone()))
        .col_expr(Column::Language, Expr::value(debtor.language.as_ref().map(to_word).transpose()?))
        .col_expr(Column::Country, Expr::value(debtor.country.clone()))
        .col_expr(Column::Zone, Expr::value(debtor.zone.as_ref().map(|zone| zone.name().to_owned())))
        .col_expr(Column::Tags, Expr::value(to_json(&debtor.tags)?))
        .col_expr(Column::SearchText, Expr::value(text))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(debtor.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "debtor")
}
