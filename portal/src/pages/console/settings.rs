//! What is mailed by itself, what messages cost, and the paper.

use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::words::channel_words;
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::creditor::PaperSize;
use saldo_domain::reminder::Channel;

/// The page.
#[derive(Debug, Clone)]
pub struct SettingsView {
    /// What stands in the form.
    pub typed: SettingsTyped,
    /// Whether it was just kept.
    pub saved: bool,
    /// Which field could not be read, and why.
    pub problem: Option<(String, Refusal)>,
    /// Whether this role may change it.
    pub may_change: bool,
    /// Where the creditor is.
    pub country: String,
}

/// What stands in the form.
#[derive(Debug, Clone)]
pub struct SettingsTyped {
    /// Whether invoices are mailed.
    pub send_invoices: bool,
    /// `by_country`, `a4` or `letter`.
    pub paper: String,
    /// One for each channel.
    pub prices: Vec<PriceTyped>,
}

/// The price of one channel as it is typed.
#[derive(Debug, Clone)]
pub struct PriceTyped {
    /// Which.
    pub channel: Channel,
    /// Blank where there is none.
    pub amount: String,
    /// Its code.
    pub currency: String,
}

impl Screen for SettingsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let saved = self.saved.then(|| note(Tone::Good, view! { <p role="status">{chrome.t("settings-saved")}</p> }));
        let problem = self.problem.as_ref();
        let problem =
            problem.map(|(field, refusal)| problem_summary(chrome, field, &refusal_text(refusal, &chrome.locale)));
        let submit = self.may_change.then(|| {
            view! {
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("settings-save")}</button></div>
            }
        });
        let body = view! {
            <h1 class="title">{chrome.t("console-settings")}</h1>
            {saved}
            {problem}
            <form class="stack" method="post" action="/console/settings">
                <section class="card stack">
                    <h2 class="section-title">{chrome.t("settings-invoices")}</h2>
                    <div class="tick">
                        <input type="checkbox" id="send_invoices" name="send_invoices" value="1"
                            checked=self.typed.send_invoices disabled=!self.may_change/>
                        <label for="send_invoices">{chrome.t("settings-send-invoices")}</label>
                    </div>
                </section>
                {self.prices(chrome)}
                {self.paper(chrome)}
                {submit}
            </form>
        };
        console_page(Section::Settings, chrome.t("console-settings"), body, chrome)
    }
}

impl SettingsView {
    fn prices(&self, chrome: &Chrome) -> AnyView {
        let rows = self.typed.prices.iter().map(|price| {
            let name = channel_words(price.channel, chrome);
            let (amount, currency) =
                (format!("price_{}", price.channel.as_str()), format!("currency_{}", price.channel.as_str()));
            let wrong = |field: &str| {
                let known = self.problem.as_ref().is_some_and(|(at, _)| at == field);
                known.then_some("true")
            };
            let label = chrome.with("settings-currency-of", [("channel", name.clone().into())]);
            view! {
                <div class="field-row">
                    <div class="field">
                        <label for=amount.clone()>{name}</label>
                        <input class="input input-amount" id=amount.clone() name=amount.clone() inputmode="decimal"
                            maxlength="24" autocomplete="off" value=price.amount.clone() disabled=!self.may_change
                            aria-invalid=wrong(&amount)/>
                    </div>
                    <div class="field">
                        <label for=currency.clone()>{label}</label>
                        <input class="input input-short" id=currency.clone() name=currency.clone() maxlength="3"
                            autocomplete="off" value=price.currency.clone() disabled=!self.may_change
                            aria-invalid=wrong(&currency)/>
                    </div>
                </div>
            }
        });
        view! {
            <section class="card stack" id="prices">
                <h2 class="section-title">{chrome.t("settings-prices")}</h2>
                <p class="hint"><span>{chrome.t("settings-prices-hint")}</span></p>
                {rows.collect_view()}
            </section>
        }
        .into_any()
    }

    fn paper(&self, chrome: &Chrome) -> AnyView {
        let of = |size: PaperSize| match size {
            PaperSize::A4 => "A4",
            PaperSize::Letter => "Letter",
        };
        let usual = [("paper", of(PaperSize::of_country(&self.country)).into())];
        let choices = [
            ("by_country", chrome.with("settings-paper-usual", usual)),
            ("a4", chrome.t("settings-paper-a4")),
            ("letter", chrome.t("settings-paper-letter")),
        ];
        let options = choices.into_iter().map(|(value, words)| {
            let chosen = value == self.typed.paper;
            view! { <option value=value selected=chosen>{words}</option> }
        });
        view! {
            <section class="card stack">
                <h2 class="section-title">{chrome.t("settings-paper")}</h2>
                <div class="field">
                    <label for="paper">{chrome.t("settings-paper-of")}</label>
                    <select class="input" id="paper" name="paper" disabled=!self.may_change>{options.collect_view()}</select>
                </div>
            </section>
        }
        .into_any()
    }
}
