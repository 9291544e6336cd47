pub mod attempt;
pub mod claims;
pub mod code;
pub mod dispute;
pub mod landing;
pub mod methods;
pub mod now;
pub mod opt_out;
pub mod pay;
pub mod plan;
pub mod preferences;
pub mod profile;
pub mod promise;
pub mod proposal;
pub mod receipt;
pub mod statement;
pub mod transfer;

use super::forms::{Form, local_path};
use super::reply::Page;
use super::visit::Visit;
use saldo_domain::locale::Language;

/// Another language was chosen.
pub async fn language(visit: Visit, form: Form) -> Page {
    let back = local_path(form.text("back")).unwrap_or("/");
    match Language::try_new(form.text("language")) {
        Ok(language) => Page::see_other(back).cookie(&visit.keep_language(language)),
        Err(_) => Page::see_other(back),
    }
}
