//! What is on file about the debtor.

use crate::layout::forms::{Tone, note};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::creditor::Creditor;
use saldo_domain::debtor::Debtor;
use saldo_domain::locale::Language;

/// The debtor's own data, masked until a fresh code was entered.
#[derive(Debug, Clone)]
pub struct ProfileView {
    /// Who is owed.
    pub creditor: Creditor,
    /// Who owes.
    pub debtor: Debtor,
    /// Whether everything may be shown.
    pub open: bool,
    /// Whether a change was just kept.
    pub saved: bool,
}

impl Screen for ProfileView {
    fn page(&self, chrome: &Chrome) -> Page {
        let debtor = &self.debtor;
        let saved = self.saved.then(|| note(Tone::Good, view! { <p role="status">{chrome.t("profile-saved")}</p> }));
        let absent = || chrome.t("profile-absent");
        let body = if self.open {
            view! {
                {pairs(chrome, &debtor.name, &debtor.email.clone().unwrap_or_else(absent), debtor.phone.clone().unwrap_or_else(absent))}
                {language(debtor, chrome)}
                {correction(self, chrome)}
            }
            .into_any()
        } else {
            let phone = debtor.phone.as_ref().map_or_else(absent, |_| "••••".to_owned());
            view! {
                {pairs(chrome, &debtor.masked_name(), &debtor.masked_email().unwrap_or_else(absent), phone)}
                <p class="hint"><span>{chrome.t("profile-hidden")}</span></p>
                <a class="button button-primary button-block" href="/code?back=/profile">{chrome.t("profile-show")}</a>
            }
            .into_any()
        };
        let body = view! {
            <p class="back"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("profile-title")}</h1>
            {saved}
            <section class="card">{body}</section>
            <p><a href="/preferences">{chrome.t("consent-change")}</a></p>
            <p><a href="/methods">{chrome.t("methods-title")}</a></p>
        };
        Page::new(chrome.t("profile-title"), Width::Column, body)
    }
}

fn pairs(chrome: &Chrome, name: &str, email: &str, phone: String) -> AnyView {
    view! {
        <dl class="pairs">
            <div><dt>{chrome.t("profile-name")}</dt><dd>{name.to_owned()}</dd></div>
            <div><dt>{chrome.t("profile-email")}</dt><dd class="wrap">{email.to_owned()}</dd></div>
            <div><dt>{chrome.t("profile-phone")}</dt><dd>{phone}</dd></div>
        </dl>
    }
    .into_any()
}

fn language(debtor: &Debtor, chrome: &Chrome) -> AnyView {
    let current = debtor.language.unwrap_or(chrome.locale.language);
    let options = Language::ALL.map(|language| {
        let name = match language {
            Language::Es => "Español",
            Language::En => "English",
            Language::Pt => "Português",
        };
        view! { <option value=language.tag() lang=language.tag() selected=language == current>{name}</option> }
    });
    view! {
        <form method="post" action="/profile/language">
            <div class="field">
                <label for="language">{chrome.t("profile-language")}</label>
                <select class="input" id="language" name="language">{options.into_iter().collect_view()}</select>
            </div>
            <button class="button button-block" type="submit">{chrome.t("profile-language-save")}</button>
        </form>
    }
    .into_any()
}

fn correction(view: &ProfileView, chrome: &Chrome) -> AnyView {
    let write = view.creditor.reply_to.as_ref().map(|address| {
        let subject = chrome.with("profile-correct-subject", [("reference", (&view.debtor.reference).into())]);
        let subject: String = form_urlencoded::byte_serialize(subject.as_bytes()).collect();
        let href = format!("mailto:{address}?subject={}", subject.replace('+', "%20"));
        view! { <p><a href=href>{chrome.t("profile-correct-write")}</a></p> }
    });
    view! {
        <h2 class="section-title">{chrome.t("profile-wrong")}</h2>
        <p>{chrome.with("profile-correct", [("creditor", (&view.creditor.name).into())])}</p>
        {write}
    }
    .into_any()
}
