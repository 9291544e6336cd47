//! Every route of the console × every role.

use std::collections::BTreeSet;
use std::fs;

use saldo_domain::member::Permission::{self, Contact, Import, Money, Plans, Read, Terms};
use saldo_domain::member::Role;
use saldo_tests::needs;
use saldo_tests::product::Product;

use crate::access_claims;
use crate::access_pages::{Opens, ask, table};
use crate::support::on_both;
use crate::world::{self, Ids};

/// Routes of the console whose rows other tests look at; here only who may ask.
pub const BY_ROLE: &[(&str, &str, Permission)] = &[
    ("POST", "/console/jobs/{job}/revive", Terms),
    ("POST", "/console/imports", Import),
    ("GET", "/console/debtors/{debtor}/plans/new", Plans),
    ("POST", "/console/debtors/{debtor}/plans", Plans),
    ("GET", "/console/plans/{plan}", Read),
    ("POST", "/console/plans/{plan}/approve", Money),
    ("POST", "/console/plans/{plan}/reject", Money),
    ("POST", "/console/plans/{plan}/cancel", Money),
    ("POST", "/console/reminders/{debtor}/hold", Contact),
    ("POST", "/console/reminders/{debtor}/send", Contact),
    ("GET", "/console/reminders/messages/{message}", Read),
    ("POST", "/console/reminders/messages/{message}/again", Contact),
    ("GET", "/console/reminders/calls/{task}", Read),
    ("POST", "/console/reminders/calls/{task}/assign", Contact),
    ("POST", "/console/reminders/calls/{task}/begin", Contact),
    ("POST", "/console/reminders/calls/{task}/report", Contact),
    ("POST", "/console/reminders/calls/{task}/clear", Contact),
    ("POST", "/console/terms/{policy}/rehearse", Terms),
    ("GET", "/console/reminders/rehearsals/{rehearsal}", Read),
    ("GET", "/console/reminders/rehearsals/{rehearsal}/state", Read),
    ("GET", "/console/reminders/rehearsals/{rehearsal}/messages.csv", Read),
    ("GET", "/console/reminders/rehearsals/{rehearsal}/text", Read),
    ("GET", "/console/terms", Read),
    ("GET", "/console/reminders/letters.pdf", Contact),
    ("POST", "/console/reminders/letters/posted", Contact),
    ("POST", "/console/terms/live/{kind}", Terms),
    ("GET", "/console/terms/new/{kind}", Terms),
    ("POST", "/console/terms/new/{kind}", Terms),
    ("GET", "/console/terms/{policy}", Read),
    ("POST", "/console/terms/{policy}", Terms),
    ("POST", "/console/terms/{policy}/revise", Terms),
    ("POST", "/console/terms/{policy}/publish", Terms),
    ("POST", "/console/terms/{policy}/withdraw", Terms),
    ("GET", "/console/debtors/{debtor}/statement", Read),
    ("POST", "/console/debtors/{debtor}/disputes/{dispute}/resolve", Contact),
    ("POST", "/console/debtors/{debtor}/transfers/{transfer}/match", Money),
    ("POST", "/console/debtors/{debtor}/transfers/{transfer}/reject", Money),
    ("POST", "/console/debtors/{debtor}/consent", Contact),
    ("POST", "/console/debtors/{debtor}/hold", Contact),
    ("POST", "/console/debtors/{debtor}/holds/{hold}/end", Contact),
    ("POST", "/console/debtors/{debtor}/promise", Contact),
    ("POST", "/console/debtors/{debtor}/promises/{promise}/withdraw", Contact),
    ("POST", "/console/debtors/{debtor}/discount", Contact),
    ("POST", "/console/debtors/{debtor}/settlement", Money),
    ("POST", "/console/debtors/{debtor}/settlements/{offer}/withdraw", Money),
    ("GET", "/console/attachments/{attachment}", Read),
    ("POST", "/console/widgets/keys/{key}/rotate", Terms),
    ("POST", "/console/widgets/keys/{key}/revoke", Terms),
];

