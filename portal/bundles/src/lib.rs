//! What browsers download, built by this crate's build script and embedded: WASM, glue, style sheets, pictures.
//!
//! Every file but the widgets' loader is named by its contents and may be kept for ever. With the environment variable
//! `SALDO_SKIP_BUNDLES` nothing is built and nothing is found, which keeps checks and editors fast.

/// An embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The path it is served under, from the root: `/assets/portal.3f9a1c2b.wasm`.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The contents as they are.
    pub raw: &'static [u8],
    /// The contents compressed with brotli.
    pub brotli: &'static [u8],
    /// Whether the path names the contents, so that they never change under it.
    pub immutable: bool,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file served under `path`, or `None`.
pub fn find(path: &str) -> Option<&'static Asset> {
    let index = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    ASSETS.get(index)
}

/// Every embedded file, in the order of their paths.
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The path of a file of `style/assets`, called by its own name (`logo.svg`).
pub fn asset(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(key, _)| *key == name).map(|(_, path)| *path)
}

/// The path of the portal's style sheet.
pub fn portal_css() -> &'static str {
    asset("portal_css").unwrap_or("/assets/portal.css")
}

/// The path of the portal's loader, an ES module: `<script type="module" src=…>`.
pub fn portal_js() -> &'static str {
    asset("portal_js").unwrap_or("/assets/portal.js")
}

/// The path of the portal's glue, which its loader imports.
pub fn portal_glue() -> &'static str {
    asset("portal_glue_js").unwrap_or("/assets/portal-glue.js")
}

/// The path of the portal's WASM.
pub fn portal_wasm() -> &'static str {
    asset("portal_wasm").unwrap_or("/assets/portal.wasm")
}

/// The path of the script that other people's pages include; it stays, so that their pages do.
pub fn widget_loader() -> &'static str {
    "/widgets/v1/saldo.js"
}

/// The path of the widgets' self-test, which the loader asks for as `saldo.js?debug`.
pub fn widget_debug() -> &'static str {
    "/widgets/v1/debug.js"
}

/// The path of the widgets' glue, which the loader imports.
pub fn widget_js() -> &'static str {
    asset("widget_js").unwrap_or("/assets/widget.js")
}

/// The path of the widgets' WASM.
pub fn widget_wasm() -> &'static str {
    asset("widget_wasm").unwrap_or("/assets/widget.wasm")
}
