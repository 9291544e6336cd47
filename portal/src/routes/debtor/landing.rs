use crate::pages::{ExpiredLinkView, LandingView, LinkRequestedView, NoticeView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::access_link::{self, Presented};
use saldo_app::flows::{send_fresh_link, start_session};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::money::Money;
use saldo_domain::planted::{self, Bug};

/// The page behind the bare link: it shows little and changes nothing.
pub async fn show(visit: Visit, Path(token): Path<String>) -> Answer {
    landing(&visit, Presented::Token(&token)).await
}

/// The same behind its short form.
pub async fn show_short(visit: Visit, Path(code): Path<String>) -> Answer {
    landing(&visit, Presented::Code(&code)).await
}

async fn landing(visit: &Visit, presented: Presented<'_>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(visit, failure))?;
    let (_, snapshot) = match access_link::open(&visit.app, presented).await {
        Ok(opened) => opened,
        Err(failure) => return Err(expired(visit, presented, failure)),
    };
    if planted::is(Bug::ConsumeOnGet) {
        start_session::start(&visit.app, presented).await.map_err(|failure| expired(visit, presented, failure))?;
    }
    let mut amounts = Vec::new();
    for account in &snapshot.accounts {
        let open = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding));
        amounts.extend(open.ok().filter(|amount| amount.is_positive()));
    }
    let view = LandingView {
        path: presented.path(),
        creditor_name: snapshot.creditor.name.clone(),
        masked_name: snapshot.debtor.masked_name(),
        amounts,
    };
    Ok(Page::ok(&view, &visit.of_debtor(&snapshot)))
}

/// Without a link there is nothing to show: in test mode the way leads to the mailbox.
pub async fn root(visit: Visit) -> Page {
    if visit.app.is_test() {
        Page::see_other("/mailbox")
    } else {
        Page::with(StatusCode::NOT_FOUND, &ExpiredLinkView { path: None }, &visit.plain())
    }
}

/// Continue: the link becomes a session, and the token leaves the address.
pub async fn open(visit: Visit, Path(token): Path<String>) -> Answer {
    enter(&visit, Presented::Token(&token)).await
}

/// The same from its short form.
pub async fn open_short(visit: Visit, Path(code): Path<String>) -> Answer {
    enter(&visit, Presented::Code(&code)).await
}

async fn enter(visit: &Visit, presented: Presented<'_>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(visit, failure))?;
    match start_session::start(&visit.app, presented).await {
        Ok(session) => Ok(Page::see_other("/statement").cookie(&visit.keep_debtor(&session))),
        Err(failure) => Err(expired(visit, presented, failure)),
    }
}

/// "Send me a new one": answers alike whoever asks.
pub async fn renew(visit: Visit, Path(token): Path<String>) -> Answer {
    send_again(&visit, Presented::Token(&token)).await
}

/// The same with the short form.
pub async fn renew_short(visit: Visit, Path(code): Path<String>) -> Answer {
    send_again(&visit, Presented::Code(&code)).await
}

async fn send_again(visit: &Visit, presented: Presented<'_>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(visit, failure))?;
    match send_fresh_link::ask(&visit.app, presented).await {
        Ok(()) => Ok(Page::ok(&LinkRequestedView, &visit.plain())),
        Err(failure) => Err(Page::failure(visit, failure)),
    }
}

/// Ends the session.
pub async fn leave(visit: Visit) -> Answer {
    if let Some(cookie) = visit.debtor_cookie() {
        start_session::end(&visit.app, cookie).await.map_err(|failure| Page::failure(&visit, failure))?;
    }
    Ok(Page::see_other("/left").cookie(&visit.forget_debtor()))
}

/// After leaving.
pub async fn left(visit: Visit) -> Page {
    Page::ok(&NoticeView::Left, &visit.plain())
}

fn expired(visit: &Visit, presented: Presented<'_>, failure: Failure) -> Page {
    match failure {
        Failure::Refused(AppRefusal::LinkInvalid) => {
            Page::with(StatusCode::GONE, &ExpiredLinkView { path: Some(presented.path()) }, &visit.plain())
        }
        failure => Page::failure(visit, failure),
    }
}
