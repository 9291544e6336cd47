use crate::Chrome;
use crate::pages::ProfileView;
use crate::routes::forms::{Form, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::RawQuery;
use saldo_app::flows::{change_language, open_statement};
use saldo_domain::locale::Language;

/// What is on file, masked until a fresh code was entered.
pub async fn show(visit: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let open = visit.is_fresh();
    let DebtorVisit { visit, session } = visit;
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await;
    let snapshot = snapshot.map_err(|failure| Page::failure(&visit, failure))?;
    let chrome = Chrome { signed_in: true, ..visit.of_debtor(&snapshot) };
    let saved = open && query_field(query.as_deref(), "saved").is_some();
    let view = ProfileView { creditor: snapshot.creditor, debtor: snapshot.debtor, open, saved };
    Ok(Page::ok(&view, &chrome))
}

/// The debtor wants to be written to in another language.
pub async fn language(visit: DebtorVisit, form: Form) -> Answer {
    visit.needs_code("/profile")?;
    let DebtorVisit { visit, session } = visit;
    let Ok(language) = Language::try_new(form.text("language")) else { return Ok(Page::see_other("/profile")) };
    let changed = change_language::change(&visit.app, session, language).await;
    changed.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(Page::see_other("/profile?saved=1").cookie(&visit.keep_language(language)))
}
