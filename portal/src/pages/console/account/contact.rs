//! By which channels the debtor may be reached, what shows it, and what it said before.

use super::DebtorView;
use super::form::{ActionForm, Ask};
use crate::layout::Chrome;
use crate::layout::words::channel_words;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::consent::{ConsentRow, Standing};
use saldo_domain::consent::{ConsentSource, ConsentState, PROOF_MAX, Unusable};
use saldo_domain::contact::ContactPreference;
use saldo_domain::member::Permission;
use saldo_domain::reminder::Channel;

/// The channels with their standing, the form for changes, the history.
pub(super) fn contact(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let rows = view.consents.standings.iter().map(|standing| row(standing, chrome));
    let wish = view.consents.preference.as_ref().map(|wish| wished(wish, chrome));
    let change = view.desk.may(Permission::Contact).then(|| change(view, chrome));
    view! {
        <section class="section" id="contact">
            <h2 class="section-title">{chrome.t("consent-title")}</h2>
            <div class="card stack-tight">
                <ul class="rows">{rows.collect_view()}</ul>
                {wish}
                {change}
                {history(&view.consents.history, chrome)}
            </div>
        </section>
    }
    .into_any()
}

fn row(standing: &Standing, chrome: &Chrome) -> AnyView {
    let proof = standing.latest.as_ref().map(|latest| {
        let words = [source(latest.source, chrome), latest.proof.clone()];
        words.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(": ")
    });
    let details: Vec<String> =
        [standing.address.clone(), proof].into_iter().flatten().filter(|it| !it.is_empty()).collect();
    let badge = if standing.unusable.is_none() { "badge badge-good" } else { "badge badge-info" };
    view! {
        <li>
            <div class="stack-tight">
                <strong>{channel_words(standing.channel, chrome)}</strong>
                <span class="item-note wrap">{details.join(" · ")}</span>
            </div>
            <span class=badge>{stands(standing.unusable, chrome)}</span>
        </li>
    }
    .into_any()
}

fn stands(unusable: Option<Unusable>, chrome: &Chrome) -> String {
    match unusable {
        None => chrome.t("consent-usable"),
        Some(Unusable::NotAuthorised) => chrome.t("consent-unusable-not-authorised"),
        Some(Unusable::NoAddress) => chrome.t("consent-unusable-no-address"),
        Some(Unusable::NoConsent) => chrome.t("consent-unusable-no-consent"),
        Some(Unusable::Withdrawn) => chrome.t("consent-unusable-withdrawn"),
        Some(Unusable::Bounced) => chrome.t("consent-unusable-bounced"),
        Some(Unusable::Complained) => chrome.t("consent-unusable-complained"),
    }
}

fn state(state: ConsentState, chrome: &Chrome) -> String {
    match state {
        ConsentState::Given => chrome.t("consent-state-given"),
        ConsentState::Withdrawn => chrome.t("consent-state-withdrawn"),
        ConsentState::Bounced => chrome.t("consent-state-bounced"),
        ConsentState::Complained => chrome.t("consent-state-complained"),
    }
}

fn source(source: ConsentSource, chrome: &Chrome) -> String {
    match source {
        ConsentSource::Debtor => chrome.t("consent-source-debtor"),
        ConsentSource::Import => chrome.t("consent-source-import"),
        ConsentSource::Api => chrome.t("consent-source-api"),
        ConsentSource::Console => chrome.t("consent-source-console"),
        ConsentSource::ReplyWord => chrome.t("consent-source-reply-word"),
        ConsentSource::OneClick => chrome.t("consent-source-one-click"),
        ConsentSource::Provider => chrome.t("consent-source-provider"),
    }
}

fn wished(wish: &ContactPreference, chrome: &Chrome) -> AnyView {
    let time = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let channel = wish.channel.map(|it| chrome.with("consent-wish", [("channel", channel_words(it, chrome).into())]));
    let from = wish.from.map(|at| chrome.with("consent-wish-from", [("time", time(at).into())]));
    let until = wish.until.map(|at| chrome.with("consent-wish-until", [("time", time(at).into())]));
    let said = [channel, from, until].into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! { <p class="hint"><span>{said}</span></p> }.into_any()
}

fn change(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let channels = Channel::ALL.into_iter().filter(|channel| channel.reaches_out());
    let channels = channels.map(|channel| (channel.as_str().to_owned(), channel_words(channel, chrome)));
    let states =
        vec![("given".to_owned(), chrome.t("consent-give")), ("withdrawn".to_owned(), chrome.t("consent-withdraw"))];
    let form = ActionForm {
        key: "consent".to_owned(),
        action: format!("/console/debtors/{}/consent", view.statement.debtor.id),
        open: chrome.t("consent-change"),
        explained: None,
        asks: vec![
            Ask::choice("channel", chrome.t("consent-channel"), channels.collect()),
            Ask::choice("state", chrome.t("consent-standing"), states),
            Ask::line("proof", chrome.t("consent-proof"), PROOF_MAX).hint(chrome.t("consent-proof-hint")),
        ],
        carries: Vec::new(),
        submit: chrome.t("consent-save"),
        class: "button",
    };
    form.show(&view.desk, chrome)
}

fn history(rows: &[ConsentRow], chrome: &Chrome) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let lines = rows.iter().map(|row| {
        let consent = &row.consent;
        let words = [
            chrome.moment(consent.at),
            channel_words(consent.channel, chrome),
            state(consent.state, chrome),
            source(consent.source, chrome),
            consent.proof.clone(),
        ];
        let words = words.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        view! { <li class="wrap">{words}</li> }
    });
    view! {
        <details class="disclosure">
            <summary>{chrome.t("consent-history")}</summary>
            <ul>{lines.collect_view()}</ul>
        </details>
    }
    .into_any()
}
