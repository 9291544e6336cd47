use std::time::Duration;

use jiff::SignedDuration;
use reqwest::{Client, Method, Response, StatusCode, header};
use saldo_providers::channel::MemoryChannel;
use saldo_tests::postgres::Database;
use saldo_tests::product::{Business, Product, Setup};
use serde_json::Value;

/// Runs a test on a fresh SQLite file, then on a fresh PostgreSQL database.
pub async fn on_both(test: impl AsyncFn(Product)) {
    on_both_with(|setup| setup, test).await;
}

/// The same with a product that is set up in another way.
pub async fn on_both_with(set_up: impl Fn(Setup) -> Setup, test: impl AsyncFn(Product)) {
    eprintln!("on SQLite");
    test(set_up(Setup::new(None)).start().await).await;
    if let Some(database) = Database::create().await {
        eprintln!("on PostgreSQL");
        test(set_up(Setup::new(Some(&database.url)).behind_the_wall(&database.walled_url)).start().await).await;
    }
}

/// The same with a channel that keeps what leaves.
pub async fn on_both_with_mail(test: impl AsyncFn(Product, MemoryChannel)) {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            channel.take_sent();
            test(product, channel.clone()).await;
        },
    )
    .await;
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: header::HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, body: response.text().await.expect("a body of text") }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("visible"))
    }

    /// The stable code of a problem; empty for anything else.
    pub fn code(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["code"].as_str().unwrap_or_default().to_owned()
    }

    /// This answer, if it has the status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

/// A caller of the API.
pub struct Api {
    client: Client,
    url: String,
    key: String,
}

impl Api {
    pub fn new(product: &Product, key: &str) -> Self {
        Self::at(product.client(), &product.url, key)
    }

    /// Of an installation that runs somewhere.
    pub fn at(client: Client, url: &str, key: &str) -> Self {
        Self { client, url: url.to_owned(), key: key.to_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body), None).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body), None).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body), None).await
    }

    pub async fn post_once(&self, path: &str, body: &Value, idempotency_key: &str) -> Answer {
        self.send(Method::POST, path, Some(body), Some(idempotency_key)).await
    }

    pub async fn csv(&self, path: &str, csv: impl Into<reqwest::Body>) -> Answer {
        let request = self.client.post(format!("{}{path}", self.url)).bearer_auth(&self.key);
        let request = request.header(header::CONTENT_TYPE, "text/csv").timeout(Duration::from_secs(120)).body(csv);
        Answer::of(request.send().await.expect("an answer")).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>, key: Option<&str>) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        Answer::of(request.send().await.expect("an answer")).await
    }
}

/// A debtor with a browser that keeps its cookie.
pub struct Visitor {
    pub client: Client,
    pub url: String,
}

impl Visitor {
    /// Follows a fresh link and presses Continue.
    pub async fn sign_in(product: &Product, link: &str) -> Self {
        let client = product.client();
        let answer = client.post(link).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        Self { client, url: product.url.clone() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let path = path.strip_prefix(&self.url).unwrap_or(path);
        Answer::of(self.client.get(format!("{}{path}", self.url)).send().await.expect("an answer")).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let path = path.strip_prefix(&self.url).unwrap_or(path);
        let request = self.client.post(format!("{}{path}", self.url)).form(form);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Opens the pay page and reads the hidden fields of its form.
    pub async fn pay_form(&self) -> PayForm {
        let page = self.get("/pay").await.expect(200);
        let field = |name: &str| hidden(&page.body, name).unwrap_or_else(|| panic!("no field {name}: {}", page.body));
        PayForm { attempt: field("attempt"), account: field("account"), balance_version: field("balance_version") }
    }

    /// Sends the form for everything, or another amount.
    pub async fn pay(&self, form: &PayForm, amount: Option<&str>) -> Answer {
        let mut fields = vec![
            ("attempt", form.attempt.as_str()),
            ("account", form.account.as_str()),
            ("balance_version", form.balance_version.as_str()),
        ];
        match amount {
            Some(amount) => fields.extend([("choice", "amount"), ("amount", amount)]),
            None => fields.push(("choice", "everything")),
        }
        self.post("/pay", &fields).await
    }

    /// Pays everything with a test card and stops on the provider's page, paid. Answers the attempt.
    pub async fn pay_with_card(&self) -> String {
        let form = self.pay_form().await;
        let handed_over = self.pay(&form, None).await.expect(303);
        let page = handed_over.header("location").to_owned();
        self.post(&format!("{page}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
        form.attempt
    }
}

/// The hidden fields of the pay page.
#[derive(Debug, Clone)]
pub struct PayForm {
    pub attempt: String,
    pub account: String,
    pub balance_version: String,
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
    let value = tag.split("value=\"").nth(1)?;
    Some(value.split('"').next()?.to_owned())
}

/// Signs a debtor of a business in.
pub async fn ana(product: &Product, business: &Business) -> Visitor {
    let link = product.link_for(business.creditor.id, &business.ana).await;
    Visitor::sign_in(product, &link).await
}

pub fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

/// Every entry balances and every item agrees with the journal.
pub async fn assert_parity(product: &Product) {
    let tx = product.app.store().read_across(saldo_store::Across::Operator).await.expect("the database answers");
    let report = saldo_store::journal::parity(&tx).await.expect("parity is computed");
    assert!(report.agrees(), "{:?}", report.differences);
}
