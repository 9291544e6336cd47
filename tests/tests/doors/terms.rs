//! Terms through the doors: drafts of two people, publication from a date, what a replay and a preview say, late charges.

use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, InvoiceId};
use saldo_domain::quote::{Selection, quote};
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, assert_parity, hours, on_both};
use crate::world::text;

/// 2/10 net 30 in a currency.
pub fn two_ten(currency: &str) -> Value {
    json!({
        "kind": "discount", "segment": {"currency": currency}, "base": "gross", "part_payments": "none",
        "grace_minutes": 15,
        "rule": {"rule": "tiers", "tiers": [tier(10, json!({"reduction": "rate", "rate_bps": 200}))]}
    })
}

fn tier(days: u32, reduction: Value) -> Value {
    json!({"until": {"until": "days_after_issue", "days": days}, "reduction": reduction})
}

pub async fn draft(api: &Api, body: &Value) -> Value {
    api.post("/v1/policies", &json!({"name": "2/10 net 30", "body": body})).await.expect(201).json()
}

pub async fn publish(api: &Api, policy: &Value, from_on: Option<&str>) -> Answer {
    let wish = json!({"revision": policy["revision"], "from_on": from_on});
    api.post(&format!("/v1/policies/{}/publish", text(&policy["id"])), &wish).await
}

/// Issues an invoice and answers how many terms are frozen on it.
async fn issue(product: &Product, business: &Business, number: &str, due_on: &str) -> usize {
    let id = product.invoice((&business.creditor, &business.ana), number, due_on, (100_000, "MXN")).await;
    frozen(product, business.creditor.id, id).await
}

