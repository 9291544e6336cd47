//! Two businesses that have been through everything, so that each kind of row exists on both sides of the wall.

use saldo_domain::creditor::Creditor;
use saldo_domain::debtor::Debtor;
use saldo_domain::member::Role;
use saldo_tests::product::Product;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::claim_stand::Claims;
use crate::outreach_stand::Outreach;
use crate::support::{Api, Visitor};

/// One id of each kind that a caller can name.
#[derive(Debug, Clone)]
pub struct Ids {
    pub debtor: String,
    pub reference: String,
    pub account: String,
    pub invoice: String,
    pub import: String,
    pub upload: String,
    pub link: String,
    pub payment: String,
    pub refund: String,
    pub attempt: String,
    pub job: String,
    pub method: String,
    pub plan: String,
    pub policy: String,
    pub claims: Claims,
    pub member: String,
    pub subscriber: String,
    pub outreach: Outreach,
}

impl Ids {
    /// Ids that nothing has.
    pub fn absent() -> Self {
        let id = || Uuid::now_v7().to_string();
        Self {
            debtor: id(),
            reference: "NOBODY".to_owned(),
            account: id(),
            invoice: id(),
            import: id(),
            upload: id(),
            link: id(),
            payment: id(),
            refund: id(),
            attempt: id(),
            job: id(),
            method: id(),
            plan: id(),
            policy: id(),
            claims: Claims::absent(),
            member: id(),
            subscriber: id(),
            outreach: Outreach::absent(),
        }
    }
}

/// A debtor of a creditor has paid a part, finance has imported and given back.
pub async fn live(product: &Product, creditor: &Creditor, debtor: &Debtor, key: &str) -> Ids {
    let api = Api::new(product, key);
    let link = api.post_once("/v1/access-links", &json!({"debtor_id": debtor.id}), &fresh()).await.expect(201).json();
    let visitor = Visitor::sign_in(product, link["url"].as_str().expect("a URL")).await;
    let form = visitor.pay_form().await;
    let page = visitor.pay(&form, Some("10.00")).await.expect(303).header("location").to_owned();
    visitor.post(&format!("{page}/card"), &[("number", "4242424242424242")]).await.expect(303);
    product.work().await;
    let payments = api.get(&format!("/v1/payments?debtor_id={}", debtor.id)).await.expect(200).json();
    let payment = first_id(&payments);
    let refund = refund(&api, &payment).await;
    let csv = format!("debtor,number,issued,due,amount\n{0},{0}-9,2026-03-01,2026-05-01,1.00\n", debtor.reference);
    let map = "debtor_reference=debtor,invoice_number=number,issued_on=issued,due_on=due,amount=amount";
    let import = api.csv(&format!("/v1/imports?map={map}"), csv).await.expect(200).json();
    let invoices = api.get(&format!("/v1/invoices?debtor_id={}", debtor.id)).await.expect(200).json();
    let contested = format!("{}-9", debtor.reference);
    let rows = invoices["items"].as_array().expect("invoices");
    let other = rows.iter().find(|row| row["number"] != contested.as_str()).expect("one that nobody contests");
    let claims = Claims::make(&visitor, &api, &debtor.id.to_string(), &form.account, &contested).await;
    Ids {
        claims,
        debtor: debtor.id.to_string(),
        reference: debtor.reference.clone(),
        account: form.account,
        invoice: text(&other["id"]),
        upload: upload(product, creditor).await,
        import: text(&import["id"]),
        link: text(&link["link"]["id"]),
        payment,
        refund,
        attempt: form.attempt,
        job: Uuid::now_v7().to_string(),
        method: crate::methods::save(product, creditor, debtor, "4242424242424242").await,
        plan: crate::plan_stand::proposed(product, creditor, debtor).await,
        policy: text(&api.post("/v1/policies", &policy()).await.expect(201).json()["id"]),
        member: product.member(creditor.id, Role::Viewer).await.to_string(),
        subscriber: crate::events::subscribe(&api, "table", "https://93.184.216.34/", &[]).await.id,
        outreach: Outreach::make(product, creditor, &api, &debtor.reference).await,
    }
}

async fn refund(api: &Api, payment: &str) -> String {
    let wish = json!({"payment_id": payment, "amount": {"minor": 1, "currency": "MXN"}, "reason": "too much"});
    text(&api.post_once("/v1/refunds", &wish, &fresh()).await.expect(201).json()["id"])
}

/// Finance signs in.
pub async fn console(product: &Product, creditor: &Creditor) -> Visitor {
    Visitor::sign_in(product, &product.console_link(creditor.id).await).await
}

/// A new member with a role signs in.
pub async fn console_as(product: &Product, creditor: &Creditor, role: Role) -> Visitor {
    Visitor::sign_in(product, &product.console_link_as(creditor.id, role).await).await
}

/// A file that waits for its columns to be confirmed.
async fn upload(product: &Product, creditor: &Creditor) -> String {
    let finance = console(product, creditor).await;
    let csv = "debtor,number,issued,due,amount\nUP,UP-1,2026-03-01,2026-05-01,1.00\n";
    let part = reqwest::multipart::Part::bytes(csv.as_bytes()).file_name("up.csv");
    let form = reqwest::multipart::Form::new().part("file", part);
    let sent = finance.client.post(format!("{}/console/imports", product.url)).multipart(form).send().await;
    let answer = crate::support::Answer::of(sent.expect("an answer")).await.expect(303);
    answer.header("location").rsplit('/').next().expect("an id").to_owned()
}

/// An idempotency key of its own.
pub fn fresh() -> String {
    Uuid::now_v7().to_string()
}

pub fn first_id(page: &Value) -> String {
    text(&page["items"][0]["id"])
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A discount policy for every invoice in dollars, of which there are none here.
pub fn discount() -> Value {
    json!({
        "segment": {"currency": "USD"}, "base": "gross", "part_payments": "none", "grace_minutes": 0,
        "rule": {"rule": "tiers", "tiers": [{
            "until": {"until": "days_after_issue", "days": 10},
            "reduction": {"reduction": "rate", "rate_bps": 200}
        }]}
    })
}

/// It as a draft.
pub fn policy() -> Value {
    let mut body = discount();
    body["kind"] = json!("discount");
    json!({"name": "From the table", "body": body})
}

/// What reduces a claim by a cent.
pub fn reduce(invoice: &str) -> Value {
    json!({"invoice_id": invoice, "amount": {"minor": 1, "currency": "MXN"}, "reason": "the table"})
}

/// A cent that came by bank.
pub fn bank_payment(debtor: &str) -> Value {
    json!({"debtor_id": debtor, "amount": {"minor": 1, "currency": "MXN"}, "value_on": "2026-03-01",
        "reference": "the table"})
}

pub fn propose(ids: &Ids) -> Value {
    json!({"debtor_id": ids.debtor, "account_id": ids.account, "template_id": ids.plan, "instalment_count": 2,
        "first_on": "2026-03-10", "balance_version": 0})
}

pub fn dispute(invoice: &str) -> Value {
    json!({"invoice_id": invoice, "reason": "other", "message": "the table"})
}

pub fn promise(ids: &Ids) -> Value {
    json!({"debtor_id": ids.debtor, "account_id": ids.account, "promised_on": "2026-03-20"})
}
