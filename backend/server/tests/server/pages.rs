//! Pages, headers, health and everything else that is not a class or a tensor.

use awc::http::{Method, StatusCode};

use crate::{
    client::{host, join},
    server::{Server, answer},
};

#[actix_web::test]
async fn pages_of_the_frontend_are_pages_and_nothing_else_is() {
    let server = Server::start();
    let cases = [
        ("/", 200),
        ("/explore", 200),
        ("/c/7KQ2MX", 200),
        ("/c/7kq2mx/desk", 200),
        ("/c/7KQ2MX/stage", 200),
        ("/c/7KQ2MX/phone", 200),
        ("/c/7KQ2MX/replay", 200),
        ("/replay", 200),
        ("/c/7KQ2MX/attic", 404),
        ("/c/nonsense-code", 404),
        ("/nothing", 404),
        ("/assets/none.js", 404),
        ("/../Cargo.toml", 404),
        ("/%2e%2e/Cargo.toml", 404),
    ];
    for (path, status) in cases {
        let page = answer(server.get(path).send().await.unwrap()).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        if status == 200 {
            assert_eq!(
                page.header("content-type"),
                "text/html; charset=utf-8",
                "{path}"
            );
            assert!(!page.header("cache-control").contains("max-age"), "{path}");
        } else {
            assert_eq!(page.code(), "no_such_page", "{path}");
        }
    }
}

#[actix_web::test]
async fn a_mistyped_address_is_a_page_for_people() {
    let server = Server::start();
    let home = answer(server.get("/").send().await.unwrap()).await;
    if home.header("etag").is_empty() {
        // This server was built without the frontend and has no page to show.
        return;
    }
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for path in ["/nothing", "/c/ABC", "/c/7KQ2MX/attic"] {
        let request = server.get(path).insert_header(("accept", browser));
        let page = answer(request.send().await.unwrap()).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn every_answer_is_protected_and_sets_no_cookie() {
    let server = Server::start();
    for path in [
        "/",
        "/api/networks",
        "/nothing",
        "/api/classes/000000",
        "/healthz",
        "/metrics",
        "/api/openapi.json",
    ] {
        let answer = answer(server.get(path).send().await.unwrap()).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()"),
            "{path}"
        );
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
}

#[actix_web::test]
async fn only_a_phone_for_a_rehearsal_may_stand_in_a_frame_and_only_of_this_server() {
    let server = Server::start();
    for (path, ancestors) in [
        ("/c/7KQ2MX/phone", "frame-ancestors 'self'"),
        ("/c/7KQ2MX/desk", "frame-ancestors 'none'"),
        ("/c/7KQ2MX", "frame-ancestors 'none'"),
    ] {
        let page = answer(server.get(path).send().await.unwrap()).await;
        let policy = page.header("content-security-policy");
        assert!(policy.ends_with(ancestors), "{path}: {policy}");
        assert!(policy.contains("frame-src 'self';"), "{path}: {policy}");
    }
}

#[actix_web::test]
async fn an_address_answers_to_its_methods_only() {
    let server = Server::start();
    let ask = async |method: Method, path: &str| {
        let request = awc::Client::new().request(method, format!("{}{path}", server.url));
        answer(request.send().await.unwrap()).await
    };
    for (method, path) in [
        (Method::DELETE, "/api/networks"),
        (Method::GET, "/api/classes"),
        (Method::PUT, "/api/pictures"),
    ] {
        let refused = ask(method, path).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::METHOD_NOT_ALLOWED, "wrong_method"),
            "{path}"
        );
    }
    let head = ask(Method::HEAD, "/healthz").await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    let socket = ask(Method::GET, "/api/classes/000000/socket").await;
    assert_eq!(socket.code(), "bad_request");
}

#[actix_web::test]
async fn what_is_documented_answers() {
    let server = Server::start();
    let ask = async |method: Method, path: &str| {
        let request = awc::Client::new().request(method, format!("{}{path}", server.url));
        answer(request.send().await.unwrap()).await
    };
    let document = ask(Method::GET, "/api/openapi.json").await.json();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods: Vec<String> = item.as_object().unwrap().keys().cloned().collect();
        let [method] = methods.as_slice() else {
            panic!("{path} has {methods:?}");
        };
        let method: Method = method.to_uppercase().parse().unwrap();
        let path = path.replace(['{', '}'], "");
        for other in [Method::GET, Method::POST, Method::DELETE] {
            let answered = ask(other.clone(), &path).await;
            let is_wrong = answered.status == StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(is_wrong, other != method, "{other} {path}: {answered:?}");
        }
    }
}