async fn frozen(product: &Product, creditor: CreditorId, id: InvoiceId) -> usize {
    let tx = product.app.store().read_of(creditor).await.expect("the database answers");
    saldo_store::invoice::load(&tx, creditor, id).await.expect("the invoice").invoice.discounts.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_decides_from_its_date_and_not_before() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let policy = draft(&api, &two_ten("MXN")).await;
        assert_eq!((&policy["state"], &policy["in_force"]), (&json!("draft"), &json!(false)));
        assert!(text(&policy["reading"]).starts_with("2\u{a0}% si se paga hasta el día 10"), "{policy}");
        assert_eq!(issue(&product, &business, "D-1", "2026-04-02").await, 0, "a draft decides nothing");
        assert_eq!(publish(&api, &policy, Some("2026-03-02")).await.expect(422).code(), "date_in_past");
        let published = publish(&api, &policy, Some("2026-03-05")).await.expect(200).json();
        assert_eq!(published["from_at"], "2026-03-05T06:00:00Z", "midnight in Mexico");
        assert_eq!(issue(&product, &business, "D-2", "2026-04-02").await, 0, "not before its date");
        assert_eq!(publish(&api, &published, None).await.expect(409).code(), "policy_not_draft");
        product.advance(hours(39));
        assert_eq!(product.app.now(), at("2026-03-05T06:00:00Z"));
        assert_eq!(issue(&product, &business, "D-3", "2026-04-04").await, 1);
        let path = format!("/v1/policies/{}", text(&policy["id"]));
        api.post(&format!("{path}/withdraw"), &json!({})).await.expect(200);
        assert_eq!(api.post(&format!("{path}/withdraw"), &json!({})).await.expect(409).code(), "policy_not_published");
        assert_eq!(issue(&product, &business, "D-4", "2026-04-04").await, 0, "withdrawn");
        let history = api.get(&path).await.expect(200).json();
        assert_eq!(history["versions"][0]["state"], "withdrawn");
    })
    .await;
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_takes_over_and_the_old_terms_stay_frozen() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let first = draft(&api, &two_ten("MXN")).await;
        publish(&api, &first, None).await.expect(200);
        let id = product.invoice((&business.creditor, &business.bruno), "V-1", "2026-04-02", (100_000, "MXN")).await;
        let revise = format!("/v1/policies/{}/revise", text(&first["id"]));
        let second = api.post(&revise, &json!({})).await.expect(200).json();
        let again = api.post(&revise, &json!({})).await.expect(200).json();
        assert_eq!(second["id"], again["id"], "one draft at a time");
        let mut better = two_ten("MXN");
        better["rule"]["tiers"][0]["reduction"]["rate_bps"] = json!(500);
        let edit = json!({"revision": second["revision"], "name": "5/10", "body": better});
        let second = api.put(&format!("/v1/policies/{}", text(&second["id"])), &edit).await.expect(200).json();
        publish(&api, &second, Some("2026-03-10")).await.expect(200);
        let versions = api.get(&format!("/v1/policies/{}", text(&first["id"]))).await.expect(200).json();
        assert_eq!(versions["policy"]["until_at"], "2026-03-10T06:00:00Z", "the first ends where the second begins");
        product.advance(hours(24 * 8));
        let tx = product.app.store().read_of(business.creditor.id).await.expect("the database answers");
        let kept = saldo_store::invoice::load(&tx, business.creditor.id, id).await.expect("the invoice").invoice;
        let wire = serde_json::to_value(&kept.discounts).expect("terms");
        assert_eq!(wire[0]["offer"]["steps"][0]["saved"]["minor"], 2_000, "2 %, whatever the policy says now");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_could_mean_is_refused_and_changes_nothing() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let rate = |bps: u32| json!({"reduction": "rate", "rate_bps": bps});
        let with = |tiers: Value| {
            let mut body = two_ten("MXN");
            body["rule"]["tiers"] = tiers;
            body
        };
        let mut reversed = two_ten("MXN");
        reversed["segment"]["amount_min"] = json!({"minor": 200, "currency": "MXN"});
        reversed["segment"]["amount_max"] = json!({"minor": 100, "currency": "MXN"});
        let fixed = json!({"reduction": "fixed", "amount": {"minor": 100, "currency": "USD"}});
        let mut unknown = two_ten("MXN");
        unknown["surprise"] = json!(true);
        let table = [
            ("above 100 %", with(json!([tier(10, rate(10_100))])), 422, "rate_above_whole"),
            ("nothing", with(json!([tier(10, rate(0))])), 422, "rate_zero"),
            ("later and better", with(json!([tier(10, rate(100)), tier(20, rate(200))])), 422, "tiers_unordered"),
            ("later in the list", with(json!([tier(20, rate(200)), tier(10, rate(100))])), 422, "tiers_unordered"),
            ("no tier", with(json!([])), 422, "tiers_unordered"),
            ("days without end", with(json!([tier(5_000, rate(100))])), 422, "days_out_of_range"),
            ("another currency", with(json!([tier(10, fixed)])), 422, "currency_mismatch"),
            ("an empty segment", reversed, 422, "segment_empty"),
            ("a field that we do not know", unknown, 400, "malformed"),
            ("a currency that nobody knows", two_ten("ZZZ"), 400, "malformed"),
        ];
        for (why, body, status, code) in table {
            let answer = api.post("/v1/policies", &json!({"name": why, "body": body})).await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{why}: {}", answer.body);
        }
        assert_eq!(api.get("/v1/policies?kind=discount").await.json()["items"], json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_policies_for_the_same_invoices_are_refused() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let first = draft(&api, &two_ten("MXN")).await;
        publish(&api, &first, Some("2026-03-20")).await.expect(200);
        let second = draft(&api, &two_ten("MXN")).await;
        assert_eq!(publish(&api, &second, None).await.expect(409).code(), "policies_overlap");
        let kept = api.get(&format!("/v1/policies/{}", text(&second["id"]))).await.json();
        assert_eq!((&kept["policy"]["state"], &kept["policy"]["revision"]), (&json!("draft"), &json!(1)));
        let mut tagged = two_ten("MXN");
        tagged["segment"]["tag"] = json!("wholesale");
        let tagged = draft(&api, &tagged).await;
        publish(&api, &tagged, None).await.expect(200);
        let dollars = draft(&api, &two_ten("USD")).await;
        publish(&api, &dollars, None).await.expect(200);
        api.post(&format!("/v1/policies/{}/withdraw", text(&first["id"])), &json!({})).await.expect(200);
        publish(&api, &second, None).await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_says_what_a_controller_would_work_out() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let csv = "debtor,number,issued,due,amount,paid\n\
                   ANA,R-1,2026-01-01,2026-01-31,1000.00,2026-01-10\n\
                   ANA,R-2,2026-01-05,2026-02-04,2000.00,2026-02-04\n\
                   BRUNO,R-3,2026-01-10,2026-02-09,500.00,2026-03-01\n";
        let map =
            "debtor_reference=debtor,invoice_number=number,issued_on=issued,due_on=due,amount=amount,settled_on=paid";
        api.csv(&format!("/v1/imports?map={map}"), csv.to_owned()).await.expect(200);
        let mut policy = two_ten("MXN");
        policy.as_object_mut().expect("an object").remove("kind");
        let replay = api.post("/v1/policies/replay", &json!({"policy": policy})).await.expect(200).json();
        let minor = |name: &str| replay[name]["minor"].clone();
        assert_eq!((&replay["read_count"], &replay["covered_count"]), (&json!(3), &json!(3)));
        assert_eq!((&replay["taken_count"], minor("cost_min")), (&json!(1), json!(2_000)), "R-1 was in time anyway");
        assert_eq!((&replay["movable_count"], minor("cost_max")), (&json!(2), json!(7_000)), "20 + 40 + 10");
        assert_eq!(minor("earlier"), json!(245_000), "1,960 and 490");
        // 1,960 for 20 days and 490 for 40 days.
        assert_eq!(replay["earlier_days"], "24.0");
        assert_eq!(replay["truncated"], json!(false));
        let january = &replay["months"][0];
        assert_eq!(
            (&january["received"]["minor"], &january["would_receive"]["minor"]),
            (&json!(100_000), &json!(343_000))
        );
        assert_eq!(replay["months"].as_array().map(Vec::len), Some(3));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_what_will_be_charged() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let wish = json!({"debtor_reference": "ANA", "due_on": "2026-04-02", "issued_on": "2026-03-03",
            "amount": {"minor": 33_333, "currency": "MXN"}});
        let plain = api.post("/v1/previews", &wish).await.expect(200).json();
        assert_eq!((&plain["now"], &plain["steps"]), (&json!(null), &json!([])));
        let policy = draft(&api, &two_ten("MXN")).await;
        publish(&api, &policy, None).await.expect(200);
        let preview = api.post("/v1/previews", &wish).await.expect(200).json();
        assert_eq!(preview["now"]["saved"]["minor"], 667, "6.6666");
        assert_eq!(preview["steps"][0]["until_on"], "2026-03-13");
        let id = product.invoice((&business.creditor, &business.ana), "P-1", "2026-04-02", (33_333, "MXN")).await;
        let tx = product.app.store().read_of(business.creditor.id).await.expect("the database answers");
        let snapshot = saldo_store::snapshot::load(&tx, business.creditor.id, business.ana.id).await.expect("ana");
        let account = &snapshot.accounts[0];
        let only = Selection::Items { invoice_ids: vec![id] };
        let quoted = quote(&snapshot, account.id, &only, account.balance_version, product.app.now()).expect("a quote");
        assert_eq!(json!(quoted.amount.minor()), preview["now"]["pay"]["minor"]);
        let early = json!({"due_on": "2026-03-01", "issued_on": "2026-03-03", "amount": wish["amount"]});
        assert_eq!(api.post("/v1/previews", &early).await.expect(422).code(), "due_before_issue");
        let nobody = json!({"debtor_reference": "NOBODY", "due_on": "2026-04-02", "amount": wish["amount"]});
        assert_eq!(api.post("/v1/previews", &nobody).await.expect(404).code(), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_charges_are_items_of_their_own_and_come_once() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let body = json!({
            "kind": "late_fee", "segment": {"currency": "MXN"}, "grace_days": 2,
            "fee": {"fee": "flat", "amount": {"minor": 5_000, "currency": "MXN"}},
            "annual_rate_bps": 3_650, "period_days": 5, "cap": {}
        });
        let policy = draft(&api, &body).await;
        publish(&api, &policy, None).await.expect(200);
        let id = product.invoice((&business.creditor, &business.bruno), "L-1", "2026-03-10", (100_000, "MXN")).await;
        // Twelve days later seven days of interest are over: one period of five.
        for _ in 0..18 {
            product.advance(hours(24));
            product.tick().await;
            product.work().await;
        }
        let invoices = api.get(&format!("/v1/invoices?debtor_id={}", business.bruno.id)).await.expect(200).json();
        let charged: Vec<(String, i64)> = invoices["items"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|row| text(&row["number"]).starts_with("L-1/"))
            .map(|row| (text(&row["number"]), row["amount"]["minor"].as_i64().expect("an amount")))
            .collect();
        // 0.1 % a day of 1,000.00 for five days.
        assert_eq!(charged, [("L-1/fee".to_owned(), 5_000), ("L-1/interest-1".to_owned(), 500)]);
        assert_parity(&product).await;
        let tx = product.app.store().read_of(business.creditor.id).await.expect("the database answers");
        let lines = saldo_store::late_charge::list_of(&tx, business.creditor.id, &[id]).await.expect("lines");
        assert_eq!(lines[1].line.days, 5);
        assert_eq!(lines[1].line.base.minor(), 100_000);
    })
    .await;
}
