//! The invoice itself: mailed once, while it is open, where the creditor or the caller wants it.

use saldo_providers::channel::{ChannelFault, Mail, MemoryChannel, Scripted};
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Api, on_both_with};
use crate::world::{fresh, text};

async fn with_mail(test: impl AsyncFn(Product, Business, MemoryChannel)) {
    let mail = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&mail),
        async |product| {
            let business = product.business().await;
            product.work().await;
            mail.take_sent();
            test(product, business, mail.clone()).await;
        },
    )
    .await;
}

/// The mails that carry an invoice.
fn invoices(mail: &MemoryChannel) -> Vec<Mail> {
    let is_invoice = |mail: &Mail| mail.attachments.first().is_some_and(|file| file.name.starts_with("Factura"));
    mail.take_sent().into_iter().filter(is_invoice).collect()
}

fn invoice(number: &str, due_on: &str, send: Option<bool>) -> Value {
    json!({ "debtor_reference": "ANA", "number": number, "issued_on": "2026-03-01", "due_on": due_on,
        "amount": { "minor": 123_450, "currency": "MXN" }, "description": "Papel y tinta", "send": send })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issued_invoice_is_mailed_once_where_it_is_wanted() {
    with_mail(async |product, business, mail| {
        let api = Api::new(&product, &business.key);
        api.post("/v1/invoices", &invoice("S-1", "2026-05-01", None)).await.expect(200);
        product.work().await;
        assert_eq!(invoices(&mail).len(), 0, "nobody asked for it");
        for _ in 0..2 {
            api.post("/v1/invoices", &invoice("S-2", "2026-05-01", Some(true))).await.expect(200);
            product.work().await;
        }
        let sent = invoices(&mail);
        assert_eq!(sent.len(), 1, "once");
        assert_eq!(sent[0].to.email, "ana@example.com");
        assert!(sent[0].subject.contains("S-2") && sent[0].text.contains(&product.url), "{}", sent[0].text);
        let file = &sent[0].attachments[0];
        assert_eq!((file.name.as_str(), file.media_type.as_str()), ("Factura-S-2.pdf", "application/pdf"));
        assert!(file.bytes.starts_with(b"%PDF-"));
        api.patch("/v1/creditor", &json!({ "send_invoices": true })).await.expect(200);
        assert_eq!(api.get("/v1/creditor").await.expect(200).json()["send_invoices"], true);
        api.post("/v1/invoices", &invoice("S-3", "2026-05-01", None)).await.expect(200);
        api.post("/v1/invoices", &invoice("S-4", "2026-05-01", Some(false))).await.expect(200);
        product.work().await;
        let numbers: Vec<String> = invoices(&mail).iter().map(|mail| mail.attachments[0].name.clone()).collect();
        assert_eq!(numbers, ["Factura-S-3.pdf"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_invoice_is_mailed_unless_it_is_paid_or_long_due() {
    with_mail(async |product, business, mail| {
        let api = Api::new(&product, &business.key);
        api.patch("/v1/creditor", &json!({ "send_invoices": true })).await.expect(200);
        let file = "debtor,name,number,issued,due,amount,email,settled\n\
                    IMP,Ines Mora,I-1,2026-03-01,2026-05-01,10.00,ines@example.com,\n\
                    IMP,Ines Mora,I-2,2025-03-01,2025-05-01,10.00,ines@example.com,\n\
                    IMP,Ines Mora,I-3,2026-03-01,2026-05-01,10.00,ines@example.com,2026-03-02\n";
        let map = "debtor_reference=debtor,debtor_name=name,invoice_number=number,issued_on=issued,due_on=due,\
                   amount=amount,email=email,settled_on=settled";
        let import = async || {
            let path = format!("/v1/imports?map={}", map.replace('=', "%3D").replace(',', "%2C"));
            api.csv(&path, file).await.expect(200).json()
        };
        let id = import().await["id"].as_str().expect("an id").to_owned();
        import().await;
        product.work().await;
        let names = |mails: Vec<Mail>| {
            let mut names: Vec<String> = mails.iter().map(|mail| mail.attachments[0].name.clone()).collect();
            names.sort();
            names
        };
        assert_eq!(names(invoices(&mail)), ["Factura-I-1.pdf"]);
        let path = format!("/v1/imports/{id}/send-invoices");
        api.post_once(&path, &json!({ "with_overdue": true }), "once").await.expect(201);
        product.work().await;
        assert_eq!(names(invoices(&mail)), ["Factura-I-2.pdf"], "the one that waited, and none twice");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_of_which_nobody_knows_goes_again_once_and_says_who_asked() {
    with_mail(async |product, business, mail| {
        let api = Api::new(&product, &business.key);
        let logged = async || {
            let log = api.get(&format!("/v1/messages?debtor_id={}", business.ana.id)).await.expect(200).json();
            let rows = log["items"].as_array().expect("items").iter().filter(|row| row["purpose"] == "invoice");
            rows.cloned().collect::<Vec<Value>>()
        };
        mail.script([Scripted::FailAfter(ChannelFault::Unknown { detail: "no answer".to_owned() })]);
        api.post("/v1/invoices", &invoice("S-1", "2026-05-01", Some(true))).await.expect(200);
        product.work().await;
        let first = invoices(&mail);
        let before = logged().await;
        assert_eq!((before.len(), &before[0]["state"], &before[0]["may_again"]), (1, &json!("unknown"), &json!(true)));
        let path = format!("/v1/messages/{}/send-again", text(&before[0]["id"]));
        let asked = json!({ "reason": "nothing came" });
        api.post_once(&path, &asked, &fresh()).await.expect(201);
        assert_eq!(api.post_once(&path, &asked, &fresh()).await.expect(409).code(), "message_not_again");
        product.work().await;
        let second = invoices(&mail);
        assert_eq!((second.len(), &second[0].attachments[0].name[..]), (1, "Factura-S-1.pdf"));
        assert!(first.iter().all(|mail| mail.message_id != second[0].message_id), "a name of its own");
        let after = logged().await;
        let shown = (after.len(), &after[0]["state"], &after[0]["by_hand_reason"]);
        assert_eq!(shown, (2, &json!("sent"), &json!("nothing came")), "{after:?}");
        assert_eq!(api.post_once(&path, &asked, &fresh()).await.expect(409).code(), "message_not_again");
    })
    .await;
}
