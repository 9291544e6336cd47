//! Tokens that a creditor's own server signs: the key fixes the algorithm, and nothing but a genuine token opens anything.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::support::{Api, on_both};
use crate::widget_stand::{SHOP, Shop, hs, sign, with};
use crate::world::text;

/// A pair of Ed25519 (RFC 8410, section 10.3): the private key as PKCS #8, the public one as PEM.
const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
pub const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
                      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
                      -----END PUBLIC KEY-----\n";

/// The private key as a file.
pub const PRIVATE_PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
                               MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                               -----END PRIVATE KEY-----\n";

fn private() -> EncodingKey {
    EncodingKey::from_ed_der(&STANDARD.decode(PRIVATE).expect("base64"))
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", part(header), part(claims))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_creditors_own_server_opens_what_it_says() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let (kid, secret) = shop.hs256().await;
        let wish = json!({"name": "server", "algorithm": "EdDSA", "public_key": PUBLIC});
        let made = shop.api.post("/v1/widget-keys", &wish).await.expect(201).json();
        assert!(made["secret"].is_null());
        let ed = text(&made["key"]["id"]);
        let claims = shop.claims();
        let by_reference = with(&claims, &json!({"sub": "ext:ANA", "scope": "balance"}));
        let ahead = with(
            &claims,
            &json!({"iat": claims["iat"].as_i64().expect("seconds") + 50,
            "nbf": claims["iat"].as_i64().expect("seconds") + 50}),
        );
        for (why, token) in [
            ("HS256", hs(&kid, &secret, &claims)),
            ("EdDSA", sign(Algorithm::EdDSA, &ed, &private(), &claims)),
            ("by reference", hs(&kid, &secret, &by_reference)),
            ("a clock ahead", hs(&kid, &secret, &ahead)),
        ] {
            let view = shop.view(&token).await.expect(200).json();
            assert_eq!(view["balance"]["formatted"], "$1,234.50", "{why}");
        }
        let view = shop.view(&hs(&kid, &secret, &by_reference)).await.expect(200).json();
        assert_eq!(view["scopes"], json!(["balance"]));
        assert!(view["statement"].is_null());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_not_genuine_open_nothing() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let (kid, secret) = shop.hs256().await;
        let wish = json!({"name": "server", "algorithm": "EdDSA", "public_key": PUBLIC});
        let ed = text(&shop.api.post("/v1/widget-keys", &wish).await.expect(201).json()["key"]["id"]);
        let theirs = product.creditor("Otra Casa").await;
        let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
        let their_api = Api::new(&product, &product.key(theirs.id, &["links"]).await);
        let wish = json!({"name": "theirs", "algorithm": "HS256"});
        let other = their_api.post("/v1/widget-keys", &wish).await.expect(201).json();
        let other_secret = URL_SAFE_NO_PAD.decode(text(&other["secret"])).expect("base64url");
        let other_kid = text(&other["key"]["id"]);
        let claims = shop.claims();
        let now = claims["iat"].as_i64().expect("seconds");
        let public = URL_SAFE_NO_PAD.decode("Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE").expect("a key");
        let without = |name: &str| {
            let mut claims = claims.clone();
            claims.as_object_mut().expect("claims").remove(name);
            claims
        };
        let changed = |changes: Value| hs(&kid, &secret, &with(&claims, &changes));
        let head = |algorithm: &str| json!({"alg": algorithm, "typ": "JWT", "kid": kid});
        let mut bad = vec![
            ("alg none".to_owned(), unsigned(&head("none"), &claims)),
            ("alg NONE".to_owned(), unsigned(&head("NONE"), &claims)),
            ("no signature".to_owned(), unsigned(&head("HS256"), &claims)),
            ("HS256 with the public key".to_owned(), hs(&ed, &public, &claims)),
            ("HS256 with the PEM".to_owned(), hs(&ed, PUBLIC.as_bytes(), &claims)),
            ("EdDSA under the kid of HS256".to_owned(), sign(Algorithm::EdDSA, &kid, &private(), &claims)),
            ("HS384".to_owned(), sign(Algorithm::HS384, &kid, &EncodingKey::from_secret(&secret), &claims)),
            ("another secret".to_owned(), hs(&kid, &[9; 32], &claims)),
            ("no such kid".to_owned(), hs(&uuid::Uuid::now_v7().to_string(), &secret, &claims)),
            ("a kid that is a path".to_owned(), hs("../../dev/null", b"", &claims)),
            ("another creditor's kid".to_owned(), hs(&other_kid, &other_secret, &claims)),
            ("our kid, their secret".to_owned(), hs(&kid, &other_secret, &claims)),
            ("issued by another".to_owned(), changed(json!({"iss": theirs.id}))),
            ("their debtor".to_owned(), changed(json!({"sub": zoe.id}))),
            ("their debtor by reference".to_owned(), changed(json!({"sub": "ext:ZOE"}))),
            ("nobody".to_owned(), changed(json!({"sub": "ext:"}))),
            ("for another audience".to_owned(), changed(json!({"aud": "saldo:access-link"}))),
            ("for two audiences".to_owned(), changed(json!({"aud": ["saldo:widget", "x"]}))),
            ("exp as text".to_owned(), changed(json!({"exp": (now + 900).to_string()}))),
            ("exp as a float".to_owned(), changed(json!({"exp": 1_772_550_900.5}))),
            ("exp too far".to_owned(), changed(json!({"exp": now + 901}))),
            ("exp far by an early iat".to_owned(), changed(json!({"iat": now - 100, "exp": now + 850}))),
            ("not yet".to_owned(), changed(json!({"nbf": now + 61}))),
            ("made in the future".to_owned(), changed(json!({"iat": now + 61, "exp": now + 900}))),
            ("an unknown scope".to_owned(), changed(json!({"scope": "balance admin"}))),
            ("no scope".to_owned(), changed(json!({"scope": ""}))),
            ("an empty jti".to_owned(), changed(json!({"jti": ""}))),
        ];
        for name in ["aud", "iss", "sub", "origin", "scope", "iat", "nbf", "exp", "jti"] {
            bad.push((format!("without {name}"), hs(&kid, &secret, &without(name))));
        }
        for (why, token) in &bad {
            assert_eq!(shop.code(Some(SHOP), token).await, (401, "token_invalid".to_owned()), "{why}");
        }
        let expired = changed(json!({"iat": now - 900, "nbf": now - 900, "exp": now}));
        assert_eq!(shop.code(Some(SHOP), &expired).await, (401, "token_expired".to_owned()));
        let elsewhere = changed(json!({"origin": "https://evil.example"}));
        for origin in [SHOP, "https://evil.example"] {
            assert_eq!(shop.code(Some(origin), &elsewhere).await, (403, "origin_unlisted".to_owned()), "{origin}");
        }
        let own = changed(json!({"origin": product.url}));
        assert_eq!(shop.code(Some(&product.url), &own).await, (403, "origin_unlisted".to_owned()), "our own site");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_opens_nothing_at_once_and_five_can_live() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let (kid, secret) = shop.hs256().await;
        let token = hs(&kid, &secret, &shop.claims());
        shop.view(&token).await.expect(200);
        let theirs = product.creditor("Otra Casa").await;
        let their_key = product.key(theirs.id, &["links"]).await;
        let delete = async |key: &str| {
            let client = product.client();
            let request = client.delete(format!("{}/v1/widget-keys/{kid}", product.url)).bearer_auth(key);
            request.send().await.expect("an answer").status().as_u16()
        };
        assert_eq!(delete(&their_key).await, 404, "another creditor's");
        shop.view(&token).await.expect(200);
        assert_eq!(delete(&shop.business.key).await, 204);
        assert_eq!(delete(&shop.business.key).await, 204, "once more is a success");
        assert_eq!(shop.code(Some(SHOP), &token).await, (401, "key_revoked".to_owned()));
        assert_eq!(shop.code(Some(SHOP), &hs(&kid, &[1; 32], &shop.claims())).await.1, "token_invalid");
        for _ in 0..5 {
            shop.hs256().await;
        }
        let wish = json!({"name": "sixth", "algorithm": "HS256"});
        assert_eq!(shop.api.post("/v1/widget-keys", &wish).await.expect(409).code(), "widget_keys_full");
        let listed = shop.api.get("/v1/widget-keys").await.expect(200);
        assert!(!listed.body.contains("secret"), "{}", listed.body);
        assert_eq!(listed.json().as_array().map(Vec::len), Some(6));
        let audit = shop.api.get("/v1/audit").await.expect(200).body;
        assert!(audit.contains("widget_key_created") && audit.contains("widget_key_revoked"), "{audit}");
        for wish in [
            json!({"name": "", "algorithm": "HS256"}),
            json!({"name": "x", "algorithm": "RS256"}),
            json!({"name": "x", "algorithm": "EdDSA"}),
            json!({"name": "x", "algorithm": "EdDSA", "public_key": "AAAA"}),
        ] {
            let status = shop.api.post("/v1/widget-keys", &wish).await.status;
            assert!(matches!(status, 400 | 422), "{wish}: {status}");
        }
    })
    .await;
}
