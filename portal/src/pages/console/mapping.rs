//! Naming the columns of a file.

use super::import_model::{ColumnView, MappingProblem};
use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::{field_label, import_refusal_text};
use saldo_domain::ids::ImportId;
use saldo_domain::import::{DateOrder, Detected, Detection, Field};

/// The columns of a file with what they are taken for.
#[derive(Debug, Clone)]
pub struct MappingView {
    /// The import.
    pub import_id: ImportId,
    /// The file.
    pub file_name: String,
    /// Its encoding as found.
    pub encoding: String,
    /// Its separator as found.
    pub separator: char,
    /// Its columns.
    pub columns: Vec<ColumnView>,
    /// How its dates and amounts are read.
    pub detection: Detection,
    /// The currency where no column tells it.
    pub currency: String,
    /// Whether the guess comes from an earlier import.
    pub remembered: bool,
    /// What is wrong.
    pub problem: Option<MappingProblem>,
}

impl Screen for MappingView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self.problem.as_ref().map(|problem| {
            let (field, message) = problem_words(problem, chrome);
            problem_summary(chrome, field, &message)
        });
        let remembered = self.remembered.then(|| note(Tone::Info, view! { <p>{chrome.t("mapping-remembered")}</p> }));
        let separator = match self.separator {
            '\t' => chrome.t("separator-tab"),
            other => format!("“{other}”"),
        };
        let found =
            chrome.with("mapping-found", [("encoding", (&self.encoding).into()), ("separator", separator.into())]);
        let body = view! {
            <p class="back"><a href="/console/imports">{chrome.t("back-to-imports")}</a></p>
            <div class="page-head">
                <h1 class="title">{chrome.t("mapping-title")}</h1>
                <p class="lead">{self.file_name.clone()}" · "{found}</p>
            </div>
            {problem}
            {remembered}
            <form class="stack" method="post" action=format!("/console/imports/{}/mapping", self.import_id)>
                {columns(&self.columns, chrome)}
                <div class="card field-row">
                    {date_order(self.detection.date_order, chrome)}
                    {decimal_mark(self.detection.decimal_mark, chrome)}
                    <div class="field">
                        <label for="currency">{chrome.t("mapping-currency")}</label>
                        <input class="input input-short" id="currency" name="currency" maxlength="3" autocomplete="off"
                            value=self.currency.clone() aria-describedby="currency-hint"/>
                        <p class="hint" id="currency-hint"><span>{chrome.t("mapping-currency-hint")}</span></p>
                    </div>
                </div>
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("mapping-preview")}</button></div>
            </form>
        };
        console_page(Section::Imports, chrome.t("mapping-title"), body, chrome)
    }
}

fn problem_words(problem: &MappingProblem, chrome: &Chrome) -> (&'static str, String) {
    match problem {
        MappingProblem::File(refusal) => ("column_0", import_refusal_text(refusal, chrome.texts())),
        MappingProblem::Currency => ("currency", chrome.t("mapping-bad-currency")),
    }
}

fn columns(columns: &[ColumnView], chrome: &Chrome) -> AnyView {
    let rows = columns.iter().enumerate().map(|(place, column)| {
        let id = format!("column_{place}");
        let samples =
            column.samples.iter().filter(|sample| !sample.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
        view! {
            <tr>
                <th scope="row"><label for=id.clone()>{column.header.clone()}</label></th>
                <td class="sample">{samples}</td>
                <td>{field_choice(id, column.field, chrome)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("mapping-title")>
            <table class="table">
                <thead><tr>
                    <th scope="col">{chrome.t("mapping-column")}</th>
                    <th scope="col">{chrome.t("mapping-samples")}</th>
                    <th scope="col">{chrome.t("mapping-meaning")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn field_choice(id: String, chosen: Field, chrome: &Chrome) -> AnyView {
    let options = Field::ALL.map(|field| {
        view! { <option value=field.name() selected=chosen == field>{field_label(field, chrome.texts())}</option> }
    });
    view! { <select class="input" id=id.clone() name=id>{options.into_iter().collect_view()}</select> }.into_any()
}

fn date_order(found: Detected<DateOrder>, chrome: &Chrome) -> AnyView {
    let orders = [
        (DateOrder::Dmy, "dmy", chrome.t("date-order-dmy")),
        (DateOrder::Mdy, "mdy", chrome.t("date-order-mdy")),
        (DateOrder::Ymd, "ymd", chrome.t("date-order-ymd")),
    ];
    let options = orders.map(|(order, code, label)| (code, label, order == found.value));
    choice("date_order", chrome.t("mapping-date-order"), options.to_vec(), !found.assumed, chrome)
}

fn decimal_mark(found: Detected<char>, chrome: &Chrome) -> AnyView {
    let marks = [('.', "point", "1,234.50"), (',', "comma", "1.234,50")];
    let options = marks.map(|(mark, code, label)| (code, label.to_owned(), mark == found.value));
    choice("decimal_mark", chrome.t("mapping-decimal-mark"), options.to_vec(), !found.assumed, chrome)
}

fn choice(
    name: &'static str,
    label: String,
    options: Vec<(&'static str, String, bool)>,
    certain: bool,
    chrome: &Chrome,
) -> AnyView {
    let options = options.into_iter().map(|(code, label, chosen)| {
        view! { <option value=code selected=chosen>{label}</option> }
    });
    let hint = if certain { chrome.t("mapping-certain") } else { chrome.t("mapping-uncertain") };
    let hint_id = format!("{name}-hint");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select class="input" id=name name=name aria-describedby=hint_id.clone()>{options.collect_view()}</select>
            <p class="hint" id=hint_id><span>{hint}</span></p>
        </div>
    }
    .into_any()
}
