//! Parse at the door: what cannot be read is a problem with a code, never a panic.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::{self, ApiCaller};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use uuid::Uuid;

impl FromRequestParts<App> for ApiCaller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let key = bearer(parts).ok_or(AppRefusal::KeyInvalid)?.to_owned();
        api_key::recognise(app, &key).await
    }
}

/// The token of an `Authorization: Bearer` header.
pub fn bearer(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// A JSON body; unknown fields are refused by its type.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(|value| value.starts_with("application/json")) {
            return Err(AppRefusal::Malformed("the body must be application/json".to_owned()).into());
        }
        let body = Bytes::from_request(request, app)
            .await
            .map_err(|_| AppRefusal::Malformed("the body is too large or broke off".to_owned()))?;
        let value = serde_json::from_slice(&body).map_err(|error| AppRefusal::Malformed(error.to_string()))?;
        Ok(Self(value))
    }
}

/// The query string; unknown fields are refused by its type.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, app).await;
        query.map(|query| Self(query.0)).map_err(|rejection| AppRefusal::Malformed(rejection.body_text()).into())
    }
}

/// One id in the path. What is no id is not found.
pub struct Id<T>(pub T);

impl<T: From<Uuid> + Send> FromRequestParts<App> for Id<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let id = axum::extract::Path::<Uuid>::from_request_parts(parts, app).await;
        id.map(|id| Self(T::from(id.0))).map_err(|_| saldo_domain::Refusal::NotFound.into())
    }
}
