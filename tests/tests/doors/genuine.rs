//! Whatever is not exactly what was given out opens nothing: widgets' tokens, sessions' cookies, keys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header;
use saldo_tests::product::Product;

use crate::support::{Visitor, on_both};
use crate::widget_stand::{SHOP, Shop, hs};

/// A token with each bit of each of its parts turned.
pub fn each_bit_turned(token: &str) -> Vec<(String, String)> {
    let parts: Vec<Vec<u8>> = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("base64url")).collect();
    let mut turned = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        for bit in 0..part.len() * 8 {
            let mut parts = parts.clone();
            parts[place][bit / 8] ^= 1 << (bit % 8);
            let encoded: Vec<String> = parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
            turned.push((format!("bit {bit} of part {place} turned"), encoded.join(".")));
        }
    }
    turned
}

/// A secret with each letter another, cut at each place, and doubled.
fn near_misses(secret: &str) -> Vec<String> {
    let mut missed: Vec<String> = (0..secret.len()).map(|end| secret[..end].to_owned()).collect();
    for at in 0..secret.len() {
        let other = if &secret[at..=at] == "A" { "B" } else { "A" };
        missed.push(format!("{}{other}{}", &secret[..at], &secret[at + 1..]));
    }
    missed.extend([format!("{secret}{secret}"), format!("{secret}A"), secret.to_lowercase(), secret.to_uppercase()]);
    missed.retain(|miss| miss != secret);
    missed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widgets_token_with_one_bit_turned_opens_nothing() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let (kid, secret) = shop.hs256().await;
        for token in [shop.all().await, hs(&kid, &secret, &shop.claims())] {
            for (why, wrong) in each_bit_turned(&token) {
                let (status, code) = shop.code(Some(SHOP), &wrong).await;
                assert_eq!((status, code.as_str()), (401, "token_invalid"), "P10: {why}");
            }
            shop.view(&token).await.expect(200);
        }
    })
    .await;
}

async fn status(product: &Product, path: &str, name: header::HeaderName, value: &str) -> u16 {
    let request = product.client().get(format!("{}{path}", product.url)).header(name, value);
    request.send().await.expect("an answer").status().as_u16()
}

/// The value of a cookie that an answer sets.
async fn cookie(product: &Product, link: &str, name: &str) -> String {
    let answer = product.client().post(link).send().await.expect("an answer");
    let set = answer.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = set.filter_map(|set| set.split(';').next()?.strip_prefix(name)?.strip_prefix('=')).next();
    value.expect("a cookie").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_or_a_key_that_is_nearly_right_opens_nothing() {
    on_both(async |product| {
        let ours = product.business().await;
        let debtor = cookie(&product, &product.link_for(ours.creditor.id, &ours.ana).await, "saldo").await;
        let console = cookie(&product, &product.console_link(ours.creditor.id).await, "saldo-console").await;
        for (path, name, secret) in [("/statement", "saldo", &debtor), ("/console", "saldo-console", &console)] {
            assert_eq!(status(&product, path, header::COOKIE, &format!("{name}={secret}")).await, 200, "{name}");
            for miss in near_misses(secret) {
                assert_eq!(
                    status(&product, path, header::COOKIE, &format!("{name}={miss}")).await,
                    401,
                    "{name}={miss}"
                );
            }
        }
        // One kind of session is none of the other.
        assert_eq!(status(&product, "/console", header::COOKIE, &format!("saldo-console={debtor}")).await, 401);
        assert_eq!(status(&product, "/statement", header::COOKIE, &format!("saldo={console}")).await, 401);
        assert_eq!(status(&product, "/v1/creditor", header::AUTHORIZATION, &format!("Bearer {}", ours.key)).await, 200);
        for miss in near_misses(&ours.key) {
            let answer = status(&product, "/v1/creditor", header::AUTHORIZATION, &format!("Bearer {miss}")).await;
            assert_eq!(answer, 401, "{miss}");
        }
        for other in [&debtor, &console] {
            let answer = status(&product, "/v1/creditor", header::AUTHORIZATION, &format!("Bearer {other}")).await;
            assert_eq!(answer, 401);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_somebody_planted_is_not_taken_over() {
    on_both(async |product| {
        let ours = product.business().await;
        let planted = cookie(&product, &product.link_for(ours.creditor.id, &ours.bruno).await, "saldo").await;
        // Ana opens her link in a browser that carries a session of somebody else, or a made-up one.
        for planted in [planted.as_str(), "made-up-by-somebody"] {
            let link = product.link_for(ours.creditor.id, &ours.ana).await;
            let request = product.client().post(&link).header(header::COOKIE, format!("saldo={planted}"));
            let answer = request.send().await.expect("an answer");
            let set = answer.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
            let fresh = set.filter_map(|set| set.split(';').next()?.strip_prefix("saldo=")).next().expect("a cookie");
            assert_ne!(fresh, planted);
            let page = product.client().get(format!("{}/statement", product.url));
            let page = page.header(header::COOKIE, format!("saldo={fresh}")).send().await.expect("an answer");
            assert!(page.text().await.expect("text").contains("Ana Torres"));
        }
        // The planted one stays what it was, and the made-up one nothing.
        let old = product.client().get(format!("{}/statement", product.url));
        let old = old.header(header::COOKIE, format!("saldo={planted}")).send().await.expect("an answer");
        assert!(!old.text().await.expect("text").contains("Ana Torres"));
        assert_eq!(status(&product, "/statement", header::COOKIE, "saldo=made-up-by-somebody").await, 401);
        // Continue twice: two sessions, each with a secret of its own.
        let link = product.link_for(ours.creditor.id, &ours.ana).await;
        assert_ne!(cookie(&product, &link, "saldo").await, cookie(&product, &link, "saldo").await);
        let visitor = Visitor::sign_in(&product, &link).await;
        visitor.post("/leave", &[]).await.expect(303);
        visitor.get("/statement").await.expect(401);
    })
    .await;
}
