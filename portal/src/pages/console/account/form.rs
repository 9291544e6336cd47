//! One way to ask: a quiet disclosure with a form, what was wrong beside its field, and nothing lost.

use crate::layout::Chrome;
use crate::layout::forms::{hidden, in_textarea, problem_summary};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::member::{Permission, Role};
use uuid::Uuid;

/// What the forms of a desk need.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Who sits at it.
    pub role: Role,
    /// What the next form begins: a form that is sent twice is the same thing.
    pub fresh: Uuid,
    /// The date on the debtor's wall.
    pub today: Date,
    /// A form that was refused.
    pub tried: Option<Tried>,
}

/// A form that was refused, as it was filled in.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Which form.
    pub form: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// Why.
    pub trouble: Trouble,
}

/// Why a form was refused.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// A rule of the domain.
    Rule(Refusal),
    /// Another payment has the bank's reference.
    ReferenceTaken,
}

impl Trouble {
    fn words(&self, chrome: &Chrome) -> String {
        match self {
            Self::Rule(refusal) => refusal_text(refusal, &chrome.locale),
            Self::ReferenceTaken => chrome.t("desk-reference-taken"),
        }
    }
}

impl Desk {
    /// Whether who sits here may do it.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    fn tried(&self, form: &str) -> Option<&Tried> {
        self.tried.as_ref().filter(|tried| tried.form == form)
    }
}

/// One question of a form.
pub(super) struct Ask {
    name: &'static str,
    label: String,
    hint: Option<String>,
    kind: Kind,
    value: String,
}

/// How a question is answered.
enum Kind {
    Amount,
    Day(Date, Option<Date>),
    Line(usize, bool),
    Words(usize),
    Choice(Vec<(String, String)>),
}

impl Ask {
    fn new(name: &'static str, label: String, kind: Kind) -> Self {
        Self { name, label, hint: None, kind, value: String::new() }
    }

    /// An amount, or a rate.
    pub(super) fn amount(name: &'static str, label: String) -> Self {
        Self::new(name, label, Kind::Amount)
    }

    /// A date from one to another.
    pub(super) fn day(name: &'static str, label: String, from: Date, until: Option<Date>) -> Self {
        Self::new(name, label, Kind::Day(from, until))
    }

    /// One line.
    pub(super) fn line(name: &'static str, label: String, max: usize) -> Self {
        Self::new(name, label, Kind::Line(max, true))
    }

    /// One line that may stay empty.
    pub(super) fn optional(name: &'static str, label: String, max: usize) -> Self {
        Self::new(name, label, Kind::Line(max, false))
    }

    /// Several lines.
    pub(super) fn words(name: &'static str, label: String, max: usize) -> Self {
        Self::new(name, label, Kind::Words(max))
    }

    /// One of several values, each with its words.
    pub(super) fn choice(name: &'static str, label: String, options: Vec<(String, String)>) -> Self {
        Self::new(name, label, Kind::Choice(options))
    }

    /// With a hint below.
    pub(super) fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// Filled in.
    pub(super) fn value(self, value: String) -> Self {
        Self { value, ..self }
    }
}

