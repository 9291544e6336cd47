//! Every route of the console × every role.

use std::collections::BTreeSet;
use std::fs;

use saldo_domain::member::Permission::{self, Contact, Import, Money, Plans, Read, Terms};
use saldo_domain::member::Role;
use saldo_domain::planted::Bug;
use saldo_tests::product::Product;
use saldo_tests::{figures, needs};

use crate::access_claims;
use crate::access_pages::{Opens, ask, table};
use crate::routes;
use crate::support::{Answer, on_both};
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

/// The row that a parameter of a path names.
fn named(parameter: &str, ids: &Ids) -> String {
    let id = match parameter {
        "attachment" => &ids.claims.attachment,
        "debtor" => &ids.debtor,
        "dispute" => &ids.claims.dispute,
        "hold" => &ids.claims.hold,
        "job" => &ids.job,
        "key" => &ids.outreach.widget_key,
        "kind" => return "discount".to_owned(),
        "message" => &ids.outreach.message,
        "offer" => &ids.claims.offer,
        "plan" => &ids.plan,
        "policy" => &ids.policy,
        "promise" => &ids.claims.promise,
        "rehearsal" => &ids.outreach.rehearsal,
        "task" => &ids.outreach.task,
        "transfer" => &ids.claims.transfer,
        other => panic!("no row for {{{other}}}"),
    };
    id.clone()
}

