//! How little a page loads, how long it is kept busy, and that nothing stays behind.

use saldo_tests::browser::{Browser, Options};
use serde_json::{Value, json};

use super::fake::{Fake, Site};
use super::{SHOWS, all_show, elements};

/// What came from the server so far: number of requests, bytes on the wire without headers. The stream of events is no part
/// of what a page loads: it carries what changes later.
const LOADED: &str = "const loaded = performance.getEntriesByType('resource')
        .filter(entry => entry.name.startsWith(arguments[0]) && !entry.name.endsWith('/events'));
    return [loaded.length, loaded.reduce((sum, entry) => sum + entry.encodedBodySize, 0)]";

/// Sizes are told across origins only to those who may know.
async fn loaded(browser: &Browser, fake: &Fake) -> (u64, u64) {
    let answer = browser.execute(LOADED, &[fake.origin.url.clone().into()]).await;
    let number = |at: usize| answer[at].as_u64().unwrap_or_default();
    (number(0), number(1))
}

const KIB: u64 = 1024;

/// Sums what moves, and what blocks longer than 50 ms.
const WATCH: &str = "<script>window.shift = 0; window.busy = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) shift += entry.value })
        .observe({type: 'layout-shift', buffered: true});
    new PerformanceObserver(list => { for (const entry of list.getEntries()) busy += Math.max(0, entry.duration - 50) })
        .observe({type: 'longtask', buffered: true});</script>";

/// The style with which the manual keeps the place before the script has arrived.
fn place_of_the_manual() -> String {
    let manual = include_str!("../../../../widgets/README.md");
    let (_, rest) = manual.split_once("```css\n").expect("the manual has a style");
    format!("<style>{}</style>", rest.split("```").next().unwrap_or_default())
}

#[tokio::test]
async fn a_page_with_one_element_loads_little_and_pays_early() {
    let Some(fake) = Fake::open().await else { return };
    for tag in ["saldo-pay", "saldo-balance"] {
        let body = format!("<{tag} token=good></{tag}><p>Lo demás de la página</p>");
        let site = Site::new(&(WATCH.to_owned() + &place_of_the_manual() + &fake.script()), &body);
        let Some((browser, _site)) = fake.visit(site, Options::phone()).await else { return };
        browser.wait_until(SHOWS, &[tag.into(), "$4,793.25".into()]).await;
        let (requests, bytes) = loaded(&browser, &fake).await;
        println!("{tag}: {requests} requests, {bytes} bytes until Pay can be pressed");
        assert!(requests <= 3 && bytes > KIB && bytes <= 8 * KIB, "{tag}: {requests} requests, {bytes} bytes");
        browser.wait_until("return new Promise(done => setTimeout(() => done(true), 2500))", &[]).await;
        let (requests, bytes) = loaded(&browser, &fake).await;
        println!("{tag}: {requests} requests, {bytes} bytes in all");
        assert!(requests <= 4 && bytes <= 40 * KIB, "{tag}: {requests} requests, {bytes} bytes");
        assert_eq!(browser.execute("return Math.round(shift * 1000)", &[]).await, 0, "{tag} moved the page");
    }
}

#[tokio::test]
async fn the_whole_kit_is_four_requests_and_moves_nothing() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(WATCH.to_owned() + &fake.script()), &(elements("") + "<p>Lo demás de la página</p>"));
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    all_show(&browser).await;
    let (requests, bytes) = loaded(&browser, &fake).await;
    println!("the whole kit: {requests} requests, {bytes} bytes with the answer");
    // The answer is as long as what is owed; what the files weigh is a test of the bundles.
    assert!(requests <= 4 && bytes <= 70 * KIB, "{requests} requests, {bytes} bytes");
    let shift = browser.execute("return Math.round(shift * 1000)", &[]).await;
    // A list is as long as it is; a tenth is what browsers call good.
    assert!(shift.as_u64().is_some_and(|shift| shift < 100), "shifted by {shift} thousandths");
    println!("layout shift {shift} thousandths; busy {} ms", browser.execute("return Math.round(busy)", &[]).await);
    assert_eq!(fake.asked().len(), 1, "one request for all");
}

/// Mounts and unmounts every element that has WASM inside, so many times.
const CYCLES: &str = "const done = arguments[arguments.length - 1];
    (async () => {
        for (let turn = 0; turn < arguments[0]; turn += 1) {
            for (const element of [...document.querySelectorAll('[token]')]) {
                const next = document.createElement(element.localName);
                next.setAttribute('token', 'good');
                element.after(next);
                element.remove();
            }
            for (let wait = 0; wait < 200 && ![...document.querySelectorAll('[token]')].every(e => e.mounted); wait += 1)
                await new Promise(next => setTimeout(next, 0));
        }
        done(document.querySelectorAll('[token]').length);
    })();";

async fn heap(browser: &Browser) -> u64 {
    for _ in 0..3 {
        browser.devtools("HeapProfiler.collectGarbage", json!({})).await;
    }
    let usage: Value = browser.devtools("Runtime.getHeapUsage", json!({})).await;
    usage["usedSize"].as_f64().map(|size| size as u64).unwrap_or_default()
}

#[tokio::test]
async fn a_thousand_mounts_leave_nothing_behind() {
    let Some(fake) = Fake::open().await else { return };
    let keep = "<script>const { instantiate } = WebAssembly;
        WebAssembly.instantiate = async (...all) => {
            const made = await instantiate(...all);
            window.memory = Object.values(made.exports).find(one => one instanceof WebAssembly.Memory);
            return made;
        };</script>";
    let body = "<saldo-statement token=good></saldo-statement><saldo-plan token=good></saldo-plan>";
    let site = Site::new(&(keep.to_owned() + &fake.script()), body);
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &["saldo-statement".into(), "$2,450.38".into()]).await;
    assert_eq!(browser.execute_async(CYCLES, &[400.into()]).await, 2);
    let before = heap(&browser).await;
    let pages = browser.execute("return memory.buffer.byteLength", &[]).await;
    assert_eq!(browser.execute_async(CYCLES, &[400.into()]).await, 2);
    let after = heap(&browser).await;
    println!("heap {before} -> {after} over 400 turns of two elements; linear memory {pages}");
    assert!(after <= before + 24 * KIB, "the heap grew from {before} to {after}");
    assert_eq!(browser.execute("return memory.buffer.byteLength", &[]).await, pages);
    assert!(pages.as_u64().is_some_and(|bytes| bytes <= 1_152 * KIB), "{pages} bytes of linear memory");
    // The last one leaves, and with it what was listening.
    browser.execute("for (const element of document.querySelectorAll('[token]')) element.remove()", &[]).await;
    let asked = fake.asked().len();
    fake.change(|_| {});
    browser.execute("document.dispatchEvent(new Event('visibilitychange'))", &[]).await;
    browser.wait_until("return new Promise(done => setTimeout(() => done(true), 500))", &[]).await;
    assert_eq!(fake.asked().len(), asked, "nobody asks for elements that are gone");
}
