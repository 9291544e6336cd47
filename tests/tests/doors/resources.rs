//! Each resource of the API, its whole answer.

use insta::assert_json_snapshot;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::redact::Redactor;
use crate::support::{Answer, Api, on_both};
use crate::world::{first_id, fresh, text};

const ROWS: &str = "debtor,name,number,issued,due,amount\n\
                    DORA,Dora Ríos,D-1,2026-02-01,2026-03-01,1234.50\n\
                    DORA,Dora Ríos,D-2,2026-02-01,2026-03-31,99.00\n";
const MAP: &str =
    "debtor_reference=debtor,debtor_name=name,invoice_number=number,issued_on=issued,due_on=due,amount=amount";

/// A business, its API, and what makes answers comparable.
struct Desk {
    product: Product,
    business: Business,
    api: Api,
    redactor: Redactor,
}

impl Desk {
    async fn open(product: Product) -> Self {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let redactor = Redactor::new(&product.url);
        Self { product, business, api, redactor }
    }

    fn shown(&mut self, answer: Answer) -> Value {
        json!({"status": answer.status, "type": answer.header("content-type"), "body": self.redactor.value(&answer.json())})
    }

    async fn get(&mut self, path: &str) -> Value {
        let answer = self.api.get(path).await;
        self.shown(answer)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn debtors_and_the_creditor_are_answered_whole() {
    on_both(async |product| {
        let mut desk = Desk::open(product).await;
        assert_json_snapshot!("creditor", desk.get("/v1/creditor").await);
        assert_json_snapshot!("debtors", desk.get("/v1/debtors").await);
        let wish = json!({"reference": "ELSA", "name": "Elsa Gil", "email": "elsa@example.com", "phone": "+52 55 1234 5678",
            "language": "pt", "country": "br", "time_zone": "America/Sao_Paulo"});
        let answer = desk.api.put("/v1/debtors", &wish).await;
        assert_json_snapshot!("debtor_put", desk.shown(answer));
        let searched = desk.get("/v1/debtors?search=mu%C3%B1oz").await;
        assert_eq!(searched["body"]["items"].as_array().map(Vec::len), Some(1), "{searched}");
        let page = desk.get("/v1/debtors?limit=2").await;
        let cursor = desk.api.get("/v1/debtors?limit=2").await.json()["next_cursor"].clone();
        let next = desk.get(&format!("/v1/debtors?limit=200&cursor={}", text(&cursor))).await;
        let count = |page: &Value| page["body"]["items"].as_array().map(Vec::len);
        assert_eq!((count(&page), count(&next)), (Some(2), Some(2)), "{next}");
        assert_eq!(next["body"]["next_cursor"], Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_and_the_statement_are_answered_whole() {
    on_both(async |product| {
        let mut desk = Desk::open(product).await;
        let ana = desk.business.ana.id;
        assert_json_snapshot!("invoices", desk.get(&format!("/v1/invoices?debtor_id={ana}&status=open")).await);
        let wish = json!({"debtor_reference": "ANA", "number": "A-4", "description": "Toner", "issued_on": "2026-03-01",
            "due_on": "2026-03-31", "amount": {"minor": 4_200, "currency": "MXN"}});
        let answer = desk.api.post("/v1/invoices", &wish).await;
        assert_eq!(desk.api.post("/v1/invoices", &wish).await.body, answer.body, "the same again changes nothing");
        assert_json_snapshot!("invoice_issued", desk.shown(answer));
        let mut other = wish.clone();
        other["amount"]["minor"] = json!(4_201);
        let taken = desk.api.post("/v1/invoices", &other).await;
        assert_json_snapshot!("invoice_number_taken", desk.shown(taken));
        assert_json_snapshot!("statement", desk.get(&format!("/v1/debtors/{ana}/statement")).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_are_previewed_booked_repeated_and_refused() {
    on_both(async |product| {
        let mut desk = Desk::open(product).await;
        let path = format!("/v1/imports?file_name=march.csv&map={MAP}");
        let preview = desk.api.csv(&format!("{path}&preview=true"), ROWS).await;
        assert_json_snapshot!("import_previewed", desk.shown(preview));
        assert_eq!(desk.get("/v1/imports").await["body"]["items"], json!([]));
        let booked = desk.api.csv(&path, ROWS).await;
        assert_json_snapshot!("import_booked", desk.shown(booked));
        let again = desk.api.csv(&path, ROWS).await;
        assert_json_snapshot!("import_unchanged", desk.shown(again));
        assert_json_snapshot!("imports", desk.get("/v1/imports").await);
        let bad = "debtor,name,number,issued,due,amount\n\
                   E,Eva,E-1,2026-02-01,2026-13-01,10.00\n\
                   E,Eva,E-2,2026-02-01,2026-03-01,-5.00\n\
                   E,Eva,E-3,2026-02-01,2026-03-01,5.00\n\
                   E,Eva,E-3,2026-02-01,2026-03-01,5.00\n\
                   E,4242 4242 4242 4242,E-4,2026-02-01,2026-03-01,5.00\n\
                   E,Eva,E-5,2026-02-01,2026-03-01,5.001\n";
        let refused = desk.api.csv(&path, bad).await;
        assert!(!refused.body.contains("4242 4242"), "no card number comes back: {}", refused.body);
        assert_json_snapshot!("import_refused", desk.shown(refused));
        assert_eq!(desk.get("/v1/debtors?search=Eva").await["body"]["items"], json!([]), "nothing of it was booked");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_refunds_journal_reminders_and_events_are_answered_whole() {
    on_both(async |product| {
        let mut desk = Desk::open(product).await;
        desk.product.tick().await;
        desk.product.work().await;
        let link = desk.product.link_for(desk.business.creditor.id, &desk.business.bruno).await;
        crate::support::Visitor::sign_in(&desk.product, &link).await.pay_with_card().await;
        desk.product.work().await;
        let payment = first_id(&desk.api.get("/v1/payments").await.json());
        let wish = json!({"payment_id": payment, "amount": {"minor": 990, "currency": "MXN"}, "reason": "returned"});
        let asked = desk.api.post_once("/v1/refunds", &wish, &fresh()).await;
        assert_json_snapshot!("refund_asked", desk.shown(asked));
        desk.product.work().await;
        assert_json_snapshot!("payments", desk.get("/v1/payments").await);
        assert_json_snapshot!("refunds", desk.get("/v1/refunds").await);
        let bruno = desk.business.bruno.id;
        assert_json_snapshot!("statement_after_refund", desk.get(&format!("/v1/debtors/{bruno}/statement")).await);
        assert_json_snapshot!("journal", desk.get("/v1/journal").await);
        assert_json_snapshot!("reminders", desk.get("/v1/reminders").await);
        assert_json_snapshot!("inbound_events", desk.get("/v1/inbound-events").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_widgets_are_answered_whole() {
    on_both(async |product| {
        let mut desk = Desk::open(product).await;
        let ana = desk.business.ana.id;
        let link = desk.api.post_once("/v1/access-links", &json!({"debtor_id": ana}), &fresh()).await;
        assert_json_snapshot!("link_created", desk.shown(link));
        assert_json_snapshot!("links", desk.get(&format!("/v1/access-links?debtor_id={ana}")).await);
        let wish = json!({"debtor_id": ana, "origin": "https://shop.example"});
        let unlisted = desk.api.post("/v1/widget-sessions", &wish).await;
        assert_json_snapshot!("widget_unlisted", desk.shown(unlisted));
        let origins = vec!["https://shop.example".to_owned(), "https://other.example".to_owned()];
        let change = saldo_contract::creditor::UpdateCreditor { widget_origins: Some(origins), ..Default::default() };
        let updated = saldo_app::flows::update_creditor::update(&desk.product.app, desk.business.creditor.id, change);
        updated.await.expect("origins are listed");
        let session = desk.api.post("/v1/widget-sessions", &wish).await.expect(201);
        let token = text(&session.json()["token"]);
        assert_json_snapshot!("widget_session", desk.shown(session));
        let view = crate::widget_stand::every_part(&token);
        let view =
            crate::widget_stand::ask(&desk.product, "/v1/widget/view", Some("https://shop.example"), &view).await;
        assert_eq!(view.expect(200).json()["balance"]["formatted"], "$1,234.50");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_in_one_form() {
    on_both(async |product| {
        let mut desk = Desk::open(product).await;
        let unknown = desk.api.put("/v1/debtors", &json!({"reference": "X", "name": "X", "colour": "red"})).await;
        assert_json_snapshot!("problem_unknown_field", desk.shown(unknown));
        let query = desk.api.get("/v1/debtors?colour=red").await;
        assert_json_snapshot!("problem_unknown_query", desk.shown(query));
        let nobody = Api::new(&desk.product, "").get("/v1/debtors").await;
        assert_json_snapshot!("problem_no_key", desk.shown(nobody));
        let cursor = desk.api.get("/v1/debtors?cursor=yesterday").await;
        assert_json_snapshot!("problem_bad_cursor", desk.shown(cursor));
        let limit = desk.api.get("/v1/debtors?limit=201").await;
        assert_json_snapshot!("problem_limit", desk.shown(limit));
        let missing = desk.api.get("/v1/debtors/none").await;
        assert_json_snapshot!("problem_not_found", desk.shown(missing));
        let amount = json!({"debtor_reference": "ANA", "number": "N", "issued_on": "2026-03-01", "due_on": "2026-03-31",
            "amount": {"minor": 0, "currency": "MXN"}});
        let refused = desk.api.post("/v1/invoices", &amount).await;
        assert_json_snapshot!("problem_amount", desk.shown(refused));
    })
    .await;
}
