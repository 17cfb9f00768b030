//! Clients that want the memory of the program: they get a part of it, and others get their pages meanwhile.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::Agent;

use crate::support::certificate::SelfSigned;
use crate::support::client::agent;
use crate::support::folder::Folder;
use crate::support::repository::{files, toml};
use crate::support::server::Server;
use crate::support::tcp::{HANGS, get, head};
use socket2::{Domain, Socket, Type};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const MIB: u64 = 1 << 20;
/// An address of this machine that is not the one that visitors have in these tests.
const ATTACKER: [u8; 4] = [127, 0, 0, 2];

/// A server for which no client is a web server in front.
fn start(arguments: &[&str]) -> Server {
    Server::start_with(|command| {
        command.args(["--trusted-proxies", "192.0.2.1"]).args(arguments);
    })
}

/// A connection of the attacker that receives little.
fn connect(server: &Server) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("there is a socket");
    socket.set_recv_buffer_size(2_048).expect("the size can be set");
    socket
        .bind(&SocketAddr::from((ATTACKER, 0)).into())
        .expect("the address is of this machine");
    let address: SocketAddr = server.authority().parse().expect("the authority is an address");
    socket
        .connect(&address.into())
        .expect("the server accepts a connection");
    let stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(HANGS)).expect("a time limit can be set");
    stream
}

/// Whether the server closes the connection within [`HANGS`].
fn is_closed(stream: &mut impl Read) -> bool {
    let mut part = [0; 1_024];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }
}

/// The kind of a frame that tells the settings of a connection (RFC 9113, 6.5).
const SETTINGS: u8 = 4;

/// A frame of HTTP/2 (RFC 9113, 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a frame is small").to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// A length with a prefix of seven bits (RFC 7541, 5.1).
fn length(mut length: usize) -> Vec<u8> {
    const PREFIX: usize = 127;
    let byte = |value: usize| u8::try_from(value).expect("it fits");
    if length < PREFIX {
        return vec![byte(length)];
    }
    length -= PREFIX;
    let mut bytes = vec![byte(PREFIX)];
    while length >= 128 {
        bytes.push(byte(length % 128 + 128));
        length /= 128;
    }
    bytes.push(byte(length));
    bytes
}

/// Header fields as literals without indexing (RFC 7541, 6.2.2).
fn fields(fields: &[(&str, &str)]) -> Vec<u8> {
    let text = |text: &str| [length(text.len()), text.as_bytes().to_vec()].concat();
    let field = |(name, value): &(&str, &str)| [vec![0], text(name), text(value)].concat();
    fields.iter().flat_map(field).collect()
}

/// Requests `path` by as many streams as a connection may have, of which the server may send no byte: the window is 0.
fn requests(path: impl Fn(u32) -> String) -> Vec<u8> {
    const HEADERS: u8 = 1;
    const END: u8 = 5;
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]));
    for stream in 0..8 {
        let request = fields(&[
            (":method", "GET"),
            (":scheme", "https"),
            (":authority", "localhost"),
            (":path", &path(stream)),
            ("accept-encoding", "br"),
        ]);
        bytes.extend(frame(HEADERS, END, 2 * stream + 1, &request));
    }
    bytes
}

/// A large page: each of its many links has the days of all companies. No cache keeps it.
fn page_with_days(number: u32) -> String {
    let companies = files("data/companies").into_iter().map(|file| toml(&file));
    let services = companies.filter_map(|company| company.get("opt_out")?.as_array().cloned());
    let ids = services
        .flatten()
        .filter_map(|service| Some(service.get("id")?.as_str()?.to_owned()));
    let day = number % 28 + 1;
    let entries = ids.map(|id| format!("&entry={id}.2026-01-{day:02}"));
    format!("/uk/ways?country=AT{}", entries.collect::<String>())
}

/// A page of which there is another one for each number, with the same content.
fn page_to_cache(number: u32) -> String {
    let texts = ["de", "en", "fr", "it", "es", "pl", "nl", "cs"];
    let services = ["facebook", "instagram"];
    let text = texts[number as usize % 8];
    let service = services[number as usize / 8 % 2];
    let country = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    ];
    let country = country[number as usize / 16 % 16];
    format!("/uk/everything?service={service}&country={country}&text={text}")
}

