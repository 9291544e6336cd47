//! Reads the server's answer as the browser parsed it: serde_json would weigh as much as the rest.

use js_sys::{Array, Reflect};
use leptos::wasm_bindgen::{JsCast, JsValue};

/// A whole number in digits: to write a float as one would bring the code for all of them.
fn whole(value: f64) -> String {
    (value as i64).to_string()
}

/// A value of the answer; what is absent reads as empty.
#[derive(Clone)]
pub(crate) struct Json(pub(crate) JsValue);

impl Json {
    pub(crate) fn get(&self, key: &str) -> Self {
        Self(Reflect::get(&self.0, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED))
    }

    pub(crate) fn is_there(&self) -> bool {
        !self.0.is_undefined() && !self.0.is_null()
    }

    pub(crate) fn is_true(&self) -> bool {
        self.0.is_truthy()
    }

    pub(crate) fn text(&self, key: &str) -> String {
        let value = self.get(key).0;
        value.as_string().or_else(|| value.as_f64().map(whole)).unwrap_or_default()
    }

    /// A whole number: what JSON holds is exact to 2^53.
    pub(crate) fn whole(&self, key: &str) -> i64 {
        self.get(key).0.as_f64().unwrap_or_default() as i64
    }

    /// This value in digits, where it is a number.
    pub(crate) fn digits(&self) -> Option<String> {
        self.0.as_f64().map(whole)
    }

    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).0.dyn_into::<Array>().map(|list| list.iter().map(Self).collect()).unwrap_or_default()
    }
}
