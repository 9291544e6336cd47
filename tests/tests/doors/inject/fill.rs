//! Every text that is kept, written over the API as a program writes it.

use reqwest::multipart::{Form, Part};
use saldo_app::flows::manage_members;
use saldo_domain::actor::Actor;
use saldo_domain::member::Role;
use saldo_providers::channel::{ChannelFault, Scripted};
use serde_json::{Value, json};

use super::prey::{Prey, Says, World};
use crate::messages::answer_by_sms;
use crate::support::{Visitor, hours};
use crate::world::{self, discount, first_id, fresh, text};

/// What belongs to the creditor: policies, keys, members, words, files.
pub async fn creditor(world: &World, says: &Says) {
    let named = json!({"name": says.of("policy.name"), "body": with_kind(discount())});
    world.api.post("/v1/policies", &named).await.expect(201);
    let wish = json!({"name": says.of("widget_key.name"), "algorithm": "HS256"});
    let made = world.api.post("/v1/widget-keys", &wish).await;
    assert!(matches!(made.status, 201 | 409 | 422), "{}", made.body);
    subscriber(world, says).await;
    let email = format!("m-{}@example.com", fresh());
    let member = says.of("member.name");
    let (app, id) = (&world.product.app, world.creditor.id);
    manage_members::invite(app, id, &Actor::Operator, &email, &member, Role::Agent).await.expect("a member");
    words(world, says).await;
    files(world, says).await;
}

/// Who would be told of events, on this machine; it is told none.
async fn subscriber(world: &World, says: &Says) {
    let wish = json!({"name": says.of("subscriber.name"), "url": "http://127.0.0.1:9/", "types": ["plan.broken"]});
    let made = world.api.post("/v1/subscribers", &wish).await.expect(201).json();
    let id = text(&made["subscriber"]["id"]);
    world.api.post(&format!("/v1/subscribers/{id}/disable"), &json!({})).await.expect(200);
}

fn with_kind(mut body: Value) -> Value {
    body["kind"] = json!("discount");
    body
}

/// Words of a message: those that are no template are refused, the others kept.
async fn words(world: &World, says: &Says) {
    let (subject, body) = (says.of("template.subject"), says.of("template.body"));
    let texts =
        json!([{"language": "es", "channel": "email", "subject": subject, "body": format!("{body} {{{{ link }}}}")}]);
    let body = json!({"kind": "message_template", "key": format!("k{}", fresh().replace('-', "")), "texts": texts});
    let made = world.api.post("/v1/policies", &json!({"name": "Textos", "body": body})).await;
    assert!(matches!(made.status, 201 | 422), "{}", made.body);
}

/// A file that is booked, and one of which every cell is named as wrong.
async fn files(world: &World, says: &Says) {
    let cell = |field: &str| format!("\"{}\"", says.of(field).replace('"', "\"\""));
    let (name, number) = (cell("import.name"), cell("import.number"));
    let what = cell("import.description");
    let suffix = fresh();
    let good = format!(
        "debtor,name,number,what,issued,due,amount\nI-{suffix},{name},{number},{what},2026-03-01,2026-05-01,1.00\n"
    );
    let map = "debtor_reference=debtor,name=name,invoice_number=number,description=what,issued_on=issued,due_on=due,amount=amount";
    let file_name = query(&says.of("import.file_name"));
    let path = format!("/v1/imports?map={map}&file_name={file_name}");
    let sent = world.api.csv(&path, good).await;
    assert!(matches!(sent.status, 200 | 422), "{}", sent.body);
    let bad = cell("import.bad");
    let rows = format!("debtor,number,issued,due,amount,{bad}\n{bad},{bad},{bad},{bad},{bad},x\n");
    let map = "debtor_reference=debtor,invoice_number=number,issued_on=issued,due_on=due,amount=amount";
    let sent = world.api.csv(&format!("/v1/imports?map={map}&file_name={file_name}"), rows.clone()).await;
    assert!(sent.status < 500, "{}", sent.body);
    // What the API refuses is kept nowhere; what the console takes in waits for its columns.
    let part = Part::bytes(rows.into_bytes()).file_name(says.of("import.file_name"));
    let form = Form::new().part("file", part);
    let finance = finance(world).await;
    let sent = finance.client.post(format!("{}/console/imports", finance.url)).multipart(form).send().await;
    assert_eq!(sent.expect("an answer").status(), 303);
}