/// Clients of HTTP/2 that trust this certificate, each on a connection of its own.
struct Http2(Arc<ClientConfig>);

impl Http2 {
    fn trusting(site: &SelfSigned) -> Self {
        let mut roots = RootCertStore::empty();
        roots
            .add(site.certificate.clone())
            .expect("the certificate can be trusted");
        let mut config = ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec()];
        Self(Arc::new(config))
    }

    /// Sends [`requests`]. Fails if the server closes the connection, since this address has too many.
    fn request(
        &self,
        server: &Server,
        path: impl Fn(u32) -> String,
    ) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let name = ServerName::try_from("localhost").expect("localhost is a name");
        let tls = ClientConnection::new(Arc::clone(&self.0), name).expect("the configuration is valid");
        let mut stream = StreamOwned::new(tls, connect(server));
        stream.write_all(&requests(path))?;
        Ok(stream)
    }
}

#[test]
fn a_client_of_http_2_is_told_its_limits() {
    // RFC 9113, 6.5.2.
    const MAX_CONCURRENT_STREAMS: u16 = 3;
    const INITIAL_WINDOW_SIZE: u16 = 4;
    const MAX_HEADER_LIST_SIZE: u16 = 6;
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let server = start(&site.arguments());
    let mut client = Http2::trusting(&site)
        .request(&server, page_to_cache)
        .expect("the server reads");
    let mut head = [0; 9];
    client.read_exact(&mut head).expect("the server begins with a frame");
    let [_, high, low, kind, ..] = head;
    assert_eq!(kind, SETTINGS, "the kind of the first frame");
    let mut payload = vec![0; usize::from(u16::from_be_bytes([high, low]))];
    client.read_exact(&mut payload).expect("the frame is whole");
    let value = |wanted: u16| {
        let mut settings = payload.chunks_exact(6);
        let setting = settings.find(|setting| setting[..2] == wanted.to_be_bytes());
        setting.map(|setting| u32::from_be_bytes([setting[2], setting[3], setting[4], setting[5]]))
    };
    assert_eq!(value(MAX_CONCURRENT_STREAMS), Some(8));
    assert_eq!(value(INITIAL_WINDOW_SIZE), Some(64 * 1_024));
    assert_eq!(value(MAX_HEADER_LIST_SIZE), Some(16 * 1_024));
}

/// The time in which others get their page; a debug build needs more.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });

/// How many clients attack: `usual`, or as many as the variable `ATTACKERS` says.
fn attackers(usual: u32) -> u32 {
    let number = std::env::var("ATTACKERS").ok();
    let number = number.map_or(usual, |number| number.parse().expect("a number"));
    rlimit::increase_nofile_limit(u64::from(number) + 1_000).expect("the limit of open files can be raised");
    number
}

/// Asserts that `attack`, whose clients are connected until the end, takes little memory while a visitor gets their page. With
/// `ATTACKERS` set, also that the memory is given back a minute later.
fn assert_survives<T>(server: &Server, visitor: &Agent, what: &str, attack: impl FnOnce() -> T) {
    // With its first page or text a language is loaded.
    page(visitor, server, "/en/");
    for number in 0..8 {
        page(visitor, server, &page_to_cache(number));
    }
    let before = server.memory();
    let clients = attack();
    let begin = Instant::now();
    page(visitor, server, "/en/why");
    let waited = begin.elapsed();
    drop(clients);
    let peak = server.peak_memory().saturating_sub(before) / MIB;
    assert!(waited < PATIENCE, "{what}: it took {waited:?}");
    assert!(peak < 48, "{what}: {peak} MiB");
    if std::env::var_os("ATTACKERS").is_some() {
        std::thread::sleep(Duration::from_secs(60));
        let kept = server.memory().saturating_sub(before) / MIB;
        println!("{what}: a page for another after {waited:?}, {peak} MiB more, {kept} MiB after a minute");
        // 16 MiB, and the cache of pages, which has 4.
        assert!(kept <= 20, "{what}: {kept} MiB after a minute");
    }
}

