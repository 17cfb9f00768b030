//! How well a stranger can tell by the time of a response whether another visitor has opened an address before.
//!
//! In each round a visitor opens half of some new addresses, then a stranger requests all of them once, in random order. AUC is
//! the probability that a response for an address that was opened comes sooner than one for another address: 0.5 tells
//! nothing, 1 everything. An ordinary page is in the cache once it was opened, and shows how well this tells. No figure fails
//! the benchmark.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const ROUNDS: usize = 20;
/// The addresses of a round; half of them fit into the cache.
const ADDRESSES: usize = 100;
/// The first requests to a server, for addresses of no round.
const WARM_UP: usize = 10;
/// The days of a month that all months have.
const DAYS: usize = 28;
/// Countries with the same law and the same texts.
const COUNTRIES: [&str; 16] = [
    "AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
];

/// A kind of request: its name, and the request with this number.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 3] = [
    ("an ordinary page, for contrast", ordinary),
    ("a page with a day", with_a_day),
    ("an answer to POST", answer),
];

fn main() -> ExitCode {
    for (name, request) in KINDS {
        match measure(request) {
            Ok(auc) => println!("{name:<40} AUC {auc:.2} ({} requests)", ROUNDS * ADDRESSES),
            Err(error) => {
                eprintln!("timing: {name}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn ordinary(number: usize) -> String {
    let pick = |from: &[&'static str], divisor: usize| from[number / divisor % from.len()];
    let country = pick(&COUNTRIES, 1);
    let step = pick(&["explain", "open-form", "contact", "submit", "code"], 16);
    let service = pick(&["facebook", "instagram"], 16 * 5);
    let length = pick(&["", "&length=full"], 16 * 5 * 2);
    let text = pick(
        &[
            "", "&text=bg", "&text=cs", "&text=da", "&text=fi", "&text=pl", "&text=sv",
        ],
        16 * 5 * 4,
    );
    get(&format!(
        "/en/meta-account/{step}?service={service}&country={country}{length}{text}"
    ))
}

fn with_a_day(number: usize) -> String {
    let country = COUNTRIES[number % COUNTRIES.len()];
    let number = number / COUNTRIES.len();
    let (month, day) = (number / DAYS % 12 + 1, number % DAYS + 1);
    get(&format!(
        "/en/record?service=facebook&country={country}&entry=facebook.2025-{month:02}-{day:02}"
    ))
}

fn answer(number: usize) -> String {
    let body = format!(
        "name=Visitor+{number:05}&address=Street+1%0ATown&email=a%40example.org&account=a&day=2025-03-31&outcome=refused\
         &replied=2025-04-30&reply=No&next=letter"
    );
    format!(
        "POST /en/letter/complaint?service=facebook&country=AT HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn get(address: &str) -> String {
    format!("GET {address} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n\r\n")
}

/// The AUC of a kind of request. Each round has a server of its own: a cache that is full keeps no page that was opened once.
fn measure(request: fn(usize) -> String) -> Result<f64> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut opened, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let server = Server::start()?;
        let mut numbers: Vec<usize> = (round * ADDRESSES..(round + 1) * ADDRESSES).collect();
        random.shuffle(&mut numbers);
        let by_visitor = numbers[..ADDRESSES / 2].to_vec();
        let mut visitor = server.connect()?;
        for number in 0..WARM_UP {
            time(&mut visitor, &request(ROUNDS * ADDRESSES + number))?;
        }
        for number in &by_visitor {
            time(&mut visitor, &request(*number))?;
        }
        random.shuffle(&mut numbers);
        let mut stranger = server.connect()?;
        time(&mut stranger, &request(ROUNDS * ADDRESSES))?;
        for number in numbers {
            let time = time(&mut stranger, &request(number))?;
            let times = if by_visitor.contains(&number) {
                &mut opened
            } else {
                &mut others
            };
            times.push(time);
        }
    }
    Ok(auc(&opened, &others))
}

/// The probability that one of `sooner` is less than one of `later`; equal ones count half.
fn auc(sooner: &[Duration], later: &[Duration]) -> f64 {
    let mut wins = 0.0;
    for one in sooner {
        for other in later {
            wins += match one.cmp(other) {
                std::cmp::Ordering::Less => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Greater => 0.0,
            };
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a million at most")]
    let pairs = (sooner.len() * later.len()) as f64;
    wins / pairs
}

/// The time from the request to the last byte of its response, which must be a success.
fn time(stream: &mut BufReader<TcpStream>, request: &str) -> Result<Duration> {
    let begin = Instant::now();
    stream.get_mut().write_all(request.as_bytes())?;
    let (mut head, mut length) = (String::new(), None);
    loop {
        let start = head.len();
        if stream.read_line(&mut head)? == 0 {
            return Err("the server has closed the connection".into());
        }
        let line = head[start..].trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = Some(value.parse()?);
        }
    }
    let mut body = vec![0; length.ok_or("a response without a length")?];
    stream.read_exact(&mut body)?;
    let time = begin.elapsed();
    if head.starts_with("HTTP/1.1 200 ") {
        Ok(time)
    } else {
        Err(format!("{request}{head}").into())
    }
}

/// Veto, killed on drop.
struct Server {
    process: Child,
    host: String,
}

impl Server {
    fn start() -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_veto"));
        command.args(["--port", "0", "--log", "error"]).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let output = process.stdout.take().ok_or("the server has no output")?;
        // Created here, so that the process is killed if it prints nothing.
        let mut server = Self {
            process,
            host: String::new(),
        };
        BufReader::new(output).read_line(&mut server.host)?;
        server.host = server.host.trim_end().replace("http://localhost", "127.0.0.1");
        Ok(server)
    }

    fn connect(&self) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.host)?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only if the process has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// A fixed sequence of numbers that look random (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }
}
