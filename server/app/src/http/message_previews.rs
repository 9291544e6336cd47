use super::policies::meant;
use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::preview_message::{self, PreviewWish};
use crate::http::extract::Json;
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::message_template::{MessagePreview, PreviewMessage};
use saldo_contract::problem::Problem;
use saldo_domain::locale::Language;
use saldo_domain::reminder::Tone;

/// What a message template would say, to an example or to one of your debtors, checked as when it is saved. Nothing is sent.
#[utoipa::path(post, path = "/v1/message-previews", tag = "policies", security(("api_key" = [])),
    request_body = PreviewMessage,
    responses((status = 200, body = MessagePreview), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn preview(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<PreviewMessage>,
) -> Result<Answer<MessagePreview>, Failure> {
    caller.needs("read")?;
    let wish = PreviewWish {
        template: meant(&wish.template)?,
        language: Language::try_new(&wish.language)?,
        channel: wish.channel.parse()?,
        tone: wish.tone.as_deref().map_or(Ok(Tone::default()), tone)?,
        debtor_reference: wish.debtor_reference,
    };
    let shown = preview_message::preview(&app, caller.creditor_id, wish).await?;
    Ok(Answer(MessagePreview {
        own: shown.own,
        subject: shown.subject,
        text: shown.text,
        html: shown.html,
        segments: shown.length.and_then(|length| u32::try_from(length.segments).ok()),
        parameters: shown.whatsapp.map(|(_, filled)| filled).unwrap_or_default(),
    }))
}

fn tone(word: &str) -> Result<Tone, Failure> {
    let found = [Tone::Friendly, Tone::Neutral, Tone::Firm].into_iter().find(|tone| tone.as_str() == word);
    found.ok_or_else(|| AppRefusal::Malformed(format!("unknown tone {word}")).into())
}
