//! How a kind of policy plugs into the frame.

use super::discount::DiscountEditor;
use super::fields::Fields;
use super::ladder::LadderEditor;
use super::late_fee::LateFeeEditor;
use super::message::MessageEditor;
use super::plan::PlanEditor;
use crate::layout::Chrome;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::flows::preview_message::MessagePreview;
use saldo_app::i18n::{Reading, refusal_text};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::policy::PolicyKind;
use std::collections::BTreeMap;

/// What stands in the fields of an editor, as it was typed: nothing is lost when something is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// The text of a field; empty where it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Every field that is there.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Takes every field away whose name begins so.
    pub fn clear(&mut self, prefix: &str) {
        self.0.retain(|name, _| !name.starts_with(prefix));
    }

    /// Fills a field.
    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.0.insert(name.to_owned(), value.to_string());
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Typed {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(fields: I) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name, which is its id too.
    pub field: String,
    /// In the reader's words.
    pub message: String,
}

impl FieldProblem {
    /// A refusal at a field.
    pub fn new(field: impl Into<String>, refusal: &Refusal, chrome: &Chrome) -> Self {
        Self { field: field.into(), message: refusal_text(refusal, &chrome.locale) }
    }
}

/// What an editor knows besides what stands in its fields.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The keys of message templates that rungs may name.
    pub keys: Vec<String>,
    /// What the template would say, or why it cannot be shown.
    pub preview: Option<Result<MessagePreview, String>>,
}

/// One kind of policy in the console.
pub trait KindEditor: Sync {
    /// The kind.
    fn kind(&self) -> PolicyKind;

    /// What the fields of a new policy hold.
    fn blank(&self, currency: Currency, chrome: &Chrome) -> Typed;

    /// What the fields hold for a policy that was kept.
    fn typed(&self, body: &PolicyBody, chrome: &Chrome) -> Typed;

    /// The policy that the fields mean. It is checked by the flow, not here.
    ///
    /// # Errors
    /// Every field that cannot be read.
    fn read(&self, typed: &Typed, chrome: &Chrome) -> Result<PolicyBody, Vec<FieldProblem>>;

    /// The field at which a refusal of the whole policy is said.
    fn field_of(&self, refusal: &Refusal) -> String;

    /// The fields, without the form around them and without the policy's name.
    fn fields(&self, fields: Fields<'_>) -> AnyView;

    /// The policy in plain words. `typed` may hold what the policy does not keep, such as the usual payment term.
    fn reading(&self, body: &PolicyBody, typed: &Typed, chrome: &Chrome) -> Reading;

    /// What else explains the policy beside its fields: a cost, a sample.
    fn aside(&self, body: &PolicyBody, typed: &Typed, around: &Around, chrome: &Chrome) -> AnyView;

    /// Rearranges the fields as a button of the form asks, keeping nothing: a row more, another text. Whether it was such a
    /// button.
    fn arrange(&self, _typed: &mut Typed, _button: &str, _chrome: &Chrome) -> bool {
        false
    }
}

/// The editor of a kind; none where policies of that kind are written by the API only.
pub fn editor(kind: PolicyKind) -> Option<&'static dyn KindEditor> {
    match kind {
        PolicyKind::Discount => Some(&DiscountEditor),
        PolicyKind::LateFee => Some(&LateFeeEditor),
        PolicyKind::PlanTemplate => Some(&PlanEditor),
        PolicyKind::Dunning => Some(&LadderEditor),
        PolicyKind::MessageTemplate => Some(&MessageEditor),
    }
}

/// The name of a kind.
pub fn kind_title(kind: PolicyKind, chrome: &Chrome) -> String {
    match kind {
        PolicyKind::Discount => chrome.t("terms-kind-discount"),
        PolicyKind::PlanTemplate => chrome.t("terms-kind-plan"),
        PolicyKind::LateFee => chrome.t("terms-kind-late-fee"),
        PolicyKind::Dunning => chrome.t("terms-kind-dunning"),
        PolicyKind::MessageTemplate => chrome.t("terms-kind-message"),
    }
}

/// The kind that a path names.
pub fn kind_of(word: &str) -> Option<PolicyKind> {
    PolicyKind::ALL.into_iter().find(|kind| kind.as_str() == word)
}
