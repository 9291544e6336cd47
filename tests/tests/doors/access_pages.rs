//! Every page × who comes × whose row it names.

use reqwest::Method;
use saldo_domain::member::Permission::{self, Contact, Import, Members, Money, Plans, Read, Terms};
use saldo_tests::product::Product;

use crate::access_claims;
use crate::support::{Answer, Visitor, on_both};
use crate::world::{self, Ids};

/// Whose session opens a page.
#[derive(Clone, Copy, PartialEq)]
pub enum Opens {
    Debtor,
    /// A member's whose role may this.
    Console(Permission),
}

pub struct Page {
    pub method: &'static str,
    pub path: &'static str,
    pub opens: Opens,
    /// What stands in the place of each parameter.
    pub ids: fn(&Ids) -> Vec<String>,
    pub form: &'static [(&'static str, &'static str)],
    /// The status of its own; 0 where that is asked by a test of its own.
    pub good: u16,
}

pub const NO_IDS: fn(&Ids) -> Vec<String> = |_| Vec::new();

pub const fn of_debtor(method: &'static str, path: &'static str, ids: fn(&Ids) -> Vec<String>, good: u16) -> Page {
    Page { method, path, opens: Opens::Debtor, ids, form: &[], good }
}

pub const fn of_console(
    method: &'static str,
    path: &'static str,
    needs: Permission,
    ids: fn(&Ids) -> Vec<String>,
    good: u16,
) -> Page {
    Page { method, path, opens: Opens::Console(needs), ids, form: &[], good }
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
pub fn table() -> Vec<Page> {
    let mut rows = rows_of_debtors();
    rows.extend(rows_of_accounts());
    rows.extend(rows_of_the_house());
    rows.extend(crate::widget_stand::pages());
    rows.extend(crate::events_console::pages());
    rows
}

fn rows_of_debtors() -> Vec<Page> {
    let attempt: fn(&Ids) -> Vec<String> = |ids| vec![ids.attempt.clone()];
    let method: fn(&Ids) -> Vec<String> = |ids| vec![ids.method.clone()];
    let plan: fn(&Ids) -> Vec<String> = |ids| vec![ids.plan.clone()];
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
        of_debtor("GET", "/plan/{plan}", plan, 0),
        of_debtor("POST", "/plan/{plan}/decline", plan, 0),
        of_debtor("GET", "/code", NO_IDS, 200),
        of_debtor("POST", "/code/send", NO_IDS, 303),
        of_debtor("POST", "/code", NO_IDS, 422),
        of_debtor("GET", "/profile", NO_IDS, 200),
        of_debtor("POST", "/profile/language", NO_IDS, 303),
        of_debtor("GET", "/preferences", NO_IDS, 200),
        Page { form: &[("language", "es"), ("allow", "email")], ..of_debtor("POST", "/preferences", NO_IDS, 303) },
        of_debtor("GET", "/methods", NO_IDS, 303),
        of_debtor("POST", "/methods/setups", NO_IDS, 303),
        of_debtor("GET", "/methods/setups/{method}", method, 303),
        of_debtor("GET", "/methods/{method}/remove", method, 303),
        of_debtor("POST", "/methods/{method}/remove", method, 303),
    ]
}

fn rows_of_accounts() -> Vec<Page> {
    let debtor: fn(&Ids) -> Vec<String> = |ids| vec![ids.debtor.clone()];
    let plan: fn(&Ids) -> Vec<String> = |ids| vec![ids.plan.clone()];
    let link: fn(&Ids) -> Vec<String> = |ids| vec![ids.debtor.clone(), ids.link.clone()];
    vec![
        of_console("GET", "/console", Read, NO_IDS, 200),
        of_console("GET", "/console/debtors", Read, NO_IDS, 200),
        of_console("GET", "/console/debtors.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/invoices", Read, NO_IDS, 200),
        of_console("GET", "/console/invoices.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/payments", Read, NO_IDS, 200),
        of_console("GET", "/console/payments.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/plans", Read, NO_IDS, 200),
        of_console("GET", "/console/plans.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/disputes", Read, NO_IDS, 200),
        of_console("GET", "/console/disputes.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/promises", Read, NO_IDS, 200),
        of_console("GET", "/console/promises.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/debtors/{debtor}", Read, debtor, 200),
        of_console("POST", "/console/debtors/{debtor}/links", Contact, debtor, 200),
        of_console("POST", "/console/debtors/{debtor}/links/{link}/revoke", Contact, link, 303),
        of_console("POST", "/console/debtors/{debtor}/links/{link}/renew", Contact, link, 200),
        Page {
            form: &[("refund", "018f0000-0000-7000-8000-000000000001"), ("amount", "0.01"), ("reason", "the table")],
            ..of_console(
                "POST",
                "/console/debtors/{debtor}/payments/{payment}/refund",
                Money,
                |ids| vec![ids.debtor.clone(), ids.payment.clone()],
                303,
            )
        },
        of_console("GET", "/console/debtors/{debtor}/plans/new", Plans, debtor, 200),
        of_console("POST", "/console/debtors/{debtor}/plans", Plans, debtor, 404),
        of_console("GET", "/console/plans/{plan}", Read, plan, 200),
        of_console("POST", "/console/plans/{plan}/approve", Money, plan, 303),
        of_console("POST", "/console/plans/{plan}/reject", Money, plan, 303),
        of_console("POST", "/console/plans/{plan}/cancel", Money, plan, 303),
    ]
}

