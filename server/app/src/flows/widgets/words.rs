use crate::i18n::Texts;
use saldo_contract::widget_view::WidgetPart;
use std::collections::BTreeMap;

type Words = BTreeMap<String, String>;

fn put<const N: usize>(words: &mut Words, more: [(&str, String); N]) {
    words.extend(more.into_iter().map(|(key, text)| (key.to_owned(), text)));
}

/// Every word of the parts that are asked for; places to fill stay as `{amount}` and `{count}`.
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
            ("next_due", texts.t("widget-next-due")),
            ("pay", texts.t("statement-pay")),
            ("paid", texts.t("statement-settled")),
            ("failed", texts.t("widget-failed")),
            ("retry", texts.t("widget-retry")),
            ("loading", texts.t("widget-loading")),
            ("opens_new", texts.t("widget-opens-new")),
            ("expired", texts.t("widget-expired")),
            ("see_statement", texts.t("widget-see-statement")),
            ("see_ways", texts.t("widget-see-ways")),
            ("test", texts.t("test-mode")),
        ],
    );
    words
}

fn amount_of(texts: Texts) -> String {
    texts.with("ways-pay-full", [("amount", "{amount}".into())])
}

fn statement(words: &mut Words, texts: Texts) {
    put(
        words,
        [
            ("statement_title", texts.t("widget-open-items")),
            ("select", texts.t("widget-select")),
            ("select_all", texts.t("widget-select-all")),
            ("selected", texts.with("widget-selected", [("amount", "{amount}".into())])),
            ("pay_selected", amount_of(texts)),
            ("pay_all", texts.t("ways-full")),
            ("number", texts.t("plan-column-number")),
            ("credit", texts.t("credit")),
            ("nothing_open", texts.t("statement-settled-explained")),
        ],
    );
}

fn table(words: &mut Words, texts: Texts) {
    put(
        words,
        [
            ("plan_dates", texts.t("plan-dates")),
            ("plan_down", texts.t("plan-down")),
            ("column_number", texts.t("plan-column-number")),
            ("column_date", texts.t("plan-column-date")),
            ("column_amount", texts.t("plan-column-amount")),
        ],
    );
}

fn choices(words: &mut Words, texts: Texts) {
    table(words, texts);
    let option = [("count", "{count}".into()), ("amount", "{amount}".into())];
    put(
        words,
        [
            ("ways_title", texts.t("ways-title")),
            ("discount_title", texts.t("ways-discount")),
            ("full_title", texts.t("ways-full")),
            ("plan_title", texts.t("ways-plan")),
            ("instead", texts.t("ways-instead")),
            ("time_left", texts.t("ways-left")),
            ("days", texts.with("widget-days", [("count", "{count}".into())])),
            ("plan_count", texts.t("plan-count")),
            ("plan_count_option", texts.with("plan-count-option", option)),
            ("plan_first", texts.t("plan-first")),
            ("plan_continue", texts.t("plan-go-on")),
            ("plan_continue_hint", texts.t("plan-go-on-hint")),
            ("choose_other", texts.t("ways-choose")),
        ],
    );
}

fn plan(words: &mut Words, texts: Texts) {
    table(words, texts);
    put(
        words,
        [
            ("my_plan", texts.t("plan-title")),
            ("next_instalment", texts.t("widget-next-instalment")),
            ("pay_instalment", amount_of(texts)),
            ("see_plan", texts.t("plan-see")),
        ],
    );
}

fn reminder(words: &mut Words, texts: Texts) {
    put(
        words,
        [
            ("reminder_label", texts.t("widget-reminder")),
            ("remind_later", texts.t("widget-later")),
            ("dismiss", texts.t("widget-dismiss")),
        ],
    );
}
