//! A message as it would arrive.

use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::preview_message::MessagePreview;
use saldo_app::i18n::{channel_text, language_text};
use saldo_app::mail::MailLine;
use saldo_app::wording::Paragraph;
use saldo_domain::message_template::{Encoding, TextLength};
use saldo_domain::reminder::Channel;

/// The preview with what is to be known about it.
pub(super) fn preview_card(preview: &MessagePreview, chrome: &Chrome) -> AnyView {
    let texts = chrome.texts();
    let title = chrome.with(
        "message-preview-title",
        [
            ("channel", channel_text(preview.channel, texts).into()),
            ("language", language_text(preview.language, texts).into()),
        ],
    );
    let whose = match &preview.debtor {
        Some(name) => chrome.with("message-preview-of", [("name", name.clone().into())]),
        None => chrome.t("message-preview-example"),
    };
    let built_in =
        (!preview.own).then(|| view! { <span class="badge badge-quiet">{chrome.t("message-state-builtin")}</span> });
    let parameters = preview.whatsapp.as_ref().map(|(name, filled)| approved(name, filled, chrome));
    view! {
        <section class="stack" id="preview">
            <h3>{title}</h3>
            <p class="hint"><span>{whose}" "{built_in}</span></p>
            <div class="message" lang=preview.language.tag()>{message(preview)}</div>
            {preview.length.map(|length| counted(length, chrome))}
            {parameters}
        </section>
    }
    .into_any()
}

fn message(preview: &MessagePreview) -> AnyView {
    let words = preview.paragraphs.iter().map(|one| paragraph(one, &preview.action)).collect_view();
    let subject = preview.subject.clone().map(|subject| view! { <p class="message-subject">{subject}</p> });
    match preview.channel {
        Channel::Sms | Channel::Whatsapp => view! { <div class="message-bubble">{words}</div> }.into_any(),
        Channel::Banner => view! { <div class="message-banner">{words}</div> }.into_any(),
        Channel::Letter | Channel::Call => view! { <div class="message-paper">{subject}{words}</div> }.into_any(),
        Channel::Email => {
            let button = preview.button.then(|| {
                view! { <p><span class="message-button">{preview.action.clone()}</span></p> }
            });
            let small = preview.small.iter().map(|line| view! { <p class="message-small">{line.clone()}</p> });
            view! {
                <div class="message-paper">
                    {subject}
                    {words}
                    {lines(&preview.lines, &preview.totals)}
                    {button}
                    {small.collect_view()}
                </div>
            }
            .into_any()
        }
    }
}

fn paragraph(paragraph: &Paragraph, action: &str) -> AnyView {
    if paragraph.button && !action.is_empty() {
        return view! { <p><span class="message-button">{action.to_owned()}</span></p> }.into_any();
    }
    let parts = paragraph.parts.iter().map(|part| match part.link {
        true => view! { <span class="message-link">{part.text.clone()}</span> }.into_any(),
        false => part.text.clone().into_any(),
    });
    view! { <p>{parts.collect_view()}</p> }.into_any()
}

fn lines(lines: &[MailLine], totals: &[MailLine]) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let row = |line: &MailLine| {
        let note = line.note.clone().map(|note| view! { <span class="hint">{note}</span> });
        view! { <div><dt>{line.label.clone()}" "{note}</dt><dd class="amount">{line.amount.clone()}</dd></div> }
    };
    let rows = lines.iter().chain(totals).map(row).collect_view();
    Some(view! { <dl class="pairs">{rows}</dl> }.into_any())
}

/// `183 characters, 2 segments`, and what makes a message dear.
fn counted(length: TextLength, chrome: &Chrome) -> AnyView {
    let args = [("places", length.places.into()), ("segments", length.segments.into())];
    let alphabet = match length.encoding {
        Encoding::Gsm7 => None,
        Encoding::Ucs2 => Some(view! { <p class="hint"><span>{chrome.t("message-length-unicode")}</span></p> }),
    };
    view! { <p id="segments">{chrome.with("message-length", args)}</p> {alphabet} }.into_any()
}

fn approved(name: &str, filled: &[String], chrome: &Chrome) -> AnyView {
    let rows = filled.iter().enumerate().map(|(place, text)| {
        view! { <div><dt>{format!("{{{{{}}}}}", place + 1)}</dt><dd>{text.clone()}</dd></div> }
    });
    view! {
        <h4>{chrome.with("message-wa-approved", [("name", name.to_owned().into())])}</h4>
        <dl class="pairs">{rows.collect_view()}</dl>
    }
    .into_any()
}
