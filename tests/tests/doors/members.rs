//! How members come in: invitation, password, one-time codes, and what keeps others out.

use reqwest::StatusCode;
use saldo_app::flows::manage_members;
use saldo_domain::creditor::Creditor;
use saldo_domain::member::Role;
use saldo_tests::product::Product;
use totp_rs::{Builder, Secret};

use crate::support::{Answer, Visitor, on_both};
use crate::world;

/// Somebody who has joined.
pub struct Person {
    pub email: String,
    pub password: String,
    pub secret: String,
    pub recovery_codes: Vec<String>,
}

pub const PASSWORD: &str = "tres gatos en la azotea";

fn nobody(product: &Product) -> Visitor {
    Visitor { client: product.client(), url: product.url.clone() }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split(start).nth(1).unwrap_or_else(|| panic!("no {start}: {text}"));
    rest.split(end).next().unwrap_or_default()
}

/// What an authenticator shows now.
pub fn code(product: &Product, secret: &str) -> String {
    let secret: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
    let secret = Secret::try_from_base32(secret).expect("base 32");
    let totp = Builder::new().with_secret(secret).build().expect("twenty bytes");
    totp.generate(u64::try_from(product.app.now().as_second()).expect("after 1970")).to_string()
}

/// A link to the set-up is followed to its end.
pub async fn join(product: &Product, link: &str, email: &str) -> (Visitor, Person) {
    let visitor = nobody(product);
    visitor.get(link).await.expect(200);
    visitor.post(&format!("{link}/password"), &[("new_password", PASSWORD)]).await.expect(303);
    let page = visitor.get(link).await.expect(200);
    assert!(page.body.contains("<svg"), "a picture for the camera");
    let secret = between(&page.body, "secret-text\">", "<").to_owned();
    let wrong = visitor.post(&format!("{link}/code"), &[("code", "000000")]).await.expect(422);
    assert!(wrong.body.contains("secret-text"), "it is asked again");
    let done = visitor.post(&format!("{link}/code"), &[("code", &code(product, &secret))]).await.expect(200);
    let codes = between(&done.body, "recovery-codes\">", "</ol>").split("<li").skip(1);
    let recovery_codes: Vec<String> = codes.map(|item| between(item, ">", "<").to_owned()).collect();
    assert_eq!(recovery_codes.len(), 10);
    (visitor, Person { email: email.to_owned(), password: PASSWORD.to_owned(), secret, recovery_codes })
}

/// The first owner of a creditor joins.
pub async fn owner(product: &Product, creditor: &Creditor) -> (Visitor, Person) {
    let email = "olga@example.com";
    let link = manage_members::create_owner(&product.app, creditor.id, email, "Olga").await.expect("a link");
    join(product, &link, email).await
}

/// The first form.
pub async fn first_form(visitor: &Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/console/sign-in", &[("email", email), ("password", password)]).await
}

/// Both forms, half a minute later: no code counts twice.
pub async fn sign_in(product: &Product, person: &Person) -> Visitor {
    product.advance(jiff::SignedDuration::from_secs(30));
    let visitor = nobody(product);
    let first = first_form(&visitor, &person.email, &person.password).await.expect(303);
    assert_eq!(first.header("location"), "/console/sign-in/code");
    visitor.get("/console/sign-in/code").await.expect(200);
    visitor.get("/console").await.expect(401);
    let code = code(product, &person.secret);
    let second = visitor.post("/console/sign-in/code", &[("code", &code)]).await.expect(303);
    assert_eq!(second.header("location"), "/console");
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sets_its_sign_in_up_and_comes_back_by_it() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (visitor, person) = owner(&product, &creditor).await;
        visitor.get("/console").await.expect(200);
        visitor.post("/console/sign-out", &[]).await.expect(303);
        visitor.get("/console").await.expect(401);
        let again = sign_in(&product, &person).await;
        again.get("/console/members").await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (_, person) = owner(&product, &creditor).await;
        let invited = "nadia@example.com";
        manage_members::create_owner(&product.app, creditor.id, invited, "Nadia").await.expect("a link");
        let mut answers = Vec::new();
        for (email, password) in
            [(person.email.as_str(), "otra cosa muy larga"), ("nobody@example.com", PASSWORD), (invited, PASSWORD)]
        {
            let answer = first_form(&nobody(&product), email, password).await.expect(422);
            assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 0, "{email}");
            answers.push(answer.body.replace(email, "ADDRESS"));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        for empty in [("", ""), (person.email.as_str(), ""), ("", PASSWORD)] {
            first_form(&nobody(&product), empty.0, empty.1).await.expect(422);
        }
        sign_in(&product, &person).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_code_counts_once_and_a_recovery_code_once() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (_, person) = owner(&product, &creditor).await;
        sign_in(&product, &person).await;
        let replayed = nobody(&product);
        first_form(&replayed, &person.email, PASSWORD).await.expect(303);
        let same = code(&product, &person.secret);
        replayed.post("/console/sign-in/code", &[("code", &same)]).await.expect(422);
        for (recovery, status) in [(0, 303), (0, 422), (1, 303)] {
            let visitor = nobody(&product);
            first_form(&visitor, &person.email, PASSWORD).await.expect(303);
            let typed = person.recovery_codes[recovery].to_uppercase();
            visitor.post("/console/sign-in/code", &[("code", &typed)]).await.expect(status);
        }
        let without = nobody(&product).post("/console/sign-in/code", &[("code", &same)]).await.expect(303);
        assert_eq!(without.header("location"), "/console/sign-in", "the password comes first");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_waits_longer_each_time_and_the_right_answer_counts_again_afterwards() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (_, person) = owner(&product, &creditor).await;
        for _ in 0..5 {
            first_form(&nobody(&product), &person.email, "otra cosa muy larga").await.expect(422);
        }
        for seconds in [60, 120, 240] {
            let refused = first_form(&nobody(&product), &person.email, PASSWORD).await.expect(422);
            assert!(!refused.body.contains("locked"), "it does not say why");
            product.advance(jiff::SignedDuration::from_secs(seconds - 1));
            first_form(&nobody(&product), &person.email, PASSWORD).await.expect(422);
            product.advance(jiff::SignedDuration::from_secs(1));
            first_form(&nobody(&product), &person.email, "otra cosa muy larga").await.expect(422);
        }
        product.advance(jiff::SignedDuration::from_mins(8));
        sign_in(&product, &person).await;
        first_form(&nobody(&product), &person.email, "otra cosa muy larga").await.expect(422);
        sign_in(&product, &person).await;
        let lines = audit(&product, &creditor).await;
        assert_eq!(lines.iter().filter(|action| *action == "member_locked").count(), 4);
        assert_eq!(lines.iter().filter(|action| *action == "signed_in").count(), 2);
    })
    .await;
}

