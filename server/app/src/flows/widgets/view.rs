use super::choices::May;
use super::door::{Entry, enter};
use super::reader::Reader;
use super::{balance, choices, plan, reminder, statement, watch, words};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::payment_plan::{OfferedPlan, offers_beside};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use saldo_contract::paths::WIDGET_OPEN;
use saldo_contract::widget::WidgetScope;
use saldo_contract::widget_view::{ChoicesPart, ReminderPart, ViewWidget, WidgetCreditor, WidgetPart, WidgetView};
use saldo_domain::calendar::Timestamp;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{Statement, build};
use saldo_store::{Across, Tx, banner, snapshot};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Everything that a view is made of.
struct Desk {
    entry: Entry,
    snapshot: DebtorSnapshot,
    offered: Vec<OfferedPlan>,
    statement: Statement,
    now: Timestamp,
}

/// What widgets show; none while what is on the page holds.
///
/// # Errors
/// Those of the door.
pub async fn show(app: &App, from: Option<&str>, wish: &ViewWidget) -> Result<Option<WidgetView>, Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let entry = enter(app, &tx, &wish.token, from).await?;
    let desk = read(app, &tx, entry, wish).await?;
    let reader = Reader::new(&desk.snapshot, wish.locale.as_deref(), wish.currency_display);
    let said = match wants(wish, &desk.entry, WidgetPart::Reminder, WidgetScope::Balance) {
        true => reminder::find(app, &tx, &desk.snapshot, &reader).await?,
        false => None,
    };
    let mark = watch::mark_of(&tx, desk.entry.creditor_id, desk.entry.debtor_id).await?;
    drop(tx);
    if let Some(first) = said.as_ref().filter(|said| said.is_first) {
        match note_seen(app, &desk, first.part.id).await {
            // What is true is shown all the same.
            Err(failure) if failure.outage().is_some() => {
                tracing::warn!(%failure, "that a banner was shown could not be noted");
            }
            noted => noted?,
        }
    }
    let mut view = put_together(app, wish, &desk, &reader, said.map(|said| said.part))?;
    view.revision = format!("{mark}.{}", revision(&view)?);
    Ok(Some(view).filter(|view| wish.known.as_ref() != Some(&view.revision)))
}

async fn note_seen(app: &App, desk: &Desk, banner_id: Uuid) -> Result<(), Failure> {
    let tx = app.store().write_of(desk.entry.creditor_id).await?;
    banner::mark_seen(&tx, desk.entry.creditor_id, banner_id, desk.now).await?;
    Ok(tx.commit().await?)
}

async fn read(app: &App, tx: &Tx, entry: Entry, wish: &ViewWidget) -> Result<Desk, Failure> {
    let now = app.now();
    let (snapshot, offered) = if wish.parts.contains(&WidgetPart::Choices) && entry.covers(WidgetScope::Plan) {
        offers_beside(app, tx, entry.creditor_id, entry.debtor_id).await?
    } else {
        (snapshot::load_with_movements(tx, entry.creditor_id, entry.debtor_id).await?, Vec::new())
    };
    let statement = build(&snapshot, now)?;
    Ok(Desk { entry, snapshot, offered, statement, now })
}

/// A part is shown where it is asked for and the token covers it.
fn wants(wish: &ViewWidget, entry: &Entry, part: WidgetPart, scope: WidgetScope) -> bool {
    wish.parts.contains(&part) && entry.covers(scope)
}

fn put_together(
    app: &App,
    wish: &ViewWidget,
    desk: &Desk,
    reader: &Reader,
    reminder: Option<ReminderPart>,
) -> Result<WidgetView, Failure> {
    let account = balance::shown(&desk.statement);
    let wants = |part, scope| wants(wish, &desk.entry, part, scope);
    let plan = match account.filter(|_| wants(WidgetPart::Plan, WidgetScope::Plan)) {
        Some(account) => plan::part(&desk.snapshot, account, desk.statement.as_of, reader)?,
        None => None,
    };
    Ok(WidgetView {
        revision: String::new(),
        expires_at: desk.entry.expires_at,
        locale: reader.locale.tag(),
        scopes: desk.entry.scopes.clone(),
        creditor: WidgetCreditor { name: desk.snapshot.creditor.name.clone() },
        words: words::words(&wish.parts, reader.texts()),
        open: app.url(WIDGET_OPEN),
        balance: wants(WidgetPart::Balance, WidgetScope::Balance).then(|| balance::part(&desk.statement, reader)),
        statement: wants(WidgetPart::Statement, WidgetScope::Statement)
            .then(|| statement::part(account, desk.entry.covers(WidgetScope::Pay), reader)),
        choices: choices(wish, desk, reader)?,
        plan,
        reminder,
    })
}

fn choices(wish: &ViewWidget, desk: &Desk, reader: &Reader) -> Result<Option<ChoicesPart>, Failure> {
    let may = May { pay: desk.entry.covers(WidgetScope::Pay), plan: desk.entry.covers(WidgetScope::Plan) };
    let asked = wish.parts.contains(&WidgetPart::Choices) && (may.pay || may.plan);
    let Some(account) = balance::shown(&desk.statement).filter(|_| asked) else { return Ok(None) };
    Ok(choices::part(account, &desk.offered, (desk.statement.as_of, desk.now), may, reader)?)
}

/// Of everything but the moment at which it was made and the end of the token.
fn revision(view: &WidgetView) -> Result<String, Failure> {
    let mut still = view.clone();
    still.expires_at = Timestamp::UNIX_EPOCH;
    if let Some(choices) = &mut still.choices {
        choices.server_now = Timestamp::UNIX_EPOCH;
    }
    if let Some(reminder) = &mut still.reminder {
        reminder.until_at = Timestamp::UNIX_EPOCH;
    }
    let text = serde_json::to_vec(&still).map_err(|error| Fault::Other(format!("a widget's view: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(&Sha256::digest(&text)[..12]))
}