fn rows_of_the_house() -> Vec<Page> {
    let import: fn(&Ids) -> Vec<String> = |ids| vec![ids.upload.clone()];
    let policy: fn(&Ids) -> Vec<String> = |ids| vec![ids.policy.clone()];
    let member: fn(&Ids) -> Vec<String> = |ids| vec![ids.member.clone()];
    vec![
        of_console("GET", "/console/terms", Read, NO_IDS, 200),
        of_console("GET", "/console/terms/{policy}", Read, policy, 200),
        Page { form: DISCOUNT, ..of_console("POST", "/console/terms/{policy}", Terms, policy, 303) },
        of_console("POST", "/console/terms/{policy}/revise", Terms, policy, 303),
        Page {
            form: &[("revision", "2")],
            ..of_console("POST", "/console/terms/{policy}/publish", Terms, policy, 303)
        },
        of_console("POST", "/console/terms/{policy}/withdraw", Terms, policy, 303),
        of_console("GET", "/console/reminders", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/calls", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/messages", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/messages.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/decisions", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/decisions.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/effect", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/effect.csv", Read, NO_IDS, 200),
        of_console("GET", "/console/reminders/letters", Read, NO_IDS, 200),
        of_console("GET", "/console/events", Read, NO_IDS, 200),
        of_console("GET", "/console/jobs", Read, NO_IDS, 200),
        of_console("GET", "/console/imports", Read, NO_IDS, 200),
        of_console("GET", "/console/imports/{import}", Read, import, 200),
        of_console("GET", "/console/imports/{import}/state", Read, import, 200),
        Page { form: COLUMNS, ..of_console("POST", "/console/imports/{import}/mapping", Import, import, 303) },
        of_console("POST", "/console/imports/{import}/remap", Import, import, 303),
        Page { form: COLUMNS, ..of_console("POST", "/console/imports/{import}/mapping", Import, import, 303) },
        of_console("POST", "/console/imports/{import}/confirm", Import, import, 303),
        of_console("GET", "/console/audit", Read, NO_IDS, 200),
        of_console("GET", "/console/settings", Read, NO_IDS, 200),
        Page {
            form: &[("paper", "letter"), ("price_sms", "0.85"), ("currency_sms", "MXN")],
            ..of_console("POST", "/console/settings", Terms, NO_IDS, 303)
        },
        of_console("GET", "/console/members", Members, NO_IDS, 200),
        Page {
            form: &[("email", "table@example.com"), ("name", "From the table"), ("role", "viewer")],
            ..of_console("POST", "/console/members", Members, NO_IDS, 303)
        },
        of_console("POST", "/console/members/{member}/invite", Members, member, 303),
        Page {
            form: &[("role", "agent")],
            ..of_console("POST", "/console/members/{member}/role", Members, member, 303)
        },
        of_console("POST", "/console/members/{member}/disable", Members, member, 303),
        of_console("POST", "/console/members/{member}/enable", Members, member, 303),
        of_console("POST", "/console/members/{member}/reset", Members, member, 303),
        of_console("GET", "/console/security", Read, NO_IDS, 200),
        of_console("POST", "/console/security/password", Read, NO_IDS, 422),
        of_console("POST", "/console/security/codes", Read, NO_IDS, 303),
        of_console("GET", "/console/security/codes", Read, NO_IDS, 200),
        of_console("POST", "/console/security/codes/confirm", Read, NO_IDS, 422),
    ]
}

pub async fn ask(product: &Product, page: &Page, visitor: &reqwest::Client, ids: &Ids) -> Answer {
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
                Opens::Console(_) => (&finance, &debtor, vec![&foreign]),
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
            if page.good != 0 {
                let answer = ask(&product, &page, insider, &own).await;
                assert_eq!(answer.status, page.good, "{name}: {}", answer.body);
            }
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
