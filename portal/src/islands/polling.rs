//! When to ask again.

use std::time::Duration;

/// Pauses between questions, in seconds: short while an answer is likely, then patient. After the last one nothing is asked.
const PAUSES: [u64; 40] = {
    let mut pauses = [30; 40];
    let quick = [2, 2, 3, 3, 5, 5, 8, 13, 20];
    let mut place = 0;
    while place < quick.len() {
        pauses[place] = quick[place];
        place += 1;
    }
    pauses
};

/// The pause before the question with this number, counted from zero; none when enough was asked.
pub fn pause(question: usize) -> Option<Duration> {
    PAUSES.get(question).map(|seconds| Duration::from_secs(*seconds))
}

#[cfg(feature = "hydrate")]
pub use browser::{count, fetch, flag, poll, reload, text};

/// The browser's own JSON: it weighs nothing.
#[cfg(feature = "hydrate")]
mod browser {
    use super::pause;
    use gloo_net::http::Request;
    use leptos::prelude::{document, set_timeout, window};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    /// Asks `url` after each pause until `done` says so; silent while the page is hidden.
    pub fn poll(url: String, question: usize, done: impl Fn(&JsValue) -> bool + Clone + 'static) {
        let Some(pause) = pause(question) else { return };
        let ask = move || {
            if document().hidden() {
                return poll(url, question, done);
            }
            leptos::task::spawn_local(async move {
                let answer = fetch(&url).await;
                if !answer.is_some_and(|answer| done(&answer)) {
                    poll(url, question + 1, done);
                }
            });
        };
        set_timeout(ask, pause);
    }

    /// The JSON behind a path; none where there is none.
    pub async fn fetch(url: &str) -> Option<JsValue> {
        let response = Request::get(url).send().await.ok().filter(gloo_net::http::Response::ok)?;
        JsFuture::from(web_sys::Response::from(response).json().ok()?).await.ok()
    }

    fn field(answer: &JsValue, name: &str) -> JsValue {
        js_sys::Reflect::get(answer, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    }

    /// A text field of an answer.
    pub fn text(answer: &JsValue, name: &str) -> Option<String> {
        field(answer, name).as_string()
    }

    /// A yes-or-no field of an answer.
    pub fn flag(answer: &JsValue, name: &str) -> Option<bool> {
        field(answer, name).as_bool()
    }

    /// A count of an answer in digits.
    pub fn count(answer: &JsValue, name: &str) -> Option<String> {
        let number: js_sys::Number = field(answer, name).dyn_into().ok()?;
        number.to_string_with_radix(10).ok().map(String::from)
    }

    /// Shows the page anew.
    pub fn reload() {
        let _ = window().location().reload();
    }
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_grow_and_questions_end() {
        let pauses: Vec<u64> = (0..).map_while(pause).map(|pause| pause.as_secs()).collect();
        assert_eq!(pauses.len(), 40);
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
