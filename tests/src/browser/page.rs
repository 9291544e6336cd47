//! What a person does on a page. An element is named by its CSS selector; looking for it waits up to five seconds.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::Browser;

const PATIENCE: Duration = Duration::from_secs(15);
const LOOK_AGAIN: Duration = Duration::from_millis(40);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Marks a page that a click will leave, unless a script of the page keeps it: ChromeDriver waits only for a page whose
/// loading has begun when the click is done, and a form's begins a little later.
const MARK: &str = "
    const way = arguments[0].closest('a[href], button, input[type=submit]'), form = way?.form;
    const here = address => address.split('#')[0];
    window.__leaving = !way ? false
        : way.href ? !way.target && !way.download && here(way.href) !== here(location.href)
        : way.type === 'submit' && !!form && !form.target && (form.noValidate || way.formNoValidate || form.checkValidity());
    for (const what of ['click', 'submit'])
        addEventListener(what, event => { if (event.defaultPrevented) window.__leaving = false; });
";
const LEAVING: &str = "return window.__leaving === true || document.readyState !== 'complete'";
const TO_LEAVE: Duration = Duration::from_secs(5);

/// All of these end the test with what was tried and where, when it cannot be done.
impl Browser {
    /// Opens an address and waits until it is loaded.
    pub async fn goto(&self, url: &str) {
        self.command("url", json!({"url": url})).await;
    }

    /// Where the window stands.
    pub async fn url(&self) -> String {
        self.read("url").await
    }

    /// The page's title.
    pub async fn title(&self) -> String {
        self.read("title").await
    }

    /// The document as it stands, as HTML.
    pub async fn source(&self) -> String {
        self.read("source").await
    }

    /// The Back button.
    pub async fn back(&self) {
        self.command("back", json!({})).await;
    }

    /// The Reload button.
    pub async fn reload(&self) {
        self.command("refresh", json!({})).await;
    }

    /// The tab that is looked at.
    pub async fn tab(&self) -> String {
        self.read("window").await
    }

    /// Opens another tab of the same window and looks at it.
    pub async fn open_tab(&self) -> String {
        let opened = self.command("window/new", json!({"type": "tab"})).await;
        let tab = opened["handle"].as_str().unwrap_or_default().to_owned();
        self.switch_to(&tab).await;
        tab
    }

    /// Looks at another tab.
    pub async fn switch_to(&self, tab: &str) {
        self.command("window", json!({"handle": tab})).await;
    }

    /// Clicks an element and waits for the page that it leads to.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        self.command("execute/sync", json!({"script": MARK, "args": [{ELEMENT: element}]})).await;
        self.on(css, "click", json!({})).await;
        let deadline = Instant::now() + TO_LEAVE;
        while Instant::now() < deadline {
            let answer = self.session.post("execute/sync", json!({"script": LEAVING, "args": []})).await;
            if answer.is_ok_and(|leaving| leaving == false) {
                return;
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    /// Replaces what stands in a field.
    pub async fn fill(&self, css: &str, text: &str) {
        self.on(css, "clear", json!({})).await;
        self.on(css, "value", json!({"text": text})).await;
    }

    /// Types into an element, keys too (`\u{e007}` is Enter, `\u{e004}` is Tab); for a file field the file's path.
    pub async fn press(&self, css: &str, keys: &str) {
        self.on(css, "value", json!({"text": keys})).await;
    }

    /// Chooses the option with this value.
    pub async fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value='{value}']")).await;
    }

    /// The visible text of the first element.
    pub async fn text(&self, css: &str) -> String {
        self.ask(css, "text").await.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of the first element.
    pub async fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.ask(css, &format!("attribute/{name}")).await.as_str().map(str::to_owned)
    }

    /// What stands in a field.
    pub async fn value(&self, css: &str) -> String {
        self.ask(css, "property/value").await.as_str().unwrap_or_default().to_owned()
    }

    /// How many elements there are now, without waiting.
    pub async fn count(&self, css: &str) -> u64 {
        let count = self.execute("return document.querySelectorAll(arguments[0]).length", &[json!(css)]).await;
        count.as_u64().unwrap_or_default()
    }

    /// Whether there is such an element now, without waiting.
    pub async fn has(&self, css: &str) -> bool {
        self.count(css).await > 0
    }

    /// Waits until an element holds a text.
    pub async fn wait_for_text(&self, css: &str, part: &str) {
        let script =
            "return [...document.querySelectorAll(arguments[0])].some(e => e.textContent.includes(arguments[1]))";
        self.wait_until(script, &[json!(css), json!(part)]).await;
    }

    /// Waits until the address holds a text.
    pub async fn wait_for_url(&self, part: &str) {
        self.wait_until("return location.href.includes(arguments[0])", &[json!(part)]).await;
    }

    /// Waits until a script returns true, over navigations too.
    ///
    /// # Panics
    /// When it has not within fifteen seconds.
    pub async fn wait_until(&self, script: &str, arguments: &[Value]) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.session.post("execute/sync", json!({"script": script, "args": arguments})).await;
            if answer.as_ref().is_ok_and(|answer| answer == true) {
                return;
            }
            if Instant::now() > deadline {
                let (url, text) = (self.url().await, self.text("body").await);
                panic!("never came true: {script} {arguments:?}\nlast answer: {answer:?}\nat {url}:\n{text}");
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    /// Runs the body of a function in the page; it reads `arguments` and may `return`.
    pub async fn execute(&self, script: &str, arguments: &[Value]) -> Value {
        self.command("execute/sync", json!({"script": script, "args": arguments})).await
    }

    /// The same for a body that answers later, by calling its last argument.
    pub async fn execute_async(&self, script: &str, arguments: &[Value]) -> Value {
        self.command("execute/async", json!({"script": script, "args": arguments})).await
    }

    pub(super) async fn command(&self, path: &str, body: Value) -> Value {
        match self.session.post(path, body).await {
            Ok(value) => value,
            Err(error) => panic!("{path}: {error}"),
        }
    }

    async fn read(&self, what: &str) -> String {
        match self.session.get(what).await {
            Ok(value) => value.as_str().unwrap_or_default().to_owned(),
            Err(error) => panic!("{what}: {error}"),
        }
    }

    async fn on(&self, css: &str, verb: &str, body: Value) {
        let element = self.find(css).await;
        if let Err(error) = self.session.post(&format!("element/{element}/{verb}"), body).await {
            panic!("{verb} {css}: {error}\nat {}", self.url().await);
        }
    }

    async fn ask(&self, css: &str, what: &str) -> Value {
        let element = self.find(css).await;
        match self.session.get(&format!("element/{element}/{what}")).await {
            Ok(value) => value,
            // The element stood on a page that was being left: the next one is asked.
            Err(error) if error.to_string().contains("stale element") => Box::pin(self.ask(css, what)).await,
            Err(error) => panic!("{what} of {css}: {error}\nat {}", self.url().await),
        }
    }

    async fn find(&self, css: &str) -> String {
        match self.session.post("element", json!({"using": "css selector", "value": css})).await {
            Ok(found) => found[ELEMENT].as_str().unwrap_or_default().to_owned(),
            Err(_) => panic!("nothing matches {css}\nat {}:\n{}", self.url().await, self.source().await),
        }
    }
}
