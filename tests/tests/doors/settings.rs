//! What finance sets: prices of channels, invoices by mail, the paper; and what rehearsals make of them.

use saldo_domain::member::Role;
use serde_json::{Value, json};

use crate::support::{Api, on_both};
use crate::world::{console_as, text};

#[tokio::test(flavor = "multi_thread")]
async fn prices_are_the_creditors_own_and_a_rehearsal_says_where_one_is_missing() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let ladder = api.get("/v1/policies?kind=dunning").await.expect(200).json()["items"][0].clone();
        let rehearse = async || {
            let wish = json!({"policy_id": ladder["id"]});
            api.post("/v1/rehearsals", &wish).await.expect(201).json()
        };
        let unset = rehearse().await;
        let cost = &unset["costs"][0];
        assert_eq!((&cost["channel"], &cost["price"], &cost["cost"]), (&json!("email"), &Value::Null, &Value::Null));
        let finance = console_as(&product, &business.creditor, Role::Finance).await;
        let page = |rehearsal: &Value| format!("/console/reminders/rehearsals/{}", text(&rehearsal["id"]));
        assert!(finance.get(&page(&unset)).await.expect(200).body.contains("id=\"prices-unset\""));

        let form = [
            ("send_invoices", "1"),
            ("paper", "a4"),
            ("price_email", "0.05"),
            ("currency_email", "MXN"),
            ("price_letter", "18.50"),
            ("currency_letter", "MXN"),
        ];
        finance.post("/console/settings", &form).await.expect(303);
        let creditor = api.get("/v1/creditor").await.expect(200).json();
        let price =
            |channel: &str, minor: i64| json!({"channel": channel, "price": {"minor": minor, "currency": "MXN"}});
        assert_eq!(creditor["channel_prices"], json!([price("email", 5), price("letter", 1850)]));
        assert_eq!((&creditor["send_invoices"], &creditor["paper"]), (&json!(true), &json!("a4")));
        let set = rehearse().await;
        let count = set["costs"][0]["count"].as_i64().expect("a count");
        assert_eq!(set["costs"][0]["cost"], json!({"minor": count * 5, "currency": "MXN"}), "{set}");
        assert!(!finance.get(&page(&set)).await.expect(200).body.contains("id=\"prices-unset\""));
        let shown = finance.get("/console/settings").await.expect(200).body;
        assert!(shown.contains("value=\"18.50\"") && shown.contains("id=\"paper\""), "{shown}");

        for (field, value) in [("price_sms", "lots"), ("price_sms", "-1"), ("currency_letter", "XXQ")] {
            let bad: Vec<(&str, &str)> = form.iter().copied().filter(|(name, _)| *name != field).collect();
            let bad = [&bad[..], &[(field, value), ("currency_sms", "MXN")]].concat();
            let refused = finance.post("/console/settings", &bad).await.expect(422).body;
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field}: {refused}");
        }
        let twice = json!({"channel_prices": [price("sms", 1), price("sms", 2)]});
        api.patch("/v1/creditor", &twice).await.expect(400);
        assert_eq!(api.get("/v1/creditor").await.json()["channel_prices"], creditor["channel_prices"]);
        api.patch("/v1/creditor", &json!({"paper": "by_country"})).await.expect(200);
        let usual = api.get("/v1/creditor").await.json();
        assert_eq!((&usual["paper"], &usual["paper_is_set"]), (&json!("letter"), &json!(false)), "Mexico");
        let viewer = console_as(&product, &business.creditor, Role::Viewer).await;
        viewer.post("/console/settings", &form).await.expect(403);
        let audit = api.get("/v1/audit").await.expect(200).body;
        assert!(audit.contains("creditor_changed") && audit.contains("1850"), "{audit}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsed_message_is_shown_in_its_words_and_nothing_is_made_of_it() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let ladder = api.get("/v1/policies?kind=dunning").await.expect(200).json()["items"][0].clone();
        let made = api.post("/v1/rehearsals", &json!({"policy_id": ladder["id"]})).await.expect(201).json();
        let id = text(&made["id"]);
        let lines = api.get(&format!("/v1/rehearsals/{id}/messages?limit=200")).await.expect(200).json();
        let links = api.get(&format!("/v1/access-links?debtor_id={}", business.ana.id)).await.expect(200).body;
        let of_ana: Vec<&Value> = lines["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter(|line| line["debtor_id"] == json!(business.ana.id.to_string()))
            .collect();
        assert!(!of_ana.is_empty(), "{lines}");
        for line in of_ana {
            let said = api.get(&format!("/v1/rehearsals/{id}/text?place={}", line["place"])).await.expect(200).json();
            assert_eq!(
                (&said["template"], &said["channel"], &said["at"]),
                (&line["template"], &line["channel"], &line["at"])
            );
            let words = text(&said["text"]);
            assert!(words.contains("Ana Torres") && words.contains("saldo.example"), "{words}");
            assert!(said["subject"].is_string() && said["language"] == "es", "{said}");
        }
        assert_eq!(api.get(&format!("/v1/access-links?debtor_id={}", business.ana.id)).await.body, links);
        api.get(&format!("/v1/rehearsals/{id}/text?place=9999")).await.expect(404);
        let finance = console_as(&product, &business.creditor, Role::Finance).await;
        let page = format!("/console/reminders/rehearsals/{id}");
        let list = finance.get(&page).await.expect(200).body;
        assert!(list.contains(&format!("{page}/text?place=1")), "{list}");
        let shown = finance.get(&format!("{page}/text?place=1")).await.expect(200).body;
        assert!(shown.contains("id=\"words\"") && shown.contains("saldo.example"), "{shown}");
    })
    .await;
}
