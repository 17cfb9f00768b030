//! Command line in, exit code out.

use std::fmt::Display;
use std::future::pending;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tracing::level_filters::LevelFilter;
use veto::facts::{Facts, Service};
use veto::journey::{Accounts, Choices, Key, Length, Library, Services, objection};
use veto::metrics::Metrics;
use veto::serve::Served;
use veto::settings::{Gathered, Settings};
use veto::web::{Address, App};
use veto::{health, lan, library, links, serve, tls, web};

/// That of musl takes a lock and gives memory back again and again: with it a page costs four times as much.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// The exit code for what the operator can mend: a port in use, a file that cannot be read, an unknown choice.
const WRONG_INPUT: u8 = 2;
/// The exit code for what was asked and is not well.
const NOT_WELL: u8 = 1;
/// How many programs may ask for the counts at once.
const METRICS_CONNECTIONS: u32 = 16;

/// A web wizard that leads a person through an objection to Meta's AI training.
///
/// Without a command it serves the wizard and prints its address. Each setting can be a flag, a variable of the
/// environment or a key of veto.toml; the first of these that is there counts. A notice and links at the foot, such as
/// the imprint, are set in veto.toml only.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The file with the settings, `veto.toml` in this folder if not set
    #[arg(long, env = "VETO_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Listen on every network of this machine and print the addresses for phones, with a QR code
    #[arg(long, conflicts_with = "listen")]
    lan: bool,
    /// Open the wizard in the browser
    #[arg(long)]
    open: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Print the text for Meta's form
    Text(TextArgs),
    /// Check the settings and the files of --data, and say what is used
    Check,
    /// Look whether the links of the facts still lead somewhere; the exit code is 1 if one is gone or broken. The only
    /// command that calls out
    Links(LinksArgs),
    /// Ask the running wizard whether it is well; the exit code is 0 if it is, else 1
    Health,
}