/// The actions of the log, the latest first.
pub async fn audit(product: &Product, creditor: &Creditor) -> Vec<String> {
    let filter = saldo_app::flows::audit::AuditFilter::default();
    let page = saldo_app::lists::PageRequest::first(100);
    let listed = saldo_app::flows::audit::list(&product.app, creditor.id, &filter, page).await.expect("a log");
    listed.items.into_iter().map(|row| row.action).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_goes_by_mail_and_works_once() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (olga, _) = owner(&product, &creditor).await;
        let form = [("email", "Ada@Example.com"), ("name", "Ada"), ("role", "agent")];
        olga.post("/console/members", &form).await.expect(303);
        product.work().await;
        let link = mailed_link(&product).await;
        let taken = olga.post("/console/members", &[("email", "ada@example.com"), ("role", "viewer")]).await;
        taken.expect(422);
        let (ada, person) = join(&product, &link, "ada@example.com").await;
        nobody(&product).get(&link).await.expect(410);
        nobody(&product).post(&format!("{link}/password"), &[("new_password", PASSWORD)]).await.expect(410);
        ada.get("/console").await.expect(200);
        ada.get("/console/members").await.expect(403);
        sign_in(&product, &person).await;
        nobody(&product).get("/console/set-up/guess").await.expect(410);
    })
    .await;
}

/// The set-up link of the latest mail.
async fn mailed_link(product: &Product) -> String {
    let mails = saldo_app::flows::read_mailbox::list(&product.app).await.expect("a mailbox");
    let text = mails.into_iter().find(|mail| mail.text.contains("/console/set-up/")).expect("an invitation").text;
    let start = text.find(&format!("{}/console/set-up/", product.url)).expect("a link");
    text[start..].split_whitespace().next().expect("a link").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_is_disabled_is_out_at_once() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (olga, _) = owner(&product, &creditor).await;
        let id = product.member(creditor.id, Role::Finance).await;
        let link = saldo_app::flows::console_session::create_member_link(&product.app, creditor.id, id).await;
        let vera = Visitor::sign_in(&product, &link.expect("a link")).await;
        vera.get("/console").await.expect(200);
        olga.post(&format!("/console/members/{id}/disable"), &[]).await.expect(303);
        vera.get("/console").await.expect(401);
        let link = saldo_app::flows::console_session::create_member_link(&product.app, creditor.id, id).await;
        let knocked = product.client().post(link.expect("a link")).send().await.expect("an answer");
        assert_eq!(knocked.status(), StatusCode::GONE);
        olga.post(&format!("/console/members/{id}/enable"), &[]).await.expect(303);
        vera.get("/console").await.expect(401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_stays_one() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (olga, person) = owner(&product, &creditor).await;
        let rows = manage_members::list(&product.app, creditor.id).await.expect("members");
        let id = rows.iter().find(|row| row.member.email == person.email).expect("Olga").member.id;
        let demote: &[(&str, &str)] = &[("role", "finance")];
        for (action, form) in [("role", demote), ("disable", &[])] {
            let refused = olga.post(&format!("/console/members/{id}/{action}"), form).await.expect(422);
            assert!(refused.body.contains("propietaria debe seguir"), "{}", refused.body);
        }
        let second = product.member(creditor.id, Role::Owner).await;
        olga.post(&format!("/console/members/{id}/role"), demote).await.expect(303);
        olga.get("/console/members").await.expect(403);
        let link = saldo_app::flows::console_session::create_member_link(&product.app, creditor.id, second).await;
        let other = Visitor::sign_in(&product, &link.expect("a link")).await;
        let log = other.get(&format!("/console/audit?action=member_role_changed&subject={id}")).await.expect(200);
        for shown in ["<del>owner</del>", "<ins>finance</ins>", "Olga"] {
            assert!(log.body.contains(shown), "{shown}: {}", log.body);
        }
        let none = other.get("/console/audit?action=member_role_changed&actor=operator").await.expect(200);
        assert!(!none.body.contains("<del>"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_not_reached_from_the_console_of_another_creditor() {
    on_both(async |product| {
        let (ours, theirs) = (product.creditor("Papelería Sol").await, product.creditor("Otra Casa").await);
        let theirs_id = product.member(theirs.id, Role::Finance).await;
        let finance = world::console(&product, &ours).await;
        let page = finance.get("/console/members").await.expect(200);
        assert!(!page.body.contains(&theirs_id.to_string()));
        let log = finance.get(&format!("/console/audit?subject={theirs_id}")).await.expect(200);
        assert!(!log.body.contains("member_invited</a>"));
    })
    .await;
}
