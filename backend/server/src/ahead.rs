//! What a page will ask for once its scripts run, named in the header `Link` so that it is on its way before: on a slow network that is
//! seconds earlier. A guess: the page asks all the same, and is right where this is not.

use actix_web::{
    HttpRequest,
    http::header::{ACCEPT_LANGUAGE, HeaderValue},
};
use convocation_classroom::ids::ClassCode;

use crate::{assets, site::Site};

/// Chunks of the frontend that every page with a network needs, as `frontend/vite.config.ts` names them. Browsers ask for six things at a
/// time, in this order: after the words comes what asks for others.
const CHUNKS: [&str; 4] = ["index", "seat", "rolldown-runtime", "explorer"];

/// The header of the page at the address of `request`; none where nothing is known of it.
#[must_use]
pub fn links(site: &Site, request: &HttpRequest) -> Option<HeaderValue> {
    let mut links = Vec::from_iter(words(request));
    if let Some(page) = Page::at(request.path()) {
        let chunks = CHUNKS.iter().chain(page.chunk());
        links.extend(chunks.clone().filter_map(|name| script(name)));
        links.extend(chunks.filter_map(|name| style(name)));
        links.extend(page.data(site, request).iter().map(|path| fetched(path)));
    }
    HeaderValue::try_from(links.join(", "))
        .ok()
        .filter(|links| !links.is_empty())
}

/// A page that shows a network.
enum Page<'a> {
    Explore,
    Class(&'a str),
}

impl<'a> Page<'a> {
    fn at(path: &'a str) -> Option<Self> {
        let segments: Vec<&str> = path.split('/').collect();
        match segments.as_slice() {
            ["", "explore"] => Some(Self::Explore),
            ["", "c", code] | ["", "c", code, "desk" | "stage"] => Some(Self::Class(code)),
            _ => None,
        }
    }

    /// A chunk that it alone needs.
    fn chunk(&self) -> Option<&'static &'static str> {
        match self {
            Self::Explore => Some(&"explore"),
            Self::Class(_) => None,
        }
    }

    /// What says which overview it begins with: the first network, which most classes show, and the class. An address that says more
    /// than which page it is shows something of its own.
    fn data(&self, site: &Site, request: &HttpRequest) -> Vec<String> {
        let mut paths = vec!["/api/networks".to_owned()];
        let first = site.library.networks().first();
        paths.extend(first.map(|network| format!("/api/networks/{}", network.id())));
        if let (Self::Class(code), "") = (self, request.query_string()) {
            let code = ClassCode::parse(code);
            paths.extend(code.map(|code| format!("/api/classes/{}/shown", code.0)));
        }
        paths
    }
}

/// The words in the first language that the browser asks for and the interface speaks.
fn words(request: &HttpRequest) -> Option<String> {
    let accepted = request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    // Browsers name them in order.
    accepted.split(',').find_map(|language| {
        let primary = language.split(['-', ';']).next()?.trim();
        script(&format!("_convocation_words-{primary}"))
    })
}

fn script(name: &str) -> Option<String> {
    let path = assets::chunk(name, "js")?;
    Some(format!("<{path}>; rel=modulepreload; crossorigin"))
}

fn style(name: &str) -> Option<String> {
    let path = assets::chunk(name, "css")?;
    Some(format!("<{path}>; rel=preload; as=style; crossorigin"))
}

fn fetched(path: &str) -> String {
    format!("<{path}>; rel=preload; as=fetch; crossorigin")
}
