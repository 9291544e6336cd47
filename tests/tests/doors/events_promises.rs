//! A promise that was not kept is told once, when its day is over where the debtor lives.

use jiff::SignedDuration;
use saldo_tests::product::Setup;
use serde_json::{Value, json};

use crate::events::{events, subscribe};
use crate::support::{Api, on_both_with};
use crate::world::{first_id, fresh, text};

fn may_tell_this_machine(setup: Setup) -> Setup {
    setup.set("SALDO_EVENTS__LOOPBACK", "true")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_promise_is_told_once_and_no_other_one() {
    on_both_with(may_tell_this_machine, async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        subscribe(&api, "accounting", "http://127.0.0.1:9/", &["promise.made", "promise.broken"]).await;
        let promise = async |debtor: &str, minor: Option<i64>| {
            let statement = api.get(&format!("/v1/debtors/{debtor}/statement")).await.expect(200).json();
            let account = &statement["accounts"][0];
            let currency = if minor.is_some() { "MXN" } else { "" };
            let mut wish =
                json!({"debtor_id": debtor, "account_id": account["account_id"], "promised_on": "2026-03-06"});
            if let Some(minor) = minor {
                wish["amount"] = json!({"minor": minor, "currency": currency});
            }
            text(&api.post_once("/v1/promises", &wish, &fresh()).await.expect(201).json()["id"])
        };
        let [ana, bruno, carla] = [&business.ana, &business.bruno, &business.carla].map(|debtor| debtor.id.to_string());
        let (broken, kept, withdrawn) =
            (promise(&ana, None).await, promise(&bruno, Some(5_000)).await, promise(&carla, None).await);
        let paid = json!({"debtor_id": bruno, "amount": {"minor": 5_000, "currency": "MXN"}, "value_on": "2026-03-05",
            "reference": "kept"});
        product.advance(SignedDuration::from_hours(48));
        api.post_once("/v1/bank-payments", &paid, &fresh()).await.expect(201);
        api.post(&format!("/v1/promises/{withdrawn}/cancel"), &json!({})).await.expect(200);
        let told = async || events(&api, "&type=promise.broken").await;
        // Mexico City is six hours behind: the day ends at 06:00.
        for (at, count) in [("2026-03-07T05:59:59Z", 0), ("2026-03-07T06:00:00Z", 1), ("2026-03-09T00:00:00Z", 1)] {
            product.clock.set(at.parse().expect("a moment"));
            product.tick().await;
            product.work().await;
            assert_eq!(told().await.len(), count, "at {at}");
        }
        let event: Value = told().await.remove(0);
        assert_eq!(text(&event["data"]["promise_id"]), broken, "not {kept}");
        assert_eq!((&event["type"], &event["data"]["promised_on"]), (&json!("promise.broken"), &json!("2026-03-06")));
        let listed = api.get(&format!("/v1/promises?debtor_id={ana}")).await.expect(200).json();
        assert_eq!((first_id(&listed), &listed["items"][0]["standing"]), (broken, &json!("broken")));
        assert_eq!(events(&api, "&type=promise.made").await.len(), 3);
    })
    .await;
}
