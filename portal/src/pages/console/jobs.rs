//! Jobs that gave up.

use super::shell::{Section, console_page, next_page, query_encoded};
use crate::layout::forms::button_form;
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::JobId;

/// One part of the list of jobs that gave up.
#[derive(Debug, Clone)]
pub struct JobsView {
    /// The rows, newest first.
    pub rows: Vec<JobRow>,
    /// Where the next part begins.
    pub next: Option<String>,
}

/// A job that gave up.
#[derive(Debug, Clone)]
pub struct JobRow {
    /// The job.
    pub id: JobId,
    /// What it does.
    pub kind: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What it said last.
    pub error: String,
    /// When.
    pub failed_at: Timestamp,
}

impl Screen for JobsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let next = self.next.as_ref().map(|cursor| format!("/console/jobs?after={}", query_encoded(cursor)));
        let rows = self.rows.iter().map(|row| {
            let tries = chrome.with("job-tries", [("count", i64::from(row.attempts).into())]);
            view! {
                <li>
                    <span><strong class="mono">{row.kind.clone()}</strong>" · "{tries}" · "{chrome.moment(row.failed_at)}</span>
                    <span class="mono job-error">{row.error.clone()}</span>
                    {button_form(format!("/console/jobs/{}/revive", row.id), "button button-small", chrome.t("job-revive"))}
                </li>
            }
        });
        let list = if self.rows.is_empty() {
            view! { <p class="empty">{chrome.t("jobs-none")}</p> }.into_any()
        } else {
            view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("console-jobs")}</h1>
                <p class="lead">{chrome.t("jobs-explained")}</p>
            </div>
            {list}
            {next_page(next, chrome)}
        };
        console_page(Section::Jobs, chrome.t("console-jobs"), body, chrome)
    }
}
