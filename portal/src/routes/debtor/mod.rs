pub mod attempt;
pub mod landing;
pub mod opt_out;
pub mod pay;
pub mod receipt;
pub mod statement;

use super::forms::Form;
use super::reply::Page;
use super::visit::Visit;
use saldo_domain::locale::Language;

/// Another language was chosen.
pub async fn language(visit: Visit, form: Form) -> Page {
    let back = form.text("back");
    // Only a path of ours: `//elsewhere` would lead away.
    let back = if back.starts_with('/') && !back.starts_with("//") && !back.contains('\\') { back } else { "/" };
    match Language::try_new(form.text("language")) {
        Ok(language) => Page::see_other(back).cookie(&visit.keep_language(language)),
        Err(_) => Page::see_other(back),
    }
}