/// A form in its disclosure.
pub(super) struct ActionForm {
    /// Its name: the same in the handler that refuses it.
    pub(super) key: String,
    /// Where it goes.
    pub(super) action: String,
    /// What opens it.
    pub(super) open: String,
    /// What it does.
    pub(super) explained: Option<String>,
    /// Its questions.
    pub(super) asks: Vec<Ask>,
    /// What it carries.
    pub(super) carries: Vec<(&'static str, String)>,
    /// What sends it.
    pub(super) submit: String,
    /// The button's class.
    pub(super) class: &'static str,
}

impl ActionForm {
    pub(super) fn show(self, desk: &Desk, chrome: &Chrome) -> AnyView {
        let tried = desk.tried(&self.key);
        let field = tried.map(|tried| field_of(&tried.trouble, &self.asks));
        let summary = tried.zip(field).map(|(tried, field)| {
            problem_summary(chrome, &format!("{}-{field}", self.key), &tried.trouble.words(chrome))
        });
        let asks = self.asks.iter().map(|ask| {
            let trouble = tried.filter(|_| field == Some(ask.name)).map(|tried| tried.trouble.words(chrome));
            let sent = tried.and_then(|tried| tried.fields.iter().find(|(name, _)| name == ask.name));
            let value = sent.map_or_else(|| ask.value.clone(), |(_, value)| value.clone());
            question(&self.key, ask, value, trouble)
        });
        let carries = self.carries.iter().map(|(name, value)| hidden(name, value));
        let explained = self.explained.map(|text| view! { <p class="hint"><span>{text}</span></p> });
        view! {
            <details class="disclosure" open=tried.is_some() id=self.key.clone()>
                <summary>{self.open}</summary>
                {summary}
                <form class="stack" method="post" action=self.action>
                    {carries.collect_view()}
                    <div class="field-row">{asks.collect_view()}</div>
                    {explained}
                    <div class="actions"><button class=self.class type="submit">{self.submit}</button></div>
                </form>
            </details>
        }
        .into_any()
    }
}

/// The question that a refusal is about.
fn field_of(trouble: &Trouble, asks: &[Ask]) -> &'static str {
    let Trouble::Rule(refusal) = trouble else { return "reference" };
    let of_kind = |wanted: fn(&Kind) -> bool| asks.iter().find(|ask| wanted(&ask.kind)).map(|ask| ask.name);
    let day = || of_kind(|kind| matches!(kind, Kind::Day(..)));
    let words = || of_kind(|kind| matches!(kind, Kind::Words(_) | Kind::Line(..)));
    let found = match refusal {
        Refusal::PromiseDate { .. }
        | Refusal::PromiseOpen
        | Refusal::HoldDate { .. }
        | Refusal::HoldOpen
        | Refusal::SettlementDate
        | Refusal::DateOutOfRange
        | Refusal::DateInFuture
        | Refusal::DeadlineBeforeIssue => day(),
        Refusal::TextLength { field, .. } => asks.iter().map(|ask| ask.name).find(|name| name == field).or_else(words),
        Refusal::CardNumberInText => words(),
        Refusal::ItemNotOpen | Refusal::InvoiceNotOpen | Refusal::SettlementOpen => {
            of_kind(|kind| matches!(kind, Kind::Choice(_)))
        }
        _ => of_kind(|kind| matches!(kind, Kind::Amount)),
    };
    found.or_else(|| asks.first().map(|ask| ask.name)).unwrap_or_default()
}

fn question(key: &str, ask: &Ask, value: String, trouble: Option<String>) -> AnyView {
    let id = format!("{key}-{}", ask.name);
    let hint = ask.hint.clone().map(|hint| view! { <p class="hint" id=format!("{id}-hint")><span>{hint}</span></p> });
    let described =
        [trouble.as_ref().map(|_| format!("{id}-problem")), ask.hint.as_ref().map(|_| format!("{id}-hint"))];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described = (!described.is_empty()).then_some(described);
    let invalid = trouble.as_ref().map(|_| "true");
    let said = trouble.map(|text| view! { <p class="field-problem" id=format!("{id}-problem")>{text}</p> });
    view! {
        <div class="field">
            <label for=id.clone()>{ask.label.clone()}</label>
            {said}
            {answer(ask, id, value, invalid, described)}
            {hint}
        </div>
    }
    .into_any()
}

fn answer(ask: &Ask, id: String, value: String, invalid: Option<&'static str>, described: Option<String>) -> AnyView {
    match &ask.kind {
        Kind::Amount => view! {
            <input class="input input-amount" id=id name=ask.name type="text" inputmode="decimal" autocomplete="off"
                maxlength="24" value=value required aria-invalid=invalid aria-describedby=described/>
        }
        .into_any(),
        Kind::Day(from, until) => view! {
            <input class="input" id=id name=ask.name type="date" min=from.to_string() max=until.map(|on| on.to_string())
                value=value required aria-invalid=invalid aria-describedby=described/>
        }
        .into_any(),
        Kind::Line(max, required) => view! {
            <input class="input" id=id name=ask.name type="text" autocomplete="off" maxlength=max.to_string()
                value=value required=*required aria-invalid=invalid aria-describedby=described/>
        }
        .into_any(),
        Kind::Words(max) => view! {
            <textarea class="input" id=id name=ask.name rows="3" maxlength=max.to_string() required
                aria-invalid=invalid aria-describedby=described>{in_textarea(&value)}</textarea>
        }
        .into_any(),
        Kind::Choice(options) => {
            let options = options.iter().map(|(key, words)| {
                view! { <option value=key.clone() selected=*key == value>{words.clone()}</option> }
            });
            view! {
                <select class="input" id=id name=ask.name aria-invalid=invalid aria-describedby=described>
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
    }
}
