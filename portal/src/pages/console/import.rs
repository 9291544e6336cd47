//! Imports: the list with the upload, the progress, the result.

use super::import_model::{ImportRow, ImportState, ImportTotal};
use super::shell::{Section, console_page};
use crate::islands::ImportProgress;
use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::import_refusal_text;
use saldo_domain::ids::ImportId;
use saldo_domain::import::ImportRefusal;

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadProblem {
    /// No file was chosen.
    Missing,
    /// Too large, or not a table that can be read.
    Unreadable(ImportRefusal),
}

/// Past imports and the form for the next.
#[derive(Debug, Clone)]
pub struct ImportsView {
    /// Newest first.
    pub recent: Vec<ImportRow>,
    /// Why the last file was not taken.
    pub problem: Option<UploadProblem>,
}

impl Screen for ImportsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self.problem.as_ref().map(|problem| {
            let message = match problem {
                UploadProblem::Missing => chrome.t("import-no-file"),
                UploadProblem::Unreadable(refusal) => import_refusal_text(refusal, chrome.texts()),
            };
            problem_summary(chrome, "file", &message)
        });
        let body = view! {
            <h1 class="title">{chrome.t("imports-title")}</h1>
            {problem}
            <form class="card stack" method="post" action="/console/imports" enctype="multipart/form-data">
                <div class="field">
                    <label for="file">{chrome.t("import-file")}</label>
                    <input class="input" id="file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv" required
                        aria-describedby="file-hint"/>
                    <p class="hint" id="file-hint"><span>{chrome.t("import-file-hint")}</span></p>
                </div>
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("import-upload")}</button></div>
            </form>
            {recent(&self.recent, chrome)}
        };
        console_page(Section::Imports, chrome.t("imports-title"), body, chrome)
    }
}

fn recent(rows: &[ImportRow], chrome: &Chrome) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{chrome.t("imports-none")}</p> }.into_any();
    }
    let rows = rows.iter().map(|row| {
        view! {
            <tr>
                <th scope="row"><a href=format!("/console/imports/{}", row.id)>{row.file_name.clone()}</a></th>
                <td>{chrome.moment(row.created_at)}</td>
                <td class="number">{row.rows}</td>
                <td>{state_badge(row.state, chrome)}</td>
            </tr>
        }
    });
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("imports-recent")}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("imports-recent")>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{chrome.t("import-file")}</th>
                        <th scope="col">{chrome.t("column-when")}</th>
                        <th scope="col" class="number">{chrome.t("import-rows")}</th>
                        <th scope="col">{chrome.t("column-state")}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The state as a badge.
pub(super) fn state_badge(state: ImportState, chrome: &Chrome) -> AnyView {
    let (class, text) = match state {
        ImportState::Mapping => ("badge badge-careful", chrome.t("import-state-mapping")),
        ImportState::Preview => ("badge badge-careful", chrome.t("import-state-preview")),
        ImportState::Running => ("badge badge-info", chrome.t("import-state-running")),
        ImportState::Booked => ("badge badge-good", chrome.t("import-state-booked")),
        ImportState::Refused => ("badge badge-bad", chrome.t("import-state-refused")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// An import that is being booked.
#[derive(Debug, Clone)]
pub struct ProgressView {
    /// The import.
    pub import_id: ImportId,
    /// The file.
    pub file_name: String,
    /// Rows worked on.
    pub done: u64,
    /// Rows in all.
    pub total: u64,
}

impl Screen for ProgressView {
    fn page(&self, chrome: &Chrome) -> Page {
        let url = format!("/console/imports/{}/state", self.import_id);
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("import-running")}</h1>
                <p class="lead">{self.file_name.clone()}</p>
            </div>
            <section class="card stack">
                <ImportProgress url=url done=self.done total=self.total label=chrome.t("import-running")/>
                <p class="hint"><span>{chrome.t("import-running-explained")}</span></p>
            </section>
        };
        let mut page = console_page(Section::Imports, chrome.t("import-running"), body, chrome).with_script();
        page.refresh_seconds = Some(3);
        page
    }
}

/// What an import changed.
#[derive(Debug, Clone)]
pub struct ResultView {
    /// The import.
    pub import_id: ImportId,
    /// The file.
    pub file_name: String,
    /// Invoices that are new.
    pub new: u64,
    /// Invoices that were there as they are.
    pub unchanged: u64,
    /// Open invoices that were amended.
    pub amended: u64,
    /// Invoices that arrived as paid.
    pub settled: u64,
    /// Totals of the file.
    pub totals: Vec<ImportTotal>,
}

impl Screen for ResultView {
    fn page(&self, chrome: &Chrome) -> Page {
        let nothing = self.new + self.amended + self.settled == 0;
        let told = if nothing {
            note(Tone::Info, view! { <p>{chrome.t("import-nothing-new")}</p> })
        } else {
            note(Tone::Good, view! { <p>{chrome.t("import-booked-explained")}</p> })
        };
        let counts = counts(self.new, self.unchanged, self.amended, self.settled, chrome);
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("import-booked")}</h1>
                <p class="lead">{self.file_name.clone()}</p>
            </div>
            {told}
            <section class="card stack">{counts}{totals(&self.totals, chrome)}</section>
            <div class="actions">
                <a class="button button-primary" href="/console/debtors">{chrome.t("import-see-debtors")}</a>
                <a class="button" href="/console/imports">{chrome.t("import-another")}</a>
            </div>
        };
        console_page(Section::Imports, chrome.t("import-booked"), body, chrome)
    }
}

/// How many invoices of each kind.
pub(super) fn counts(new: u64, unchanged: u64, amended: u64, settled: u64, chrome: &Chrome) -> AnyView {
    let figures = [
        (chrome.t("import-count-new"), new),
        (chrome.t("import-count-settled"), settled),
        (chrome.t("import-count-amended"), amended),
        (chrome.t("import-count-unchanged"), unchanged),
    ];
    let figures = figures.into_iter().map(|(name, count)| {
        view! { <div class="figure"><dt>{name}</dt><dd class="amount amount-large">{count}</dd></div> }
    });
    view! { <dl class="figures">{figures.collect_view()}</dl> }.into_any()
}

/// Sums by currency.
pub(super) fn totals(totals: &[ImportTotal], chrome: &Chrome) -> AnyView {
    let rows = totals.iter().map(|total| {
        view! {
            <tr>
                <th scope="row">{total.amount.currency().code()}</th>
                <td class="number">{total.invoices}</td>
                <td class="number">{chrome.money(total.amount)}</td>
                <td class="number">{chrome.money(total.outstanding)}</td>
            </tr>
        }
    });
    view! {
        <h2 class="section-title">{chrome.t("import-totals")}</h2>
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("import-totals")>
            <table class="table">
                <thead><tr>
                    <th scope="col">{chrome.t("field-currency")}</th>
                    <th scope="col" class="number">{chrome.t("column-invoices")}</th>
                    <th scope="col" class="number">{chrome.t("import-total-amount")}</th>
                    <th scope="col" class="number">{chrome.t("import-total-open")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
