//! Access links: every token that is not genuine or not in force is refused alike, and reading changes nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::product::{LINK_KEY, Product, opening};
use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value, json};

use crate::genuine::each_bit_turned;
use crate::support::{Answer, Api, Visitor, on_both};
use crate::world::fresh;

fn token_of(link: &str) -> &str {
    link.rsplit('/').next().expect("a token")
}

fn claims_of(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("claims")
}

fn sign(algorithm: Algorithm, kid: Option<&str>, secret: &[u8], claims: &Value) -> String {
    let header = Header { kid: kid.map(ToOwned::to_owned), ..Header::new(algorithm) };
    encode(&header, claims, &EncodingKey::from_secret(secret)).expect("a token")
}

fn with(claims: &Value, changes: Value) -> Value {
    let mut claims = claims.clone();
    for (name, value) in changes.as_object().expect("changes") {
        claims[name] = value.clone();
    }
    claims
}

/// Tokens that must not open anything, each with the reason.
fn bad_tokens(token: &str, other_debtor: &str) -> Vec<(String, String)> {
    let genuine = claims_of(token);
    let now = opening().as_second();
    let hs256 = |claims: &Value| sign(Algorithm::HS256, Some(LINK_KEY.0), &LINK_KEY.1, claims);
    let unsigned = |header: Value| {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(&header), part(&genuine))
    };
    let mut bad = vec![
        ("expired".to_owned(), hs256(&with(&genuine, json!({"exp": now})))),
        ("not yet valid".to_owned(), hs256(&with(&genuine, json!({"nbf": now + 1})))),
        ("for a widget".to_owned(), hs256(&with(&genuine, json!({"aud": "saldo:widget"})))),
        ("for an opt-out".to_owned(), hs256(&with(&genuine, json!({"aud": "saldo:opt-out"})))),
        ("never issued".to_owned(), hs256(&with(&genuine, json!({"jti": "of-nobody"})))),
        ("of another debtor".to_owned(), hs256(&with(&genuine, json!({"sub": other_debtor})))),
        ("of another creditor".to_owned(), hs256(&with(&genuine, json!({"creditor": other_debtor})))),
        ("with a claim too many".to_owned(), hs256(&with(&genuine, json!({"role": "admin"})))),
        ("with another key".to_owned(), sign(Algorithm::HS256, Some(LINK_KEY.0), &[8; 32], &genuine)),
        ("with an unknown key".to_owned(), sign(Algorithm::HS256, Some("t2"), &LINK_KEY.1, &genuine)),
        ("with no key named".to_owned(), sign(Algorithm::HS256, None, &LINK_KEY.1, &genuine)),
        ("HS384".to_owned(), sign(Algorithm::HS384, Some(LINK_KEY.0), &LINK_KEY.1, &genuine)),
        ("HS512".to_owned(), sign(Algorithm::HS512, Some(LINK_KEY.0), &LINK_KEY.1, &genuine)),
        ("alg none".to_owned(), unsigned(json!({"alg": "none", "typ": "JWT", "kid": LINK_KEY.0}))),
        ("alg None".to_owned(), unsigned(json!({"alg": "None", "typ": "JWT", "kid": LINK_KEY.0}))),
        ("HS256 without a signature".to_owned(), unsigned(json!({"alg": "HS256", "typ": "JWT", "kid": LINK_KEY.0}))),
        ("no token at all".to_owned(), "x".to_owned()),
        ("far too long".to_owned(), "a".repeat(3_000)),
    ];
    for length in 1..token.len() {
        bad.push((format!("cut to {length}"), token[..length].to_owned()));
    }
    bad.extend(each_bit_turned(token));
    for name in ["exp", "nbf"] {
        let far = genuine["exp"].as_i64().expect("seconds");
        for (kind, time) in [
            ("as text", json!(far.to_string())),
            ("as a float", json!(1_772_550_900.5)),
            ("as a float without a fraction", Value::from(1_772_550_900.0)),
            ("negative", json!(-1)),
            ("huge", json!(u64::MAX)),
            ("beyond every date", json!(i64::MAX)),
            ("null", Value::Null),
            ("in a list", json!([far])),
            ("true", json!(true)),
        ] {
            bad.push((format!("{name} {kind}"), hs256(&with(&genuine, json!({ name: time })))));
        }
    }
    for name in ["aud", "exp", "nbf", "sub", "jti", "creditor", "scope"] {
        let mut claims = genuine.clone();
        claims.as_object_mut().expect("claims").remove(name).unwrap_or_else(|| panic!("no {name} in {genuine}"));
        bad.push((format!("without {name}"), hs256(&claims)));
    }
    bad.extend([
        ("for two audiences".to_owned(), hs256(&with(&genuine, json!({"aud": [genuine["aud"], "saldo:widget"]})))),
        ("sub in a list".to_owned(), hs256(&with(&genuine, json!({"sub": [genuine["sub"]]})))),
        ("twice".to_owned(), format!("{token}.{token}")),
        ("with its signature twice".to_owned(), format!("{token}{}", token.rsplit('.').next().unwrap_or_default())),
        ("with a part too many".to_owned(), format!("{token}.x")),
        ("padded".to_owned(), format!("{token}=")),
        ("with a space".to_owned(), format!("{token}%20")),
        ("with a null".to_owned(), format!("{token}%00")),
    ]);
    bad
}