/// A text as it stands in an address.
pub fn query(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A debtor with everything that may be said of it.
pub async fn debtor(world: &World, at: usize, says: &Says) -> String {
    let api = &world.api;
    let reference = format!("{} {at}", says.of("debtor.reference"));
    let wish = json!({"reference": reference, "name": format!("{} {at}", says.of("debtor.name")), "country": "MX",
        "email": format!("d{at}@example.com"), "phone": format!("+5255123456{at:02}"),
        "postal_address": format!("{}\n06000 Centro", says.of("debtor.postal_address")), "tags": ["piloto"]});
    let id = text(&api.put("/v1/debtors", &wish).await.expect(200).json()["id"]);
    let mut invoices = Vec::new();
    for (place, due_on) in ["2026-02-20", "2026-02-21", "2026-02-22", "2026-03-20", "2026-04-20"].iter().enumerate() {
        let number = format!("{} {at}{place}", says.of("invoice.number"));
        let issue = json!({"debtor_reference": reference, "number": number, "description": says.of("invoice.description"),
            "issued_on": "2026-02-01", "due_on": due_on, "amount": mxn(50_000), "send": place == 4});
        invoices.push(text(&api.post("/v1/invoices", &issue).await.expect(200).json()["id"]));
    }
    claims(world, says, &id, &invoices).await;
    money(world, says, &id, &invoices).await;
    let (sid, from) = (format!("SM{at}"), format!("+5255123456{at:02}"));
    answer_by_sms(&world.product, world.creditor.id, (&sid, &from), &says.of("reply.body")).await;
    id
}

fn mxn(minor: i64) -> Value {
    json!({"minor": minor, "currency": "MXN"})
}

async fn once(world: &World, path: &str, body: Value) -> Value {
    world.api.post_once(path, &body, &fresh()).await.expect(201).json()
}

async fn claims(world: &World, says: &Says, debtor: &str, invoices: &[String]) {
    let dispute =
        |invoice: &str, field: &str| json!({"invoice_id": invoice, "reason": "other", "message": says.of(field)});
    once(world, "/v1/disputes", dispute(&invoices[0], "dispute.message")).await;
    let closed = once(world, "/v1/disputes", dispute(&invoices[1], "dispute.closed_message")).await;
    let answer = json!({"outcome": "rejected", "note": says.of("dispute.note")});
    world.api.post(&format!("/v1/disputes/{}/resolve", text(&closed["id"])), &answer).await.expect(200);
    let account = world.account(debtor).await;
    let transfer = |field: &str| {
        json!({"debtor_id": debtor, "account_id": account, "amount": mxn(100), "made_on": "2026-03-01",
            "reference": says.of(field)})
    };
    once(world, "/v1/transfers", transfer("transfer.reference")).await;
    let lost = once(world, "/v1/transfers", transfer("transfer.rejected_reference")).await;
    let note = json!({"note": says.of("transfer.note")});
    world.api.post(&format!("/v1/transfers/{}/reject", text(&lost["id"])), &note).await.expect(200);
    let hold = json!({"debtor_id": debtor, "reason": says.of("hold.reason"), "until_on": "2026-03-04"});
    once(world, "/v1/holds", hold).await;
    let consent = json!({"channel": "letter", "state": "given", "proof": says.of("consent.proof")});
    world.api.put(&format!("/v1/debtors/{debtor}/consents"), &consent).await.expect(200);
}

async fn money(world: &World, says: &Says, debtor: &str, invoices: &[String]) {
    let reduce = |field: &str| json!({"invoice_id": invoices[2], "amount": mxn(100), "reason": says.of(field)});
    once(world, "/v1/credit-notes", reduce("credit_note.reason")).await;
    once(world, "/v1/write-offs", reduce("write_off.reason")).await;
    let bank = json!({"debtor_id": debtor, "amount": mxn(100), "value_on": "2026-03-01",
        "reference": says.of("bank_payment.reference")});
    once(world, "/v1/bank-payments", bank).await;
    let link = once(world, "/v1/access-links", json!({"debtor_id": debtor})).await;
    let visitor = Visitor::sign_in(&world.product, &text(&link["url"])).await;
    let form = visitor.pay_form().await;
    let page = visitor.pay(&form, Some("10.00")).await.expect(303).header("location").to_owned();
    visitor.post(&format!("{page}/card"), &[("number", "4242424242424242")]).await.expect(303);
    world.product.work().await;
    let payments = world.api.get(&format!("/v1/payments?debtor_id={debtor}&search=")).await;
    let payments = if payments.status == 200 {
        payments
    } else {
        world.api.get(&format!("/v1/payments?debtor_id={debtor}")).await
    };
    let rows = payments.expect(200).json();
    let card = rows["items"].as_array().expect("payments").iter().find(|row| row["amount"] == mxn(1_000));
    let refund =
        json!({"payment_id": card.expect("it was paid")["id"], "amount": mxn(1), "reason": says.of("refund.reason")});
    once(world, "/v1/refunds", refund).await;
    world.product.work().await;
}

/// A message that failed goes again, for a reason.
pub async fn send_again(world: &World, prey: &Prey) {
    let log = world.api.get(&format!("/v1/messages?debtor_id={}", prey.id)).await.expect(200).json();
    let rows = log["items"].as_array().expect("messages");
    let Some(row) = rows.iter().find(|row| row["may_again"] == true) else { return };
    let wish = json!({"reason": prey.says.of("message.reason")});
    let sent = world.api.post_once(&format!("/v1/messages/{}/send-again", text(&row["id"])), &wish, &fresh()).await;
    assert!(sent.status < 500, "{}", sent.body);
}

/// A message of which nobody knows whether it arrived goes again three days later, for a reason.
pub async fn unknown_again(world: &World) {
    let wish = json!({"reference": "AGAIN", "name": "Otra Vez", "country": "MX", "email": "again@example.com"});
    let debtor = text(&world.api.put("/v1/debtors", &wish).await.expect(200).json()["id"]);
    let today = world.product.app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = |ago: i64| today.checked_sub(hours(24 * ago)).expect("a date").to_string();
    let issue = json!({"debtor_reference": "AGAIN", "number": "AGAIN-1", "issued_on": day(41), "due_on": day(11),
        "amount": mxn(50_000)});
    world.api.post("/v1/invoices", &issue).await.expect(200);
    let unknown = || Scripted::FailAfter(ChannelFault::Unknown { detail: "no answer".to_owned() });
    world.mail.script((0..=world.prey.len()).map(|_| unknown()));
    world.product.tick().await;
    world.product.work().await;
    world.mail.script([]);
    world.product.advance(hours(24 * 3));
    let log = world.api.get(&format!("/v1/messages?debtor_id={debtor}")).await.expect(200).json();
    let rows = log["items"].as_array().expect("messages");
    let row = rows.iter().find(|row| row["purpose"] == "reminder").expect("a reminder was handed over");
    let wish = json!({"reason": world.prey[0].says.of("message.reason")});
    let again = format!("/v1/messages/{}/send-again", text(&row["id"]));
    world.api.post_once(&again, &wish, &fresh()).await.expect(201);
    world.product.work().await;
}

/// The first invoice of a debtor.
pub async fn first_invoice(world: &World, prey: &Prey) -> String {
    first_id(&world.api.get(&format!("/v1/invoices?debtor_id={}", prey.id)).await.expect(200).json())
}

/// Signs finance in.
pub async fn finance(world: &World) -> Visitor {
    world::console(&world.product, &world.creditor).await
}
