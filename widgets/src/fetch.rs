//! Asks the server for the balance.
//!
//! The browser parses the JSON and the fields are read one by one: serde_json would weigh as much as the rest.

use gloo_net::http::Request;
use js_sys::Reflect;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{RequestCredentials, Response};
use saldo_contract::paths::WIDGET_BALANCE;
use wasm_bindgen_futures::JsFuture;

use crate::balance::Wish;
use crate::token::is_bearer_token;

/// What the element shows: `GET /v1/widget/balance`, formatted by the server.
#[derive(Clone)]
pub(crate) struct Balance {
    /// The whole answer, handed to the page with `saldo-ready`.
    pub(crate) answer: JsValue,
    pub(crate) is_zero: bool,
    pub(crate) formatted: String,
    pub(crate) next_due: Option<String>,
    pub(crate) open_item_count: u32,
    pub(crate) pay_url: String,
}

/// Why there is no balance: the code of the `saldo-error` event.
pub(crate) type Code = &'static str;

pub(crate) async fn load_balance(wish: &Wish) -> Result<Balance, Code> {
    if !is_bearer_token(&wish.token) {
        return Err("invalid_token");
    }
    let response = Request::get(&format!("{}{WIDGET_BALANCE}", wish.base))
        .header("Authorization", &format!("Bearer {}", wish.token))
        .header("Accept-Language", wish.locale.tag())
        .credentials(RequestCredentials::Omit)
        .send()
        .await
        .map_err(|_| "network")?;
    match response.status() {
        200 => {}
        401 | 403 | 404 => return Err("refused"),
        _ => return Err("server"),
    }
    let body = Response::from(response).json().map_err(|_| "unreadable")?;
    let answer = JsFuture::from(body).await.map_err(|_| "unreadable")?;
    read(answer).ok_or("unreadable")
}

fn read(answer: JsValue) -> Option<Balance> {
    let minor = get(&get(&answer, "amount_due")?, "minor")?;
    let count = get(&answer, "open_item_count")?.as_f64()?;
    Some(Balance {
        is_zero: minor.is_falsy(),
        formatted: get(&answer, "formatted")?.as_string()?,
        next_due: get(&answer, "next_due_formatted").and_then(|text| text.as_string()),
        open_item_count: count as u32,
        pay_url: get(&answer, "pay_url")?.as_string()?,
        answer,
    })
}

/// A field that is there; `undefined` reads as absent.
pub(crate) fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(key)).ok().filter(|value| !value.is_undefined())
}
