//! Money that goes back opens what it had paid.

use serde_json::{Value, json};

use crate::support::{Api, assert_parity, on_both};
use crate::world::{first_id, fresh, text};

fn wish(payment: &str, minor: i64) -> Value {
    json!({"payment_id": payment, "amount": {"minor": minor, "currency": "MXN"}, "reason": "returned goods"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_of_a_part_and_then_of_the_rest_opens_the_item_again() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let link = product.link_for(business.creditor.id, &business.bruno).await;
        let bruno = crate::support::Visitor::sign_in(&product, &link).await;
        bruno.pay_with_card().await;
        product.work().await;
        let payment = first_id(&api.get("/v1/payments").await.json());
        let invoice = first_id(&api.get(&format!("/v1/invoices?debtor_id={}", business.bruno.id)).await.json());
        let invoice = async || api.get(&format!("/v1/invoices/{invoice}")).await.expect(200).json();
        assert_eq!(invoice().await["status"], "paid");

        let part = api.post_once("/v1/refunds", &wish(&payment, 4_000), &fresh()).await.expect(201).json();
        assert_eq!(part["state"], "requested");
        let too_much = api.post_once("/v1/refunds", &wish(&payment, 5_991), &fresh()).await.expect(422);
        assert_eq!(too_much.code(), "refund_above_payment");
        product.work().await;
        let part = api.get(&format!("/v1/refunds/{}", text(&part["id"]))).await.expect(200).json();
        assert_eq!(part["state"], "succeeded");
        let open = invoice().await;
        assert_eq!((&open["status"], &open["outstanding"]["minor"]), (&json!("open"), &json!(4_000)));
        assert_parity(&product).await;

        api.post_once("/v1/refunds", &wish(&payment, 5_990), &fresh()).await.expect(201);
        product.work().await;
        let open = invoice().await;
        assert_eq!((&open["status"], &open["outstanding"]["minor"]), (&json!("open"), &json!(9_990)));
        let paid = api.get(&format!("/v1/payments/{payment}")).await.expect(200).json();
        assert_eq!(paid["refunded"]["minor"], 9_990);
        let nothing_left = api.post_once("/v1/refunds", &wish(&payment, 1), &fresh()).await.expect(422);
        assert_eq!(nothing_left.code(), "refund_above_payment");
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_refund_asked_for_twice_is_one_refund() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        crate::support::ana(&product, &business).await.pay_with_card().await;
        product.work().await;
        let payment = first_id(&api.get("/v1/payments").await.json());
        let key = fresh();
        let both = futures::future::join(
            api.post_once("/v1/refunds", &wish(&payment, 1_000), &key),
            api.post_once("/v1/refunds", &wish(&payment, 1_000), &key),
        )
        .await;
        assert_eq!((both.0.status, both.1.status), (201, 201), "{both:?}");
        assert_eq!(both.0.body, both.1.body);
        product.work().await;
        let refunds = api.get("/v1/refunds").await.json();
        assert_eq!(refunds["items"].as_array().map(Vec::len), Some(1), "{refunds}");
        let paid = api.get(&format!("/v1/payments/{payment}")).await.json();
        assert_eq!(paid["refunded"]["minor"], 1_000);
        for currency in ["USD", "CLP"] {
            let mut other = wish(&payment, 1_000);
            other["amount"]["currency"] = json!(currency);
            assert_eq!(api.post_once("/v1/refunds", &other, &fresh()).await.status, 422);
        }
        assert_parity(&product).await;
    })
    .await;
}
