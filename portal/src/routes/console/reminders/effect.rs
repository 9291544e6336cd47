use crate::Chrome;
use crate::pages::console::reminders::{EffectView, Sheet, channel_words};
use crate::pages::console::{Cell, Column};
use crate::routes::console::sheet::{Part, download};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use axum::http::StatusCode;
use saldo_app::flows::show_effect::{self, Effect};
use saldo_app::i18n::refusal_text;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::effect::EffectRow;
use saldo_domain::member::Permission;
use serde::Deserialize;

/// The period that stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct EffectQuery {
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

impl EffectQuery {
    fn period(&self) -> Result<(Option<Date>, Option<Date>), Failure> {
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Failure::from(Refusal::DateOutOfRange)),
        };
        Ok((day(&self.from)?, day(&self.until)?))
    }
}

/// What followed each step's messages.
pub async fn show(console: ConsoleVisit, Query(query): Query<EffectQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let chrome = console.visit.of_console(&console.creditor);
    let view = match read(&console, &query).await {
        Ok(effect) => EffectView {
            asked: (effect.from.to_string(), effect.until.to_string()),
            sheet: sheet(&effect, &chrome),
            effect: Some(effect),
            problem: None,
        },
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => EffectView {
            asked: (query.from, query.until),
            sheet: Sheet::default(),
            effect: None,
            problem: Some(refusal_text(&refusal, &chrome.locale)),
        },
        Err(failure) => return Err(Page::failure(&console.visit, failure)),
    };
    let status = if view.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Page::with(status, &view, &chrome))
}

/// The same as a file.
pub async fn file(console: ConsoleVisit, Query(query): Query<EffectQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let chrome = console.visit.of_console(&console.creditor);
    let effect = read(&console, &query).await.map_err(|failure| Page::failure(&console.visit, failure))?;
    let sheet = sheet(&effect, &chrome);
    let name = format!("effect-{}-{}", effect.from, effect.until);
    Ok(download(&name, chrome, (), move |()| {
        let sheet = sheet.clone();
        async move { Ok(Part { sheet, next: None }) }
    }))
}

async fn read(console: &ConsoleVisit, query: &EffectQuery) -> Result<Effect, Failure> {
    let (from, until) = query.period()?;
    show_effect::show(console.app(), console.id(), from, until).await
}

fn sheet(effect: &Effect, chrome: &Chrome) -> Sheet {
    let columns = vec![
        Column::new(chrome.t("column-step")),
        Column::new(chrome.t("column-channel")),
        Column::new(chrome.t("column-text")).wide(),
        Column::of_counts(chrome.t("column-messages")),
        Column::of_counts(chrome.t("effect-followed")),
        Column::of_counts(chrome.t("effect-share")),
        Column::of_amounts(chrome.t("effect-paid")),
    ];
    Sheet { columns, rows: effect.rows.iter().map(|effect| row(effect, chrome)).collect() }
}

fn row(effect: &EffectRow, chrome: &Chrome) -> Vec<Cell> {
    let count = i64::from(effect.offset.unsigned_abs());
    let step = match effect.offset {
        ..=-1 => chrome.with("effect-before", [("count", count.into())]),
        0 => chrome.t("effect-on-day"),
        _ => chrome.with("effect-after", [("count", count.into())]),
    };
    let share = effect.per_mille();
    vec![
        Cell::Text(step),
        Cell::Text(channel_words(effect.channel, chrome)),
        Cell::Text(effect.template.clone()),
        Cell::Count(effect.said_count),
        Cell::Count(effect.followed_count),
        Cell::Text(format!("{}{}{} %", share / 10, chrome.locale.decimal_mark(), share % 10)),
        Cell::Amounts(effect.paid.clone()),
    ]
}
