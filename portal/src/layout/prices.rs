//! Prices that hold until a moment.

use super::Chrome;
use crate::islands::Countdown;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Timestamp;
use saldo_domain::money::Money;

/// The last moment in words, with the place whose clock it is, and how long that is.
pub fn deadline(last_moment: Timestamp, now: Timestamp, chrome: &Chrome) -> AnyView {
    let place = chrome.zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ");
    let moment = chrome.moment(last_moment);
    // The whole of the last second counts.
    let ends = (last_moment.as_second() + 1) * 1_000;
    view! {
        <p class="deadline">
            <span>{chrome.with("ways-until", [("moment", moment.into()), ("place", place.into())])}</span>
            <Countdown now=now.as_millisecond() ends=ends label=chrome.t("ways-left")/>
        </p>
    }
    .into_any()
}

/// What it would be without the discount: said in words where it cannot be seen that it is struck through.
pub fn old_price(full: Money, chrome: &Chrome) -> AnyView {
    view! {
        <s class="amount amount-old"><span class="visually-hidden">{chrome.t("ways-instead")}" "</span>{chrome.money(full)}</s>
    }
    .into_any()
}
