//! How often anybody may try: each door that a secret opens, the API, codes and sign-ins, with what is answered beyond it.

use jiff::SignedDuration;
use reqwest::{Client, RequestBuilder};
use saldo_tests::needs;
use saldo_tests::product::{Product, Setup};

use crate::members::{PASSWORD, Person, code, first_form, join, sign_in};
use crate::support::{Answer, Api, Visitor, ana, on_both, on_both_with, on_both_with_mail};
use crate::widget_stand::Shop;

const ALLOWED: usize = 4;

/// Every door of the portal at which a caller has to knock; those of one file together.
const DOORS: [(&str, &[(&str, &str)]); 7] = [
    (
        "debtor/landing.rs",
        &[
            ("GET", "/l/guess"),
            ("POST", "/l/guess"),
            ("POST", "/l/guess/renew"),
            ("GET", "/s/0123456789012345678901"),
            ("POST", "/s/0123456789012345678901"),
            ("POST", "/s/0123456789012345678901/renew"),
        ],
    ),
    ("debtor/opt_out.rs", &[("GET", "/optout/guess"), ("POST", "/optout/guess")]),
    ("debtor/preferences.rs", &[("GET", "/optout/guess/preferences"), ("POST", "/optout/guess/preferences")]),
    ("debtor/code.rs", &[("POST", "/code"), ("POST", "/code/send")]),
    ("widget_open.rs", &[("POST", "/widgets/v1/open")]),
    (
        "console/sign_in.rs",
        &[
            ("POST", "/console/sign-in"),
            ("POST", "/console/sign-in/code"),
            ("GET", "/console/sign-in/guess"),
            ("POST", "/console/sign-in/guess"),
        ],
    ),
    (
        "console/set_up.rs",
        &[
            ("GET", "/console/set-up/guess"),
            ("POST", "/console/set-up/guess/password"),
            ("POST", "/console/set-up/guess/code"),
        ],
    ),
];

fn narrow(setup: Setup) -> Setup {
    let setup = setup.set("SALDO_LIMITS__API_PER_MINUTE", "3").set("SALDO_SERVER__TRUST_PROXY", "true");
    setup.set("SALDO_LIMITS__DOORS_PER_MINUTE", &ALLOWED.to_string())
}

fn request(client: &Client, product: &Product, (method, path): (&str, &str), from: &str) -> RequestBuilder {
    let url = format!("{}{path}", product.url);
    let request = match method {
        "GET" => client.get(url),
        _ => client.post(url).form(&[("code", "123456"), ("email", "nobody@example.com"), ("password", "guess")]),
    };
    request.header("x-forwarded-for", from)
}

async fn knock(client: &Client, product: &Product, door: (&str, &str), from: &str) -> Answer {
    Answer::of(request(client, product, door, from).send().await.expect("an answer")).await
}

