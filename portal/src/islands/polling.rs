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

/// Asks `url` after each pause until `done` says so; silent while the page is hidden.
#[cfg(feature = "hydrate")]
pub fn poll<T, F>(url: String, question: usize, done: F)
where
    T: serde::de::DeserializeOwned + 'static,
    F: Fn(T) -> bool + Clone + 'static,
{
    use leptos::prelude::{document, set_timeout};
    let Some(pause) = pause(question) else { return };
    let ask = move || {
        if document().hidden() {
            return poll(url.clone(), question, done.clone());
        }
        leptos::task::spawn_local(async move {
            let answer = match gloo_net::http::Request::get(&url).send().await {
                Ok(response) if response.ok() => response.json::<T>().await.ok(),
                _ => None,
            };
            if !answer.is_some_and(&done) {
                poll(url, question + 1, done);
            }
        });
    };
    set_timeout(ask, pause);
}

/// Shows the page anew.
#[cfg(feature = "hydrate")]
pub fn reload() {
    let _ = leptos::prelude::window().location().reload();
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