/// Opens a link, or presses Continue; the token is masked in what comes back.
async fn knock(product: &Product, post: bool, token: &str) -> Answer {
    let client = product.client();
    let url = format!("{}/l/{token}", product.url);
    let request = if post { client.post(url) } else { client.get(url) };
    let mut answer = Answer::of(request.send().await.expect("an answer")).await;
    answer.body = answer.body.replace(token, "TOKEN");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_not_genuine_or_not_in_force_are_refused_alike() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let token = token_of(&link);
        let bad = bad_tokens(token, &business.bruno.id.to_string());
        let usual = (knock(&product, false, &bad[0].1).await, knock(&product, true, &bad[0].1).await);
        for (place, (why, token)) in bad.iter().enumerate() {
            // Each is looked at, each seventh is also pressed Continue on.
            for (post, usual) in [(false, &usual.0), (true, &usual.1)].into_iter().take(1 + usize::from(place % 7 == 0))
            {
                // One letter is in every page: such a token cannot be masked, only its status compared.
                let answer = knock(&product, post, token).await;
                assert_eq!(answer.status, 410, "P10: {why}");
                assert_eq!(answer.header("set-cookie"), "", "{why}");
                if token.len() > 1 && !token.contains('%') {
                    assert_eq!(answer.body, usual.body, "{why}");
                }
            }
        }
        knock(&product, false, token).await.expect(200);
        knock(&product, true, token).await.expect(303);
        figures::record(Bug::ConsumeOnGet, "forged links", &format!("{} refused alike", bad.len()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_until_its_last_second() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let end = claims_of(token_of(&link))["exp"].as_i64().expect("seconds");
        product.clock.set(jiff::Timestamp::from_second(end - 1).expect("a moment"));
        knock(&product, false, token_of(&link)).await.expect(200);
        product.clock.set(jiff::Timestamp::from_second(end).expect("a moment"));
        knock(&product, false, token_of(&link)).await.expect(410);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_link_ends_its_sessions_and_a_renewed_one_replaces_it() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let wish = json!({"debtor_id": business.ana.id});
        let first = api.post_once("/v1/access-links", &wish, &fresh()).await.expect(201).json();
        let url = first["url"].as_str().expect("a URL").to_owned();
        let visitor = Visitor::sign_in(&product, &url).await;
        visitor.get("/statement").await.expect(200);

        let path = format!("/v1/access-links/{}/renew", first["link"]["id"].as_str().expect("an id"));
        let second = api.post_once(&path, &json!({}), &fresh()).await.expect(201).json();
        knock(&product, false, token_of(&url)).await.expect(410);
        visitor.get("/statement").await.expect(401);
        let renewed = second["url"].as_str().expect("a URL");
        let visitor = Visitor::sign_in(&product, renewed).await;

        let path = format!("/v1/access-links/{}/revoke", second["link"]["id"].as_str().expect("an id"));
        let withdrawn = api.post(&path, &json!({})).await.expect(200).json();
        assert!(withdrawn["revoked_at"].is_string(), "{withdrawn}");
        knock(&product, false, token_of(renewed)).await.expect(410);
        knock(&product, true, token_of(renewed)).await.expect(410);
        visitor.get("/statement").await.expect(401);
        let listed = api.get(&format!("/v1/access-links?debtor_id={}", business.ana.id)).await.expect(200).json();
        assert_eq!(listed.as_array().map(Vec::len), Some(2));
    })
    .await;
}

