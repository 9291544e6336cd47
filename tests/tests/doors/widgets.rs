//! What widgets show: what the statement says, no more than the token covers, and only on the site that it is bound to.

use serde_json::{Value, json};

use crate::plan_stand::{in_force, template};
use crate::support::{ana, on_both};
use crate::widget_stand::{OTHER, SHOP, Shop, every_part, list_sites};
use crate::world::text;

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_says_what_the_statement_says() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        in_force(&product, shop.business.creditor.id, template()).await;
        let answer = shop.view(&shop.all().await).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), SHOP);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(answer.header("vary"), "origin");
        let view = answer.json();
        assert_eq!(view["balance"]["amount_due"], json!({"minor": 123_450, "currency": "MXN"}));
        assert_eq!(view["balance"]["formatted"], "$1,234.50");
        assert_eq!(view["balance"]["state"], "overdue");
        assert_eq!(view["balance"]["items_text"], "3 facturas abiertas");
        assert_eq!(view["locale"], "es-MX");
        assert_eq!(view["statement"]["items"].as_array().map(Vec::len), Some(3));
        assert_eq!(view["statement"]["items"][0]["state_text"], "Venció hace 11 días");
        assert_eq!(view["choices"]["plans"][0]["default_count"], 6);
        assert_eq!(view["choices"]["plans"][0]["schedule_default"].as_array().map(Vec::len), Some(6));
        assert_eq!(view["reminder"]["tone"], "urgent");
        assert!(view["plan"].is_null());
        let page = ana(&product, &shop.business).await.get("/statement").await.expect(200).body;
        assert!(page.contains("$1,234.50"), "the statement's own amount");
        let wish =
            json!({"token": shop.all().await, "parts": ["balance"], "locale": "en-US", "currency_display": "code"});
        let english = shop.ask("/v1/widget/view", Some(SHOP), &wish).await.expect(200).json();
        assert_eq!(english["balance"]["formatted"], "MXN\u{a0}1,234.50");
        assert_eq!(english["words"]["pay"], "Pay");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_revision_is_not_sent_again() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let token = shop.all().await;
        let first = text(&shop.view(&token).await.expect(200).json()["revision"]);
        let mut again = every_part(&token);
        again["known"] = json!(first);
        product.advance(jiff::SignedDuration::from_secs(30));
        assert_eq!(shop.ask("/v1/widget/view", Some(SHOP), &again).await.expect(204).body, "");
        ana(&product, &shop.business).await.pay_with_card().await;
        product.work().await;
        let paid = shop.ask("/v1/widget/view", Some(SHOP), &again).await.expect(200).json();
        assert_eq!(paid["balance"]["state"], "paid");
        assert!(paid["reminder"].is_null(), "nobody who has paid is reminded");
        assert_ne!(paid["revision"], json!(first));
    })
    .await;
}

