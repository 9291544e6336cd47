use crate::sample::*;
use crate::{Gallery, Shown};
use saldo_domain::locale::Language;
use saldo_domain::statement::build;
use saldo_portal::pages::*;
use saldo_portal::render;

/// The statement's first response, as the product promises it.
const DOCUMENT_MAX: usize = 40 * 1024;

fn each(check: impl Fn(&Shown)) {
    let gallery = Gallery::all();
    assert!(gallery.pages.len() > 150);
    gallery.pages.iter().for_each(check);
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_page_is_one_complete_document_in_the_language_it_says() {
    each(|page| {
        let start = format!("<!DOCTYPE html><html lang=\"{}-", page.language.tag());
        assert!(page.html.starts_with(&start), "{}", page.name);
        assert!(page.html.ends_with("</body></html>"), "{}", page.name);
        assert_eq!(page.html.matches("<h1").count(), 1, "{} has one first heading", page.name);
        assert_eq!(page.html.matches("<main ").count(), 1, "{}", page.name);
        assert!(page.html.len() < DOCUMENT_MAX, "{} weighs {}", page.name, page.html.len());
    });
}

#[test]
fn no_page_needs_what_a_strict_policy_forbids() {
    each(|page| {
        for forbidden in [" style=", "<style", "<script>", " onclick=", " onsubmit=", "javascript:"] {
            assert!(!page.html.contains(forbidden), "{} has {forbidden}", page.name);
        }
    });
}

#[test]
fn no_page_asks_anything_of_a_third_party() {
    each(|page| {
        for attribute in ["href", "src", "action"] {
            for value in values(&page.html, attribute) {
                let foreign = value.contains("//") && !value.starts_with("../");
                assert!(!foreign, "{} leads to {value}", page.name);
            }
        }
    });
}

#[test]
fn every_field_has_a_label_and_no_id_stands_twice() {
    each(|page| {
        let mut ids = values(&page.html, "id");
        let labels = values(&page.html, "for");
        for part in page.html.split('<').filter(|part| part.starts_with("input ") || part.starts_with("select ")) {
            if part.contains("type=\"hidden\"") {
                continue;
            }
            let id = values(part, "id");
            assert!(id.first().is_some_and(|id| labels.contains(id)), "{}: <{part}", page.name);
        }
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", page.name);
    });
}

#[test]
fn what_people_type_is_shown_and_never_runs() {
    let typed = "\"><img src=x onerror=alert(1)><script>alert(2)</script>";
    let mut snapshot = usual();
    snapshot.creditor.name = typed.to_owned();
    snapshot.debtor.name = typed.to_owned();
    snapshot.accounts[0].items[0].description = Some(typed.to_owned());
    snapshot.accounts[0].items[0].number = typed.to_owned();
    let statement = build(&snapshot, now()).expect("a statement");
    let chrome = chrome(&snapshot.creditor, Language::Es);
    let account = statement.accounts[0].clone();
    let pay = PayView {
        account,
        others: Vec::new(),
        attempt_id: id(50),
        choice: PayChoice::Amount(typed.to_owned()),
        problem: None,
        settlements: Vec::new(),
        now: now(),
    };
    let debtors = crate::lists::list(saldo_app::lists::DEBTORS, typed, Vec::new());
    let view = StatementView {
        statement,
        history: History::Whole,
        receipts: Vec::new(),
        claims: ClaimLines::default(),
        ways: Vec::new(),
        plans: Vec::new(),
        settlements: Vec::new(),
        now: now(),
    };
    for html in [render(&view, &chrome), render(&pay, &chrome), render(&debtors, &chrome)] {
        assert!(!html.contains("<img") && !html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;script&gt;"));
    }
}
