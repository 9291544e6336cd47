//! What a file would change, before it does.

use super::import::{counts, totals};
use super::import_model::{ImportTotal, PreviewLine};
use super::reminders::channel_words;
use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, button_form, note};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::fault_text;
use saldo_domain::ids::ImportId;
use saldo_domain::import::RowFault;

/// What a file would change.
#[derive(Debug, Clone)]
pub struct PreviewView {
    /// The import.
    pub import_id: ImportId,
    /// The file.
    pub file_name: String,
    /// Its rows.
    pub rows: u64,
    /// Invoices that are new.
    pub new: u64,
    /// Invoices that are there as they are.
    pub unchanged: u64,
    /// Open invoices that would be amended.
    pub amended: u64,
    /// Invoices that arrive as paid.
    pub settled: u64,
    /// Debtors that are new.
    pub debtors_new: u64,
    /// Debtors whose consents change.
    pub consents_changed: u64,
    /// Totals by currency.
    pub totals: Vec<ImportTotal>,
    /// The first rows as they were understood.
    pub sample: Vec<PreviewLine>,
    /// The first faults.
    pub faults: Vec<RowFault>,
    /// All faults.
    pub fault_count: u64,
    /// The first consents that a debtor's own withdrawal overrides.
    pub overridden: Vec<RowFault>,
    /// All of them.
    pub overridden_count: u64,
}

impl Screen for PreviewView {
    fn page(&self, chrome: &Chrome) -> Page {
        let content = if self.fault_count > 0 { faulty(self, chrome) } else { clean(self, chrome) };
        let body = view! {
            <p class="back"><a href="/console/imports">{chrome.t("back-to-imports")}</a></p>
            <div class="page-head">
                <h1 class="title">{chrome.t("preview-title")}</h1>
                <p class="lead">{self.file_name.clone()}" · "{chrome.with("preview-rows", [("count", self.rows.into())])}</p>
            </div>
            {content}
        };
        console_page(Section::Imports, chrome.t("preview-title"), body, chrome)
    }
}

fn remap(view: &PreviewView, chrome: &Chrome) -> AnyView {
    button_form(format!("/console/imports/{}/remap", view.import_id), "button", chrome.t("preview-remap"))
}

fn clean(view: &PreviewView, chrome: &Chrome) -> AnyView {
    let debtors = chrome.with("preview-debtors", [("count", view.debtors_new.into())]);
    let consents = (view.consents_changed > 0).then(|| {
        view! { <p>{chrome.with("preview-consents", [("count", view.consents_changed.into())])}</p> }
    });
    let confirm = format!("/console/imports/{}/confirm", view.import_id);
    view! {
        <section class="card stack">
            {counts(view.new, view.unchanged, view.amended, view.settled, chrome)}
            <p class="lead">{debtors}</p>
            {consents}
            {totals(&view.totals, chrome)}
        </section>
        {(view.overridden_count > 0)
            .then(|| lines(chrome.t("preview-overridden"), &view.overridden, view.overridden_count, chrome))}
        {sample(&view.sample, chrome)}
        <div class="actions">
            {button_form(confirm, "button button-primary", chrome.t("preview-confirm"))}
            {remap(view, chrome)}
        </div>
    }
    .into_any()
}

/// Lines of the file, each with its column and what is said of it.
fn lines(title: String, told: &[RowFault], count: u64, chrome: &Chrome) -> AnyView {
    let rows = told.iter().map(|fault| {
        view! {
            <tr>
                <td class="number">{fault.line}</td>
                <th scope="row">{fault.column.clone()}</th>
                <td>{fault_text(fault, chrome.texts())}</td>
            </tr>
        }
    });
    let shown = u64::try_from(told.len()).unwrap_or(u64::MAX);
    let more = (count > shown).then(|| {
        view! { <p class="hint"><span>{chrome.with("preview-more-faults", [("count", (count - shown).into())])}</span></p> }
    });
    view! {
        <h2 class="section-title">{title.clone()}</h2>
        <div class="table-scroll" tabindex="0" role="region" aria-label=title>
            <table class="table">
                <thead><tr>
                    <th scope="col" class="number">{chrome.t("column-line")}</th>
                    <th scope="col">{chrome.t("mapping-column")}</th>
                    <th scope="col">{chrome.t("column-reason")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

fn faulty(view: &PreviewView, chrome: &Chrome) -> AnyView {
    let told = chrome.with("preview-faults", [("count", view.fault_count.into())]);
    view! {
        {note(Tone::Bad, view! { <p><strong>{told}</strong>" "{chrome.t("preview-nothing-booked")}</p> })}
        {lines(chrome.t("preview-fault-list"), &view.faults, view.fault_count, chrome)}
        <div class="actions">
            <a class="button button-primary" href="/console/imports">{chrome.t("preview-other-file")}</a>
            {remap(view, chrome)}
        </div>
    }
    .into_any()
}

/// How the debtor is reached, as the file was understood.
fn reached(line: &PreviewLine, chrome: &Chrome) -> AnyView {
    let channels = |given: bool| {
        let of_kind = line.consents.iter().filter(|(_, allowed)| *allowed == given);
        let names: Vec<String> = of_kind.map(|(channel, _)| channel_words(*channel, chrome)).collect();
        names.join(", ")
    };
    let (allows, withdrew) = (channels(true), channels(false));
    let allows = (!allows.is_empty()).then(|| chrome.with("preview-allows", [("channels", allows.into())]));
    let withdrew = (!withdrew.is_empty()).then(|| chrome.with("preview-withdrew", [("channels", withdrew.into())]));
    let notes = [line.phone.clone(), allows, withdrew].into_iter().flatten();
    notes.map(|note| view! { <span class="line item-note">{note}</span> }).collect_view().into_any()
}

fn sample(lines: &[PreviewLine], chrome: &Chrome) -> AnyView {
    let rows = lines.iter().map(|line| {
        let settled =
            line.settled.then(|| view! { <span class="badge badge-good">{chrome.t("preview-settled")}</span> });
        view! {
            <tr>
                <td class="number">{line.line}</td>
                <th scope="row">{line.number.clone()}" "{settled}</th>
                <td>{line.debtor.clone()}{reached(line, chrome)}</td>
                <td>{chrome.short_date(line.issued_on)}</td>
                <td>{chrome.short_date(line.due_on)}</td>
                <td class="number">{chrome.money(line.amount)}</td>
            </tr>
        }
    });
    view! {
        <h2 class="section-title">{chrome.t("preview-sample")}</h2>
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("preview-sample")>
            <table class="table">
                <thead><tr>
                    <th scope="col" class="number">{chrome.t("column-line")}</th>
                    <th scope="col">{chrome.t("field-number")}</th>
                    <th scope="col">{chrome.t("column-debtor")}</th>
                    <th scope="col">{chrome.t("field-issued-on")}</th>
                    <th scope="col">{chrome.t("field-due-on")}</th>
                    <th scope="col" class="number">{chrome.t("field-amount")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
