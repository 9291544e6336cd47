//! `<saldo-balance>`: what is owed, until when, and the way to pay it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::fetch::{Balance, Code, load_balance};
use crate::mount::{Host, Options};
use crate::texts::{Locale, Texts};

pub(crate) type MountedView = <AnyView as Render>::State;

/// What one element was asked to show, and where it tells the outcome.
pub(crate) struct Wish {
    pub(crate) base: String,
    pub(crate) token: String,
    pub(crate) locale: Locale,
    host: Host,
}

impl Wish {
    pub(crate) fn read(host: Host, options: &Options) -> Self {
        let locale = Locale::from_tag(&options.locale()).unwrap_or(Locale::Es);
        Self { base: options.base(), token: options.token(), locale, host }
    }
}

#[derive(Clone)]
enum State {
    Loading,
    Ready(Balance),
    Failed,
}

/// The element's view; it begins to load at once.
pub(crate) fn view(wish: Wish) -> AnyView {
    let locale = wish.locale;
    let wish = Arc::new(wish);
    let state = RwSignal::new(State::Loading);
    let reload = move || {
        let wish = Arc::clone(&wish);
        state.set(State::Loading);
        spawn_local(async move { settle(state, &wish, load_balance(&wish).await) });
    };
    reload();
    view! {
        <section class="card" part="card" lang=locale.tag()>
            {move || match state.get() {
                State::Loading => loading(locale.texts()),
                State::Ready(balance) if balance.is_zero => paid(locale.texts(), balance),
                State::Ready(balance) => due(locale.texts(), balance),
                State::Failed => failed(locale.texts(), reload.clone()),
            }}
        </section>
    }
    .into_any()
}

/// Shows the outcome and tells the page, unless the element has left it meanwhile.
fn settle(state: RwSignal<State>, wish: &Wish, outcome: Result<Balance, Code>) {
    let (next, name, detail) = match outcome {
        Ok(balance) => (State::Ready(balance.clone()), "saldo-ready", balance.answer),
        Err(code) => (State::Failed, "saldo-error", code.into()),
    };
    if state.try_set(next).is_none() {
        wish.host.announce(name, &detail);
    }
}

/// The page's own fallback stands until there is something better to show.
fn loading(texts: &'static Texts) -> AnyView {
    view! { <slot><p class="status" role="status">{texts.loading}</p></slot> }.into_any()
}

fn paid(texts: &'static Texts, balance: Balance) -> AnyView {
    view! {
        <p class="label">{texts.paid}</p>
        <p class="amount" part="amount">{balance.formatted}</p>
    }
    .into_any()
}

fn due(texts: &'static Texts, balance: Balance) -> AnyView {
    let count = balance.open_item_count;
    view! {
        <p class="label">{texts.amount_due}</p>
        <p class="amount" part="amount">{balance.formatted}</p>
        <p class="detail">{format!("{count} {}", texts.open_items_noun(count))}</p>
        {balance.next_due.map(|date| view! { <p class="detail">{texts.next_due} ": " {date}</p> })}
        <a class="pay" part="pay" href=balance.pay_url target="_top" rel="noreferrer">{texts.pay}</a>
    }
    .into_any()
}

fn failed(texts: &'static Texts, reload: impl Fn() + 'static) -> AnyView {
    view! {
        <slot><p class="status" role="alert">{texts.failed}</p></slot>
        <button class="retry" type="button" on:click=move |_| reload()>{texts.retry}</button>
    }
    .into_any()
}
