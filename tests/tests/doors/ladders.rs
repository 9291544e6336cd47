//! A ladder's own hours may only tighten the law's.

use serde_json::{Value, json};

use crate::support::{Api, on_both};

fn ladder(own_rules: &Value) -> Value {
    let step = json!({"counts_from": "due_date", "offset": 3, "channels": ["email"], "template": "overdue"});
    let body = json!({"kind": "dunning", "segment": {"currency": "USD"}, "steps": [step], "own_rules": own_rules});
    json!({"name": "En dólares", "body": body})
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_that_are_looser_than_the_countrys_rules_are_refused_and_nothing_is_kept() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let before = api.get("/v1/policies?kind=dunning").await.expect(200).json()["items"].clone();
        for (own_rules, code) in [
            (json!({"from": "05:00:00"}), "contact_rules_looser"),
            (json!({"until": "23:00:00"}), "contact_rules_looser"),
            (json!({"per_day_max": 9}), "contact_rules_looser"),
            (json!({"from": "12:00:00", "until": "11:00:00"}), "hours_unordered"),
        ] {
            let refused = api.post("/v1/policies", &ladder(&own_rules)).await.expect(422);
            assert_eq!(refused.code(), code, "{own_rules}");
        }
        assert_eq!(api.get("/v1/policies?kind=dunning").await.json()["items"], before);
        let tighter = json!({"from": "09:30:00", "until": "17:00:00", "per_day_max": 1, "closed": ["saturday"]});
        api.post("/v1/policies", &ladder(&tighter)).await.expect(201);
    })
    .await;
}
