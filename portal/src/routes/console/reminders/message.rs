use crate::pages::console::reminders::MessageView;
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::{send_again, show_messages};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::MessageId;
use saldo_domain::member::Permission;
use uuid::Uuid;

/// One message, and the way to send it again.
pub async fn show(console: ConsoleVisit, Path(message): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    page(&console, MessageId(message), StatusCode::OK, None).await
}

/// Sends it again, as far as the rules allow it.
pub async fn again(console: ConsoleVisit, Path(message): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let (id, reason) = (MessageId(message), form.text("reason").to_owned());
    match send_again::send(console.app(), console.id(), console.actor(), id, &reason).await {
        Ok(_) => Ok(Page::see_other("/console/reminders/messages?which=all")),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            let status = saldo_app::http::status(&refusal.clone().into());
            page(&console, id, status, Some((reason, refusal))).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

async fn page(console: &ConsoleVisit, id: MessageId, status: StatusCode, tried: Option<(String, Refusal)>) -> Answer {
    let sent = show_messages::load(console.app(), console.id(), id).await;
    let sent = sent.map_err(|failure| Page::failure(&console.visit, failure))?;
    let view = MessageView { sent, may_contact: console.member.role.may(Permission::Contact), tried };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}
