//! Command line in, exit code out.

use std::fmt::Display;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use axum::http::Uri;
use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing::level_filters::LevelFilter;
use veto::facts::Service;
use veto::files::Files;
use veto::journey::{Choices, Key, Library, objection};
use veto::web::Settings;
use veto::{serve, web};

/// The exit code for what the operator can mend: a port in use, a file that cannot be read, an unknown choice.
const WRONG_INPUT: u8 = 2;

/// A web wizard that leads a person through an objection to Meta's AI training.
///
/// Without a command it serves the wizard and prints its address.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The address to listen on; 0.0.0.0 is every network of this machine
    #[arg(long, env = "VETO_LISTEN", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDR")]
    listen: IpAddr,
    /// The port to listen on; 0 is any free one
    #[arg(long, env = "VETO_PORT", default_value_t = 8080, value_name = "N")]
    port: u16,
    /// Where visitors reach the wizard, such as `https://example.org`; calendar files lead back there. If not set, the
    /// address that is printed
    #[arg(long, env = "VETO_ADDRESS", value_name = "URL", value_parser = address)]
    address: Option<String>,
    /// How long a browser keeps the choices of a visitor who asked for it, in hours
    #[arg(long, env = "VETO_KEEP_HOURS", default_value_t = 24, value_name = "HOURS")]
    keep_hours: u16,
    /// The number of connections that are held at once; those above are asked to come back later
    #[arg(long, env = "VETO_CONNECTIONS", default_value_t = 2_000, value_name = "N")]
    connections: usize,
    /// What to write to standard error
    #[arg(long, env = "VETO_LOG", value_enum, default_value_t = LogArg::Info, value_name = "LEVEL")]
    log: LogArg,
    /// Write a line for each request: method, kind of page, status. No address, no query, nothing typed
    #[arg(long, env = "VETO_LOG_REQUESTS")]
    log_requests: bool,
    /// Open the wizard in the browser
    #[arg(long)]
    open: bool,
    /// A folder whose files replace single files of data/ and locales/
    #[arg(long, env = "VETO_DATA", value_name = "DIR", global = true)]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Print the text for Meta's form
    Text(TextArgs),
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
enum LogArg {
    Off,
    Error,
    Warn,
    Info,
    Debug,
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
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("veto: {reason}");
            ExitCode::from(WRONG_INPUT)
        }
    }
}

/// Does what the command line asks for; the error is one line for the operator.
fn run(cli: &Cli) -> Result<(), String> {
    let files = match &cli.data {
        Some(folder) => Files::with_folder(folder.clone()).map_err(line)?,
        None => Files::embedded(),
    };
    let library = Library::load(&files).map_err(line)?;
    match &cli.command {
        Some(Command::Text(args)) => print(&text(args, &library)?),
        None => serve_site(cli, library),
    }
}

#[tokio::main]
async fn serve_site(cli: &Cli, library: Library) -> Result<(), String> {
    start_log(cli.log);
    let wanted = format!("{}:{}", cli.listen, cli.port);
    let listener = serve::listen(cli.listen, cli.port);
    let listener = listener.map_err(|error| format!("cannot listen on {wanted}: {error}"))?;
    let stop = serve::stop().map_err(line)?;
    let url = serve::url(listener.local_addr().map_err(line)?);
    let settings = Settings {
        address: cli.address.clone().unwrap_or_else(|| url.clone()),
        keep_hours: cli.keep_hours,
        log_requests: cli.log_requests,
    };
    let site = web::Site::new(library, settings);
    let refusal = site.refusal();
    let router = web::router(site);
    print(&url)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    if cli.open {
        // Whoever has no browser here still has the address on the line above.
        if let Err(error) = open::that_detached(&url) {
            tracing::warn!(%error, "cannot open a browser");
        }
    }
    serve::run(listener, router, cli.connections, refusal, stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// Writes what happens to standard error, a line each. Of a panic only the place: its message could hold what a visitor
/// typed.
fn start_log(level: LogArg) {
    let level = match level {
        LogArg::Off => LevelFilter::OFF,
        LogArg::Error => LevelFilter::ERROR,
        LogArg::Warn => LevelFilter::WARN,
        LogArg::Info => LevelFilter::INFO,
        LogArg::Debug => LevelFilter::DEBUG,
    };
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

/// Checks an address at which visitors reach the wizard: scheme and host, no path.
fn address(text: &str) -> Result<String, &'static str> {
    let wrong = "an address is like https://example.org, with nothing behind the host and its port";
    let uri: Uri = text.parse().map_err(|_| wrong)?;
    let plain = uri.path() == "/" && uri.query().is_none() && !text.contains('#');
    match (uri.scheme_str(), uri.authority()) {
        (Some(scheme @ ("http" | "https")), Some(host)) if plain => Ok(format!("{scheme}://{host}")),
        _ => Err(wrong),
    }
}

/// The text that the arguments ask for.
fn text(args: &TextArgs, library: &Library) -> Result<String, String> {
    let service = match args.service {
        ServiceArg::Facebook => Service::Facebook.id(),
        ServiceArg::Instagram => Service::Instagram.id(),
        ServiceArg::Both => "both",
    };
    let length = match args.length {
        LengthArg::Short => "short",
        LengthArg::Full => "full",
    };
    let country = args.country.to_uppercase();
    let mut pairs = vec![
        (Key::Service.name(), service),
        (Key::Accounts.name(), "linked"),
        (Key::Country.name(), &country),
        (Key::Length.name(), length),
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
