//! Disputes, promises, declared transfers, holds, settlements: what each keeps silent, and who may see it.

use reqwest::multipart::{Form, Part};
use saldo_providers::channel::MemoryChannel;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, Visitor, ana, assert_parity, hidden, hours, on_both, on_both_with};
use crate::world::{console, first_id, fresh, text};

/// The beginning of a document.
pub const PDF: &[u8] = b"%PDF-1.7\n%proof";

/// The debtor's dispute form with a file, as a browser sends it.
pub async fn send_dispute(who: &Visitor, invoice: &str, message: &str, file: Option<(&str, Vec<u8>)>) -> Answer {
    let page = who.get(&format!("/dispute/{invoice}")).await.expect(200);
    let id = hidden(&page.body, "dispute").expect("the form's id");
    let form = Form::new().text("dispute", id).text("reason", "wrong_amount").text("message", message.to_owned());
    let (name, bytes) = file.unwrap_or(("", Vec::new()));
    let form = form.part("file", Part::bytes(bytes).file_name(name.to_owned()));
    let sent = who.client.post(format!("{}/dispute/{invoice}", who.url)).multipart(form).send().await;
    Answer::of(sent.expect("an answer")).await
}

/// A debtor's invoices, oldest first.
pub async fn invoices(api: &Api, debtor: &str) -> Vec<Value> {
    let page = api.get(&format!("/v1/invoices?debtor_id={debtor}")).await.expect(200).json();
    page["items"].as_array().expect("items").clone()
}

/// Mails to Ana of a kind since the last look, by what they name.
fn reminders_to_ana(channel: &MemoryChannel) -> Vec<String> {
    let mails = channel.take_sent().into_iter().filter(|mail| mail.to.email == "ana@example.com");
    mails.filter(|mail| mail.list_unsubscribe_url.is_some()).map(|mail| mail.text).collect()
}

/// Ticks and works every six hours.
async fn days(product: &Product, count: i64) {
    for _ in 0..count * 4 {
        product.advance(hours(6));
        product.tick().await;
        product.work().await;
    }
}

