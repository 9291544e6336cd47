//! No form that another site sends does anything: asked of every route of the portal that is no reading.

use reqwest::RequestBuilder;

use crate::routes::{filled, of_the_portal};
use crate::support::{ana, on_both};
use crate::world;

/// Where a form may come from elsewhere, and why nothing is forged by it.
const FROM_ELSEWHERE: [(&str, &str); 12] = [
    ("/optout/{token}", "a mail program's one click comes from elsewhere (RFC 8058): the secret is in the address"),
    ("/optout/{token}/preferences", "the secret is in the address, no cookie is read"),
    ("/widgets/v1/open", "a button on the creditor's own page: its token names the site that it is bound to"),
    ("/sandbox/{reference}/card", "the pretended provider's own page, in test mode: no cookie is read"),
    ("/sandbox/{reference}/cancel", "as above"),
    ("/sandbox/{reference}/challenge", "as above"),
    ("/sandbox/{reference}/debit", "as above"),
    ("/sandbox/setups/{reference}/cancel", "as above"),
    ("/sandbox/setups/{reference}/card", "as above"),
    ("/sandbox/setups/{reference}/challenge", "as above"),
    ("/token", "the demo's shop: a server of its own, beside the portal"),
    ("/shop.js", "as above"),
];

/// What a browser says of a form that another site sends.
fn forgeries(request: &RequestBuilder) -> Vec<(&'static str, RequestBuilder)> {
    let with = |name: &str, value: &str| request.try_clone().expect("no stream").header(name, value);
    vec![
        ("cross-site", with("sec-fetch-site", "cross-site")),
        ("same-site", with("sec-fetch-site", "same-site")),
        ("an unknown word", with("sec-fetch-site", "elsewhere")),
        ("another origin", with("origin", "https://evil.example")),
        ("cross-site from our own origin", with("sec-fetch-site", "cross-site").header("origin", "http://127.0.0.1")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_of_another_site_is_taken_by_any_route() {
    on_both(async |product| {
        let ours = product.business().await;
        let debtor = ana(&product, &ours).await.client;
        let finance = world::console(&product, &ours.creditor).await.client;
        let mut asked = 0;
        for (method, path) in of_the_portal() {
            if method == "GET" || FROM_ELSEWHERE.iter().any(|(known, _)| *known == path) {
                continue;
            }
            let url = format!("{}{}", product.url, filled(&path, "018f0000-0000-7000-8000-000000000001"));
            let client = if path.starts_with("/console") { &finance } else { &debtor };
            let request = client.request(method.parse().expect("a method"), &url);
            for (why, forged) in forgeries(&request) {
                let status = forged.send().await.expect("an answer").status().as_u16();
                assert_eq!(status, 403, "{method} {path}: {why}");
                asked += 1;
            }
            // The same from a page of ours, by somebody without a session: whatever is said, it is not this.
            let own = product.client().request(method.parse().expect("a method"), &url);
            for own in [
                own.try_clone().expect("no stream").header("sec-fetch-site", "same-origin"),
                own.try_clone().expect("no stream").header("origin", &product.url),
                own.header("origin", "null"),
            ] {
                assert_ne!(own.send().await.expect("an answer").status().as_u16(), 403, "{method} {path}: of our own");
            }
        }
        assert!(asked > 400, "only {asked} forgeries");
        // And nobody is signed out or changed by all of it.
        for (client, path) in [(&debtor, "/statement"), (&finance, "/console")] {
            let answer = client.get(format!("{}{path}", product.url)).send().await.expect("an answer");
            assert_eq!(answer.status().as_u16(), 200, "{path}");
        }
    })
    .await;
}
