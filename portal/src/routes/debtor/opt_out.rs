use crate::pages::{OptOutState, OptOutView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use saldo_app::flows::opt_out::{self, WayOut};
use saldo_domain::consent::ConsentSource;

/// Asks first: mail scanners open links.
pub async fn ask(visit: Visit, Path(token): Path<String>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let shown = opt_out::show(&visit.app, &token).await;
    let way_out = shown.map_err(|failure| Page::failure(&visit, failure))?;
    let state = if way_out.withdrawn { OptOutState::Done } else { OptOutState::Ask };
    Ok(page(&visit, token, state, &way_out))
}

/// The form, and the mail program's one click (RFC 8058).
pub async fn done(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let one_click = form.text("List-Unsubscribe") == "One-Click";
    let source = if one_click { ConsentSource::OneClick } else { ConsentSource::Debtor };
    let withdrawn = opt_out::opt_out(&visit.app, &token, source).await;
    let way_out = withdrawn.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(page(&visit, token, OptOutState::Done, &way_out))
}

fn page(visit: &Visit, token: String, state: OptOutState, way_out: &WayOut) -> Page {
    let WayOut { snapshot, channel, .. } = way_out;
    let creditor_name = snapshot.creditor.name.clone();
    let masked_address = snapshot.debtor.masked_address(*channel);
    let chrome = crate::Chrome { language_switch: None, ..visit.of_debtor(snapshot) };
    Page::ok(&OptOutView { token, creditor_name, masked_address, state }, &chrome)
}