#[actix_web::test]
async fn an_operator_sees_how_the_server_does() {
    let server = Server::start();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(
            server.get(path).send().await.unwrap().status(),
            StatusCode::OK,
            "{path}"
        );
    }
    let class = server.open_class().await;
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let stage = teacher.stage().await;
    let digest = server.network().await["digest"]
        .as_str()
        .unwrap()
        .to_owned();
    let overview = server
        .get(&format!("/api/overviews/{digest}/{}/phone", stage.picture))
        .send()
        .await
        .unwrap();
    assert_eq!(overview.status(), StatusCode::OK);
    let metrics = String::from_utf8(
        answer(server.get("/metrics").send().await.unwrap())
            .await
            .body,
    )
    .unwrap();
    for line in [
        "convocation_classes 1",
        "convocation_seats 1",
        "convocation_sockets 1",
        "convocation_inference_runs_total 1",
        "convocation_inference_seconds_count 1",
        "convocation_blob_misses_total",
        "convocation_frames_sent_total",
        "convocation_sent_bytes_total",
        "convocation_journal_failures_total 0",
        "convocation_start_time_seconds 1",
        "convocation_build_info{version=",
    ] {
        assert!(
            metrics.lines().any(|metric| metric.starts_with(line)),
            "no `{line}` in\n{metrics}"
        );
    }
    assert!(!metrics.contains(&class.code) && !metrics.contains(&class.host));
}

#[actix_web::test]
async fn join_addresses_are_told_and_drawn() {
    let server = Server::with(&["--public-url", "https://class.example.org"]);
    let told = answer(server.get("/api/addresses").send().await.unwrap())
        .await
        .json();
    assert_eq!(
        told["addresses"],
        serde_json::json!(["https://class.example.org"])
    );
    let own = format!("{}/c/7KQ2MX", server.url);
    let cases = [
        (own.as_str(), true),
        ("https://class.example.org/c/7KQ2MX", true),
        ("https://evil.example/c/7KQ2MX", false),
        ("https://class.example.org/c/7KQ2MX/desk%230123", false),
        ("not an address", false),
    ];
    for (text, drawn) in cases {
        let text = text.replace("://", "%3A%2F%2F").replace(' ', "%20");
        let answer = answer(
            server
                .get(&format!("/api/qr?text={text}"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        if drawn {
            assert_eq!(answer.header("content-type"), "image/svg+xml", "{text}");
            assert!(
                String::from_utf8(answer.body).unwrap().contains("<svg"),
                "{text}"
            );
        } else {
            assert_eq!(
                (answer.status.as_u16(), answer.code().as_str()),
                (400, "bad_request"),
                "{text}"
            );
        }
    }
    assert_eq!(
        answer(server.get("/api/qr").send().await.unwrap())
            .await
            .code(),
        "bad_request"
    );
}

#[actix_web::test]
async fn a_page_names_ahead_what_it_will_ask_for() {
    let server = Server::start();
    let class = server.open_class().await;
    let seat = format!("/c/{}", class.code);

    for page in [
        "/explore",
        &seat,
        &format!("{seat}/desk"),
        &format!("{seat}/stage"),
    ] {
        let links = links(&server, page, "de-AT,de;q=0.9,en;q=0.8").await;
        for name in ["explorer-", "seat-", "_convocation_words-de-"] {
            let chunk = format!("</assets/{name}");
            let link = links
                .iter()
                .find(|link| link.starts_with(&chunk))
                .unwrap_or_else(|| panic!("{page}: {name} in {links:?}"));
            let path = &link[1..link.find('>').unwrap()];
            assert_eq!(
                server.get(path).send().await.unwrap().status(),
                StatusCode::OK
            );
        }
        let names = |path: &str| {
            links
                .iter()
                .any(|link| link.starts_with(&format!("<{path}>")))
        };
        assert!(names("/api/networks/tiny-vgg"), "{page}: {links:?}");
        assert_eq!(
            names(&format!("/api/classes/{}/shown", class.code)),
            page != "/explore"
        );
    }
    // An address of something of its own, a page without a network, a language that is not spoken here.
    let own = links(&server, &format!("{seat}?step=3"), "fr").await;
    assert!(
        own.iter().any(|link| link.contains("/explorer-")),
        "{own:?}"
    );
    assert!(
        !own.iter()
            .any(|link| link.contains("/api/classes") || link.contains("words")),
        "{own:?}"
    );
    assert_eq!(links(&server, "/", "fr").await, Vec::<String>::new());
}

/// What the header `Link` of a page names, for someone who reads `language`.
async fn links(server: &Server, page: &str, language: &str) -> Vec<String> {
    let asked = server
        .get(page)
        .insert_header(("accept-language", language));
    let answer = answer(asked.send().await.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let links = answer.header("link").split(", <");
    links
        .filter(|link| !link.is_empty())
        .map(|link| format!("<{}", link.trim_start_matches('<')))
        .collect()
}
