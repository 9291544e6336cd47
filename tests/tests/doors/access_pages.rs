//! Every page × who comes × whose row it names.

use std::collections::BTreeSet;
use std::fs;

use reqwest::Method;
use saldo_tests::needs;
use saldo_tests::product::Product;

use crate::access_claims;
use crate::support::{Answer, Visitor, on_both};
use crate::world::{self, Ids};

/// Whose session opens a page.
#[derive(Clone, Copy, PartialEq)]
pub enum Opens {
    Debtor,
    Console,
}

pub struct Page {
    pub method: &'static str,
    pub path: &'static str,
    pub opens: Opens,
    /// What stands in the place of each parameter.
    pub ids: fn(&Ids) -> Vec<String>,
    pub form: &'static [(&'static str, &'static str)],
    pub good: u16,
}

pub const NO_IDS: fn(&Ids) -> Vec<String> = |_| Vec::new();

pub const fn of_debtor(method: &'static str, path: &'static str, ids: fn(&Ids) -> Vec<String>, good: u16) -> Page {
    Page { method, path, opens: Opens::Debtor, ids, form: &[], good }
}

pub const fn of_console(method: &'static str, path: &'static str, ids: fn(&Ids) -> Vec<String>, good: u16) -> Page {
    Page { method, path, opens: Opens::Console, ids, form: &[], good }
}

const COLUMNS: &[(&str, &str)] = &[
    ("column_0", "debtor_reference"),
    ("column_1", "invoice_number"),
    ("column_2", "issued_on"),
    ("column_3", "due_on"),
    ("column_4", "amount"),
];

const DISCOUNT: &[(&str, &str)] = &[
    ("revision", "1"),
    ("name", "From the table"),
    ("currency", "USD"),
    ("rule", "tiers"),
    ("reduction", "rate"),
    ("tier_1_value", "2"),
    ("tier_1_days", "10"),
    ("grace_minutes", "0"),
    ("do", "save"),
];

