//! Many debtors of several creditors read their pages at once: no page holds a word of another's.
//!
//! `SALDO_TEST_LOADS` says how many pages are loaded on each database; without it enough to be quick.

use std::collections::BTreeSet;

use futures::future::join_all;
use saldo_domain::creditor::Creditor;
use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::product::Product;
use serde_json::json;

use crate::support::{Api, Visitor, on_both};
use crate::world::{first_id, fresh, text};

const CREDITORS: usize = 4;
const DEBTORS: usize = 32;
const LOADS: usize = 3_200;

/// A word that is nobody else's: `kanarix` and two digits for a debtor, `kanariy` for a creditor.
fn canary(kind: char, number: usize) -> String {
    format!("kanari{kind}{number:02}")
}

/// Every canary that a page holds.
fn canaries(page: &str) -> BTreeSet<String> {
    let page = page.to_lowercase();
    let found = page.match_indices("kanari").filter_map(|(at, _)| page.get(at..at + 9)).map(ToOwned::to_owned);
    found.collect()
}

struct Reader {
    visitor: Visitor,
    own: BTreeSet<String>,
    pages: Vec<String>,
}

async fn reader(product: &Product, (creditor, of): (&Creditor, usize), api: &Api, number: usize) -> Reader {
    let word = canary('x', number);
    let wish = json!({"reference": word.to_uppercase(), "name": format!("{word} {word}"), "country": "MX",
        "email": format!("{word}@example.com"), "phone": "55 1234 5678", "postal_address": format!("Calle {word} 5")});
    let debtor = api.put("/v1/debtors", &wish).await.expect(200).json();
    let debtor = text(&debtor["id"]);
    for due_on in ["2026-02-20", "2026-03-10"] {
        let wish = json!({"debtor_reference": word.to_uppercase(), "number": format!("{word}-{due_on}"),
            "description": format!("Cuaderno {word}"), "issued_on": "2026-01-20", "due_on": due_on,
            "amount": {"minor": 50_000 + number, "currency": "MXN"}});
        api.post("/v1/invoices", &wish).await.expect(200);
    }
    let link = api.post_once("/v1/access-links", &json!({"debtor_id": debtor}), &fresh()).await.expect(201).json();
    let visitor = Visitor::sign_in(product, &text(&link["url"])).await;
    let form = visitor.pay_form().await;
    let page = visitor.pay(&form, Some("1.00")).await.expect(303).header("location").to_owned();
    visitor.post(&format!("{page}/card"), &[("number", "4242424242424242")]).await.expect(303);
    product.work().await;
    let payments = api.get(&format!("/v1/payments?debtor_id={debtor}")).await.expect(200).json();
    let invoices = api.get(&format!("/v1/invoices?debtor_id={debtor}")).await.expect(200).json();
    let wish = json!({"invoice_id": first_id(&invoices), "reason": "other", "message": format!("No es mío: {word}")});
    api.post_once("/v1/disputes", &wish, &fresh()).await.expect(201);
    let mut pages: Vec<String> = ["/statement", "/pay", "/dispute", "/promise", "/transfer", "/preferences", "/code"]
        .map(ToOwned::to_owned)
        .into();
    pages.push(format!("/receipt/{}", first_id(&payments)));
    pages.push(format!("/pay/{}", form.attempt));
    pages.push(format!("/dispute/{}", first_id(&invoices)));
    pages.push(text(&link["url"]).replace(&product.url, ""));
    let own = BTreeSet::from([word, canary('y', of)]);
    assert_eq!(canaries(&creditor.name).len(), 1);
    Reader { visitor, own, pages }
}

async fn read(reader: &Reader, loads: usize, shift: usize) -> usize {
    let mut seen = 0;
    for load in 0..loads {
        let page = &reader.pages[(load + shift) % reader.pages.len()];
        let answer = reader.visitor.get(page).await.expect(200);
        let found = canaries(&answer.body);
        let foreign: Vec<_> = found.difference(&reader.own).collect();
        assert!(foreign.is_empty(), "P9: {page} of {:?} holds {foreign:?}", reader.own);
        seen += usize::from(!found.is_empty());
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_holds_a_word_of_another_debtor() {
    let wanted = std::env::var("SALDO_TEST_LOADS").ok().and_then(|loads| loads.parse().ok()).unwrap_or(LOADS);
    on_both(async |product| {
        let mut readers = Vec::new();
        let mut houses = Vec::new();
        for number in 0..CREDITORS {
            let creditor = product.creditor(&format!("Casa {}", canary('y', number))).await;
            let key = product.key(creditor.id, &saldo_app::flows::api_key::SCOPES).await;
            houses.push((creditor, Api::new(&product, &key)));
        }
        for number in 0..DEBTORS {
            let of = number % CREDITORS;
            readers.push(reader(&product, (&houses[of].0, of), &houses[of].1, number).await);
        }
        let each = wanted.div_ceil(DEBTORS);
        let began = std::time::Instant::now();
        let seen = join_all(readers.iter().enumerate().map(|(shift, one)| read(one, each, shift))).await;
        let seen: usize = seen.into_iter().sum();
        let loads = each * DEBTORS;
        eprintln!("{loads} pages in {:?}, {seen} with words of their own", began.elapsed());
        let run = if wanted > LOADS { "long run of canaries" } else { "canaries" };
        let part = format!("{run} on {:?}", product.app.store().dialect());
        figures::record(Bug::CreditorFilterDropped, &part, &format!("{loads} pages of {DEBTORS} debtors side by side"));
        assert!(seen * 2 > loads, "the words are not on the pages: {seen}");
    })
    .await;
}
