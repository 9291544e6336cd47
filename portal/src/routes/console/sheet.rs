//! Rows of any page as a file for people's spreadsheets, part by part: no database transaction waits for a slow reader.

use super::lists::{fields, heads, line};
use crate::Chrome;
use crate::pages::console::reminders::Sheet;
use crate::routes::reply::Page;
use axum::body::{Body, Bytes};
use axum::http::header;
use saldo_app::Failure;

/// A part of a file, and where the next one begins; none at the end.
pub struct Part<W> {
    /// The rows.
    pub sheet: Sheet,
    /// Where the next part begins.
    pub next: Option<W>,
}

/// The file. `part` reads the rows from one place on.
pub fn download<W, F, Next>(name: &str, chrome: Chrome, start: W, part: F) -> Page
where
    W: Send + 'static,
    F: Fn(W) -> Next + Send + 'static,
    Next: Future<Output = Result<Part<W>, Failure>> + Send,
{
    let walk = (Some(start), true, chrome, part);
    let parts = futures::stream::try_unfold(walk, |(place, is_first, chrome, part)| async move {
        let Some(place) = place else { return Ok::<_, std::io::Error>(None) };
        match part(place).await {
            Ok(Part { sheet, next }) => {
                let bytes = text(&sheet, is_first, &chrome);
                Ok(Some((bytes, (next, false, chrome, part))))
            }
            Err(failure) => {
                tracing::error!(%failure, "a file broke off");
                Err(std::io::Error::other("the file broke off"))
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Page::raw((headers, Body::from_stream(parts)))
}

fn text(sheet: &Sheet, is_first: bool, chrome: &Chrome) -> Bytes {
    let mut text = String::new();
    if is_first {
        // Excel reads UTF-8 only behind this mark.
        text.push('\u{feff}');
        text.push_str(&line(&heads(&sheet.columns, chrome)));
    }
    for cells in &sheet.rows {
        for fields in fields(cells, &sheet.columns) {
            text.push_str(&line(&fields));
        }
    }
    text.into()
}
