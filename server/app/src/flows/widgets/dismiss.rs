use super::door::enter;
use super::reminder;
use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use jiff::SignedDuration;
use saldo_contract::widget::WidgetScope;
use saldo_contract::widget_view::{DismissReminder, DismissUntil};
use saldo_domain::Refusal;
use saldo_store::banner::{self, BannerRow};
use saldo_store::{Across, snapshot};

/// How long "later" is.
const LATER: SignedDuration = SignedDuration::from_hours(24);

/// A debtor puts a reminder away: for a day, in which no other is shown either, or for good.
///
/// # Errors
/// Those of the door, `scope_missing`, `not_found`.
pub async fn dismiss(app: &App, from: Option<&str>, wish: &DismissReminder) -> Result<(), Failure> {
    let tx = app.store().write_across(Across::Entrance).await?;
    let entry = enter(app, &tx, &wish.token, from).await?;
    entry.needs(WidgetScope::Balance)?;
    let (creditor, debtor, now) = (entry.creditor_id, entry.debtor_id, app.now());
    let until = match wish.until {
        DismissUntil::Later => Some(later(now, LATER)?),
        DismissUntil::ForGood => None,
    };
    if !banner::put_away(&tx, creditor, debtor, wish.reminder_id, now, until).await? {
        // What was made of the balance alone is written down once it is put away.
        let snapshot = snapshot::load_with_movements(&tx, creditor, debtor).await?;
        if !reminder::may_be(app, &snapshot, wish.reminder_id)? {
            return Err(Refusal::NotFound.into());
        }
        let row = BannerRow {
            id: wish.reminder_id,
            debtor_id: debtor,
            text: String::new(),
            language: snapshot.debtor.locale(&snapshot.creditor).language,
            written_at: now,
            until_at: now,
            seen_at: Some(now),
        };
        banner::insert(&tx, creditor, &row).await?;
        banner::put_away(&tx, creditor, debtor, wish.reminder_id, now, until).await?;
    }
    Ok(tx.commit().await?)
}
