//! The kit on other people's pages. A fake of the server's widget door stands where an answer must be slow, absent or wrong;
//! `widget.rs` pays through the real one.

mod answers;
mod elements;
pub mod fake;
mod hosts;
mod react;
mod weight;

use saldo_tests::browser::Browser;

/// Every element of the kit, with what of the canned answer it shows.
pub const ALL: [(&str, &str); 6] = [
    ("saldo-pay", "Pagar"),
    ("saldo-balance", "$4,793.25"),
    ("saldo-statement", "$2,450.38"),
    ("saldo-choices", "3 pagos de $1,677.64"),
    ("saldo-plan", "$1,200.00"),
    ("saldo-reminder", "A-2077"),
];

/// Whether an element shows a text, inside its shadow root; a slot's content is not inside.
pub const SHOWS: &str = "const [tag, text] = arguments;
    return [...document.querySelectorAll(tag)].some(element => element.shadowRoot?.textContent.includes(text))";

/// Waits until every element shows its part, each scrolled to as a reader would.
pub async fn all_show(browser: &Browser) {
    for (tag, text) in ALL {
        browser.execute("document.querySelector(arguments[0]).scrollIntoView()", &[tag.into()]).await;
        browser.wait_until(SHOWS, &[tag.into(), text.into()]).await;
    }
    browser.execute("scrollTo(0, 0)", &[]).await;
}

/// Every element with the same token, and the business's own link in each.
pub fn elements(attributes: &str) -> String {
    let element =
        |(tag, _): (&str, &str)| format!("<{tag} token=good {attributes}><a href=/own>Mi cuenta</a></{tag}>\n");
    ALL.map(element).concat()
}
