//! What a page makes a phone download, in bytes after brotli.

use saldo_bundles::{Asset, all, find};

const KIB: usize = 1024;

/// The embedded files under `paths`, or `None` (said aloud) where the bundles were not built.
fn embedded(paths: &[&str]) -> Option<Vec<&'static Asset>> {
    if all().is_empty() {
        eprintln!("\n*** skipped: the bundles were not built (SALDO_SKIP_BUNDLES) ***\n");
        return None;
    }
    Some(paths.iter().map(|path| find(path).unwrap_or_else(|| panic!("{path} is not embedded"))).collect())
}

fn check(what: &str, budget: usize, paths: &[&str]) {
    let Some(assets) = embedded(paths) else { return };
    let sum: usize = assets.iter().map(|asset| asset.brotli.len()).sum();
    for asset in assets {
        println!("{:>8} {}", asset.brotli.len(), asset.path);
    }
    println!("{sum:>8} {what}, of {budget}");
    assert!(sum <= budget, "{what} weighs {sum} bytes after brotli; its budget is {budget}");
}

#[test]
fn a_portal_page_stays_within_its_budget() {
    let paths = [saldo_bundles::portal_wasm(), saldo_bundles::portal_glue(), saldo_bundles::portal_js()];
    check("the portal", 78 * KIB, &paths);
}

/// The view's answer counts too: what the server sends for a balance.
const VIEW: usize = 2 * KIB;

#[test]
fn a_page_with_a_balance_or_a_button_stays_within_its_budget() {
    let paths = [saldo_bundles::widget_js(), saldo_bundles::widget_loader()];
    check("until Pay can be pressed", 8 * KIB - VIEW / 2, &paths);
    check("a page with a balance", 40 * KIB - VIEW, &paths);
}

#[test]
fn the_whole_kit_stays_within_its_budget() {
    let paths = [saldo_bundles::widget_wasm(), saldo_bundles::widget_js(), saldo_bundles::widget_loader()];
    check("the whole kit", 64 * KIB - VIEW, &paths);
}

#[test]
fn the_widget_loader_alone_is_small() {
    check("the widgets' loader", 2 * KIB, &[saldo_bundles::widget_loader()]);
}

#[test]
fn only_files_named_by_their_contents_are_kept_for_ever() {
    for asset in all() {
        assert_eq!(asset.immutable, asset.path.starts_with("/assets/"), "{}", asset.path);
    }
}

#[test]
fn the_glue_and_its_module_have_what_the_loaders_call() {
    let pairs = [
        (saldo_bundles::portal_glue(), saldo_bundles::portal_wasm(), "export function hydrate("),
        (saldo_bundles::widget_js(), saldo_bundles::widget_wasm(), "export function mount("),
    ];
    let has = |asset: &Asset, name: &str| asset.raw.windows(name.len()).any(|part| part == name.as_bytes());
    for (glue, wasm, entry) in pairs {
        let Some(assets) = embedded(&[glue, wasm]) else { return };
        assert!(has(assets[0], "export function __wbg_set_wasm("), "{glue}");
        assert!(has(assets[0], entry), "{glue}");
        assert!(has(assets[1], "__wbindgen_start"), "{wasm}");
    }
}
