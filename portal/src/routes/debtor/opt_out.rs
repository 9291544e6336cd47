use crate::pages::{OptOutState, OptOutView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use saldo_app::flows::opt_out;
use saldo_domain::snapshot::DebtorSnapshot;

/// Asks first: mail scanners open links.
pub async fn ask(visit: Visit, Path(token): Path<String>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let shown = opt_out::show(&visit.app, &token).await;
    let snapshot = shown.map_err(|failure| Page::failure(&visit, failure))?;
    let state = if snapshot.debtor.email_opt_out_at.is_some() { OptOutState::Done } else { OptOutState::Ask };
    Ok(page(&visit, token, state, &snapshot))
}

/// The form, and the mail program's one click (RFC 8058).
pub async fn done(visit: Visit, Path(token): Path<String>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let withdrawn = opt_out::opt_out(&visit.app, &token).await;
    let snapshot = withdrawn.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(page(&visit, token, OptOutState::Done, &snapshot))
}

fn page(visit: &Visit, token: String, state: OptOutState, snapshot: &DebtorSnapshot) -> Page {
    let creditor_name = snapshot.creditor.name.clone();
    let masked_email = snapshot.debtor.masked_email();
    let chrome = crate::Chrome { language_switch: None, ..visit.of_debtor(snapshot) };
    Page::ok(&OptOutView { token, creditor_name, masked_email, state }, &chrome)
}
