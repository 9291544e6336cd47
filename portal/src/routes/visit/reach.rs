//! How far a session reaches that came from a widget.

/// Whether a session that came from a widget reaches a page: what the widget's token covered, and nothing more.
pub(super) fn covers(scopes: &str, path: &str) -> bool {
    let has = |wanted: &str| scopes.split(' ').any(|scope| scope == wanted);
    match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "pay" | "receipt" => has("pay"),
        "plan" => has("plan"),
        "methods" => has("pay") || has("plan"),
        "code" | "now" => true,
        _ => has("statement"),
    }
}
