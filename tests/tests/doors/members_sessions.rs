//! Sessions of the console: they end, they change their token, and a password's change ends the others.

use jiff::SignedDuration;
use reqwest::header;
use saldo_tests::product::{Product, Setup};

use crate::members::{PASSWORD, code, first_form, owner, sign_in};
use crate::support::{Answer, Visitor, on_both, on_both_with};

fn real_ends(setup: Setup) -> Setup {
    setup.set("SALDO_CONSOLE__IDLE_MINUTES", "30").set("SALDO_CONSOLE__SESSION_HOURS", "12")
}

/// The console's cookie in an answer, if it sets one.
fn token(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookie = cookies.filter_map(|cookie| cookie.split(';').next()?.strip_prefix("saldo-console=")).next();
    cookie.filter(|token| !token.is_empty()).map(ToOwned::to_owned)
}

async fn with_token(product: &Product, token: &str) -> u16 {
    let request = product.client().get(format!("{}/console", product.url));
    let request = request.header(header::COOKIE, format!("saldo-console={token}"));
    request.send().await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_rests_and_when_its_day_is_over() {
    on_both_with(real_ends, async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (resting, person) = owner(&product, &creditor).await;
        for _ in 0..3 {
            product.advance(SignedDuration::from_mins(29));
            resting.get("/console").await.expect(200);
        }
        product.advance(SignedDuration::from_mins(30));
        resting.get("/console").await.expect(401);
        let busy = sign_in(&product, &person).await;
        for _ in 0..35 {
            product.advance(SignedDuration::from_mins(20));
            busy.get("/console").await.expect(200);
        }
        product.advance(SignedDuration::from_mins(20));
        busy.get("/console").await.expect(401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_changes_its_token_now_and_then() {
    on_both_with(real_ends, async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let link = product.console_link(creditor.id).await;
        let visitor = Visitor { client: product.client(), url: product.url.clone() };
        let first = token(&visitor.post(&link, &[]).await.expect(303)).expect("a token");
        assert_eq!(token(&visitor.get("/console").await.expect(200)), None);
        product.advance(SignedDuration::from_mins(15));
        let second = token(&visitor.get("/console").await.expect(200)).expect("another token");
        assert_ne!(second, first);
        assert_eq!(with_token(&product, &first).await, 200, "a page asked for at the same moment");
        product.advance(SignedDuration::from_secs(60));
        assert_eq!(with_token(&product, &first).await, 401);
        assert_eq!(with_token(&product, &second).await, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_before_the_sign_in_never_becomes_a_session() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (_, person) = owner(&product, &creditor).await;
        product.advance(SignedDuration::from_secs(30));
        let visitor = Visitor { client: product.client(), url: product.url.clone() };
        let planted = "planted-by-somebody-else";
        let first = first_form(&visitor, &person.email, PASSWORD).await.expect(303);
        assert_eq!(token(&first), None, "the password alone opens nothing");
        let pending = first.header("set-cookie").split(['=', ';']).nth(1).expect("a token").to_owned();
        let second = visitor.post("/console/sign-in/code", &[("code", &code(&product, &person.secret))]).await;
        let session = token(&second.expect(303)).expect("a token");
        assert!(session != planted && session != pending);
        for other in [planted, pending.as_str()] {
            assert_eq!(with_token(&product, other).await, 401);
        }
        assert_eq!(with_token(&product, &session).await, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_ends_every_other_session() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (one, person) = owner(&product, &creditor).await;
        let two = sign_in(&product, &person).await;
        let wrong = [("current_password", "no lo es en absoluto"), ("new_password", "cuatro gatos en la azotea")];
        two.post("/console/security/password", &wrong).await.expect(422);
        for weak in ["corta", "password1234", "123456789012", "olga@example.com"] {
            let form = [("current_password", PASSWORD), ("new_password", weak)];
            two.post("/console/security/password", &form).await.expect(422);
        }
        let right = [("current_password", PASSWORD), ("new_password", "cuatro gatos en la azotea")];
        two.post("/console/security/password", &right).await.expect(303);
        two.get("/console/security").await.expect(200);
        one.get("/console").await.expect(401);
        first_form(&one, &person.email, PASSWORD).await.expect(422);
        first_form(&one, &person.email, "cuatro gatos en la azotea").await.expect(303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_every_session() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (one, person) = owner(&product, &creditor).await;
        let two = sign_in(&product, &person).await;
        two.post("/console/security/sign-out", &[]).await.expect(303);
        for visitor in [one, two] {
            visitor.get("/console").await.expect(401);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_authenticator_counts_from_its_first_code_on() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await;
        let (visitor, mut person) = owner(&product, &creditor).await;
        visitor.get("/console/security/codes").await.expect(404);
        visitor.post("/console/security/codes", &[("password", "no lo es en absoluto")]).await.expect(422);
        visitor.post("/console/security/codes", &[("password", PASSWORD)]).await.expect(303);
        let page = visitor.get("/console/security/codes").await.expect(200);
        let secret =
            page.body.split("secret-text\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a secret");
        sign_in(&product, &person).await;
        visitor.post("/console/security/codes/confirm", &[("code", "000000")]).await.expect(422);
        let form = [("code", &*code(&product, secret))];
        visitor.post("/console/security/codes/confirm", &form).await.expect(200);
        product.advance(SignedDuration::from_secs(30));
        let old = code(&product, &person.secret);
        let other = Visitor { client: product.client(), url: product.url.clone() };
        first_form(&other, &person.email, PASSWORD).await.expect(303);
        other.post("/console/sign-in/code", &[("code", &old)]).await.expect(422);
        person.secret = secret.to_owned();
        sign_in(&product, &person).await;
    })
    .await;
}
