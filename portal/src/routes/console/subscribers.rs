use crate::pages::console::subscribers::{SubscriberProblem, SubscriberTyped, SubscriberView, SubscribersView};
use crate::routes::console::overview::ListQuery;
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use jiff::civil::Time;
use saldo_app::flows::subscribers;
use saldo_app::{AppRefusal, Failure};
use saldo_contract::subscriber::{CreateSubscriber, ReplayEvents, SubscriberSecret};
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::ids::SubscriberId;
use saldo_domain::member::Permission;
use uuid::Uuid;

/// Who is told.
pub async fn list(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Terms)?;
    all(&console, SubscriberTyped::default(), None).await
}

async fn all(console: &ConsoleVisit, typed: SubscriberTyped, problem: Option<SubscriberProblem>) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let subscribers = subscribers::list(console.app(), console.id()).await.map_err(failed)?;
    let view = SubscribersView { subscribers, typed, problem };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// One more; its secret is shown on this page and never again.
pub async fn create(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let (name, url) = (form.text("name").to_owned(), form.text("url").to_owned());
    let wish = CreateSubscriber { name, url, types: form.all("type") };
    match subscribers::create(console.app(), console.id(), &console.actor(), &wish).await {
        Ok(made) => shown_once(&console, made).await,
        Err(Failure::Refused(refusal)) => {
            let typed = SubscriberTyped { name: wish.name, url: wish.url, types: wish.types };
            all(&console, typed, Some(problem(refusal))).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

fn problem(refusal: AppRefusal) -> SubscriberProblem {
    match refusal {
        AppRefusal::SubscriberUrl(why) => SubscriberProblem::Url(why),
        AppRefusal::SubscribersFull => SubscriberProblem::Full,
        _ => SubscriberProblem::Name,
    }
}

async fn shown_once(console: &ConsoleVisit, made: SubscriberSecret) -> Answer {
    let id = SubscriberId(made.subscriber.id);
    one(console, id, ListQuery::default(), (Some(made.secret), None)).await
}

/// What one was told.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>, Query(query): Query<ListQuery>) -> Answer {
    console.needs(Permission::Terms)?;
    one(&console, SubscriberId(id), query, (None, None)).await
}

async fn one(
    console: &ConsoleVisit,
    id: SubscriberId,
    query: ListQuery,
    (secret, problem): (Option<String>, Option<SubscriberProblem>),
) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let known = ["waiting", "delivered", "dead"];
    let state = query.state.clone().filter(|state| known.contains(&state.as_str()));
    let subscriber = subscribers::show(console.app(), console.id(), id).await.map_err(failed)?;
    let listed = subscribers::deliveries(console.app(), console.id(), id, state.as_deref(), query.page()).await;
    let listed = listed.map_err(failed)?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = SubscriberView {
        subscriber,
        secret,
        state,
        deliveries: listed.items,
        next: listed.next.map(|cursor| cursor.to_string()),
        problem,
    };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// A new secret, shown on this page and never again.
pub async fn rotate(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let made = subscribers::rotate(console.app(), console.id(), &console.actor(), SubscriberId(id)).await;
    shown_once(&console, made.map_err(|failure| Page::failure(&console.visit, failure))?).await
}

/// Tells it again.
pub async fn enable(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let done = subscribers::enable(console.app(), console.id(), &console.actor(), SubscriberId(id)).await;
    back(&console, id, done.map(|_| ()))
}

/// Tells it nothing more.
pub async fn disable(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let done = subscribers::disable(console.app(), console.id(), &console.actor(), SubscriberId(id)).await;
    back(&console, id, done.map(|_| ()))
}

/// Sends it an event that means nothing.
pub async fn test(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let done = subscribers::test(console.app(), console.id(), &console.actor(), SubscriberId(id)).await;
    back(&console, id, done.map(|_| ()))
}

/// Removes it.
pub async fn delete(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    match subscribers::delete(console.app(), console.id(), &console.actor(), SubscriberId(id)).await {
        Ok(()) => Ok(Page::see_other("/console/subscribers")),
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

/// Tells it one event again, or everything since the beginning of a day of the creditor's.
pub async fn replay(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let event_id = form.parse::<Uuid>("event");
    let day = form.parse::<Date>("since");
    let since = day.and_then(|day| console.creditor.zone.moment(day, Time::midnight()).ok());
    if event_id.is_none() && since.is_none() {
        let problem = Some(SubscriberProblem::Since);
        return one(&console, SubscriberId(id), ListQuery::default(), (None, problem)).await;
    }
    let wish = ReplayEvents { event_id, since: since.filter(|_| event_id.is_none()) };
    let done = subscribers::replay(console.app(), console.id(), &console.actor(), SubscriberId(id), &wish).await;
    back(&console, id, done.map(|_| ()))
}

fn back(console: &ConsoleVisit, id: Uuid, done: Result<(), Failure>) -> Answer {
    match done {
        Ok(()) => Ok(Page::see_other(&format!("/console/subscribers/{id}"))),
        Err(Failure::Refused(AppRefusal::Malformed(_))) => Err(Page::failure(&console.visit, Refusal::NotFound.into())),
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}
