//! Hostile and helpful pages: policies, resets, frameworks' habits, other languages, two businesses.

use saldo_tests::browser::{Browser, Options};

use super::fake::{Fake, Site};
use super::{SHOWS, all_show, elements};

/// The directives that the manual names, for this server.
fn policy_of_the_manual(server: &str) -> String {
    let manual = include_str!("../../../../widgets/README.md");
    let (_, rest) = manual.split_once("Content-Security-Policy: default").expect("the manual has a policy");
    format!("default{}", rest.lines().next().unwrap_or_default()).replace("https://pay.example", server)
}

#[tokio::test]
async fn every_element_works_under_strict_policies() {
    let Some(fake) = Fake::open().await else { return };
    let server = &fake.origin.url;
    let strict = format!(
        "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src {server}; \
         form-action {server}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'"
    );
    let nonced = fake.script().replace("<script", "<script nonce=abc");
    let sites = [
        Site::new(&fake.script(), &elements("")).with("content-security-policy", &policy_of_the_manual(server)),
        Site::new(&nonced, &elements("")).with("content-security-policy", &strict),
        Site::new(&fake.script(), &elements(""))
            .with("cross-origin-embedder-policy", "require-corp")
            .with("cross-origin-opener-policy", "same-origin"),
    ];
    let Some(browser) = Browser::open(Options::default()).await else { return };
    for site in sites {
        let policy = format!("{:?}", site.headers);
        let origin = site.serve().await;
        browser.goto(&origin.url).await;
        all_show(&browser).await;
        assert_eq!(browser.console_errors().await, Vec::<String>::new(), "{policy}");
        browser.execute("document.querySelector('saldo-pay').shadowRoot.querySelector('.pay').click()", &[]).await;
        browser.wait_for_text("h1", "Pago").await;
    }
}

#[tokio::test]
async fn a_page_that_blocks_wasm_still_pays_and_is_told_so() {
    let Some(fake) = Fake::open().await else { return };
    let server = &fake.origin.url;
    let policy =
        policy_of_the_manual(server).replace(" 'wasm-unsafe-eval'", "").replace("form-action 'self'", "form-action");
    let script = fake.script().replace("saldo.js", "saldo.js?debug");
    let hear =
        "<script>window.codes = []; addEventListener('saldo-error', event => codes.push(event.detail.code))</script>";
    let site = Site::new(&(hear.to_owned() + &script), &elements(""))
        .with("content-security-policy", &policy.replace("script-src", "script-src 'unsafe-inline'"));
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until("return codes.includes('wasm_blocked')", &[]).await;
    browser.wait_until(SHOWS, &["saldo-statement".into(), "$4,793.25".into()]).await;
    let errors = browser.console_errors().await;
    let told = errors.iter().any(|error| error.contains("add 'wasm-unsafe-eval' to script-src"));
    assert!(told, "{errors:?}");
    browser.execute("document.querySelector('saldo-statement').shadowRoot.querySelector('.pay').click()", &[]).await;
    browser.wait_for_text("h1", "Pago").await;
}

