//! The description of the HTTP interface, generated from the handlers.

use actix_web::web::Json;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::{ContentBuilder, Ref, Response, ResponseBuilder},
};

use super::{classes, health, lessons, networks, pictures, places, questions, recordings, tensors};
use crate::refusal::Problem;

/// Bytes: what they mean is said where they are sent.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "stands for bodies that are not JSON")]
pub struct Binary(Vec<u8>);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Convocation",
        description = "A live classroom for convolutional networks. Everything below a digest is immutable. Every refusal has a \
            body `{code, message}`."
    ),
    paths(
        document,
        networks::list,
        networks::describe,
        networks::weights,
        networks::unit_weights,
        lessons::list,
        lessons::show,
        lessons::send,
        lessons::write,
        pictures::send,
        pictures::show,
        pictures::thumbnail,
        tensors::overview,
        tensors::layer,
        tensors::unit,
        questions::resolve,
        classes::open,
        classes::look,
        classes::shown,
        classes::socket,
        classes::events,
        classes::say,
        recordings::report,
        recordings::recording,
        recordings::keep,
        recordings::delete,
        places::addresses,
        places::qr,
        health::alive,
        health::ready,
        health::metrics,
    ),
    components(schemas(Problem)),
    modifiers(&AnyOther)
)]
struct Document;

/// The answers that every operation may give, documented in one place.
struct AnyOther;

impl Modify for AnyOther {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let response: Response = ResponseBuilder::new()
            .description(
                "Any other refusal: the code says which. `internal` is a fault of the server",
            )
            .content(
                "application/json",
                ContentBuilder::new()
                    .schema(Some(Ref::from_schema_name(Problem::name())))
                    .build(),
            )
            .build();
        let paths = document.paths.paths.values_mut();
        for operation in paths.flat_map(|path| path.get.iter_mut().chain(&mut path.post)) {
            let responses = &mut operation.responses.responses;
            responses.insert("default".to_owned(), response.clone().into());
        }
    }
}

#[utoipa::path(get, path = "/api/openapi.json", tag = "health", summary = "This document",
    responses((status = 200, description = "OpenAPI 3.1: a JSON object whose schema is that standard's", body = Object)))]
pub(crate) async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::http::resources;

    fn document() -> Value {
        serde_json::to_value(Document::openapi()).unwrap()
    }

    /// Calls `visit` for every value of a document, with the name under which its parent has it.
    fn walk<'a>(name: &'a str, value: &'a Value, visit: &mut impl FnMut(&'a str, &'a Value)) {
        visit(name, value);
        match value {
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, value)| walk(name, value, visit)),
            Value::Array(items) => items.iter().for_each(|value| walk("", value, visit)),
            _ => {}
        }
    }

    #[test]
    fn every_address_is_documented_and_nothing_else_is() {
        let document = document();
        let documented: BTreeSet<&str> = document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(documented, resources().map(|(path, _)| path).into());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut references = BTreeSet::new();
        walk("", &document, &mut |name, value| {
            if name == "$ref" {
                references.insert(value.as_str().unwrap());
            }
        });
        for reference in &references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        for schema in ["Description", "Layer", "Op", "Problem", "OpenedClass"] {
            let reference = format!("#/components/schemas/{schema}");
            assert!(references.contains(reference.as_str()), "{schema}");
        }
    }

    #[test]
    fn every_json_body_and_everything_in_it_has_a_schema() {
        let mut document = document();
        // The document itself is described by a standard of its own.
        document["paths"]
            .as_object_mut()
            .unwrap()
            .remove("/api/openapi.json");
        walk("", &document, &mut |name, value| {
            if name == "application/json" {
                assert!(
                    value["schema"].is_object(),
                    "a body without a schema: {value}"
                );
            }
            if value["type"] == "object" {
                assert!(
                    value["properties"].is_object(),
                    "any object will do: {value}"
                );
            }
            if value["type"] == "array" {
                assert!(value["items"].is_object(), "anything in an array: {value}");
            }
        });
    }

    #[test]
    fn every_refusal_has_the_same_body() {
        let document = document();
        let problem = Ref::from_schema_name("Problem").ref_location;
        for (path, item) in document["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                let responses = operation["responses"].as_object().unwrap();
                assert!(responses.contains_key("default"), "{path}");
                for (status, response) in responses {
                    if status == "default" || status.starts_with(['4', '5']) {
                        let schema = &response["content"]["application/json"]["schema"];
                        assert_eq!(schema["$ref"], problem, "{path} {status}");
                    }
                }
            }
        }
    }
}