/// Pages behind a session, in an order in which each finds what it needs.
fn table() -> Vec<Page> {
    let import: fn(&Ids) -> Vec<String> = |ids| vec![ids.upload.clone()];
    let attempt: fn(&Ids) -> Vec<String> = |ids| vec![ids.attempt.clone()];
    let method: fn(&Ids) -> Vec<String> = |ids| vec![ids.method.clone()];
    let debtor: fn(&Ids) -> Vec<String> = |ids| vec![ids.debtor.clone()];
    let plan: fn(&Ids) -> Vec<String> = |ids| vec![ids.plan.clone()];
    let policy: fn(&Ids) -> Vec<String> = |ids| vec![ids.policy.clone()];
    let link: fn(&Ids) -> Vec<String> = |ids| vec![ids.debtor.clone(), ids.link.clone()];
    vec![
        of_debtor("GET", "/statement", NO_IDS, 200),
        of_debtor("GET", "/pay", NO_IDS, 200),
        of_debtor("GET", "/pay/{attempt}", attempt, 200),
        of_debtor("GET", "/pay/{attempt}/state", attempt, 200),
        of_debtor("GET", "/pay/{attempt}/under-way", attempt, 303),
        of_debtor("POST", "/pay/{attempt}/cancel", attempt, 303),
        of_debtor("GET", "/receipt/{payment}", |ids| vec![ids.payment.clone()], 200),
        of_debtor("GET", "/plan/new", NO_IDS, 303),
        of_debtor("GET", "/plan/confirm", NO_IDS, 303),
        of_debtor("POST", "/plan", NO_IDS, 404),
        of_debtor("GET", "/code", NO_IDS, 200),
        of_debtor("POST", "/code/send", NO_IDS, 303),
        of_debtor("POST", "/code", NO_IDS, 422),
        of_debtor("GET", "/profile", NO_IDS, 200),
        of_debtor("POST", "/profile/language", NO_IDS, 303),
        of_debtor("GET", "/methods", NO_IDS, 303),
        of_debtor("POST", "/methods/setups", NO_IDS, 303),
        of_debtor("GET", "/methods/setups/{method}", method, 303),
        of_debtor("GET", "/methods/{method}/remove", method, 303),
        of_debtor("POST", "/methods/{method}/remove", method, 303),
        of_console("GET", "/console", NO_IDS, 200),
        of_console("GET", "/console/debtors", NO_IDS, 200),
        of_console("GET", "/console/debtors.csv", NO_IDS, 200),
        of_console("GET", "/console/invoices", NO_IDS, 200),
        of_console("GET", "/console/invoices.csv", NO_IDS, 200),
        of_console("GET", "/console/payments", NO_IDS, 200),
        of_console("GET", "/console/payments.csv", NO_IDS, 200),
        of_console("GET", "/console/plans", NO_IDS, 200),
        of_console("GET", "/console/plans.csv", NO_IDS, 200),
        of_console("GET", "/console/disputes", NO_IDS, 200),
        of_console("GET", "/console/disputes.csv", NO_IDS, 200),
        of_console("GET", "/console/promises", NO_IDS, 200),
        of_console("GET", "/console/promises.csv", NO_IDS, 200),
        of_console("GET", "/console/debtors/{debtor}", debtor, 200),
        of_console("POST", "/console/debtors/{debtor}/links", debtor, 200),
        of_console("POST", "/console/debtors/{debtor}/links/{link}/revoke", link, 303),
        of_console("POST", "/console/debtors/{debtor}/links/{link}/renew", link, 200),
        Page {
            form: &[("refund", "018f0000-0000-7000-8000-000000000001"), ("amount", "0.01"), ("reason", "the table")],
            ..of_console(
                "POST",
                "/console/debtors/{debtor}/payments/{payment}/refund",
                |ids| vec![ids.debtor.clone(), ids.payment.clone()],
                303,
            )
        },
        of_console("GET", "/console/debtors/{debtor}/plans/new", debtor, 200),
        of_console("POST", "/console/debtors/{debtor}/plans", debtor, 404),
        of_console("GET", "/console/plans/{plan}", plan, 200),
        of_console("POST", "/console/plans/{plan}/approve", plan, 303),
        of_console("POST", "/console/plans/{plan}/reject", plan, 303),
        of_console("POST", "/console/plans/{plan}/cancel", plan, 303),
        of_console("GET", "/console/terms", NO_IDS, 200),
        of_console("GET", "/console/terms/{policy}", policy, 200),
        Page { form: DISCOUNT, ..of_console("POST", "/console/terms/{policy}", policy, 303) },
        of_console("POST", "/console/terms/{policy}/revise", policy, 303),
        Page { form: &[("revision", "2")], ..of_console("POST", "/console/terms/{policy}/publish", policy, 303) },
        of_console("POST", "/console/terms/{policy}/withdraw", policy, 303),
        of_console("GET", "/console/events", NO_IDS, 200),
        of_console("GET", "/console/jobs", NO_IDS, 200),
        of_console("GET", "/console/imports", NO_IDS, 200),
        of_console("GET", "/console/imports/{import}", import, 200),
        of_console("GET", "/console/imports/{import}/state", import, 200),
        Page { form: COLUMNS, ..of_console("POST", "/console/imports/{import}/mapping", import, 303) },
        of_console("POST", "/console/imports/{import}/remap", import, 303),
        Page { form: COLUMNS, ..of_console("POST", "/console/imports/{import}/mapping", import, 303) },
        of_console("POST", "/console/imports/{import}/confirm", import, 303),
    ]
}

/// What anybody may ask, what a secret in the path opens, and what a test of its own looks at.
const ELSEWHERE: [&str; 31] = [
    "/",
    "/assets/{file}",
    "/brand/{file}",
    "/console/jobs/{job}/revive",
    "/console/sign-in/{token}",
    "/console/sign-out",
    "/console/terms/new/{kind}",
    "/l/{token}",
    "/l/{token}/renew",
    "/language",
    "/leave",
    "/left",
    "/mailbox",
    "/mailbox/{id}",
    "/mailbox/{id}/html",
    "/now",
    "/optout/{token}",
    "/plan/{plan}",
    "/plan/{plan}/accept",
    "/plan/{plan}/decline",
    "/sandbox/{reference}",
    "/sandbox/{reference}/cancel",
    "/sandbox/{reference}/card",
    "/sandbox/{reference}/challenge",
    "/sandbox/{reference}/debit",
    "/sandbox/setups/{reference}",
    "/sandbox/setups/{reference}/cancel",
    "/sandbox/setups/{reference}/card",
    "/sandbox/setups/{reference}/challenge",
    "/widgets/v1/saldo.js",
    "/pay",
];

