//! How long until Pay can be pressed on a slow phone (1.6 Mbit/s, 150 ms, CPU four times slower): the element beside the same
//! form written into the page itself, in turn in one run.
//!
//! `cargo bench -p saldo-tests --bench slow_phone`. The aim is a ratio of 1.3 at most and 20 ms blocked; a page with nothing
//! else to load waits for one way there and back more than its own form does.

#[allow(dead_code, reason = "the tests of the kit ask the same stand-in for more")]
#[path = "../tests/browser/widgets/fake.rs"]
mod fake;

use fake::{Fake, Site};
use saldo_tests::browser::{Browser, Options};
use serde_json::json;

const TURNS: usize = 5;

const WATCH: &str = "<script>window.busy = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) busy += Math.max(0, entry.duration - 50) })
        .observe({type: 'longtask', buffered: true});
    addEventListener('saldo-ready', () => { window.readyAt ??= performance.now() });</script>";

/// The form, drawn by the page itself from the same answer.
fn written_in(server: &str) -> String {
    format!(
        "<div id=pay></div><script>
        fetch('{server}/v1/widget/view', {{method: 'POST', credentials: 'omit',
            body: JSON.stringify({{token: 'good', locale: 'es-MX', parts: ['balance']}})}})
            .then(answer => answer.json()).then(view => {{
                const form = document.createElement('form');
                form.method = 'post';
                form.action = view.open;
                form.target = '_top';
                for (const [name, value] of [['to', 'pay'], ['token', 'good'], ['locale', view.locale], ['return_url', location.href]])
                    form.append(Object.assign(document.createElement('input'), {{type: 'hidden', name, value}}));
                const amount = document.createElement('p');
                amount.textContent = view.balance.formatted;
                const button = document.createElement('button');
                button.textContent = view.words.pay;
                form.append(amount, button);
                pay.append(form);
                window.readyAt = performance.now();
            }});
        </script>"
    )
}

/// An ordinary page of a shop: text, and a style sheet that it waits for.
fn ordinary(head: &str, inside: &str) -> Site {
    let text =
        "<p>Cemento, varilla, pintura y todo para la obra, con entrega el mismo día en la ciudad.</p>".repeat(60);
    let mut site = Site::new(&format!("{head}<script src=/shop.js></script>"), &format!("{text}{inside}{text}"));
    site.files.push(("/shop.js", format!("window.shop = '{}';", "x".repeat(20_000)).into_bytes()));
    site
}

async fn slow(browser: &Browser) {
    browser.devtools("Network.enable", json!({})).await;
    browser.devtools("Network.setCacheDisabled", json!({"cacheDisabled": true})).await;
    let network = json!({"offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000});
    browser.devtools("Network.emulateNetworkConditions", network).await;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await;
}

async fn ready_ms(browser: &Browser, url: &str) -> (u64, u64) {
    browser.goto(url).await;
    browser.wait_until("return window.readyAt > 0", &[]).await;
    let ready = browser.execute("return Math.round(readyAt)", &[]).await.as_u64().unwrap_or_default();
    (ready, browser.execute("return Math.round(busy)", &[]).await.as_u64().unwrap_or_default())
}

fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values[values.len() / 2]
}

fn main() {
    tokio::runtime::Runtime::new().expect("a runtime starts").block_on(compare());
}

async fn compare() {
    let Some(fake) = Fake::open().await else { return };
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    slow(&browser).await;
    let script = fake.script();
    let element = "<saldo-balance token=good></saldo-balance>";
    let own = written_in(&fake.origin.url);
    let head = format!("{WATCH}{script}");
    let pages = [
        ("bare page", Site::new(WATCH, &own), Site::new(&head, element)),
        ("ordinary page", ordinary(WATCH, &own), ordinary(&head, element)),
    ];
    for (name, own, embedded) in pages {
        let (own, embedded) = (own.serve().await, embedded.serve().await);
        let (mut owns, mut embeddeds, mut busy) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..=TURNS {
            let first = ready_ms(&browser, &own.url).await.0;
            let (second, blocked) = ready_ms(&browser, &embedded.url).await;
            // The first turn warms both up.
            if turn > 0 {
                owns.push(first);
                embeddeds.push(second);
                busy.push(blocked);
            }
        }
        let (own, embedded, busy) = (median(owns), median(embeddeds), median(busy));
        let ratio = embedded * 100 / own.max(1);
        println!("{name}: Pay ready after {embedded} ms, written in {own} ms: {ratio} %; blocked for {busy} ms");
    }
}
