//! The console's page of widgets, and the snippets on it: what they make is accepted at our door.

use std::path::Path;
use std::process::Command;

use saldo_app::ambient::Ambient;
use saldo_tests::needs;
use saldo_tests::product::Product;

use crate::support::on_both;
use crate::widget_stand::{SHOP, Shop, hs};
use crate::world;

/// The text of a `<code class="secret">` and the id before it.
fn shown_once(page: &str) -> (String, String) {
    let after = |mark: &str| {
        let rest = page.split(mark).nth(1).unwrap_or_else(|| panic!("no {mark}: {page}"));
        rest.split('<').next().expect("a text").to_owned()
    };
    (after("<dd><code>"), after("<code class=\"secret\">"))
}

#[tokio::test(flavor = "multi_thread")]
async fn finance_lists_a_site_makes_a_key_and_looks_at_the_elements() {
    on_both(async |product| {
        let business = product.business().await;
        let finance = world::console(&product, &business.creditor).await;
        for bad in ["shop.example", "http://shop.example", "https://shop.example/path"] {
            let page = finance.post("/console/widgets/origins", &[("origin", bad)]).await.expect(422).body;
            assert!(page.contains("role=\"alert\"") && page.contains(bad), "{bad}");
        }
        finance.post("/console/widgets/origins", &[("origin", "HTTPS://Shop.example/")]).await.expect(303);
        let page = finance.get("/console/widgets").await.expect(200).body;
        assert!(page.contains("<strong>https://shop.example</strong>"), "{page}");
        assert!(page.contains(&business.creditor.id.to_string()) && page.contains("/widgets/v1/saldo.js"));
        assert!(!page.contains("{{"), "every place of the snippets is filled");

        let form = [("name", "shop"), ("algorithm", "HS256")];
        let page = finance.post("/console/widgets/keys", &form).await.expect(200).body;
        let (kid, secret) = shown_once(&page);
        assert!(!finance.get("/console/widgets").await.expect(200).body.contains(&secret), "shown once");
        finance.post(&format!("/console/widgets/keys/{kid}/rotate"), &[]).await.expect(200);
        finance.post(&format!("/console/widgets/keys/{kid}/revoke"), &[]).await.expect(303);
        finance.post("/console/widgets/keys", &[("name", ""), ("algorithm", "HS256")]).await.expect(422);

        let look = "theme=dark&saldo-accent=%23123456&saldo-font=%3C%2Fstyle%3E&debtor=ANA";
        let page = finance.get(&format!("/console/widgets?{look}")).await.expect(200).body;
        assert!(page.contains("--saldo-accent: #123456;") && !page.contains("</style>"), "{page}");
        let frame = finance.get(&format!("/console/widgets/preview?{look}")).await.expect(200);
        let policy = frame.header("content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'self'") && policy.contains("form-action 'none'"), "{policy}");
        assert!(frame.body.contains("--saldo-accent: #123456;") && frame.body.matches("theme=\"dark\"").count() == 6);
        let token = frame.body.split("token=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
        let wish = crate::widget_stand::every_part(token);
        let view = crate::widget_stand::ask(&product, "/v1/widget/view", Some(&product.url), &wish).await.expect(200);
        assert_eq!(view.json()["balance"]["formatted"], "$1,234.50");
        crate::widget_stand::ask(&product, "/v1/widget/view", Some("https://shop.example"), &wish).await.expect(403);
        finance.post("/console/widgets/origins/remove", &[("origin", "https://shop.example")]).await.expect(303);
        assert!(!finance.get("/console/widgets").await.expect(200).body.contains("<strong>https://shop.example"));
    })
    .await;
}

/// What a snippet of the page prints when it is run as it is copied.
fn run(product: &Product, shop: &Shop<'_>, file: &str, program: &str, environment: &[(&str, &str)]) -> Option<String> {
    let snippet = std::fs::read_to_string(needs::top().join("widgets/snippets").join(file)).expect("a snippet");
    let filled = snippet
        .replace("{{creditor}}", &shop.business.creditor.id.to_string())
        .replace("{{origin}}", SHOP)
        .replace("{{loader}}", &product.url);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(Path::new(file).file_name().expect("a name"));
    std::fs::write(&path, filled).expect("it is written");
    let output = Command::new(program).arg(&path).arg("ANA").envs(environment.iter().copied()).output();
    let Ok(output) = output else {
        eprintln!("SKIPPED: {program} is not installed, {file} was not run");
        return None;
    };
    assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("text").trim().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tokens_that_the_snippets_make_are_accepted() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        // Programs on this machine go by its own clock.
        product.clock.set(Ambient::system().now());
        let wish = serde_json::json!({"name": "shop", "algorithm": "HS256"});
        let made = shop.api.post("/v1/widget-keys", &wish).await.expect(201).json();
        let (kid, secret) = (world::text(&made["key"]["id"]), world::text(&made["secret"]));
        let folder = tempfile::tempdir().expect("a folder");
        let pem = folder.path().join("saldo.pem");
        std::fs::write(&pem, crate::widget_tokens::PRIVATE_PEM).expect("it is written");
        let wish = serde_json::json!({"name": "own", "algorithm": "EdDSA",
            "public_key": crate::widget_tokens::PUBLIC});
        let own = world::text(&shop.api.post("/v1/widget-keys", &wish).await.expect(201).json()["key"]["id"]);
        let with_secret = [("SALDO_WIDGET_KEY_ID", kid.as_str()), ("SALDO_WIDGET_SECRET", secret.as_str())];
        let path = pem.display().to_string();
        let with_pair = [("SALDO_WIDGET_KEY_ID", own.as_str()), ("SALDO_WIDGET_PRIVATE_KEY", path.as_str())];
        for (file, program, environment) in [
            ("node.mjs", "node", &with_secret),
            ("node-eddsa.mjs", "node", &with_pair),
            ("python.py", "python3", &with_secret),
            ("php.php", "php", &with_secret),
        ] {
            let Some(token) = run(&product, &shop, file, program, environment) else { continue };
            let view = shop.view(&token).await.expect(200).json();
            assert_eq!(view["balance"]["formatted"], "$1,234.50", "{file}");
        }
        let mine = hs(&kid, b"not the secret", &shop.claims());
        assert_eq!(shop.code(Some(SHOP), &mine).await.1, "token_invalid");
    })
    .await;
}
