use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::ids::AttachmentId;

/// A file that can be fetched.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Its row.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// How large it is.
    pub byte_count: u64,
}

/// What is wrong with one field, said beside it; its id is the field's with `-problem`.
pub fn wrong(refusal: Option<&Refusal>, field: &str, chrome: &Chrome) -> Option<AnyView> {
    let text = refusal_text(refusal?, &chrome.locale);
    Some(view! { <p class="field-problem" id=format!("{field}-problem")>{text}</p> }.into_any())
}

/// Where files are chosen.
pub fn file_field(refusal: Option<&Refusal>, label: String, chrome: &Chrome) -> AnyView {
    let described = if refusal.is_some() { "files-problem files-hint" } else { "files-hint" };
    view! {
        <div class="field">
            <label for="files">{label}</label>
            {wrong(refusal, "files", chrome)}
            <input class="input" id="files" name="file" type="file" multiple=true
                accept="application/pdf,image/png,image/jpeg,image/webp,image/heic,.pdf,.heic"
                aria-invalid=refusal.map(|_| "true") aria-describedby=described/>
            <p class="hint" id="files-hint"><span>{chrome.t("files-hint")}</span></p>
        </div>
    }
    .into_any()
}

/// Files with links under a path.
pub fn file_list(path: &str, files: &[FileLine], chrome: &Chrome) -> Option<AnyView> {
    if files.is_empty() {
        return None;
    }
    let rows = files.iter().map(|file| {
        let size = chrome.with("file-size", [("size", (file.byte_count.div_ceil(1024)).into())]);
        view! { <li><a href=format!("{path}/{}", file.id) download="">{file.name.clone()}</a>" "<span class="item-note">{size}</span></li> }
    });
    Some(view! { <ul class="plain-links">{rows.collect_view()}</ul> }.into_any())
}

/// Whether a refusal is about files.
pub fn about_files(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::FileTooLarge | Refusal::FileTypeRefused | Refusal::FilesTooMany)
}
