//! What the OpenAPI document needs beside what is derived.

use saldo_contract::problem::MEDIA_TYPE;
use std::collections::BTreeMap;
use utoipa::openapi::schema::{AllOf, Components, Schema};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Paths, RefOr};

/// Completes the components: how callers are known, and choices that a program can check.
pub(super) fn complete(components: &mut Components) {
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    components.add_security_scheme("api_key", bearer);
    let known = components.schemas.clone();
    for schema in components.schemas.values_mut() {
        let RefOr::T(Schema::OneOf(choice)) = schema else { continue };
        for branch in &mut choice.items {
            let RefOr::T(Schema::AllOf(parts)) = branch else { continue };
            if let Some(whole) = whole(parts, &known) {
                *branch = whole;
            }
        }
    }
}

/// Refusals have a media type of their own (RFC 9457), which is not derived from what they are made of.
pub(super) fn name_problems(paths: &mut Paths) {
    for path in paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.put, &mut path.post, &mut path.delete, &mut path.patch];
        for operation in operations.into_iter().flatten() {
            for (status, response) in &mut operation.responses.responses {
                let RefOr::T(response) = response else { continue };
                if status.starts_with(['4', '5']) {
                    let content = std::mem::take(&mut response.content);
                    response.content = content.into_values().map(|body| (MEDIA_TYPE.to_owned(), body)).collect();
                }
            }
        }
    }
}

/// The parts of a tagged choice as one object: a schema that takes no other field takes no tag beside it either, and nothing
/// would satisfy both.
fn whole(parts: &AllOf, known: &BTreeMap<String, RefOr<Schema>>) -> Option<RefOr<Schema>> {
    let objects = parts.items.iter().map(|part| {
        let part = match part {
            RefOr::Ref(named) => known.get(named.ref_location.rsplit('/').next()?)?,
            RefOr::T(_) => part,
        };
        if let RefOr::T(Schema::Object(object)) = part { Some(object.clone()) } else { None }
    });
    let mut objects = objects.collect::<Option<Vec<_>>>()?.into_iter();
    let mut whole = objects.next()?;
    for object in objects {
        whole.required.extend(object.required);
        whole.properties.extend(object.properties);
    }
    Some(RefOr::T(Schema::Object(whole)))
}
