//! How the debtor wants to be reached: channels, hours, language.

use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::words::channel_words;
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::contact::ContactPreference;
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;

/// What the debtor chooses.
#[derive(Debug, Clone)]
pub struct PreferencesView {
    /// Where the form goes.
    pub action: String,
    /// Whether the debtor came by its session.
    pub signed_in: bool,
    /// Who writes.
    pub creditor_name: String,
    /// The channels that reach the debtor somewhere.
    pub choices: Vec<ChannelChoice>,
    /// What it wished before.
    pub wish: ContactPreference,
    /// What it reads.
    pub language: Language,
    /// Whether a change was just kept.
    pub saved: bool,
    /// What was wrong with the change.
    pub problem: Option<Refusal>,
}

/// One channel.
#[derive(Debug, Clone)]
pub struct ChannelChoice {
    /// Which.
    pub channel: Channel,
    /// The address, masked.
    pub address: String,
    /// Whether it may be used now.
    pub allowed: bool,
    /// Whether messages come back from there.
    pub bounced: bool,
}

/// The hours that a wish may name.
const HOURS: std::ops::RangeInclusive<i8> = 7..=21;

impl Screen for PreferencesView {
    fn page(&self, chrome: &Chrome) -> Page {
        let saved = self.saved.then(|| note(Tone::Good, view! { <p role="status">{chrome.t("consent-saved")}</p> }));
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "from", &refusal_text(refusal, &chrome.locale)));
        let back = self.signed_in.then(|| {
            view! { <p class="back"><a href="/statement">{chrome.t("back-to-statement")}</a></p> }
        });
        let creditor = [("creditor", (&self.creditor_name).into())];
        let body = view! {
            {back}
            <h1 class="title">{chrome.t("consent-page")}</h1>
            <p class="lead">{chrome.with("consent-lead", creditor)}</p>
            {saved}
            {problem}
            <section class="card">
                <form class="stack" method="post" action=self.action.clone()>
                    {channels(self, chrome)}
                    {preferred(self, chrome)}
                    {hour("from", chrome.t("consent-from"), self.wish.from, chrome)}
                    {hour("until", chrome.t("consent-until"), self.wish.until, chrome)}
                    {language(self, chrome)}
                    <button class="button button-primary button-block" type="submit">{chrome.t("consent-save")}</button>
                </form>
            </section>
        };
        Page::new(chrome.t("consent-page"), Width::Column, body)
    }
}

fn channels(view: &PreferencesView, chrome: &Chrome) -> AnyView {
    if view.choices.is_empty() {
        return view! { <p>{chrome.t("consent-none")}</p> }.into_any();
    }
    let choices = view.choices.iter().map(|choice| {
        let (id, name) = (format!("allow-{}", choice.channel.as_str()), channel_words(choice.channel, chrome));
        let bounced = choice.bounced.then(|| {
            let creditor = [("creditor", (&view.creditor_name).into())];
            view! { <p class="hint">{chrome.with("consent-bounced", creditor)}</p> }
        });
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name="allow" value=choice.channel.as_str() checked=choice.allowed
                    disabled=choice.bounced/>
                <label for=id><span>{name}</span><span class="wrap">{choice.address.clone()}</span></label>
                {bounced}
            </div>
        }
    });
    view! {
        <fieldset class="choices">
            <legend class="section-title">{chrome.t("consent-channels")}</legend>
            {choices.collect_view()}
        </fieldset>
    }
    .into_any()
}

fn preferred(view: &PreferencesView, chrome: &Chrome) -> AnyView {
    let options = view.choices.iter().map(|choice| {
        let chosen = view.wish.channel == Some(choice.channel);
        view! { <option value=choice.channel.as_str() selected=chosen>{channel_words(choice.channel, chrome)}</option> }
    });
    view! {
        <div class="field">
            <label for="channel">{chrome.t("consent-preferred")}</label>
            <select class="input" id="channel" name="channel">
                <option value="">{chrome.t("consent-preferred-any")}</option>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn hour(id: &'static str, label: String, chosen: Option<jiff::civil::Time>, chrome: &Chrome) -> AnyView {
    let options = HOURS.map(|hour| {
        let time = format!("{hour:02}:00");
        let selected = chosen.is_some_and(|chosen| chosen.hour() == hour);
        view! { <option value=time.clone() selected=selected>{time.clone()}</option> }
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select class="input" id=id name=id>
                <option value="">{chrome.t("consent-any-hour")}</option>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn language(view: &PreferencesView, chrome: &Chrome) -> AnyView {
    let options = Language::ALL.map(|language| {
        let name = match language {
            Language::Es => "Español",
            Language::En => "English",
            Language::Pt => "Português",
        };
        view! { <option value=language.tag() lang=language.tag() selected=language == view.language>{name}</option> }
    });
    view! {
        <div class="field">
            <label for="language">{chrome.t("consent-language")}</label>
            <select class="input" id="language" name="language">{options.into_iter().collect_view()}</select>
        </div>
    }
    .into_any()
}
