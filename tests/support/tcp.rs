//! A client that writes bytes to a connection, for requests that no HTTP library sends.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::server::Server;

/// Longer than any time limit of the program.
pub const HANGS: Duration = Duration::from_secs(30);

pub fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.authority()).expect("the server accepts a connection");
    stream.set_read_timeout(Some(HANGS)).expect("a time limit can be set");
    stream
}

/// Writes `request`, closes the sending side, and reads until the server closes.
#[track_caller]
pub fn exchange(server: &Server, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(server);
    // The server may respond and close before it has read everything.
    _ = stream.write_all(request);
    _ = stream.shutdown(std::net::Shutdown::Write);
    read_to_end(&mut stream)
}

/// Reads until the server closes.
#[track_caller]
pub fn read_to_end(stream: &mut TcpStream) -> Vec<u8> {
    let mut response = Vec::new();
    match stream.read_to_end(&mut response) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the connection hangs: {error}"),
    }
    response
}

/// The response to a GET, with its head.
#[track_caller]
pub fn get(server: &Server, path: &str) -> String {
    send(server, "GET", path, "")
}

/// The response to a request without a body; `headers` is complete lines.
#[track_caller]
pub fn send(server: &Server, method: &str, path: &str, headers: &str) -> String {
    let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}connection: close\r\n\r\n");
    String::from_utf8(exchange(server, request.as_bytes())).expect("the response is UTF-8")
}

/// The status of a response; `None` if there is none.
pub fn status(response: &[u8]) -> Option<u16> {
    let code = response.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5))?;
    std::str::from_utf8(code).ok()?.parse().ok()
}

/// Whether the body has the length that its head announces.
pub fn is_complete(response: &[u8]) -> bool {
    let text = String::from_utf8_lossy(response);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.and_then(|length| length.parse().ok()) == Some(body.len())
}

/// The head of a response, for messages of failed assertions.
pub fn head(response: &str) -> &str {
    response.split("\r\n\r\n").next().unwrap_or_default()
}
