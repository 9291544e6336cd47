//! A business with a shop on its list, and short ways to ask what its widgets ask.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use saldo_app::flows::update_creditor;
use saldo_contract::creditor::UpdateCreditor;
use saldo_domain::ids::CreditorId;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use saldo_domain::member::Permission::Terms;

use crate::access_pages::{NO_IDS, Page, of_console};
use crate::support::{Answer, Api};
use crate::world::text;

pub const SHOP: &str = "https://shop.example";
pub const OTHER: &str = "https://other.example";

pub struct Shop<'a> {
    pub product: &'a Product,
    pub business: Business,
    pub api: Api,
}

pub async fn list_sites(product: &Product, creditor: CreditorId, sites: &[&str]) {
    let sites = sites.iter().map(ToString::to_string).collect();
    let wish = UpdateCreditor { widget_origins: Some(sites), ..UpdateCreditor::default() };
    update_creditor::update(&product.app, creditor, wish).await.expect("sites are listed");
}

impl<'a> Shop<'a> {
    pub async fn open(product: &'a Product) -> Self {
        let business = product.business().await;
        list_sites(product, business.creditor.id, &[SHOP, OTHER]).await;
        let api = Api::new(product, &business.key);
        Self { product, business, api }
    }

    /// Our own token of Ana for the shop.
    pub async fn token(&self, scopes: &[&str]) -> String {
        let wish = json!({"debtor_id": self.business.ana.id, "origin": SHOP, "scopes": scopes});
        text(&self.api.post("/v1/widget-sessions", &wish).await.expect(201).json()["token"])
    }

    pub async fn all(&self) -> String {
        self.token(&["balance", "statement", "pay", "plan"]).await
    }

    pub async fn ask(&self, path: &str, origin: Option<&str>, body: &Value) -> Answer {
        ask(self.product, path, origin, body).await
    }

    /// Every part that a token gives on the shop.
    pub async fn view(&self, token: &str) -> Answer {
        self.ask("/v1/widget/view", Some(SHOP), &every_part(token)).await
    }

    /// The status and code of a view.
    pub async fn code(&self, origin: Option<&str>, token: &str) -> (u16, String) {
        let answer = self.ask("/v1/widget/view", origin, &every_part(token)).await;
        (answer.status, answer.code())
    }

    /// A key of the creditor for HS256: its id and its secret.
    pub async fn hs256(&self) -> (String, Vec<u8>) {
        let wish = json!({"name": "shop", "algorithm": "HS256"});
        let made = self.api.post("/v1/widget-keys", &wish).await.expect(201).json();
        let secret = URL_SAFE_NO_PAD.decode(text(&made["secret"])).expect("base64url");
        (text(&made["key"]["id"]), secret)
    }

    /// What the creditor's server would claim for Ana now.
    pub fn claims(&self) -> Value {
        let now = self.product.app.now().as_second();
        json!({"aud": "saldo:widget", "iss": self.business.creditor.id, "sub": self.business.ana.id, "origin": SHOP,
            "scope": "balance statement pay plan", "iat": now, "nbf": now, "exp": now + 900, "jti": "one"})
    }
}

pub fn every_part(token: &str) -> Value {
    json!({"token": token, "parts": ["balance", "statement", "choices", "plan", "reminder"]})
}

pub async fn ask(product: &Product, path: &str, origin: Option<&str>, body: &Value) -> Answer {
    let request = product.client().post(format!("{}{path}", product.url)).header("content-type", "text/plain");
    let request = match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    };
    Answer::of(request.body(body.to_string()).send().await.expect("an answer")).await
}

pub fn sign(algorithm: Algorithm, kid: &str, key: &EncodingKey, claims: &Value) -> String {
    let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
    encode(&header, claims, key).expect("a token")
}

pub fn hs(kid: &str, secret: &[u8], claims: &Value) -> String {
    sign(Algorithm::HS256, kid, &EncodingKey::from_secret(secret), claims)
}

pub fn with(claims: &Value, changes: &Value) -> Value {
    let mut claims = claims.clone();
    for (name, value) in changes.as_object().expect("changes") {
        claims[name] = value.clone();
    }
    claims
}

/// The rows of the console's page of widgets in the table of pages.
pub fn pages() -> Vec<Page> {
    vec![
        of_console("GET", "/console/widgets", Terms, NO_IDS, 200),
        of_console("GET", "/console/widgets/preview", Terms, NO_IDS, 200),
        of_console("POST", "/console/widgets/theme", Terms, NO_IDS, 200),
        Page {
            form: &[("origin", "https://table.example")],
            ..of_console("POST", "/console/widgets/origins", Terms, NO_IDS, 303)
        },
        Page {
            form: &[("origin", "https://table.example")],
            ..of_console("POST", "/console/widgets/origins/remove", Terms, NO_IDS, 303)
        },
        Page {
            form: &[("name", "the table"), ("algorithm", "HS256")],
            ..of_console("POST", "/console/widgets/keys", Terms, NO_IDS, 200)
        },
    ]
}
