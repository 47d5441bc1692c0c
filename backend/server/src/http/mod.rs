//! The HTTP edge: requests become questions to the site, one file per kind of thing asked for. Statuses are in `refusal`.

mod classes;
mod health;
mod lessons;
mod networks;
mod openapi;
mod pictures;
mod places;
mod questions;
mod receiving;
mod recordings;
mod tensors;

use actix_web::{Route, guard, web};

use crate::{assets, refusal::Refusal};

/// All routes.
pub fn routes(config: &mut web::ServiceConfig) {
    for (path, route) in resources() {
        let resource = web::resource(path)
            .route(route)
            .default_service(web::to(wrong_method));
        config.service(resource);
    }
    config.default_service(get().to(assets::serve));
}

/// Every address of the interface, with what answers there.
fn resources() -> [(&'static str, Route); 31] {
    [
        ("/api/openapi.json", get().to(openapi::document)),
        ("/api/networks", get().to(networks::list)),
        ("/api/networks/{id}", get().to(networks::describe)),
        ("/api/networks/{id}/lessons", get().to(lessons::list)),
        (
            "/api/networks/{id}/lessons/{language}/{name}",
            get().to(lessons::show),
        ),
        (
            "/api/networks/{id}/lessons/sent",
            web::post().to(lessons::send),
        ),
        (
            "/api/networks/{id}/lessons/file",
            web::post().to(lessons::write),
        ),
        ("/api/weights/{digest}/{layer}", get().to(networks::weights)),
        (
            "/api/weights/{digest}/{layer}/{unit}",
            get().to(networks::unit_weights),
        ),
        ("/api/pictures", web::post().to(pictures::send)),
        ("/api/pictures/{picture}", get().to(pictures::show)),
        (
            "/api/pictures/{picture}/thumbnail",
            get().to(pictures::thumbnail),
        ),
        (
            "/api/overviews/{digest}/{picture}/{size}",
            get().to(tensors::overview),
        ),
        (
            "/api/tensors/{digest}/{picture}/{layer}",
            get().to(tensors::layer),
        ),
        (
            "/api/tensors/{digest}/{picture}/{layer}/{unit}",
            get().to(tensors::unit),
        ),
        ("/api/questions", web::post().to(questions::resolve)),
        ("/api/classes", web::post().to(classes::open)),
        ("/api/classes/{code}", get().to(classes::look)),
        ("/api/classes/{code}/shown", get().to(classes::shown)),
        ("/api/classes/{code}/socket", web::get().to(classes::socket)),
        (
            "/api/classes/{code}/events",
            web::post().to(classes::events),
        ),
        ("/api/classes/{code}/report", get().to(recordings::report)),
        (
            "/api/classes/{code}/recording",
            get().to(recordings::recording),
        ),
        ("/api/classes/{code}/kept", web::post().to(recordings::keep)),
        (
            "/api/classes/{code}/deletion",
            web::post().to(recordings::delete),
        ),
        ("/api/messages", web::post().to(classes::say)),
        ("/api/addresses", get().to(places::addresses)),
        ("/api/qr", get().to(places::qr)),
        ("/healthz", get().to(health::alive)),
        ("/readyz", get().to(health::ready)),
        ("/metrics", get().to(health::metrics)),
    ]
}

/// GET, and HEAD for those who want to know without receiving.
fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

async fn wrong_method() -> Result<actix_web::HttpResponse, Refusal> {
    Err(Refusal::WrongMethod)
}