/// Too many, and when it makes sense to come back.
fn assert_told_to_wait(answer: &Answer, most_seconds: u32, what: &str) {
    assert_eq!(answer.status, 429, "{what}: {}", answer.body);
    let seconds: u32 = answer.header("retry-after").parse().unwrap_or_else(|_| panic!("{what}: no Retry-After"));
    assert!((1..=most_seconds).contains(&seconds), "{what}: {seconds}");
    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_door_that_a_secret_opens_has_an_allowance_by_address() {
    on_both_with(narrow, async |product| {
        let business = product.business().await;
        let visitor = ana(&product, &business).await;
        let doors = DOORS.iter().flat_map(|(_, doors)| doors.iter());
        for (place, door) in doors.enumerate() {
            let (from, other) = (format!("198.51.100.{place}"), format!("203.0.113.{place}"));
            for time in 0..ALLOWED {
                let answer = knock(&visitor.client, &product, *door, &from).await;
                assert!(answer.status != 429 && answer.status < 500, "{door:?} {time}: {}", answer.status);
            }
            assert_told_to_wait(&knock(&visitor.client, &product, *door, &from).await, 60, &format!("{door:?}"));
            assert_ne!(knock(&visitor.client, &product, *door, &other).await.status, 429, "{door:?} for another");
        }
        // What needs no secret stays open to whoever has used up all of it.
        for path in ["/left", "/healthz", "/statement"] {
            knock(&visitor.client, &product, ("GET", path), "198.51.100.0").await.expect(200);
        }
    })
    .await;
}

#[test]
fn every_place_that_knocks_is_in_the_table() {
    let folder = needs::top().join("portal/src/routes");
    let mut open = vec![folder.clone()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(at).expect("a folder of the tree").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&folder).expect("inside").display().to_string();
            let knocks = std::fs::read_to_string(&path).expect("a source file").matches(".knock()").count();
            let listed = DOORS.iter().find(|(file, _)| *file == name).map_or(0, |(_, doors)| doors.len());
            assert!(knocks <= listed && (knocks > 0) == (listed > 0), "{name} knocks {knocks} times, {listed} listed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_and_a_widgets_token_have_an_allowance_each() {
    on_both_with(narrow, async |product| {
        let shop = Shop::open(&product).await;
        let token = shop.all().await;
        let other = Api::new(&product, &product.key(shop.business.creditor.id, &["read"]).await);
        for _ in 0..3 {
            other.get("/v1/creditor").await.expect(200);
            shop.view(&token).await.expect(200);
        }
        for refused in [other.get("/v1/creditor").await, shop.view(&token).await] {
            assert_told_to_wait(&refused, 60, "the API");
            assert_eq!(
                (refused.code().as_str(), refused.header("content-type")),
                ("too_many_requests", "application/problem+json")
            );
        }
        Api::new(&product, &product.key(shop.business.creditor.id, &["read"]).await)
            .get("/v1/creditor")
            .await
            .expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_code_of_an_hour_waits_for_the_hour() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let visitor = ana(&product, &business).await;
        for _ in 0..5 {
            visitor.post("/code/send", &[]).await.expect(303);
        }
        channel.take_sent();
        let second = ana(&product, &business).await;
        for who in [&visitor, &second] {
            assert_told_to_wait(&who.post("/code/send", &[]).await, 3_600, "a code");
        }
        assert!(channel.take_sent().is_empty());
        product.advance(SignedDuration::from_hours(1));
        product.tick().await;
        visitor.post("/code/send", &[]).await.expect(303);
    })
    .await;
}

fn nobody(product: &Product) -> Visitor {
    Visitor { client: product.client(), url: product.url.clone() }
}

/// Where a member is asked for a secret, each wrong answer counts for all of them.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Password,
    Code,
    PasswordInside,
}

async fn answer_wrongly(product: &Product, person: &Person, inside: &Visitor, asked: Asked) {
    match asked {
        Asked::Password => {
            first_form(&nobody(product), &person.email, "otra cosa muy larga").await.expect(422);
        }
        Asked::Code => {
            let visitor = nobody(product);
            first_form(&visitor, &person.email, PASSWORD).await.expect(303);
            visitor.post("/console/sign-in/code", &[("code", "000000")]).await.expect(422);
        }
        Asked::PasswordInside => {
            let form = [("current_password", "otra cosa muy larga"), ("new_password", "cuatro gatos en la azotea")];
            inside.post("/console/security/password", &form).await.expect(422);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_answers_of_any_kind_shut_every_way_in_for_a_minute() {
    on_both(async |product| {
        for (round, asked) in [Asked::Password, Asked::Code, Asked::PasswordInside].into_iter().enumerate() {
            let creditor = product.creditor(&format!("Papelería {round}")).await;
            let (inside, mut person) = owner_as(&product, &creditor, &format!("o{round}@example.com")).await;
            product.advance(SignedDuration::from_secs(30));
            let pending = nobody(&product);
            first_form(&pending, &person.email, PASSWORD).await.expect(303);
            for _ in 0..5 {
                answer_wrongly(&product, &person, &inside, asked).await;
            }
            let right = code(&product, &person.secret);
            pending.post("/console/sign-in/code", &[("code", &right)]).await.expect(422);
            let recovery = person.recovery_codes.remove(0);
            pending.post("/console/sign-in/code", &[("code", &recovery)]).await.expect(422);
            first_form(&nobody(&product), &person.email, PASSWORD).await.expect(422);
            let form = [("current_password", PASSWORD), ("new_password", "cuatro gatos en la azotea")];
            inside.post("/console/security/password", &form).await.expect(422);
            inside.get("/console").await.expect(200);
            // The recovery code was not used up by a door that was shut.
            product.advance(SignedDuration::from_secs(60));
            let again = nobody(&product);
            first_form(&again, &person.email, PASSWORD).await.expect(303);
            again.post("/console/sign-in/code", &[("code", &recovery)]).await.expect(303);
            sign_in(&product, &person).await;
        }
    })
    .await;
}

async fn owner_as(product: &Product, creditor: &saldo_domain::creditor::Creditor, email: &str) -> (Visitor, Person) {
    let link = saldo_app::flows::manage_members::create_owner(&product.app, creditor.id, email, "Olga").await;
    join(product, &link.expect("a link"), email).await
}