/// Which parts each scope gives.
#[tokio::test(flavor = "multi_thread")]
async fn a_widget_never_shows_more_than_its_scope() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        in_force(&product, shop.business.creditor.id, template()).await;
        let parts = ["balance", "statement", "choices", "plan", "reminder"];
        for (scope, shown) in [
            ("balance", vec!["balance", "reminder"]),
            ("statement", vec!["statement"]),
            ("pay", vec!["choices"]),
            ("plan", vec!["choices"]),
        ] {
            let view = shop.view(&shop.token(&[scope]).await).await.expect(200).json();
            let there: Vec<_> = parts.into_iter().filter(|part| !view[*part].is_null()).collect();
            assert_eq!(there, shown, "{scope}");
            let choices = &view["choices"];
            let plans = choices["plans"].as_array().map_or(0, Vec::len);
            assert_eq!((choices["full"].is_object(), plans), (scope == "pay", usize::from(scope == "plan")), "{scope}");
            for item in view["statement"]["items"].as_array().into_iter().flatten() {
                assert_eq!(item["payable"], false, "{scope}");
            }
        }
        let wish = json!({"debtor_id": shop.business.ana.id, "origin": SHOP, "scopes": ["admin"]});
        let refused = shop.api.post("/v1/widget-sessions", &wish);
        assert_eq!(refused.await.expect(400).code(), "malformed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_token_opens_nothing_elsewhere() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let token = shop.all().await;
        for (origin, why) in [
            (None, "no origin"),
            (Some("null"), "a sandboxed frame"),
            (Some(OTHER), "another site of the same creditor"),
            (Some("https://evil.example"), "a foreign site"),
            (Some("http://shop.example"), "without TLS"),
            (Some("https://shop.example."), "with a point"),
        ] {
            assert_eq!(shop.code(origin, &token).await, (403, "origin_unlisted".to_owned()), "{why}");
        }
        list_sites(&product, shop.business.creditor.id, &[OTHER]).await;
        assert_eq!(shop.code(Some(SHOP), &token).await, (403, "origin_unlisted".to_owned()), "taken off the list");
        list_sites(&product, shop.business.creditor.id, &[SHOP]).await;
        assert_eq!(shop.code(Some(SHOP), &token).await.0, 200);
        product.advance(jiff::SignedDuration::from_mins(15));
        assert_eq!(shop.code(Some(SHOP), &token).await, (401, "token_expired".to_owned()));
        let link = product.link_for(shop.business.creditor.id, &shop.business.ana).await;
        for bad in ["", "x", &shop.business.key, link.rsplit('/').next().expect("a token"), &"a".repeat(3_000)] {
            assert_eq!(shop.code(Some(SHOP), bad).await, (401, "token_invalid".to_owned()), "{bad}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_read_strictly_and_nothing_is_asked_beforehand() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let token = shop.all().await;
        let mut beyond = every_part(&token);
        beyond["colour"] = json!("red");
        let mut large = every_part(&token);
        large["known"] = json!("x".repeat(5_000));
        let unknown = json!({"token": token, "parts": ["secrets"]});
        for body in [beyond, large, unknown, json!([]), json!({"token": token})] {
            let answer = shop.ask("/v1/widget/view", Some(SHOP), &body).await.expect(400);
            assert_eq!(answer.code(), "malformed");
            assert_eq!(answer.header("access-control-allow-origin"), SHOP, "the page may read why");
        }
        let url = format!("{}/v1/widget/view", product.url);
        let typed = product.client().post(&url).header("origin", SHOP).json(&every_part(&token)).send().await;
        assert_eq!(typed.expect("an answer").status(), 400, "JSON would ask beforehand");
        let asked = product.client().request(reqwest::Method::OPTIONS, &url).header("origin", SHOP).send().await;
        assert_eq!(asked.expect("an answer").status(), 405);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_put_away_for_a_day_or_for_good() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let reminder = async || shop.view(&shop.all().await).await.expect(200).json()["reminder"].clone();
        let put_away = async |id: &Value, until: &str| {
            let wish = json!({"token": shop.all().await, "reminder_id": id, "until": until});
            shop.ask("/v1/widget/dismissals", Some(SHOP), &wish).await
        };
        let first = reminder().await;
        put_away(&first["id"], "later").await.expect(204);
        assert!(reminder().await.is_null());
        product.advance(jiff::SignedDuration::from_hours(25));
        assert_eq!(reminder().await["id"], first["id"]);
        put_away(&first["id"], "for_good").await.expect(204);
        product.advance(jiff::SignedDuration::from_hours(48));
        assert!(reminder().await.is_null());
        put_away(&json!(uuid::Uuid::now_v7()), "later").await.expect(404);
        let narrow = json!({"token": shop.token(&["pay"]).await, "reminder_id": first["id"], "until": "later"});
        shop.ask("/v1/widget/dismissals", Some(SHOP), &narrow).await.expect(403);
    })
    .await;
}