async fn with_channel(test: impl AsyncFn(Product, Business, MemoryChannel)) {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            channel.take_sent();
            let business = product.business().await;
            test(product, business, channel.clone()).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disputed_invoice_is_not_chased_until_it_is_decided() {
    with_channel(async |product, business, channel| {
        let visitor = ana(&product, &business).await;
        let api = Api::new(&product, &business.key);
        let all = invoices(&api, &business.ana.id.to_string()).await;
        let first = text(&all.iter().find(|row| row["number"] == "A-1").expect("A-1")["id"]);
        send_dispute(&visitor, &first, "We agreed on 400.", None).await.expect(303);
        let statement = visitor.get("/statement").await.expect(200);
        assert!(statement.body.contains(&format!("/dispute/{first}")), "the statement leads to it");
        product.work().await;
        let told = channel.take_sent();
        let told: Vec<_> = told.iter().filter(|mail| mail.to.email == "cobranza@papeleria.example").collect();
        assert_eq!(told.len(), 1, "the creditor hears of it: {told:?}");
        assert!(!told[0].text.contains("We agreed on 400."), "what was written stays in the console");
        days(&product, 9).await;
        let mails = reminders_to_ana(&channel);
        assert!(mails.iter().all(|mail| !mail.contains("A-1")), "{mails:?}");
        assert!(mails.iter().any(|mail| mail.contains("A-2")), "what is not contested is: {mails:?}");

        let listed =
            api.get(&format!("/v1/disputes?debtor_id={}&state=open", business.ana.id)).await.expect(200).json();
        let id = first_id(&listed);
        let wish = json!({"outcome": "rejected", "note": "The order says 500."});
        api.post(&format!("/v1/disputes/{id}/resolve"), &wish).await.expect(200);
        api.post(&format!("/v1/disputes/{id}/resolve"), &wish).await.expect(200);
        let other = json!({"outcome": "upheld", "note": "No."});
        assert_eq!(api.post(&format!("/v1/disputes/{id}/resolve"), &other).await.expect(422).code(), "claim_closed");
        let visitor = ana(&product, &business).await;
        let page = visitor.get(&format!("/dispute/{first}")).await.expect(200);
        assert!(page.body.contains("The order says 500."), "the debtor reads the answer");
        days(&product, 12).await;
        let mails = reminders_to_ana(&channel);
        assert!(mails.iter().any(|mail| mail.contains("A-1")), "reminders are back: {mails:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_silent_until_its_date_and_reminders_resume() {
    with_channel(async |product, business, channel| {
        let visitor = ana(&product, &business).await;
        let page = visitor.get("/promise").await.expect(200);
        let field = |name| hidden(&page.body, name).expect("a field");
        let (promise, account) = (field("promise"), field("account"));
        let form =
            |on| [("promise", promise.as_str()), ("account", account.as_str()), ("promised_on", on), ("amount", "")];
        let refused = visitor.post("/promise", &form("2026-05-30")).await.expect(422);
        assert!(refused.body.contains("promised-on-problem"), "said beside the field");
        visitor.post("/promise", &form("2026-03-12")).await.expect(303);
        days(&product, 9).await;
        assert_eq!(reminders_to_ana(&channel), Vec::<String>::new(), "through 12 March");
        days(&product, 4).await;
        assert!(!reminders_to_ana(&channel).is_empty(), "it was not kept");
        let api = Api::new(&product, &business.key);
        let listed = api.get(&format!("/v1/promises?debtor_id={}", business.ana.id)).await.expect(200).json();
        assert_eq!(listed["items"][0]["standing"], "broken");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_paid_the_part_that_was_promised_is_not_told_otherwise() {
    for (paid, is_said) in [(None, true), (Some(5_000), false)] {
        with_channel(async |product, business, channel| {
            let api = Api::new(&product, &business.key);
            let debtor = business.ana.id;
            let statement = api.get(&format!("/v1/debtors/{debtor}/statement")).await.expect(200).json();
            let account = &statement["accounts"][0]["account_id"];
            let part = json!({"minor": 5_000, "currency": "MXN"});
            let wish = json!({"debtor_id": debtor, "account_id": account, "promised_on": "2026-03-06", "amount": part});
            api.post_once("/v1/promises", &wish, &fresh()).await.expect(201);
            if let Some(minor) = paid {
                let amount = json!({"minor": minor, "currency": "MXN"});
                let wish =
                    json!({"debtor_id": debtor, "amount": amount, "value_on": "2026-03-05", "reference": "kept"});
                product.advance(hours(48));
                api.post_once("/v1/bank-payments", &wish, &fresh()).await.expect(201);
            }
            days(&product, 9).await;
            let mails = reminders_to_ana(&channel);
            let said = mails.iter().any(|mail| mail.contains("Nos dijo que pagaría"));
            assert!(!mails.is_empty() && said == is_said, "{paid:?} of it was paid: {mails:?}");
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_promise_is_silent_no_more() {
    with_channel(async |product, business, channel| {
        let visitor = ana(&product, &business).await;
        let page = visitor.get("/promise").await.expect(200);
        let field = |name| hidden(&page.body, name).expect("a field");
        let (promise, account) = (field("promise"), field("account"));
        let form = [("promise", promise.as_str()), ("account", account.as_str()), ("promised_on", "2026-03-30")];
        visitor.post("/promise", &form).await.expect(303);
        let second = [("promise", &fresh()[..]), ("account", account.as_str()), ("promised_on", "2026-03-20")];
        visitor.post("/promise", &second).await.expect(422);
        visitor.post("/promise/withdraw", &[("promise", promise.as_str())]).await.expect(303);
        days(&product, 2).await;
        assert!(!reminders_to_ana(&channel).is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_transfer_holds_for_five_days_and_its_proof_is_a_download() {
    with_channel(async |product, business, channel| {
        let visitor = ana(&product, &business).await;
        let page = visitor.get("/transfer").await.expect(200);
        let field = |name| hidden(&page.body, name).expect("a field");
        let (transfer, account) = (field("transfer"), field("account"));
        let form = Form::new()
            .text("transfer", transfer.clone())
            .text("account", account.clone())
            .text("amount", "1,234.50")
            .text("made_on", "2026-03-02")
            .text("reference", "SPEI 8812")
            .part("file", Part::bytes(PDF).file_name("../../comprobante \"1\".exe"));
        let sent = visitor.client.post(format!("{}/transfer", visitor.url)).multipart(form).send().await;
        Answer::of(sent.expect("an answer")).await.expect(303);
        days(&product, 5).await;
        assert_eq!(reminders_to_ana(&channel), Vec::<String>::new());
        days(&product, 3).await;
        assert!(!reminders_to_ana(&channel).is_empty(), "reminders resume");

        let visitor = ana(&product, &business).await;
        let api = Api::new(&product, &business.key);
        let shown = api.get(&format!("/v1/transfers/{transfer}")).await.expect(200).json();
        let file = text(&shown["attachments"][0]["id"]);
        let bruno = Visitor::sign_in(&product, &product.link_for(business.creditor.id, &business.bruno).await).await;
        bruno.get(&format!("/attachments/{file}")).await.expect(404);
        let finance = console(&product, &business.creditor).await;
        for answer in [
            visitor.get(&format!("/attachments/{file}")).await.expect(200),
            finance.get(&format!("/console/attachments/{file}")).await.expect(200),
            api.get(&format!("/v1/attachments/{file}")).await.expect(200),
        ] {
            assert_eq!(answer.body.as_bytes(), PDF);
            assert_eq!(answer.header("content-disposition"), "attachment; filename=\"comprobante_1.pdf\"");
            assert_eq!(answer.header("content-type"), "application/pdf");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(answer.header("content-security-policy").contains("sandbox"));
        }
        let rejected = json!({"note": "Nothing came."});
        api.post(&format!("/v1/transfers/{transfer}/reject"), &rejected).await.expect(200);
        let page = visitor.get("/transfer").await.expect(200);
        assert!(page.body.contains("Nothing came."));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_a_wrong_kind_or_size_are_refused_and_nothing_is_lost() {
    on_both(async |product| {
        let business = product.business().await;
        let visitor = ana(&product, &business).await;
        let api = Api::new(&product, &business.key);
        let invoice = text(&invoices(&api, &business.ana.id.to_string()).await[0]["id"]);
        let large = [PDF, &vec![0; 5 * 1024 * 1024]].concat();
        for (file, words) in [
            (("proof.pdf", b"<html><script>alert(1)</script>".to_vec()), "PDF o una foto"),
            (("proof.pdf", large), "5 MB como máximo"),
        ] {
            let answer =
                send_dispute(&visitor, &invoice, "Nobody agreed to <this> & that.", Some(file)).await.expect(422);
            assert!(answer.body.contains("files-problem"), "said beside the field");
            assert!(answer.body.contains(words), "{}", answer.body);
            assert!(answer.body.contains("Nobody agreed to &lt;this&gt; &amp; that."), "the message is still there");
        }
        let none = api.get(&format!("/v1/disputes?debtor_id={}", business.ana.id)).await.expect(200).json();
        assert_eq!(none["items"], json!([]), "nothing was opened");
        send_dispute(&visitor, &invoice, "My card is 4242 4242 4242 4242.", None).await.expect(422);
        send_dispute(&visitor, &invoice, "Nobody agreed.", Some(("a.pdf", PDF.to_vec()))).await.expect(303);
        visitor.post(&format!("/dispute/{invoice}/withdraw"), &[]).await.expect(303);
        let closed = api.get(&format!("/v1/disputes?debtor_id={}", business.ana.id)).await.expect(200).json();
        assert_eq!(closed["items"][0]["state"], "withdrawn");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manual_hold_is_silent_until_it_ends() {
    with_channel(async |product, business, channel| {
        let finance = console(&product, &business.creditor).await;
        let account = format!("/console/debtors/{}", business.ana.id);
        let wish = [("reason", "In hospital"), ("until_on", "2026-03-08")];
        let too_far = [("reason", "In hospital"), ("until_on", "2027-03-08")];
        let refused = finance.post(&format!("{account}/hold"), &too_far).await.expect(422);
        assert!(refused.body.contains("hold-until_on-problem") && refused.body.contains("In hospital"));
        finance.post(&format!("{account}/hold"), &wish).await.expect(303);
        let again = finance.post(&format!("{account}/hold"), &wish).await.expect(422);
        assert!(again.body.contains("hold-until_on-problem"));
        days(&product, 5).await;
        assert_eq!(reminders_to_ana(&channel), Vec::<String>::new());
        days(&product, 3).await;
        assert!(!reminders_to_ana(&channel).is_empty(), "its last day is over");
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_settlement_and_a_discount_stay_within_their_bounds() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let debtor = business.ana.id.to_string();
        let statement = api.get(&format!("/v1/debtors/{debtor}/statement")).await.expect(200).json();
        let account = text(&statement["accounts"][0]["account_id"]);
        let offer = |minor: i64| {
            json!({"debtor_id": debtor, "account_id": account, "pay": {"minor": minor, "currency": "MXN"},
                "until_on": "2026-03-31"})
        };
        for (minor, code) in [(123_450, "settlement_amount"), (0, "amount_not_positive")] {
            let refused = api.post_once("/v1/settlement-offers", &offer(minor), &fresh()).await.expect(422);
            assert_eq!(refused.code(), code);
        }
        let made = api.post_once("/v1/settlement-offers", &offer(90_000), &fresh()).await.expect(201).json();
        assert_eq!((&made["state"], &made["full"]["minor"]), (&json!("open"), &json!(123_450)));
        let second = api.post_once("/v1/settlement-offers", &offer(80_000), &fresh()).await.expect(422);
        assert_eq!(second.code(), "settlement_open");
        let withdraw = format!("/v1/settlement-offers/{}/withdraw", text(&made["id"]));
        assert_eq!(api.post(&withdraw, &json!({})).await.expect(200).json()["state"], "withdrawn");

        let invoice = text(&invoices(&api, &debtor).await[0]["id"]);
        let discount = format!("/v1/invoices/{invoice}/discount");
        let wish = json!({"rate_bps": 1_000, "until_on": "2026-03-31"});
        let granted = api.post_once(&discount, &wish, &fresh()).await.expect(201).json();
        assert!(granted["saved"]["minor"].as_i64().is_some_and(|minor| minor > 0), "{granted}");
        let late = json!({"rate_bps": 1_000, "until_on": "2026-03-01"});
        assert_eq!(api.post_once(&discount, &late, &fresh()).await.expect(422).code(), "deadline_before_issue");
    })
    .await;
}
