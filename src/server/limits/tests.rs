//! Quotas without connections.

use std::convert::Infallible;
use std::iter;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::Frame;

use super::*;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

async fn connect(limits: &Arc<Limits>, from: &str) -> Option<Client> {
    let place = limits.place().await.unwrap();
    limits.client(Some(address(from)), place)
}

#[tokio::test]
async fn a_network_has_a_quarter_of_the_connections_and_web_servers_in_front_have_all() {
    for (one, same, other) in [
        ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2"),
        ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1"),
    ] {
        let limits = Limits::new(12, this_machine());
        let mut open = Vec::new();
        for from in [one, same, one] {
            open.push(connect(&limits, from).await.expect("a quarter is three"));
        }
        assert!(connect(&limits, same).await.is_none(), "{same} has more than a quarter");
        assert!(connect(&limits, other).await.is_some(), "{other} counts as {one}");
        for _ in 0..9 {
            open.push(
                connect(&limits, "127.0.0.1")
                    .await
                    .expect("the web server in front has all"),
            );
        }
        open.clear();
        assert!(connect(&limits, one).await.is_some(), "places are not freed");
        assert!(limits.networks.lock().unwrap().is_empty(), "networks are remembered");
    }
}

#[tokio::test]
async fn a_client_on_this_machine_is_known_as_such() {
    let limits = Limits::new(100, Vec::new());
    for (from, expected) in [
        ("127.0.0.1", true),
        ("::1", true),
        ("::ffff:127.0.0.1", true),
        ("192.0.2.1", false),
        ("2001:db8::1", false),
    ] {
        let client = connect(&limits, from).await.unwrap();
        assert_eq!(client.is_on_this_machine(), expected, "{from}");
    }
    let at_unix_socket = limits.client(None, limits.place().await.unwrap()).unwrap();
    assert!(at_unix_socket.is_on_this_machine());
}

#[test]
fn a_network_is_an_address_or_has_a_length() {
    let contains = |network: &str, other: &str| network.parse::<Network>().unwrap().0.contains(&address(other));
    assert!(contains("192.0.2.0/24", "192.0.2.9") && !contains("192.0.2.0/24", "192.0.3.1"));
    assert!(contains("192.0.2.1", "192.0.2.1") && !contains("192.0.2.1", "192.0.2.2"));
    assert!("192.0.2.0/33".parse::<Network>().is_err() && "veto.example".parse::<Network>().is_err());
}

/// A body of unknown length that never comes.
struct Unknown;

impl hyper::body::Body for Unknown {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn a_class_behind_one_address_reads_and_writes_at_the_same_time() {
    const PUPILS: usize = 30;
    let limits = Limits::new(200, Vec::new());
    let (mut clients, mut pages, mut forms) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PUPILS {
        let client = connect(&limits, "192.0.2.1").await.unwrap();
        let page = Response::new(Body::from(vec![0; 100 * 1_024]));
        pages.push(
            client
                .reserve_response(page)
                .await
                .expect("there is room for all pages"),
        );
        let form = Body::from(vec![0; 60 * 1_024]);
        forms.push(client.reserve_body(&form).expect("there is room for all forms"));
        clients.push(client);
    }
    drop(forms);
    let client = clients.pop().unwrap();
    assert!(client.reserve_body(&Body::empty()).unwrap().is_empty());
    let unknown: Vec<_> = iter::from_fn(|| client.reserve_body(&Unknown)).take(10).collect();
    assert_eq!(unknown.len(), 2, "bodies of unknown length count as large ones");
}

#[tokio::test]
async fn a_response_is_written_as_it_was_made_and_its_client_stalls_at_most_until_then() {
    let limits = Limits::new(100, Vec::new());
    let client = connect(&limits, "192.0.2.1").await.unwrap();
    assert!(
        timeout(Duration::ZERO, client.stalls()).await.is_err(),
        "nothing is to be written"
    );
    let page = Response::new(Body::from("a page"));
    let response = client.reserve_response(page).await.unwrap();
    assert_eq!(*client.unwritten.borrow(), 1);
    let written = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(written, "a page");
    drop(written);
    assert_eq!(*client.unwritten.borrow(), 0);
}

#[tokio::test]
async fn a_response_takes_memory_until_it_is_written_and_leaves_room_for_other_networks() {
    let limits = Limits::new(100, Vec::new());
    let (one, other) = (
        connect(&limits, "192.0.2.1").await.unwrap(),
        connect(&limits, "192.0.2.2").await.unwrap(),
    );
    let page = || Response::new(Body::from(vec![0; 32 * 1_024]));
    let mut unwritten = Vec::new();
    while unwritten.len() < RESPONSES
        && let Some(response) = one.reserve_response(page()).await
    {
        unwritten.push(response);
    }
    assert_eq!(unwritten.len(), RESPONSES / NETWORKS / 32);
    assert!(one.is_full() && !other.is_full());
    assert!(other.reserve_response(page()).await.is_some());
    unwritten.clear();
    assert!(!one.is_full(), "the memory is not freed");
}
