//! The cache without the site.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get};
use hyper::body::Frame;
use tower::ServiceExt as _;

use super::*;
use crate::web::clock::Clock;

const ABOUT_ONE_PERSON: &str = "/?entry=facebook.2026-11-24";
const PUBLIC: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public")];

/// The response of `page` behind the cache of `state`.
async fn ask(state: &Arc<AppState>, page: MethodRouter, address: &str) -> Response {
    let site = Router::new().route("/", page);
    let site = site.layer(from_fn_with_state(Arc::clone(state), respond));
    let request = Request::get(address)
        .header(header::ACCEPT_ENCODING, "gzip")
        .body(Body::empty());
    site.oneshot(request.unwrap()).await.unwrap()
}

/// The coding of a page.
async fn coding(state: &Arc<AppState>, address: &str) -> Option<HeaderValue> {
    let response = ask(state, get(|| async { (PUBLIC, "page") }), address).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.headers().get(header::CONTENT_ENCODING).cloned()
}

/// Waits until so many permits to compress are left, for a second at most.
async fn wait_for_permits(state: &AppState, expected: usize) {
    for _ in 0..1_000 {
        if state.cache.fills.available_permits() == expected {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    panic!("{} permits are left", state.cache.fills.available_permits());
}

#[test]
fn the_coding_with_the_highest_weight_is_taken() {
    for (accepted, expected) in [
        ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
        ("gzip", Some(Coding::Gzip)),
        ("br;q=0.5, gzip;q=0.8", Some(Coding::Gzip)),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("br;q=x", None),
        ("", None),
    ] {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        assert_eq!(Coding::preferred(&headers), expected, "{accepted}");
    }
}

#[tokio::test]
async fn while_the_compressor_is_busy_a_new_page_comes_uncompressed_instead_of_late() {
    let state = Arc::new(crate::web::tests::state());
    for address in ["/", ABOUT_ONE_PERSON] {
        let busy = state.cache.fills.acquire_many(u32::try_from(FILLS).unwrap()).await;
        assert_eq!(coding(&state, address).await, None, "{address}");
        drop(busy);
        assert_eq!(
            coding(&state, address).await,
            Some(HeaderValue::from_static("gzip")),
            "{address}"
        );
    }
}

#[test]
fn pages_of_clients_that_have_gone_keep_the_compressor_busy_until_they_are_compressed() {
    let state = Arc::new(crate::web::tests::state());
    // As in the program, one thread compresses.
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime
        .enable_time()
        .max_blocking_threads(1)
        .build()
        .unwrap()
        .block_on(async {
            let (release, wait) = std::sync::mpsc::channel::<()>();
            let other_work = spawn_blocking(move || wait.recv());
            let clients = (0..FILLS).map(|number| {
                let state = Arc::clone(&state);
                tokio::spawn(async move { coding(&state, &format!("{ABOUT_ONE_PERSON}&number={number}")).await })
            });
            let clients: Vec<_> = clients.collect();
            wait_for_permits(&state, 0).await;
            for client in clients {
                client.abort();
                assert!(client.await.unwrap_err().is_cancelled());
            }
            assert_eq!(coding(&state, "/").await, None);
            drop(release);
            other_work.await.unwrap().unwrap_err();
            wait_for_permits(&state, FILLS).await;
            assert_eq!(coding(&state, "/?next").await, Some(HeaderValue::from_static("gzip")));
        });
}

#[tokio::test]
async fn a_page_is_made_once_and_again_on_the_next_day() {
    let mut state = crate::web::tests::state();
    let made = Arc::new(AtomicUsize::new(0));
    for (day, expected) in [
        ("2026-11-24", 1),
        ("2026-11-24", 1),
        ("2026-11-25", 2),
        ("2026-11-25", 2),
    ] {
        state.settings.clock = Clock::Fixed(Day::parse(day).unwrap());
        let shared = Arc::new(state);
        let count = Arc::clone(&made);
        let page = get(async move || (PUBLIC, count.fetch_add(1, Ordering::Relaxed).to_string()));
        let response = ask(&shared, page, "/").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(made.load(Ordering::Relaxed), expected, "pages made until {day}");
        state = Arc::into_inner(shared).unwrap();
    }
}

/// A body that cannot be read to its end.
struct Broken;

impl hyper::body::Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(Some(Err(io::Error::other("a fault of the program"))))
    }
}

#[tokio::test]
async fn a_page_that_cannot_be_prepared_is_an_error_and_not_stored() {
    let state = Arc::new(crate::web::tests::state());
    for address in ["/", ABOUT_ONE_PERSON] {
        let response = ask(&state, get(|| async { (PUBLIC, Body::new(Broken)) }), address).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{address}");
        let response = ask(&state, get(|| async { (PUBLIC, "page") }), address).await;
        assert_eq!(response.status(), StatusCode::OK, "{address}");
    }
}

#[test]
fn the_cache_never_holds_more_bytes_than_its_size() {
    const BODY: usize = 7_000;
    let cache = ResponseCache::new();
    for coding in [Coding::Brotli, Coding::Gzip] {
        let cache = cache.of(coding);
        for number in 0..2_000 {
            let cached = CachedResponse {
                headers: HeaderMap::new(),
                body: Bytes::from(vec![0; BODY]),
                day: None,
            };
            cache.insert(format!("/{number}"), Arc::new(cached));
        }
        let bytes = (cache.len() * BODY) as u64;
        assert!(bytes > CAPACITY / 4, "{coding:?}: only {bytes} bytes are kept");
        assert!(bytes <= CAPACITY / 2, "{coding:?}: {bytes} bytes are kept");
    }
}
