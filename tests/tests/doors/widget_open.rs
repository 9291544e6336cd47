//! From a widget to our own pages: a form of the right site begins a session of the token's scope, and nothing else does.

use serde_json::json;

use crate::plan_stand::{in_force, template};
use crate::support::{Answer, Visitor, on_both};
use crate::widget_stand::{OTHER, SHOP, Shop};
use crate::world::text;

/// A browser that sends the widget's form from a site.
async fn send(shop: &Shop<'_>, origin: Option<&str>, fields: &[(&str, &str)]) -> (Visitor, Answer) {
    let client = shop.product.client();
    let request = client.post(format!("{}/widgets/v1/open", shop.product.url)).header("sec-fetch-site", "cross-site");
    let request = match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    };
    let answer = Answer::of(request.form(fields).send().await.expect("an answer")).await;
    (Visitor { client, url: shop.product.url.clone() }, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_a_widget_leads_to_a_clean_page_with_the_way_back() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let token = shop.all().await;
        let back = "https://other.example/account?tab=2";
        let fields = [("token", token.as_str()), ("to", "pay"), ("return_url", back), ("locale", "en")];
        let (browser, answer) = send(&shop, Some(SHOP), &fields).await;
        let answer = answer.expect(303);
        assert!(answer.header("location").starts_with("/pay?account="), "{}", answer.header("location"));
        assert!(!answer.header("location").contains(&token[..20]));
        assert_eq!(answer.header("cross-origin-opener-policy"), "", "the opener sees that its window closed");
        let page = browser.get(answer.header("location")).await.expect(200);
        assert!(page.body.contains("Back to other.example") && page.body.contains(&back.replace('&', "&amp;")));
        assert_eq!(page.header("cross-origin-opener-policy"), "");
        assert!(browser.get("/statement").await.expect(200).body.contains("Back to other.example"));
        let attempt = browser.pay_with_card().await;
        product.work().await;
        assert!(browser.get(&format!("/pay/{attempt}")).await.expect(200).body.contains("Back to other.example"));
        for foreign in ["https://evil.example/", "javascript:alert(1)", "https://shop.example@evil.example/"] {
            let fields = [("token", token.as_str()), ("to", "statement"), ("return_url", foreign)];
            let (browser, answer) = send(&shop, Some(SHOP), &fields).await;
            answer.expect(303);
            let page = browser.get("/statement").await.expect(200).body;
            assert!(!page.contains("evil.example") && !page.contains("javascript:"), "{foreign}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_items_and_a_chosen_plan_come_along() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let template_id = in_force(&product, shop.business.creditor.id, template()).await.to_string();
        let token = shop.all().await;
        let view = shop.view(&token).await.expect(200).json();
        let items: Vec<String> = (0..2).map(|place| text(&view["statement"]["items"][place]["id"])).collect();
        let fields = [("token", token.as_str()), ("to", "pay"), ("item", &items[0]), ("item", &items[1])];
        let (browser, answer) = send(&shop, Some(SHOP), &fields).await;
        let location = answer.expect(303).header("location").to_owned();
        assert!(items.iter().all(|item| location.contains(item)), "{location}");
        browser.get(&location).await.expect(200);
        let fields = [
            ("token", token.as_str()),
            ("to", "plan"),
            ("template", template_id.as_str()),
            ("count", "3"),
            ("first_on", "2026-03-20"),
        ];
        let (browser, answer) = send(&shop, Some(SHOP), &fields).await;
        let location = answer.expect(303).header("location").to_owned();
        assert!(location.contains("&count=3&first_on=2026-03-20"), "{location}");
        assert!(browser.get(&location).await.expect(200).body.contains("20 de marzo de 2026"));
        let foreign = uuid::Uuid::now_v7().to_string();
        let (_, answer) = send(&shop, Some(SHOP), &[("token", &token), ("to", "pay"), ("item", &foreign)]).await;
        assert!(!answer.expect(303).header("location").contains(&foreign));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_or_a_token_that_ended_begins_no_session() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let token = shop.all().await;
        for (origin, status) in
            [(None, 403), (Some("null"), 403), (Some(OTHER), 403), (Some("https://evil.example"), 403)]
        {
            let (browser, answer) = send(&shop, origin, &[("token", &token), ("to", "pay")]).await;
            assert_eq!(answer.header("set-cookie"), "", "{origin:?}");
            answer.expect(status);
            browser.get("/statement").await.expect(401);
        }
        product.advance(jiff::SignedDuration::from_mins(15));
        let back = "https://shop.example/account";
        let fields = [("token", token.as_str()), ("to", "pay"), ("return_url", back)];
        let (browser, answer) = send(&shop, Some(SHOP), &fields).await;
        let answer = answer.expect(410);
        assert!(answer.body.contains(back) && answer.body.contains("shop.example"), "the way back");
        browser.get("/statement").await.expect(401);
        let (_, answer) = send(&shop, Some(SHOP), &[("token", "x"), ("to", "pay"), ("return_url", back)]).await;
        assert!(!answer.expect(410).body.contains(back), "nobody known lists this site");
    })
    .await;
}

/// Which pages a session of each scope reaches.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_reaches_no_more_than_its_token_covered() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        in_force(&product, shop.business.creditor.id, template()).await;
        for (scope, to, reached) in [
            ("pay", "pay", ["/pay"].as_slice()),
            ("plan", "plan", &["/plan/new"]),
            ("statement", "statement", &["/statement", "/profile", "/preferences"]),
        ] {
            let token = shop.token(&[scope]).await;
            let (browser, answer) = send(&shop, Some(SHOP), &[("token", &token), ("to", to)]).await;
            answer.expect(303);
            for page in ["/pay", "/plan/new", "/statement", "/profile", "/preferences", "/dispute", "/transfer"] {
                let status = browser.get(page).await.status;
                let own = reached.contains(&page) || scope == "statement" && ["/dispute", "/transfer"].contains(&page);
                assert_eq!(status == 404, !own, "{scope} {page}: {status}");
            }
            for other in ["pay", "statement", "plan"] {
                let (_, answer) = send(&shop, Some(SHOP), &[("token", &token), ("to", other)]).await;
                assert_eq!(answer.status, if other == to { 303 } else { 403 }, "{scope} to {other}");
            }
        }
        let balance = shop.token(&["balance"]).await;
        for to in ["pay", "statement", "choices", "plan", "instalment", "elsewhere"] {
            let (_, answer) = send(&shop, Some(SHOP), &[("token", &balance), ("to", to)]).await;
            assert!(matches!(answer.status, 400 | 403), "{to}: {}", answer.status);
        }
        let view = shop.view(&shop.all().await).await.expect(200).json();
        assert_eq!(view["open"], json!(format!("{}/widgets/v1/open", product.url)));
    })
    .await;
}