fn page(visitor: &Agent, server: &Server, path: &str) {
    let response = visitor.get(format!("{}{path}", server.url)).call();
    assert_eq!(response.expect("the server responds").status().as_u16(), 200, "{path}");
}

#[test]
fn clients_that_read_nothing_take_little_memory_and_others_get_their_pages() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let visitor = site.client();
    let http_2 = Http2::trusting(&site);
    let number = attackers(150);
    for (what, kind) in [
        ("HTTP/2, pages with days", page_with_days as fn(u32) -> String),
        ("HTTP/2, pages to be cached", page_to_cache),
    ] {
        let server = start(&site.arguments());
        assert_survives(&server, &visitor, what, || {
            let request = |client| http_2.request(&server, |stream| kind(client * 8 + stream)).ok();
            (0..number).filter_map(request).collect::<Vec<_>>()
        });
    }
    let server = start(&[]);
    assert_survives(&server, &agent(), "HTTP/1.1", || {
        let request = |client| {
            let mut stream = connect(&server);
            let path = page_with_days(client);
            let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: br\r\n\r\n").repeat(32);
            stream.set_nonblocking(true).expect("the mode can be set");
            stream.write_all(request.as_bytes()).ok().map(|()| stream)
        };
        (0..number).filter_map(request).collect::<Vec<_>>()
    });
}

#[test]
fn a_client_of_http_2_that_takes_none_of_its_responses_is_cut_off() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let server = start(&site.arguments());
    let begin = Instant::now();
    let mut client = Http2::trusting(&site)
        .request(&server, page_to_cache)
        .expect("the server reads");
    assert!(is_closed(&mut client), "it is still connected");
    // After ten seconds; after twenty the keep-alive of HTTP/2 would notice it.
    assert!(
        begin.elapsed() < Duration::from_secs(16),
        "it took {:?}",
        begin.elapsed()
    );
}

#[test]
fn bodies_that_never_end_take_little_memory_and_others_get_their_pages() {
    let number = attackers(240);
    let server = start(&[]);
    // With its first page a language is loaded.
    get(&server, "/en/");
    let before = server.memory();
    let request = "POST /en/letter/complaint?service=facebook&country=AT HTTP/1.1\r\nhost: localhost\r\n\
                   content-type: application/x-www-form-urlencoded\r\ncontent-length: 65000\r\n\r\nname=";
    let request = [request, &"a".repeat(60_000)].concat();
    let clients: Vec<TcpStream> = (0..number)
        .map(|_| {
            let mut stream = connect(&server);
            stream.set_nonblocking(true).expect("the mode can be set");
            // The system takes what fits, and the server reads as much as it wants.
            for part in request.as_bytes().chunks(8_192) {
                let mut tries = 0;
                while stream
                    .write_all(part)
                    .is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
                    && tries < 5
                {
                    tries += 1;
                    std::thread::sleep(Duration::from_millis(2));
                }
            }
            stream
        })
        .collect();
    let begin = Instant::now();
    let response = get(&server, "/en/");
    assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
    assert!(
        begin.elapsed() < Duration::from_secs(1),
        "it took {:?}",
        begin.elapsed()
    );
    let grown = server.memory().saturating_sub(before) / MIB;
    assert!(grown < 10, "{grown} MiB for {} clients", clients.len());
}

#[test]
fn no_address_gets_more_than_a_quarter_of_the_connections() {
    let server = start(&["--connections", "8"]);
    let mut held: Vec<TcpStream> = (0..20).map(|_| connect(&server)).collect();
    let begin = Instant::now();
    for stream in held.iter_mut().skip(2) {
        assert!(is_closed(stream), "it has more than a quarter");
    }
    let response = get(&server, "/en/");
    assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "it took {:?}",
        begin.elapsed()
    );
    held.truncate(2);
    for stream in &mut held {
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .expect("the first two are open");
        let mut status = [0; 12];
        stream.read_exact(&mut status).expect("the first two get responses");
        assert_eq!(&status, b"HTTP/1.1 200");
    }
}
