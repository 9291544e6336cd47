use crate::Chrome;
use crate::pages::{ChannelChoice, PreferencesView};
use crate::routes::forms::{Form, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::{Path, RawQuery};
use saldo_app::flows::consent::standings;
use saldo_app::flows::opt_out;
use saldo_app::flows::preferences::{self, PreferenceWish, is_offered};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::consent::Unusable;
use saldo_domain::contact::ContactPreference;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use saldo_domain::snapshot::DebtorSnapshot;

/// Whose preferences, and where the form goes.
struct Whose {
    creditor: CreditorId,
    debtor: DebtorId,
    action: String,
    signed_in: bool,
}

/// How the debtor wants to be reached.
pub async fn show(visit: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let saved = query_field(query.as_deref(), "saved").is_some();
    let DebtorVisit { visit, session } = visit;
    let whose = of_session(session.creditor_id, session.debtor_id);
    page(&visit, whose, saved, None).await
}

/// Keeps it.
pub async fn set(visit: DebtorVisit, form: Form) -> Answer {
    let DebtorVisit { visit, session } = visit;
    let whose = of_session(session.creditor_id, session.debtor_id);
    keep(&visit, whose, &form).await
}

/// The same by the way out that a message carries.
pub async fn by_token(visit: Visit, Path(token): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let saved = query_field(query.as_deref(), "saved").is_some();
    let whose = of_token(&visit, &token)?;
    page(&visit, whose, saved, None).await
}

/// Keeps it.
pub async fn set_by_token(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    let whose = of_token(&visit, &token)?;
    keep(&visit, whose, &form).await
}

fn of_session(creditor: CreditorId, debtor: DebtorId) -> Whose {
    Whose { creditor, debtor, action: "/preferences".to_owned(), signed_in: true }
}

fn of_token(visit: &Visit, token: &str) -> Result<Whose, Page> {
    let known = visit.knock().and_then(|()| opt_out::debtor_of(&visit.app, token));
    let (creditor, debtor) = known.map_err(|failure| Page::failure(visit, failure))?;
    Ok(Whose { creditor, debtor, action: format!("/optout/{token}/preferences"), signed_in: false })
}

async fn keep(visit: &Visit, whose: Whose, form: &Form) -> Answer {
    let language = Language::try_new(form.text("language"));
    let wish =
        ContactPreference { channel: form.parse("channel"), from: form.parse("from"), until: form.parse("until") };
    let asked = language.map(|language| PreferenceWish { language, wish, allowed: form.all::<Channel>("allow") });
    let kept = match asked {
        Ok(asked) => {
            let language = asked.language;
            let kept = preferences::set(&visit.app, whose.creditor, whose.debtor, asked).await;
            kept.map(|()| language)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match kept {
        Ok(language) => {
            let back = format!("{}?saved=1", whose.action);
            Ok(Page::see_other(&back).cookie(&visit.keep_language(language)))
        }
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => page(visit, whose, false, Some(refusal)).await,
        Err(failure) => Err(Page::failure(visit, failure)),
    }
}

async fn page(visit: &Visit, whose: Whose, saved: bool, problem: Option<Refusal>) -> Answer {
    let snapshot = preferences::show(&visit.app, whose.creditor, whose.debtor).await;
    let snapshot = snapshot.map_err(|failure| Page::failure(visit, failure))?;
    let chrome = Chrome { signed_in: whose.signed_in, language_switch: None, ..visit.of_debtor(&snapshot) };
    let view = view(&snapshot, whose, saved, problem, &chrome);
    Ok(Page::ok(&view, &chrome))
}

fn view(
    snapshot: &DebtorSnapshot,
    whose: Whose,
    saved: bool,
    problem: Option<Refusal>,
    chrome: &Chrome,
) -> PreferencesView {
    let choices = standings(snapshot).into_iter().filter_map(|standing| {
        let bounced = standing.unusable == Some(Unusable::Bounced);
        let shown = is_offered(&standing) || bounced;
        let address = snapshot.debtor.masked_address(standing.channel);
        let choice = ChannelChoice {
            channel: standing.channel,
            address: address.unwrap_or_default(),
            allowed: standing.unusable.is_none(),
            bounced,
        };
        shown.then_some(choice)
    });
    PreferencesView {
        action: whose.action,
        signed_in: whose.signed_in,
        creditor_name: snapshot.creditor.name.clone(),
        choices: choices.collect(),
        wish: snapshot.preference.clone().unwrap_or_default(),
        language: snapshot.debtor.language.unwrap_or(chrome.locale.language),
        saved,
        problem,
    }
}
