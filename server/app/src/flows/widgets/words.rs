use crate::i18n::Texts;
use saldo_contract::widget_view::WidgetPart;
use std::collections::BTreeMap;

type Words = BTreeMap<String, String>;

fn put<const N: usize>(words: &mut Words, more: [(&str, String); N]) {
    words.extend(more.into_iter().map(|(key, text)| (key.to_owned(), text)));
}

/// Every word of the parts that are asked for.
pub(super) fn words(parts: &[WidgetPart], texts: Texts) -> Words {
    let mut words = always(texts);
    for part in parts {
        match part {
            WidgetPart::Balance => {}
            WidgetPart::Statement => statement(&mut words, texts),
            WidgetPart::Choices => choices(&mut words, texts),
            WidgetPart::Plan => plan(&mut words, texts),
            WidgetPart::Reminder => reminder(&mut words, texts),
        }
    }
    words
}

fn always(texts: Texts) -> Words {
    let mut words = Words::new();
    put(
        &mut words,
        [
            ("due", texts.t("amount-due")),
            ("pay", texts.t("statement-pay")),
            ("failed", texts.t("widget-failed")),
            ("retry", texts.t("widget-retry")),
            ("loading", texts.t("widget-loading")),
            ("opens_new", texts.t("widget-opens-new")),
            ("expired", texts.t("widget-expired")),
            ("see_statement", texts.t("widget-see-statement")),
        ],
    );
    words
}

fn statement(words: &mut Words, texts: Texts) {
    put(
        words,
        [
            ("statement_title", texts.t("widget-open-items")),
            ("select_all", texts.t("widget-select-all")),
            ("total", texts.t("widget-total")),
            ("pay_selected", texts.t("widget-pay-selected")),
            ("nothing_open", texts.t("statement-settled-explained")),
        ],
    );
}

/// The heads of a table of payments.
fn table(words: &mut Words, texts: Texts) {
    put(
        words,
        [
            ("number", texts.t("widget-number")),
            ("on", texts.t("plan-column-date")),
            ("amount", texts.t("plan-column-amount")),
            ("down", texts.t("plan-down")),
        ],
    );
}

fn choices(words: &mut Words, texts: Texts) {
    table(words, texts);
    put(
        words,
        [
            ("choices_title", texts.t("ways-title")),
            ("discount_title", texts.t("ways-discount")),
            ("full_title", texts.t("ways-full")),
            ("plan_title", texts.t("ways-plan")),
            ("count", texts.t("plan-count")),
            ("first_on", texts.t("plan-first")),
            ("schedule", texts.t("plan-dates")),
            ("total", texts.t("widget-total")),
            ("choose_plan", texts.t("plan-go-on")),
            ("not_possible", texts.t("widget-not-possible")),
            ("autopay", texts.t("widget-autopay")),
        ],
    );
}

fn plan(words: &mut Words, texts: Texts) {
    table(words, texts);
    put(
        words,
        [
            ("plan_heading", texts.t("plan-title")),
            ("paid", texts.t("instalment-paid")),
            ("rest", texts.t("widget-rest")),
            ("next", texts.t("widget-next-instalment")),
            ("pay_instalment", texts.t("widget-pay-instalment")),
            ("instalments", texts.t("plan-dates")),
            ("progress", texts.t("widget-progress")),
            ("state", texts.t("widget-state")),
        ],
    );
}

fn reminder(words: &mut Words, texts: Texts) {
    put(
        words,
        [
            ("see_choices", texts.t("widget-see-ways")),
            ("later", texts.t("widget-later")),
            ("dismiss", texts.t("widget-dismiss")),
        ],
    );
}
