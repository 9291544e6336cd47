//! Terms in the console: two people at one draft, and what the editor keeps.

use serde_json::json;

use crate::support::{Api, on_both};
use crate::terms::{draft, publish, two_ten};
use crate::world::{self, text};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_finance_people_the_second_is_told_and_loses_nothing() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let policy = draft(&api, &two_ten("MXN")).await;
        let path = format!("/v1/policies/{}", text(&policy["id"]));
        let edit = |name: &str| json!({"revision": 1, "name": name, "body": two_ten("MXN")});
        api.put(&path, &edit("Of the first")).await.expect(200);
        assert_eq!(api.put(&path, &edit("Of the second")).await.expect(409).code(), "policy_changed");
        assert_eq!(publish(&api, &policy, None).await.expect(409).code(), "policy_changed");
        let finance = world::console(&product, &business.creditor).await;
        let page = format!("/console/terms/{}", text(&policy["id"]));
        let form = [
            ("revision", "1"),
            ("name", "Typed for long"),
            ("currency", "MXN"),
            ("rule", "tiers"),
            ("reduction", "rate"),
            ("tier_1_value", "3,5"),
            ("tier_1_days", "7"),
            ("grace_minutes", "0"),
            ("do", "save"),
        ];
        let told = finance.post(&page, &form).await.expect(409);
        for kept in ["Typed for long", "value=\"3,5\"", "Of the first", "name=\"revision\" value=\"2\""] {
            assert!(told.body.contains(kept), "{kept} is missing: {}", told.body);
        }
        let now = api.get(&path).await.expect(200).json();
        assert_eq!((&now["policy"]["name"], &now["policy"]["revision"]), (&json!("Of the first"), &json!(2)));
        let mut again = form;
        again[0].1 = "2";
        finance.post(&page, &again).await.expect(303);
        let now = api.get(&path).await.expect(200).json();
        assert_eq!(now["policy"]["name"], "Typed for long", "whoever has seen it may replace it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_keeps_what_was_typed_beside_what_is_wrong() {
    on_both(async |product| {
        let business = product.business().await;
        let finance = world::console(&product, &business.creditor).await;
        let page = "/console/terms/new/discount";
        let blank = finance.get(page).await.expect(200);
        assert!(blank.body.contains("2\u{a0}% si se paga hasta el día 10"), "{}", blank.body);
        assert!(blank.body.contains("37,24") || blank.body.contains("37.24"), "the yearly cost: {}", blank.body);
        let form = |value: &'static str, what: &'static str| {
            [
                ("name", "Pronto pago"),
                ("currency", "MXN"),
                ("tag", "mayoreo"),
                ("rule", "tiers"),
                ("reduction", "rate"),
                ("tier_1_value", value),
                ("tier_1_days", "12"),
                ("grace_minutes", "15"),
                ("net_days", "30"),
                ("do", what),
            ]
        };
        for (value, word) in [("101", "menor que 100"), ("dos", "porcentaje"), ("2.555", "dos decimales")] {
            let refused = finance.post(page, &form(value, "save")).await.expect(422);
            for kept in ["Pronto pago", "mayoreo", &format!("value=\"{value}\""), "tier_1_value-problem", word] {
                assert!(refused.body.contains(kept), "{value}: {kept} is missing: {}", refused.body);
            }
        }
        let read = finance.post(page, &form("3", "read")).await.expect(200);
        assert!(read.body.contains("3\u{a0}% si se paga hasta el día 12"), "{}", read.body);
        assert!(finance.post(page, &form("3", "replay")).await.expect(200).body.contains("id=\"replay\""));
        let api = Api::new(&product, &business.key);
        assert_eq!(api.get("/v1/policies?kind=discount").await.json()["items"], json!([]), "nothing was kept so far");
        let kept = finance.post(page, &form("3", "save")).await.expect(303);
        let path = kept.header("location").to_owned();
        let editor = finance.get(&path).await.expect(200);
        assert!(editor.body.contains("value=\"3\"") && editor.body.contains("mayoreo"), "{}", editor.body);
        let past = finance.post(&format!("{path}/publish"), &[("revision", "1"), ("from_on", "2026-03-01")]).await;
        assert!(past.expect(422).body.contains("from_on-problem"));
        finance.post(&format!("{path}/publish"), &[("revision", "1"), ("from_on", "")]).await.expect(303);
        let shown = finance.get(&format!("{path}?replay=1")).await.expect(200);
        assert!(shown.body.contains("Vigente"), "{}", shown.body);
        finance.get("/console/terms").await.expect(200);
        finance.get("/console/terms/new/late_fee").await.expect(200);
        finance.get("/console/terms/new/nothing").await.expect(404);
    })
    .await;
}
