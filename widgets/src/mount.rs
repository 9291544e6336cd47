//! The way in from `kit.js`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use leptos::wasm_bindgen::prelude::*;
use leptos::web_sys::Element;

use crate::json::Json;
use crate::{choices, plan, reminder, statement};

#[wasm_bindgen]
extern "C" {
    /// What an element may ask of the page around it.
    #[derive(Clone)]
    pub type Port;

    /// Leads to our own page, with names and values in turn.
    #[wasm_bindgen(method)]
    pub(crate) fn open(this: &Port, to: &str, words: Vec<String>);

    /// Puts the reminder away: `later` or `for_good`.
    #[wasm_bindgen(method)]
    pub(crate) fn dismiss(this: &Port, id: &str, until: &str);
}

/// What one element shows, and the page around it.
#[derive(Clone, Copy)]
pub(crate) struct Inside {
    view: RwSignal<Json, LocalStorage>,
    port: StoredValue<Port, LocalStorage>,
}

impl Inside {
    /// The server's whole answer; the caller shows anew when there is another.
    pub(crate) fn view(self) -> Json {
        self.view.get()
    }

    /// The answer as it stands, for what a person does.
    pub(crate) fn now(self) -> Json {
        self.view.get_untracked()
    }

    pub(crate) fn may(self, scope: &str) -> bool {
        self.view().list("scopes").iter().any(|one| one.0.as_string().as_deref() == Some(scope))
    }

    pub(crate) fn open(self, to: &str, words: Vec<String>) {
        self.port.with_value(|port| port.open(to, words));
    }

    pub(crate) fn dismiss(self, until: &str) {
        let id = self.now().get("reminder").text("id");
        self.port.with_value(|port| port.dismiss(&id, until));
    }
}

/// One mounted element; dropping it takes its view away and stops its reactive graph.
struct Mounted {
    view: RwSignal<Json, LocalStorage>,
    _shown: UnmountHandle<<AnyView as Render>::State>,
}

thread_local! {
    /// By number: a class of its own would weigh more in the glue.
    static MOUNTED: RefCell<Vec<Option<Mounted>>> = const { RefCell::new(Vec::new()) };
}

/// Renders the inside of one element (`statement`, `choices`, `plan`, `reminder`) into `place`, and answers its number.
#[wasm_bindgen]
pub fn mount(kind: &str, place: JsValue, port: Port, view: JsValue) -> usize {
    let draw = match kind {
        "statement" => statement::view,
        "choices" => choices::view,
        "plan" => plan::view,
        _ => reminder::view,
    };
    // The signal is owned by what is mounted, and made inside of it.
    let made = Rc::new(Cell::new(None));
    let signal = Rc::clone(&made);
    let shown = mount_to_renderer(place.unchecked_ref::<Element>(), move || {
        let view = RwSignal::new_local(Json(view));
        signal.set(Some(view));
        draw(Inside { view, port: StoredValue::new_local(port) })
    });
    let mounted = Mounted { view: made.get().expect("the view was made just now"), _shown: shown };
    MOUNTED.with_borrow_mut(|all| {
        let free = all.iter().position(Option::is_none).unwrap_or(all.len());
        if free == all.len() {
            all.push(None);
        }
        all[free] = Some(mounted);
        free
    })
}

/// Shows another answer.
#[wasm_bindgen]
pub fn update(number: usize, view: JsValue) {
    let signal = MOUNTED.with_borrow(|all| all.get(number)?.as_ref().map(|mounted| mounted.view));
    if let Some(signal) = signal {
        signal.set(Json(view));
    }
}

/// Takes the view away.
#[wasm_bindgen]
pub fn unmount(number: usize) {
    drop(MOUNTED.with_borrow_mut(|all| all.get_mut(number).and_then(Option::take)));
}