#[tokio::test]
async fn the_self_test_names_each_fault_in_a_sentence() {
    let Some(fake) = Fake::open().await else { return };
    let script = fake.script().replace("saldo.js", "saldo.js?debug");
    let Some(browser) = Browser::open(Options::default()).await else { return };
    // {"origin": "https://other.example"} in the middle, and {"exp": 1}.
    let (other, over) = ("a.eyJvcmlnaW4iOiAiaHR0cHM6Ly9vdGhlci5leGFtcGxlIn0.b", "a.eyJleHAiOiAxfQ.b");
    let cases = [
        ("<saldo-pay></saldo-pay>".to_owned(), None, "has no token"),
        (format!("<saldo-pay token={other}></saldo-pay>"), None, "was made for https://other.example"),
        (format!("<saldo-pay token={over}></saldo-pay>"), None, "the token has ended"),
        ("<saldo-pay token=good></saldo-pay>".to_owned(), Some((403, "origin_unlisted")), "list of widget origins"),
        ("<saldo-pay token=good></saldo-pay>".to_owned(), Some((401, "key_revoked")), "was revoked"),
        ("<saldo-pay token=good base=http://127.0.0.1:9></saldo-pay>".to_owned(), None, "cannot be reached"),
        (String::new(), None, "has no element of the kit"),
    ];
    for (body, refusal, sentence) in cases {
        fake.refuse(refusal);
        let origin = Site::new(&script, &body).serve().await;
        browser.goto(&origin.url).await;
        let mut heard = Vec::new();
        for _ in 0..100 {
            heard.extend(browser.console_errors().await);
            if heard.iter().any(|error| error.contains(sentence)) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(heard.iter().any(|error| error.contains(sentence)), "{sentence}: {heard:?}");
    }
}

#[tokio::test]
async fn a_reset_does_not_reach_inside_and_the_theme_does() {
    let Some(fake) = Fake::open().await else { return };
    let reset = "<style>* { all: unset; font-size: 50px !important; color: red; display: inline }
        button, input { display: none !important } saldo-balance { --saldo-accent: rgb(120, 0, 120) }
        saldo-balance::part(amount) { color: rgb(0, 0, 255) }</style>";
    let site = Site::new(&(fake.script() + reset), &elements(""));
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    all_show(&browser).await;
    let style = "const [css, name] = arguments;
        return getComputedStyle(document.querySelector('saldo-balance').shadowRoot.querySelector(css))[name]";
    for (css, name, value) in [
        (".pay", "fontSize", "16px"),
        (".pay", "backgroundColor", "rgb(120, 0, 120)"),
        (".amount", "fontSize", "32px"),
        (".amount", "color", "rgb(0, 0, 255)"),
        (".label", "color", "rgb(82, 96, 93)"),
    ] {
        assert_eq!(browser.execute(style, &[css.into(), name.into()]).await, value, "{css} {name}");
    }
}

#[tokio::test]
async fn two_inclusions_and_two_businesses_share_a_page() {
    let Some(fake) = Fake::open().await else { return };
    let Some(other) = Fake::open().await else { return };
    other.change(|view| view["balance"]["formatted"] = "$77.00".into());
    let head = fake.script() + &fake.script() + &other.script();
    let one = format!("<saldo-balance token=theirs base={}></saldo-balance>", other.origin.url);
    let two = "<saldo-balance token=second></saldo-balance>";
    let Some((browser, site)) = fake.visit(Site::new(&head, &(elements("") + &one + two)), Options::default()).await
    else {
        return;
    };
    all_show(&browser).await;
    browser.wait_until(SHOWS, &["saldo-balance[base]".into(), "$77.00".into()]).await;
    assert_eq!(browser.execute(SHOWS, &["saldo-balance[base]".into(), "$4,793.25".into()]).await, false);
    let tokens = |fake: &Fake| {
        let mut tokens: Vec<String> = fake.asked().iter().map(|asked| asked["token"].to_string()).collect();
        tokens.sort();
        tokens.dedup();
        tokens
    };
    assert_eq!(tokens(&fake), ["\"good\"", "\"second\""]);
    assert_eq!(tokens(&other), ["\"theirs\""]);
    browser.assert_only_asked(&[&site.url, &fake.origin.url, &other.origin.url]).await;
}

#[tokio::test]
async fn a_popup_is_used_where_there_is_one() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&fake.script(), "<saldo-pay token=good mode=popup></saldo-pay>");
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &["saldo-pay".into(), "Pagar".into()]).await;
    browser.execute("window.opened = 0; window.open = () => { opened += 1; return null };", &[]).await;
    browser.execute("document.querySelector('saldo-pay').shadowRoot.querySelector('form').onsubmit()", &[]).await;
    let target = "return document.querySelector('saldo-pay').shadowRoot.querySelector('form').target";
    assert_eq!(browser.execute(target, &[]).await, "_top");
    assert_eq!(browser.execute("return opened", &[]).await, 1);
    browser.execute("window.open = () => ({ closed: false, close() { opened = 'closed' } });", &[]).await;
    browser.execute("document.querySelector('saldo-pay').shadowRoot.querySelector('form').onsubmit()", &[]).await;
    assert_eq!(browser.execute(target, &[]).await, "saldo");
    fake.pay();
    browser.wait_until("return opened === 'closed'", &[]).await;
}

#[tokio::test]
async fn files_that_are_not_what_was_built_do_not_run() {
    for (kind, code) in [("js", "kit_blocked"), ("wasm", "wasm_blocked")] {
        let Some(fake) = Fake::open().await else { return };
        fake.tamper(kind);
        let hear = "<script>window.codes = []; addEventListener('saldo-error', event => codes.push(event.detail.code))</script>";
        let site = Site::new(&(hear.to_owned() + &fake.script()), "<saldo-statement token=good></saldo-statement>");
        let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
        browser.wait_until("return codes.includes(arguments[0])", &[code.into()]).await;
        assert_eq!(browser.execute(SHOWS, &["saldo-statement".into(), "$2,450.38".into()]).await, false, "{kind}");
    }
}