/// Every row of every table: what reading must not change.
async fn traces(product: &Product) -> Vec<String> {
    let database = Database::connect(&product.database).await.expect("the database answers");
    let backend = database.get_database_backend();
    let ask = async |sql: String| {
        let rows = database.query_all_raw(Statement::from_string(backend, sql)).await.expect("an answer");
        rows.into_iter().map(|row| row.try_get_by_index::<String>(0).expect("a text")).collect::<Vec<_>>()
    };
    let tables = if product.database.starts_with("sqlite") {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    } else {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    };
    let mut traces = Vec::new();
    for table in ask(tables.to_owned()).await {
        let row = match product.database.starts_with("sqlite") {
            false => "CAST(t AS text)".to_owned(),
            true => {
                let columns =
                    format!("SELECT group_concat('quote(\"' || name || '\")', '||') FROM pragma_table_info('{table}')");
                ask(columns).await.remove(0)
            }
        };
        let rows = ask(format!("SELECT {row} AS row FROM \"{table}\" AS t ORDER BY 1")).await;
        traces.push(format!("{table}: {} rows", rows.len()));
        traces.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    assert!(traces.len() > 10, "{traces:?}");
    database.close().await.expect("it closes");
    traces
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_reads_a_link_leaves_no_trace() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let api = Api::new(&product, &business.key);
        let listed = format!("/v1/access-links?debtor_id={}", business.ana.id);
        let short =
            api.post_once("/v1/access-links", &json!({"debtor_id": business.ana.id}), &fresh()).await.expect(201);
        let short = short.json()["short_url"].as_str().expect("a URL").to_owned();
        // The key's last use is noted now and then; then it is noted.
        api.get(&listed).await.expect(200);
        let (before, links) = (traces(&product).await, api.get(&listed).await.body);
        for _ in 0..3 {
            let client = product.client();
            for link in [&link, &short] {
                assert_eq!(client.get(link).send().await.expect("an answer").status(), 200);
                assert_eq!(client.head(link).send().await.expect("an answer").status(), 200);
            }
            let answer = client.get(format!("{}/statement", product.url)).send().await.expect("an answer");
            assert_eq!(answer.status(), 401);
        }
        assert_eq!(traces(&product).await, before, "P10: opening a link changed something");
        assert_eq!(api.get(&listed).await.body, links);
        let counted = format!("15 requests by who only reads, {} rows of the database unchanged", before.len());
        figures::record(Bug::ConsumeOnGet, "links that are read", &counted);
        Visitor::sign_in(&product, &link).await;
        assert_ne!(traces(&product).await, before);
        let opened = api.get(&listed).await.json();
        let links = opened.as_array().expect("a list").iter();
        assert_eq!(links.filter(|link| link["last_opened_at"].is_string()).count(), 1, "{opened}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_continue_the_token_is_in_no_address_and_no_page() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let client = product.client();
        let answer = Answer::of(client.post(&link).send().await.expect("an answer")).await.expect(303);
        assert_eq!(answer.header("location"), "/statement");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let page = Answer::of(client.get(format!("{}/statement", product.url)).send().await.expect("an answer")).await;
        assert!(!page.expect(200).body.contains(token_of(&link)));
    })
    .await;
}
