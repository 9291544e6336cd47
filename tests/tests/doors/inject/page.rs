//! What a page that stands in Chromium shows, and whether anything of it was written by a guest.

use saldo_tests::browser::Browser;
use serde_json::{Value, json};

/// Notes what would have run, before any script of the page.
const LISTEN: &str = "
    window.__ran = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { __ran.push('ran ' + name) };
    addEventListener('securitypolicyviolation', event =>
        __ran.push('blocked ' + event.violatedDirective + ' ' + event.blockedURI), true);
";

/// What stands in the document that no page of ours writes; its text; where it leads.
const LOOK: &str = r"
    const hook = arguments[0], found = [...window.__ran ?? []];
    const texts = [document.title];
    const roots = [document];
    for (const root of roots) {
        for (const element of root.querySelectorAll('*')) {
            if (element.shadowRoot) roots.push(element.shadowRoot);
            const tag = element.localName;
            const what = '<' + tag + '> ' + element.outerHTML.slice(0, 120);
            const preview = tag === 'iframe' && element.getAttribute('src')?.startsWith('/console/widgets/preview?');
            if (['i', 'iframe', 'object', 'embed', 'base', 'animate', 'style', 'marquee', 'frame'].includes(tag) &&
                !(tag === 'style' && root !== document) && !preview) found.push(what);
            if (tag === 'script' && !element.src && element.type !== 'application/json') found.push(what);
            for (const { name, value } of element.attributes) {
                if (name.startsWith('on')) found.push(name + ' of ' + what);
                const leads = ['src', 'href', 'action', 'formaction', 'data', 'xlink:href', 'poster', 'style'];
                if (leads.includes(name) && (value.includes(hook) || /^\s*(javascript|data:text|vbscript)/i.test(value)))
                    found.push(name + '=' + value + ' of ' + what);
            }
        }
        texts.push(root.textContent ?? root.documentElement.textContent);
    }
    texts[1] = document.documentElement.textContent;
    for (const field of document.querySelectorAll('input, textarea')) texts.push(field.value);
    const links = [...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0]);
    return { found, text: texts.join('\n'), links };
";

/// A page as it was looked at.
pub struct Looked {
    pub text: String,
    pub links: Vec<String>,
}

/// Begins to listen, in every document that this window opens.
pub async fn listen(browser: &Browser) {
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": LISTEN})).await;
}

/// Ends the test where something runs, was tried, or stands in the document that a guest wrote.
pub async fn look(browser: &Browser, hook: &str, name: &str) -> Looked {
    let seen = browser.execute(LOOK, &[json!(hook)]).await;
    let list = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let found = list(&seen["found"]);
    assert!(found.is_empty(), "P13: what was typed became part of {name}: {found:#?}");
    let told = browser.console_errors().await;
    let tried: Vec<_> = told.iter().filter(|line| line.contains("Security Policy") || line.contains(hook)).collect();
    assert!(tried.is_empty(), "P13: the browser was told to run what was typed on {name}: {tried:#?}");
    let text = seen["text"].as_str().unwrap_or_default().to_owned();
    assert!(!was_evaluated(&text), "P13: a template was evaluated on {name}");
    Looked { text, links: list(&seen["links"]) }
}

/// Whether the product that the payloads ask for stands in a text; inside an id drawn at random it means nothing.
pub fn was_evaluated(text: &str) -> bool {
    let is_of_an_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    text.contains("13371337")
        || text.match_indices("1337").any(|(at, product)| {
            !text[..at].ends_with(is_of_an_id) && !text[at + product.len()..].starts_with(is_of_an_id)
        })
}

#[test]
fn a_product_is_told_from_an_id_that_holds_its_digits() {
    for (text, evaluated) in [
        ("a 1337${7*191}", true),
        ("{{7*191}}1337<%=7*191%>", true),
        ("1337133713371337{%if 1%}", true),
        ("<i>1337", true),
        ("01a3f0c2-1337-7c11-a133-70c413379e01", false),
        ("{{7*191}}${7*191}", false),
    ] {
        assert_eq!(was_evaluated(text), evaluated, "{text}");
    }
}