/// Asks for a row that nobody has.
async fn ask_absent(product: &Product, method: &str, path: &str, visitor: &reqwest::Client) -> u16 {
    let mut path = path.to_owned();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, &Ids::absent().job);
    }
    let request = visitor.request(method.parse().expect("a method"), format!("{}{path}", product.url));
    let request = if path == "/console/imports" {
        request.multipart(reqwest::multipart::Form::new())
    } else if method == "POST" {
        request.form(&[("note", "the table")])
    } else {
        request
    };
    request.send().await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_what_the_table_of_roles_says_and_nothing_else() {
    on_both(async |product| {
        let ours = product.business().await;
        let own = world::live(&product, &ours.creditor, &ours.ana, &ours.key).await;
        let absent = Ids::absent();
        for role in Role::ALL {
            let member = world::console_as(&product, &ours.creditor, role).await.client;
            for page in table().into_iter().chain(access_claims::table()) {
                let Opens::Console(needs) = page.opens else { continue };
                let name = format!("{} {} as {}", page.method, page.path, role.name());
                if !role.may(needs) {
                    for ids in [&own, &absent] {
                        assert_eq!(ask(&product, &page, &member, ids).await.status, 403, "{name}");
                    }
                } else if !(page.ids)(&own).is_empty() {
                    assert_eq!(ask(&product, &page, &member, &absent).await.status, 404, "{name}");
                } else if page.method == "GET" && page.path != "/console/security/codes" {
                    assert_eq!(ask(&product, &page, &member, &own).await.status, 200, "{name}");
                }
            }
            for (method, path, needs) in BY_ROLE {
                let status = ask_absent(&product, method, path, &member).await;
                assert_eq!(status == 403, !role.may(*needs), "{method} {path} as {}: {status}", role.name());
                assert!(![401, 405, 500].contains(&status), "{method} {path}: {status}");
            }
        }
    })
    .await;
}

#[test]
fn every_handler_of_the_console_asks_for_a_permission() {
    let folders = ["portal/src/routes/console", "portal/src/routes/console/reminders"];
    let mut handlers = 0;
    let files = folders.into_iter().flat_map(|folder| fs::read_dir(needs::top().join(folder)).expect("the routes"));
    let files = files.flatten().filter(|file| file.path().is_file());
    for file in files {
        let source = fs::read_to_string(file.path()).expect("a source");
        for handler in source.split("pub async fn ").skip(1) {
            let (signature, body) = handler.split_once('{').expect("a body");
            if signature.contains(": ConsoleVisit") {
                let first = body.trim_start().lines().next().unwrap_or_default();
                let name = signature.split('(').next().unwrap_or_default();
                assert!(first.starts_with("console.needs("), "{name} in {:?} asks for none first", file.path());
                handlers += 1;
            }
        }
    }
    assert!(handlers > 20, "the handlers are found");
}

/// What anybody may ask, what a secret in the path opens, and what a test of its own looks at.
const ELSEWHERE: [&str; 44] = [
    "/",
    "/assets/{file}",
    "/brand/{file}",
    "/console/security/sign-out",
    "/console/set-up/{token}",
    "/console/set-up/{token}/code",
    "/console/set-up/{token}/password",
    "/console/sign-in",
    "/console/sign-in/code",
    "/console/sign-in/{token}",
    "/console/sign-out",
    "/console/terms/live/{kind}",
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
    "/optout/{token}/preferences",
    "/plan/{plan}",
    "/plan/{plan}/accept",
    "/plan/{plan}/decline",
    "/s/{code}",
    "/s/{code}/renew",
    "/sandbox/{reference}",
    "/sandbox/{reference}/cancel",
    "/sandbox/{reference}/card",
    "/sandbox/{reference}/challenge",
    "/sandbox/{reference}/debit",
    "/sandbox/setups/{reference}",
    "/sandbox/setups/{reference}/cancel",
    "/sandbox/setups/{reference}/card",
    "/sandbox/setups/{reference}/challenge",
    "/shop.js",
    "/token",
    "/widgets/v1/debug.js",
    "/widgets/v1/open",
    "/widgets/v1/saldo.js",
    "/pay",
];

#[test]
fn every_route_of_the_portal_is_in_a_table() {
    let mut routed = BTreeSet::new();
    let folders = [
        "portal/src/routes",
        "portal/src/routes/console",
        "portal/src/routes/console/reminders",
        "portal/src/routes/debtor",
    ];
    for folder in folders {
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
        .chain(BY_ROLE.iter().map(|(_, path, _)| *path))
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(routed, known);
}
