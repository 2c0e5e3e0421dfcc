//! Which methods an address knows, as in every service.

use reqwest::{
    Client, Method,
    header::{ACCEPT, ALLOW, CONTENT_TYPE, HeaderMap},
};

use crate::world::World;

/// Status, headers and body of what is answered to `method`.
async fn ask(world: &World, method: Method, path: &str) -> (u16, HeaderMap, String) {
    let request = Client::new().request(method, format!("{}{path}", world.base));
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.text().await.unwrap())
}

const KNOWN: [(&str, &str); 6] = [
    ("/", "GET, HEAD, OPTIONS"),
    ("/de", "GET, HEAD, OPTIONS"),
    ("/de/buergeramt/days", "GET, HEAD, OPTIONS"),
    ("/de/confirm", "GET, POST, HEAD, OPTIONS"),
    ("/de/buergeramt/waiting-list/join", "GET, POST, HEAD, OPTIONS"),
    ("/de/buergeramt/hold", "POST, OPTIONS"),
];

#[actix_web::test]
async fn options_names_the_methods_of_each_address() {
    let world = World::start().await;
    for (path, methods) in KNOWN {
        let (status, headers, body) = ask(&world, Method::OPTIONS, path).await;
        assert_eq!((status, body.as_str()), (204, ""), "{path}");
        assert_eq!(headers[ALLOW], methods, "{path}");
    }
}

#[actix_web::test]
async fn another_method_is_refused_as_a_problem_that_names_the_right_ones() {
    let world = World::start().await;
    for (path, methods) in KNOWN {
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            let (status, headers, body) = ask(&world, method, path).await;
            assert_eq!(status, 405, "{path}");
            assert_eq!(headers[ALLOW], methods, "{path}");
            assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
            assert!(body.contains("method-not-allowed"), "{body}");
        }
    }
}

#[actix_web::test]
async fn who_opens_the_address_of_a_form_reads_a_page() {
    let world = World::start().await;
    let (status, headers, body) = ask(&world, Method::GET, "/de/buergeramt/hold").await;
    assert_eq!((status, &headers[ALLOW]), (405, &"POST, OPTIONS".parse().unwrap()));
    assert_eq!(headers[CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(body.contains("Diese Seite gibt es nicht"), "{body}");
}

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[actix_web::test]
async fn a_browser_that_sends_another_method_reads_a_page() {
    let world = World::start().await;
    for (path, methods) in KNOWN {
        let request = Client::new().put(format!("{}{path}", world.base)).header(ACCEPT, BROWSER);
        let response = request.header(CONTENT_TYPE, "text/csv").body("a,b").send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()[ALLOW]),
            (405, &methods.parse().unwrap())
        );
        assert_eq!(response.headers()[CONTENT_TYPE], "text/html; charset=utf-8", "{path}");
    }
}

#[actix_web::test]
async fn an_address_that_is_too_long_is_a_page_for_a_browser_and_a_problem_for_a_program() {
    let world = World::start().await;
    let address = format!("{}/en?q={}", world.base, "a".repeat(9_000));
    let answered = async |accept: &str| {
        let response = Client::new().get(&address).header(ACCEPT, accept).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 400, "{accept}");
        let kind = response.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
        (kind, response.text().await.unwrap())
    };
    let (kind, page) = answered(BROWSER).await;
    assert_eq!(kind, "text/html; charset=utf-8");
    assert!(page.contains("This address is incomplete") && page.contains("href=\"/en\""), "{page}");
    for accept in ["*/*", "application/json"] {
        let (kind, problem) = answered(accept).await;
        assert_eq!(kind, "application/problem+json");
        assert!(problem.contains("invalid-request"), "{problem}");
    }
}
