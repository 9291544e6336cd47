//! Each element looked at: light and dark, a phone and a desk, right to left, narrow, printed; axe-core finds nothing.

use saldo_tests::browser::Options;
use serde_json::json;

use super::fake::{Fake, Site};
use super::{ALL, all_show, elements};

const BEYOND: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
const GAPS: &str = "<style>main { display: grid; gap: 24px; padding: 16px; font-family: sans-serif }
    @media (prefers-color-scheme: dark) { body { background: #0e1415; color: #f1f4f4 } }</style>";

#[tokio::test]
async fn every_element_is_looked_at_in_both_themes() {
    let Some(fake) = Fake::open().await else { return };
    for (theme, options) in [("light", Options::phone()), ("dark", Options::phone().dark())] {
        let site = Site::new(&(fake.script() + GAPS), &elements("theme=auto"));
        let Some((browser, _site)) = fake.visit(site, options).await else { return };
        all_show(&browser).await;
        browser
            .execute("document.querySelector('saldo-choices').shadowRoot.querySelector('details').open = true", &[])
            .await;
        for (width, height) in [(320, 640), (360, 740), (1280, 900)] {
            let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
            browser.devtools("Emulation.setDeviceMetricsOverride", size).await;
            browser.screenshot(&format!("widgets-{theme}-{width}")).await;
            assert_eq!(browser.execute(BEYOND, &[]).await, 0, "{theme} {width} runs out at the side");
            browser.assert_accessible().await;
        }
        assert_eq!(browser.console_errors().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_page_from_right_to_left_and_a_printed_one() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + GAPS), &format!("<div dir=rtl>{}</div>", elements("dir=rtl")));
    let Some((browser, _site)) = fake.visit(site, Options::phone()).await else { return };
    all_show(&browser).await;
    browser.screenshot("widgets-right-to-left").await;
    assert_eq!(browser.execute(BEYOND, &[]).await, 0);
    let side = "const root = document.querySelector('saldo-statement').shadowRoot;
        const [tick, price] = ['.tick', '.price'].map(css => root.querySelector(css).getBoundingClientRect().left);
        return tick > price";
    assert_eq!(browser.execute(side, &[]).await, true);
    browser.assert_accessible().await;
    browser.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
    browser.screenshot("widgets-print").await;
    let hidden = "return [...document.querySelectorAll('main *')].every(element =>
        [...element.shadowRoot?.querySelectorAll('.pay') ?? []].every(pay => !pay.checkVisibility()))";
    assert_eq!(browser.execute(hidden, &[]).await, true);
}

#[tokio::test]
async fn forced_colours_keep_every_edge() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + GAPS), &elements(""));
    let Some((browser, _site)) = fake.visit(site, Options::phone()).await else { return };
    let features = json!({"features": [{"name": "forced-colors", "value": "active"}]});
    browser.devtools("Emulation.setEmulatedMedia", features).await;
    all_show(&browser).await;
    browser.screenshot("widgets-forced-colours").await;
    let edge =
        "return getComputedStyle(document.querySelector('saldo-pay').shadowRoot.querySelector('.pay')).borderTopStyle";
    assert_eq!(browser.execute(edge, &[]).await, "solid");
}

#[tokio::test]
async fn without_javascript_the_pages_own_links_stand() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + GAPS), &elements(""));
    let Some((browser, _site)) = fake.visit(site, Options::phone().without_javascript()).await else { return };
    assert!(browser.text("main").await.matches("Mi cuenta").count() == ALL.len());
    browser.click("saldo-balance a").await;
    assert_eq!(browser.text("h1").await, "Propia");
}
