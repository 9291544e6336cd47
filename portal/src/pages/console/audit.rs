//! Who changed what.

use super::shell::{Section, console_page, next_page, query_encoded};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::audit::Change;
use saldo_domain::calendar::Timestamp;
use uuid::Uuid;

/// One part of the log.
#[derive(Debug, Clone)]
pub struct AuditView {
    /// The lines, the latest first.
    pub lines: Vec<AuditEntry>,
    /// What is asked for.
    pub filter: AuditFilterForm,
    /// Who can be chosen: the value in the address and the name.
    pub actors: Vec<(String, String)>,
    /// Where the next part begins.
    pub next: Option<String>,
    /// Whether this is the first part.
    pub first_page: bool,
}

/// A line.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// When.
    pub recorded_at: Timestamp,
    /// Who, in words.
    pub actor: String,
    /// The stable word for what was done.
    pub action: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// What differs.
    pub changes: Vec<Change>,
}

/// What stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilterForm {
    /// `member:…`, `api_key:…`, `operator`, `system`; empty for all.
    pub actor: String,
    /// A word; empty for all.
    pub action: String,
    /// An id; empty for all.
    pub subject: String,
}

impl AuditFilterForm {
    fn query(&self) -> String {
        let [actor, action, subject] = [&self.actor, &self.action, &self.subject].map(|text| query_encoded(text));
        format!("/console/audit?actor={actor}&action={action}&subject={subject}")
    }
}

impl Screen for AuditView {
    fn page(&self, chrome: &Chrome) -> Page {
        let address = self.filter.query();
        let next = self.next.as_ref().map(|cursor| format!("{address}&after={}", query_encoded(cursor)));
        let back = (!self.first_page)
            .then(|| view! { <p class="back"><a href=address.clone()>{chrome.t("console-first")}</a></p> });
        let list = if self.lines.is_empty() {
            view! { <p class="empty">{chrome.t("audit-none")}</p> }.into_any()
        } else {
            let lines = self.lines.iter().map(|entry| line(entry, chrome));
            view! { <ol class="rows">{lines.collect_view()}</ol> }.into_any()
        };
        let body = view! {
            <h1 class="title">{chrome.t("console-audit")}</h1>
            {self.form(chrome)}
            {back}
            {list}
            {next_page(next, chrome)}
        };
        console_page(Section::Audit, chrome.t("console-audit"), body, chrome)
    }
}

impl AuditView {
    fn form(&self, chrome: &Chrome) -> AnyView {
        let everybody = (String::new(), chrome.t("audit-everybody"));
        let options = std::iter::once(&everybody).chain(&self.actors).map(|(value, name)| {
            view! { <option value=value.clone() selected=*value == self.filter.actor>{name.clone()}</option> }
        });
        let options = options.collect_view();
        view! {
            <form class="card stack" method="get" action="/console/audit" role="search">
                <div class="field-row">
                    <div class="field">
                        <label for="actor">{chrome.t("audit-actor")}</label>
                        <select class="input" id="actor" name="actor">{options}</select>
                    </div>
                    <div class="field">
                        <label for="action">{chrome.t("audit-action")}</label>
                        <input class="input" id="action" name="action" maxlength="60" autocomplete="off" value=self.filter.action.clone()/>
                    </div>
                    <div class="field">
                        <label for="subject">{chrome.t("audit-subject")}</label>
                        <input class="input" id="subject" name="subject" maxlength="36" autocomplete="off" value=self.filter.subject.clone()/>
                    </div>
                </div>
                <div class="actions"><button class="button" type="submit">{chrome.t("audit-filter")}</button></div>
            </form>
        }
        .into_any()
    }
}

fn line(entry: &AuditEntry, chrome: &Chrome) -> AnyView {
    let subject = AuditFilterForm { subject: entry.subject_id.to_string(), ..AuditFilterForm::default() };
    let action = AuditFilterForm { action: entry.action.clone(), ..AuditFilterForm::default() };
    let changes = (!entry.changes.is_empty()).then(|| table(&entry.changes, chrome));
    view! {
        <li>
            <span>
                <a class="mono" href=action.query()>{entry.action.clone()}</a>
                <span class="line item-note">{chrome.moment(entry.recorded_at)}" · "{entry.actor.clone()}</span>
                <span class="line item-note">
                    {entry.subject_kind.clone()}" "<a class="mono" href=subject.query()>{entry.subject_id.to_string()}</a>
                </span>
            </span>
            {changes}
        </li>
    }
    .into_any()
}

fn table(changes: &[Change], chrome: &Chrome) -> AnyView {
    let rows = changes.iter().map(|change| {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
        view! {
            <tr>
                <th scope="row" class="mono">{change.field.clone()}</th>
                <td><del>{shown(&change.before)}</del></td>
                <td><ins>{shown(&change.after)}</ins></td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll audit-diff" tabindex="0" role="group" aria-label=chrome.t("audit-changes")>
            <table class="table">
                <thead><tr>
                    <th scope="col">{chrome.t("audit-field")}</th>
                    <th scope="col">{chrome.t("audit-before")}</th>
                    <th scope="col">{chrome.t("audit-after")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