#[derive(Args)]
struct LinksArgs {
    /// Also look at the sources of the facts
    #[arg(long)]
    sources: bool,
    /// Print JSON in place of a table
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct TextArgs {
    /// For which service
    #[arg(long, value_enum)]
    service: ServiceArg,
    /// The country of residence, such as DE
    #[arg(long)]
    country: String,
    /// The language of the text
    #[arg(long, default_value = "en")]
    lang: String,
    /// A ground from data/grounds.toml, such as children; may be given several times
    #[arg(long = "ground", value_name = "GROUND", num_args = 1..)]
    grounds: Vec<String>,
    /// The length of the text
    #[arg(long, value_enum, default_value_t = LengthArg::Short)]
    length: LengthArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ServiceArg {
    Facebook,
    Instagram,
    /// Both, in the same Accounts Centre
    Both,
}

#[derive(Clone, Copy, ValueEnum)]
enum LengthArg {
    Short,
    Full,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    run(cli).unwrap_or_else(|reason| {
        eprintln!("veto: {reason}");
        ExitCode::from(WRONG_INPUT)
    })
}

/// Does what the command line asks for; the error is one line for the operator.
fn run(cli: Cli) -> Result<ExitCode, String> {
    match &cli.command {
        Some(Command::Text(args)) => {
            let library = library::load(&cli.gather()?.files().map_err(line)?).map_err(line)?;
            print(&text(args, &library)?)?;
        }
        Some(Command::Links(args)) => return links(&cli, args),
        Some(Command::Check) => print(&check(&cli)?)?,
        Some(Command::Health) => return health(&cli),
        None => runtime()?.block_on(serve_site(cli))?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Cli {
    fn gather(&self) -> Result<Gathered, String> {
        Gathered::new(self.settings.clone(), self.config.as_deref()).map_err(line)
    }
}

/// Everything that can be read again while the program runs: settings, facts, words, certificate. `address` is where
/// visitors reach the site if nobody says so.
fn load(gathered: &Gathered, address: Address, metrics: Option<Arc<Metrics>>) -> Result<Served, String> {
    let certificate = gathered.certificate().map_err(line)?;
    let tls = certificate
        .map(|(certificate, key)| tls::load(certificate, key))
        .transpose();
    let files = gathered.files().map_err(line)?;
    let mut library = library::load(&files).map_err(line)?;
    let settings = gathered.site(&mut library, address).map_err(line)?;
    Ok(Served {
        app: App::new(library, files.overrides(), settings, metrics),
        tls: tls.map_err(line)?,
    })
}

/// `veto check`: the files that were read, or the first fault in them.
fn check(cli: &Cli) -> Result<String, String> {
    let gathered = cli.gather()?;
    let settings = &gathered.settings;
    let origin = format!("{}://localhost:{}", settings.scheme(), settings.port());
    load(&gathered, origin.parse().map_err(line)?, None)?;
    let files = gathered.files().map_err(line)?;
    let overrides = match files.overrides() {
        [] => "none".to_owned(),
        overrides => overrides.join(", "),
    };
    let file = gathered.file().unwrap_or("none");
    Ok(format!(
        "settings file: {file}\nfiles that replace entries: {overrides}\nall is well"
    ))
}

/// `veto links`: what is behind the links of the facts.
fn links(cli: &Cli, args: &LinksArgs) -> Result<ExitCode, String> {
    let facts = Facts::load(&cli.gather()?.files().map_err(line)?).map_err(line)?;
    let report = links::look(&facts.outgoing(args.sources), links::PATIENCE, web::now());
    print(&if args.json {
        serde_json::to_string_pretty(&report).map_err(line)?
    } else {
        report.to_string()
    })?;
    Ok(if report.is_well() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_WELL)
    })
}

/// `veto health`: what the running wizard says about itself.
fn health(cli: &Cli) -> Result<ExitCode, String> {
    let gathered = cli.gather()?;
    let settings = &gathered.settings;
    match health::ask(
        settings.listen(),
        settings.port(),
        settings.tls_cert.is_some(),
        settings.base(),
    ) {
        Ok(report) => {
            print(report.trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(reason) => {
            eprintln!("veto: not well: {reason}");
            Ok(ExitCode::from(NOT_WELL))
        }
    }
}

/// What the program runs on: a thread for each processor that answers, and one more that compresses.
fn runtime() -> Result<Runtime, String> {
    Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .map_err(line)
}

async fn serve_site(cli: Cli) -> Result<(), String> {
    let gathered = cli.gather()?;
    let settings = &gathered.settings;
    start_log(settings.log());
    let listener = listen(&cli, settings)?;
    let local = listener.local_addr().map_err(line)?;
    let url = format!("{}{}", serve::origin(settings.scheme(), local), settings.base());
    let phones = if cli.lan {
        phones(settings, local.port())?
    } else {
        Vec::new()
    };
    let address: Address = phones.first().unwrap_or(&url).parse().map_err(line)?;

    let metrics = Arc::new(Metrics::default());
    let counted = settings.metrics.map(|_| Arc::clone(&metrics));
    let (place, served) = watch::channel(load(&gathered, address.clone(), counted.clone())?);
    if let Some(at) = settings.metrics {
        serve_counts(at, Arc::clone(&metrics))?;
    }
    let stop = serve::stop().map_err(line)?;

    print(&url)?;
    if cli.lan {
        print(&for_phones(&phones, settings.scheme())?)?;
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    if cli.open {
        // Whoever has no browser here still has the address on the line above.
        if let Err(error) = open::that_detached(&url) {
            tracing::warn!(%error, "cannot open a browser");
        }
    }
    let reload = move || match cli
        .gather()
        .and_then(|gathered| load(&gathered, address.clone(), counted.clone()))
    {
        Ok(next) => {
            place.send_replace(next);
            tracing::info!("read again");
        }
        Err(reason) => tracing::error!(reason, "not read again; all goes on as before"),
    };
    serve::on_hangup(reload).map_err(line)?;
    serve::run(listener, served, settings.connections(), metrics, stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// Serves the counts at `at`, beside the site, as long as the program runs.
fn serve_counts(at: SocketAddr, metrics: Arc<Metrics>) -> Result<(), String> {
    let listener = serve::listen(at.ip(), at.port()).map_err(taken(at))?;
    let app = App::of_metrics(metrics);
    let (_, served) = watch::channel(Served { app, tls: None });
    tokio::spawn(serve::run(
        listener,
        served,
        METRICS_CONNECTIONS,
        Arc::default(),
        pending(),
    ));
    Ok(())
}

fn listen(cli: &Cli, settings: &Settings) -> Result<TcpListener, String> {
    let (ip, port) = (settings.listen(), settings.port());
    if cli.lan {
        serve::listen_everywhere(port).map_err(taken(format!("port {port}")))
    } else {
        serve::listen(ip, port).map_err(taken(format!("{ip}:{port}")))
    }
}

/// Why nothing can be served at `at`.
fn taken(at: impl Display) -> impl Fn(std::io::Error) -> String {
    move |error| format!("cannot listen on {at}: {error}")
}

/// The whole addresses under which phones reach this machine, the best one first.
fn phones(settings: &Settings, port: u16) -> Result<Vec<String>, String> {
    let addresses = lan::addresses().map_err(line)?.into_iter();
    let url = |ip| lan::url(settings.scheme(), ip, port, settings.base());
    Ok(addresses.map(url).collect())
}

/// What a family needs to know: the addresses that phones reach, a code of the best one, and who can read along.
fn for_phones(addresses: &[String], scheme: &str) -> Result<String, String> {
    let Some(best) = addresses.first() else {
        return Ok("No network was found: phones cannot reach this computer.".to_owned());
    };
    let mut lines = vec!["On phones in the same network, scan this code or open one of these addresses:".to_owned()];
    lines.extend(addresses.iter().map(|address| format!("  {address}")));
    lines.push(lan::qr_code(best).map_err(line)?);
    if scheme == "http" {
        lines.push(
            "This is plain http: others in this network can read which pages are opened, and what is typed".to_owned(),
        );
        lines.push("for letters. In a network that you do not trust, use https: --tls-cert and --tls-key.".to_owned());
    }
    Ok(lines.join("\n"))
}

/// Writes what happens to standard error, a line each. Of a panic only the place: its message could hold what a visitor
/// typed.
fn start_log(level: LevelFilter) {
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// The text that the arguments ask for.
fn text(args: &TextArgs, library: &Library) -> Result<String, String> {
    let service = match args.service {
        ServiceArg::Facebook => Service::Facebook.id(),
        ServiceArg::Instagram => Service::Instagram.id(),
        ServiceArg::Both => Services::BOTH,
    };
    let length = match args.length {
        LengthArg::Short => Length::Short,
        LengthArg::Full => Length::Full,
    };
    let country = args.country.to_uppercase();
    let mut pairs = vec![
        (Key::Service.name(), service),
        (Key::Accounts.name(), Accounts::Linked.id()),
        (Key::Country.name(), &country),
        (Key::Length.name(), length.id()),
        (Key::Text.name(), &args.lang),
    ];
    pairs.extend(args.grounds.iter().map(|ground| (Key::Ground.name(), ground.as_str())));
    let (choices, unknown) = Choices::from_pairs(pairs, library);
    if let Some(unknown) = unknown.first() {
        let flag = if unknown.key == Key::Text {
            "lang"
        } else {
            unknown.key.name()
        };
        return Err(format!("--{flag}: there is no “{}”", unknown.value));
    }
    let plan = choices.plan().ok_or("a text needs --service and --country")?;
    let language = choices.text.ok_or("a text needs a --lang")?;
    Ok(objection::compose(&plan, library, language))
}

/// Prints one line at once, so that whoever waits for it gets it.
fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(line)
}

fn line(error: impl Display) -> String {
    error.to_string()
}
