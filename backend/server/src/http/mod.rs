//! The HTTP edge: requests become questions to the site, one file per kind of thing asked for. Statuses are in `refusal`.

mod classes;
mod health;
mod networks;
mod openapi;
mod pictures;
mod places;
mod tensors;

use actix_web::{Resource, guard, web};

use crate::{assets, refusal::Refusal};

/// All routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/api/openapi.json").route(get().to(openapi::document)))
        .service(resource("/api/networks").route(get().to(networks::list)))
        .service(resource("/api/networks/{id}").route(get().to(networks::describe)))
        .service(resource("/api/weights/{digest}/{layer}").route(get().to(networks::weights)))
        .service(resource("/api/pictures").route(web::post().to(pictures::send)))
        .service(resource("/api/pictures/{picture}").route(get().to(pictures::show)))
        .service(
            resource("/api/overviews/{digest}/{picture}/{size}").route(get().to(tensors::overview)),
        )
        .service(
            resource("/api/tensors/{digest}/{picture}/{layer}").route(get().to(tensors::layer)),
        )
        .service(
            resource("/api/tensors/{digest}/{picture}/{layer}/{unit}")
                .route(get().to(tensors::unit)),
        )
        .service(resource("/api/classes").route(web::post().to(classes::open)))
        .service(resource("/api/classes/{code}").route(get().to(classes::look)))
        .service(resource("/api/classes/{code}/socket").route(web::get().to(classes::socket)))
        .service(resource("/api/addresses").route(get().to(places::addresses)))
        .service(resource("/api/qr").route(get().to(places::qr)))
        .service(resource("/healthz").route(get().to(health::alive)))
        .service(resource("/readyz").route(get().to(health::ready)))
        .service(resource("/metrics").route(get().to(health::metrics)))
        .default_service(get().to(assets::serve));
}

fn resource(path: &str) -> Resource {
    web::resource(path).default_service(web::to(wrong_method))
}

/// GET, and HEAD for those who want to know without receiving.
fn get() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

async fn wrong_method() -> Result<actix_web::HttpResponse, Refusal> {
    Err(Refusal::WrongMethod)
}
