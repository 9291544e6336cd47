//! Forms that carry files.

use super::forms::Form;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_app::App;
use saldo_app::flows::attachment::{AttachmentRow, SentFile};
use saldo_domain::Refusal;
use saldo_domain::attachment::{BYTES_MAX, FILES_MAX};

/// The most bytes of a form with its files: one file may be past its own end, so that the answer can say so.
pub const FORM_BYTES_MAX: usize = (FILES_MAX + 2) * BYTES_MAX;

/// The most bytes of a field that is no file.
const TEXT_BYTES_MAX: usize = 16 * 1024;

/// The fields and the files of a form.
pub struct FileForm {
    /// The fields that are no files.
    pub fields: Form,
    files: Result<Vec<SentFile>, Refusal>,
}

impl FromRequest<App> for FileForm {
    type Rejection = StatusCode;

    async fn from_request(request: Request, app: &App) -> Result<Self, StatusCode> {
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| StatusCode::BAD_REQUEST)?;
        let (mut fields, mut files) = (Vec::new(), Ok(Vec::new()));
        loop {
            match parts.next_field().await {
                Ok(Some(field)) if field.file_name().is_some() => take(field, &mut files).await,
                Ok(Some(field)) => fields.push(text(field).await?),
                Ok(None) => break,
                Err(fault) if fault.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    files = Err(Refusal::FileTooLarge);
                    break;
                }
                Err(_) => return Err(StatusCode::BAD_REQUEST),
            }
        }
        Ok(Self { fields: Form::of(fields), files })
    }
}

impl FileForm {
    /// The files, or what is wrong with them.
    pub fn files(self) -> Result<Vec<SentFile>, Refusal> {
        self.files
    }
}

async fn text(mut field: Field<'_>) -> Result<(String, String), StatusCode> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        if bytes.len() + piece.len() > TEXT_BYTES_MAX {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok((name, String::from_utf8(bytes).map_err(|_| StatusCode::BAD_REQUEST)?))
}

/// Reads a file to its end, also one that is refused: a browser that is cut off shows no answer.
async fn take(mut field: Field<'_>, files: &mut Result<Vec<SentFile>, Refusal>) {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    let mut fits = true;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) if fits && bytes.len() + piece.len() <= BYTES_MAX => bytes.extend_from_slice(&piece),
            Ok(Some(_)) => fits = false,
            Ok(None) => break,
            Err(_) => {
                fits = false;
                break;
            }
        }
    }
    if !fits {
        *files = Err(Refusal::FileTooLarge);
        return;
    }
    let Ok(kept) = files else { return };
    match kept.len() {
        // A browser sends a field without a file as one without name and content.
        _ if name.is_empty() && bytes.is_empty() => {}
        FILES_MAX.. => *files = Err(Refusal::FilesTooMany),
        _ => kept.push(SentFile { name, bytes }),
    }
}

/// A file to keep, never to show: whatever it holds cannot run on our origin.
pub fn download((row, bytes): (AttachmentRow, Vec<u8>)) -> Response {
    let headers = [
        (header::CONTENT_TYPE, row.kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", row.name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from(bytes)).into_response()
}
