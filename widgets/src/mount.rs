//! The way in from the JavaScript loader.

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::wasm_bindgen::prelude::*;
use leptos::web_sys::Element;

use crate::balance;

#[wasm_bindgen]
extern "C" {
    /// The element as the loader's class defines it.
    pub type Host;

    /// Raises an event on the element.
    #[wasm_bindgen(method)]
    pub(crate) fn announce(this: &Host, name: &str, detail: &JsValue);

    /// What the loader read from the element's attributes and from its own address.
    pub type Options;

    /// Where the server is, without a slash at its end.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn base(this: &Options) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn token(this: &Options) -> String;

    /// A BCP 47 tag; one that the widgets do not speak reads as Spanish.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn locale(this: &Options) -> String;
}

/// One mounted element; dropping it (`handle.free()`) takes its view away and stops its reactive graph.
#[wasm_bindgen]
pub struct Mounted {
    _view: UnmountHandle<balance::MountedView>,
}

/// Renders the inside of one element into its shadow root.
#[wasm_bindgen]
pub fn mount(host: Host, root: JsValue, options: &Options) -> Mounted {
    let wish = balance::Wish::read(host, options);
    Mounted { _view: mount_to_renderer(root.unchecked_ref::<Element>(), || balance::view(wish)) }
}
