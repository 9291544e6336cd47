//! The console's page of subscribers: a secret once, what was told, once more, and who may.

use std::sync::Arc;

use saldo_app::jobs;
use saldo_domain::member::Permission::Terms;

use crate::access_pages::{NO_IDS, Page, of_console};
use crate::events_stand::{Internet, Mood, Receiver};
use crate::support::on_both_with;
use crate::world::{self, Ids};

/// The rows of the table of pages.
pub fn pages() -> Vec<Page> {
    let one: fn(&Ids) -> Vec<String> = |ids| vec![ids.subscriber.clone()];
    vec![
        of_console("GET", "/console/subscribers", Terms, NO_IDS, 200),
        Page {
            form: &[("name", "the table"), ("url", "https://93.184.216.34/")],
            ..of_console("POST", "/console/subscribers", Terms, NO_IDS, 200)
        },
        of_console("GET", "/console/subscribers/{subscriber}", Terms, one, 200),
        of_console("POST", "/console/subscribers/{subscriber}/rotate", Terms, one, 200),
        of_console("POST", "/console/subscribers/{subscriber}/disable", Terms, one, 303),
        of_console("POST", "/console/subscribers/{subscriber}/enable", Terms, one, 303),
        of_console("POST", "/console/subscribers/{subscriber}/test", Terms, one, 303),
        Page {
            form: &[("since", "2026-01-01")],
            ..of_console("POST", "/console/subscribers/{subscriber}/replay", Terms, one, 303)
        },
        of_console("POST", "/console/subscribers/{subscriber}/delete", Terms, one, 303),
    ]
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let rest = page.split(start).nth(1).unwrap_or_else(|| panic!("no {start}: {page}"));
    rest.split(end).next().expect("a text")
}

#[tokio::test(flavor = "multi_thread")]
async fn finance_adds_an_address_tries_it_and_tells_it_again() {
    let internet = Internet::new().await;
    on_both_with(
        |setup| setup.network(Arc::new(internet.clone())),
        async |product| {
            let business = product.business().await;
            let finance = world::console(&product, &business.creditor).await;
            let books = Receiver::start().await;
            internet.host("books.example", "93.184.216.1", &books);
            for (url, code) in
                [("http://books.example/", 422), ("https://10.1.1.1/", 422), ("https://books.example/", 200)]
            {
                let form = [("name", "books"), ("url", url), ("type", "invoice.issued")];
                let page = finance.post("/console/subscribers", &form).await.expect(code).body;
                assert_eq!(page.contains("role=\"alert\""), code == 422, "{url}: {page}");
                assert_eq!(page.contains("whsec_"), code == 200, "{url}");
            }
            let page = finance.get("/console/subscribers").await.expect(200).body;
            assert!(!page.contains("whsec_"), "a secret is shown once");
            let path = format!("/console/subscribers/{}", between(&page, "href=\"/console/subscribers/", "\""));
            books.set(Mood::Status(500));
            finance.post(&format!("{path}/test"), &[]).await.expect(303);
            jobs::deliver_events(&product.app).await.expect("it is told");
            let page = finance.get(&path).await.expect(200).body;
            assert!(page.contains("subscriber.test") && page.contains(">500<"), "{page}");
            let event = between(&page, "name=\"event\" value=\"", "\"").to_owned();
            books.set(Mood::Well);
            finance.post(&format!("{path}/replay"), &[("event", event.as_str())]).await.expect(303);
            jobs::deliver_events(&product.app).await.expect("it is told");
            let page = finance.get(&format!("{path}?state=delivered")).await.expect(200).body;
            assert!(page.contains(">204<"), "{page}");
            finance.post(&format!("{path}/replay"), &[("since", "yesterday")]).await.expect(422);
            let fresh = finance.post(&format!("{path}/rotate"), &[]).await.expect(200).body;
            assert!(fresh.contains("whsec_"), "{fresh}");
            finance.post(&format!("{path}/delete"), &[]).await.expect(303);
            finance.get(&path).await.expect(404);
        },
    )
    .await;
}
