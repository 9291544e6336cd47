//! One message: what became of it, and the form that sends it again.

use super::frame::{Part, reminders_page};
use super::words::channel_words;
use super::{message_purpose, message_state};
use crate::layout::forms::problem_summary;
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::send_again::REASON_MAX;
use saldo_app::flows::show_messages::Sent;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;

/// One message of the log.
#[derive(Debug, Clone)]
pub struct MessageView {
    /// The message.
    pub sent: Sent,
    /// Whether this role may reach out.
    pub may_contact: bool,
    /// The reason that was given, and why it was not sent.
    pub tried: Option<(String, Refusal)>,
}

impl Screen for MessageView {
    fn page(&self, chrome: &Chrome) -> Page {
        let (sent, row) = (&self.sent, &self.sent.row);
        let fact = |name: String, value: String| view! { <div class="figure"><dt>{name}</dt><dd>{value}</dd></div> };
        let optional = |name: String, value: Option<String>| value.map(|value| fact(name, value));
        let by_hand = row.by_hand.as_ref().map(|by_hand| by_hand.reason.clone());
        let body = view! {
            <p class="back"><a href="/console/reminders/messages">{chrome.t("reminders-messages")}</a></p>
            <div class="page-head">
                <h1 class="title">{chrome.with("message-title", [("name", (&sent.debtor.name).into())])}</h1>
                <p class="lead"><a href=format!("/console/debtors/{}", row.debtor_id)>{sent.debtor.reference.clone()}</a></p>
            </div>
            <section class="card">
                <dl class="figures">
                    {fact(chrome.t("column-state"), message_state(row.state, chrome).1)}
                    {fact(chrome.t("column-when"), chrome.moment(row.handed_off_at))}
                    {fact(chrome.t("column-channel"), channel_words(row.channel, chrome))}
                    {fact(chrome.t("messages-to"), row.recipient.clone())}
                    {fact(chrome.t("messages-for"), message_purpose(row.purpose, chrome))}
                    {optional(chrome.t("column-text"), row.template.clone())}
                    {optional(chrome.t("column-reason"), row.error.clone())}
                    {optional(chrome.t("message-by-hand"), by_hand)}
                </dl>
            </section>
            {self.again(chrome)}
        };
        reminders_page(Part::Messages, chrome.t("reminders-messages"), body, chrome)
    }
}

impl MessageView {
    fn again(&self, chrome: &Chrome) -> Option<AnyView> {
        let problem = self
            .tried
            .as_ref()
            .map(|(_, refusal)| problem_summary(chrome, "reason", &refusal_text(refusal, &chrome.locale)));
        if !self.sent.may_again || !self.may_contact {
            return problem;
        }
        let action = format!("/console/reminders/messages/{}/again", self.sent.row.id);
        let reason = self.tried.as_ref().map(|(reason, _)| reason.clone());
        let explained = match self.sent.row.reminder_id {
            Some(_) => chrome.t("message-again-explained"),
            None => chrome.t("message-again-mail-explained"),
        };
        let form = view! {
            {problem}
            <section class="card stack">
                <h2 class="section-title">{chrome.t("message-again-title")}</h2>
                <p>{explained}</p>
                <form class="stack" method="post" action=action>
                    <div class="field">
                        <label for="reason">{chrome.t("message-again-reason")}</label>
                        <input class="input" id="reason" name="reason" maxlength=REASON_MAX autocomplete="off"
                            value=reason required/>
                    </div>
                    <div class="actions"><button class="button button-primary" type="submit">{chrome.t("message-again")}</button></div>
                </form>
            </section>
        };
        Some(form.into_any())
    }
}