async fn ask(product: &Product, page: &Page, visitor: &reqwest::Client, ids: &Ids) -> Answer {
    let values = (page.ids)(ids);
    let mut path = page.path.to_owned();
    for value in &values {
        let (start, end) = (path.find('{').expect("a parameter"), path.find('}').expect("a parameter"));
        path.replace_range(start..=end, value);
    }
    let method: Method = page.method.parse().expect("a method");
    let mut request = visitor.request(method, format!("{}{path}", product.url));
    if page.method == "POST" {
        request = request.form(page.form);
    }
    let mut answer = Answer::of(request.send().await.expect("an answer")).await;
    for value in values {
        answer.body = answer.body.replace(&value, "ID");
    }
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_for_its_own_session_and_hides_the_rows_of_others() {
    on_both(async |product| {
        let ours = product.business().await;
        let theirs = product.creditor("Otra Casa").await;
        let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
        product.invoice((&theirs, &zoe), "Z-1", "2026-04-01", (77_000, "MXN")).await;
        let their_key = product.key(theirs.id, &saldo_app::flows::api_key::SCOPES).await;
        let own = world::live(&product, &ours.creditor, &ours.ana, &ours.key).await;
        let neighbour = world::live(&product, &ours.creditor, &ours.bruno, &ours.key).await;
        let foreign = world::live(&product, &theirs, &zoe, &their_key).await;
        let absent = Ids::absent();
        let link = product.link_for(ours.creditor.id, &ours.ana).await;
        let debtor = Visitor::sign_in(&product, &link).await.client;
        let finance = world::console(&product, &ours.creditor).await.client;
        let nobody = product.client();
        for page in table().into_iter().chain(access_claims::table()) {
            let name = format!("{} {}", page.method, page.path);
            let (insider, outsider, wrong) = match page.opens {
                Opens::Debtor => (&debtor, &finance, vec![&foreign, &neighbour]),
                Opens::Console => (&finance, &debtor, vec![&foreign]),
            };
            for stranger in [&nobody, outsider] {
                assert_eq!(ask(&product, &page, stranger, &own).await.status, 401, "{name}: a stranger");
            }
            if !(page.ids)(&own).is_empty() {
                let nothing = ask(&product, &page, insider, &absent).await;
                assert_eq!(nothing.status, 404, "{name}: absent");
                for ids in wrong {
                    let answer = ask(&product, &page, insider, ids).await;
                    assert_eq!((answer.status, answer.body), (404, nothing.body.clone()), "{name}: of another");
                }
            }
            let answer = ask(&product, &page, insider, &own).await;
            assert_eq!(answer.status, page.good, "{name}: {}", answer.body);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_cannot_be_begun_on_the_account_or_the_attempt_of_another() {
    on_both(async |product| {
        let ours = product.business().await;
        let bruno = product.link_for(ours.creditor.id, &ours.bruno).await;
        let bruno = Visitor::sign_in(&product, &bruno).await;
        let of_bruno = bruno.pay_form().await;
        bruno.pay(&of_bruno, Some("10.00")).await.expect(303);
        let ana = crate::support::ana(&product, &ours).await;
        let form = ana.pay_form().await;
        let on_his_account = crate::support::PayForm { account: of_bruno.account.clone(), ..form.clone() };
        let on_no_account = crate::support::PayForm { account: Ids::absent().account, ..form.clone() };
        let his_attempt = crate::support::PayForm { attempt: of_bruno.attempt, ..form.clone() };
        let nothing = ana.pay(&on_no_account, None).await.expect(404);
        assert_eq!(ana.pay(&on_his_account, None).await.expect(404).body, nothing.body);
        assert_eq!(ana.pay(&his_attempt, None).await.expect(404).body, nothing.body);
        ana.pay(&form, None).await.expect(303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_of_another_creditor_cannot_be_revived() {
    on_both(async |product| {
        let ours = product.business().await;
        let finance = world::console(&product, &ours.creditor).await;
        let path = format!("/console/jobs/{}/revive", Ids::absent().job);
        finance.post(&path, &[]).await.expect(404);
        let stranger = product.client().post(format!("{}{path}", product.url)).send().await.expect("an answer");
        assert_eq!(stranger.status(), 401);
    })
    .await;
}

#[test]
fn every_route_of_the_portal_is_in_a_table() {
    let mut routed = BTreeSet::new();
    for folder in ["portal/src/routes", "portal/src/routes/console", "portal/src/routes/debtor"] {
        for file in fs::read_dir(needs::top().join(folder)).expect("the portal's routes").flatten() {
            if file.path().extension().is_some_and(|kind| kind == "rs") {
                let source = fs::read_to_string(file.path()).expect("a source");
                let calls = source.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1));
                routed.extend(calls.map(ToOwned::to_owned));
            }
        }
    }
    let known: BTreeSet<String> = table()
        .iter()
        .chain(&access_claims::table())
        .map(|page| page.path)
        .chain(ELSEWHERE)
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(routed, known);
}