/// Asks with rows of `ids`, its first parameter's of `first`; ids are masked in what comes back.
async fn ask_named(
    product: &Product,
    (method, path): (&str, &str),
    visitor: &reqwest::Client,
    (first, ids): (&Ids, &Ids),
) -> Answer {
    let (mut path, mut values) = (path.to_owned(), Vec::new());
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        let value = named(&path[start + 1..end], if values.is_empty() { first } else { ids });
        path.replace_range(start..=end, &value);
        values.push(value);
    }
    let request = visitor.request(method.parse().expect("a method"), format!("{}{path}", product.url));
    let request = if path == "/console/imports" {
        request.multipart(reqwest::multipart::Form::new())
    } else if method == "POST" {
        request.form(&[("note", "the table")])
    } else {
        request
    };
    let mut answer = Answer::of(request.send().await.expect("an answer")).await;
    values.iter().for_each(|value| answer.body = answer.body.replace(value, "ID"));
    answer
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
                let status = ask_named(&product, (*method, *path), &member, (&absent, &absent)).await.status;
                assert_eq!(status == 403, !role.may(*needs), "{method} {path} as {}: {status}", role.name());
                assert!(![401, 405, 500].contains(&status), "{method} {path}: {status}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_finds_no_row_of_another_creditor() {
    on_both(async |product| {
        let ours = product.business().await;
        let theirs = product.creditor("Otra Casa").await;
        let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
        product.invoice((&theirs, &zoe), "Z-1", "2026-04-01", (77_000, "MXN")).await;
        let their_key = product.key(theirs.id, &saldo_app::flows::api_key::SCOPES).await;
        let own = world::live(&product, &ours.creditor, &ours.ana, &ours.key).await;
        let foreign = world::live(&product, &theirs, &zoe, &their_key).await;
        let absent = Ids::absent();
        let owner = world::console(&product, &ours.creditor).await.client;
        for (method, path, _) in BY_ROLE.iter().filter(|(_, path, _)| path.replace("{kind}", "").contains('{')) {
            let asked = (*method, *path);
            let nothing = ask_named(&product, asked, &owner, (&absent, &absent)).await;
            let firsts = if path.matches('{').count() > 1 { vec![&foreign, &own] } else { vec![&foreign] };
            for first in firsts {
                let answer = ask_named(&product, asked, &owner, (first, &foreign)).await;
                assert_eq!((answer.status, &answer.body), (404, &nothing.body), "{method} {path}");
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

/// What no session opens, or what a test of its own looks at: each with what opens it.
pub const ELSEWHERE: [(&str, &str, &str); 49] = [
    ("GET", "/", "anybody"),
    ("GET", "/assets/{file}", "anybody"),
    ("GET", "/brand/{file}", "anybody"),
    ("GET", "/left", "anybody"),
    ("GET", "/widgets/v1/saldo.js", "anybody"),
    ("GET", "/widgets/v1/debug.js", "anybody"),
    ("POST", "/language", "anybody"),
    ("GET", "/l/{token}", "the link's token: tokens.rs"),
    ("POST", "/l/{token}", "the link's token: tokens.rs"),
    ("POST", "/l/{token}/renew", "the link's token: fresh_links.rs"),
    ("GET", "/s/{code}", "the link's code: short_links.rs"),
    ("POST", "/s/{code}", "the link's code: short_links.rs"),
    ("POST", "/s/{code}/renew", "the link's code: short_links.rs"),
    ("GET", "/optout/{token}", "the message's token: consents.rs"),
    ("POST", "/optout/{token}", "the message's token: consents.rs"),
    ("GET", "/optout/{token}/preferences", "the message's token: ways.rs"),
    ("POST", "/optout/{token}/preferences", "the message's token: ways.rs"),
    ("POST", "/widgets/v1/open", "the widget's token: widget_open.rs"),
    ("GET", "/console/set-up/{token}", "the invitation's token: members.rs"),
    ("POST", "/console/set-up/{token}/code", "the invitation's token: members.rs"),
    ("POST", "/console/set-up/{token}/password", "the invitation's token: members.rs"),
    ("GET", "/console/sign-in", "anybody: members.rs"),
    ("POST", "/console/sign-in", "anybody: members.rs"),
    ("GET", "/console/sign-in/code", "the cookie between two forms: members.rs"),
    ("POST", "/console/sign-in/code", "the cookie between two forms: members.rs"),
    ("GET", "/console/sign-in/{token}", "the sign-in link's token: members.rs"),
    ("POST", "/console/sign-in/{token}", "the sign-in link's token: members.rs"),
    ("POST", "/console/sign-out", "ends the session that it comes with: members_sessions.rs"),
    ("POST", "/console/security/sign-out", "ends the session that it comes with: members_sessions.rs"),
    ("POST", "/leave", "ends the session that it comes with: genuine.rs"),
    ("GET", "/now", "what a page without a script asks"),
    ("POST", "/pay", "a debtor's session, ids in the form: access_pages.rs"),
    ("GET", "/plan/{plan}/accept", "a debtor's session with a fresh code: plans.rs"),
    ("POST", "/plan/{plan}/accept", "a debtor's session with a fresh code: plans.rs"),
    ("POST", "/dispute/{invoice}", "a debtor's session, with files: claims.rs"),
    ("POST", "/transfer", "a debtor's session, with files: claims.rs"),
    ("GET", "/sandbox/{reference}", "test mode: the pretended provider's page"),
    ("POST", "/sandbox/{reference}/cancel", "test mode"),
    ("POST", "/sandbox/{reference}/card", "test mode"),
    ("POST", "/sandbox/{reference}/challenge", "test mode"),
    ("POST", "/sandbox/{reference}/debit", "test mode"),
    ("GET", "/sandbox/setups/{reference}", "test mode"),
    ("POST", "/sandbox/setups/{reference}/cancel", "test mode"),
    ("POST", "/sandbox/setups/{reference}/card", "test mode"),
    ("POST", "/sandbox/setups/{reference}/challenge", "test mode"),
    ("GET", "/mailbox", "test mode"),
    ("GET", "/mailbox/{id}", "test mode"),
    ("GET", "/mailbox/{id}/html", "test mode"),
    ("GET", "/shop.js", "the demo's shop, a server of its own"),
];

#[test]
fn every_route_of_the_portal_is_in_a_table() {
    let pages = table().into_iter().chain(access_claims::table()).map(|page| (page.method, page.path.to_owned()));
    let by_role = BY_ROLE.iter().map(|(method, path, _)| (*method, (*path).to_owned()));
    let elsewhere = ELSEWHERE.iter().map(|(method, path, _)| (*method, (*path).to_owned()));
    let mut known: BTreeSet<(&str, String)> = pages.chain(by_role).chain(elsewhere).collect();
    known.insert(("GET", "/token".to_owned()));
    assert_eq!(routes::of_the_portal(), known);
    let counted = format!("{} routes in the tables, each role on each of the console's", known.len());
    figures::record(Bug::CreditorFilterDropped, "routes of the portal", &counted);
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
