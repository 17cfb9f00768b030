//! Serves the wizard until it is stopped.

use std::future::pending;
use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};
use tokio::time::{sleep, timeout};
use tracing::level_filters::LevelFilter;
use veto::config::{Config, LogFormat, Settings};
use veto::lan;
use veto::metrics::{self, Metrics};
use veto::server::{self, ActiveConfig, Hangup, Limits};
use veto::web::{self, BaseUrl};

use super::certificate::CertificateWatch;
use super::sockets::{Sockets, cannot_listen};
use super::{Failure, Loaded, config, print, service_manager};
use crate::cli::{Cli, is_double_click};

/// The maximum number of connections to the metrics listener.
const METRICS_CONNECTIONS: u32 = 16;
/// The time limit for reading settings, facts, texts and certificate.
const LOAD_TIMEOUT: Duration = Duration::from_secs(30);

/// The status that the service manager shows.
const SERVING: &str = "serving";

/// Serves until SIGINT or SIGTERM.
pub fn run(cli: Cli) -> Result<(), Failure> {
    // Before there are threads.
    let sockets = Sockets::inherited()?;
    runtime().map_err(Failure::input)?.block_on(serve(cli, sockets))
}

/// One worker thread for each processor, and one blocking thread, which compresses.
fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().enable_all().max_blocking_threads(1).build()
}

async fn serve(cli: Cli, sockets: Sockets) -> Result<(), Failure> {
    // Before anything else, so that no signal ends the process in another way.
    let mut stop = Box::pin(server::stop_signal().map_err(Failure::input)?);
    let hangup = Hangup::new().map_err(Failure::input)?;
    let cli = Arc::new(cli);
    // Errors in files are reported before a port is bound. The URL is known only after that.
    let mut place = Place {
        url: "http://localhost".parse().map_err(Failure::input)?,
        is_local: false,
    };
    let mut reading = None;
    let (config, mut loaded) = tokio::select! {
        loaded = load(&mut reading, &cli, &place) => loaded?,
        () = &mut stop => return Ok(()),
    };
    let settings = &config.settings;
    start_log(settings.log(), settings.log_format.unwrap_or_default());
    let (listener, redirect) = sockets.open(&cli, &config)?;
    let (mut url, mut lan_urls) = (
        settings.address.as_ref().map(BaseUrl::to_string).unwrap_or_default(),
        Vec::new(),
    );
    // At a Unix socket, visitors come by `address` only.
    if let Some(local) = listener.local_addr().map_err(Failure::input)? {
        place.is_local = local.ip().is_loopback();
        url = format!("{}{}", server::origin(settings.scheme(), local), settings.base());
        if cli.lan {
            lan_urls = self::lan_urls(settings, local.port())?;
        }
    }
    place.url = lan_urls.first().unwrap_or(&url).parse().map_err(Failure::input)?;
    if settings.address.is_none() {
        loaded.site.base_url = place.url.clone();
        loaded.site.only_localhost = place.is_local;
    }

    for warning in &loaded.warnings {
        tracing::warn!("{warning}");
    }
    let metrics = Arc::new(Metrics::default());
    let counted = settings.metrics.map(|_| Arc::clone(&metrics));
    let certificates = CertificateWatch::new()?;
    certificates.set(&config, loaded.certificate.as_ref());
    metrics.certificate_end.set(loaded.certificate_end());
    metrics.facts_gathered.set(loaded.facts_gathered());
    let limits = Limits::new(settings.connections(), settings.trusted_proxies());
    let active = loaded.activate(counted.clone());
    let (plain, plain_receiver) = watch::channel(active.plain());
    let (active, receiver) = watch::channel(active);
    if let Some(address) = settings.metrics {
        serve_metrics(address, Arc::clone(&metrics))?;
    }

    print(&url)?;
    if cli.lan {
        print(lan_instructions(&lan_urls, settings.scheme())?)?;
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    service_manager::ready(SERVING);
    if is_double_click() {
        print("Ctrl+C stops it.")?;
    }
    if cli.open || is_double_click() {
        // Not an error: the URL is printed above.
        if let Err(error) = open::that_detached(&url) {
            tracing::warn!(%error, "cannot open a browser");
        }
    }
    let changes = Changes { hangup, certificates };
    let active = [active, plain];
    tokio::spawn(reload(
        changes,
        Arc::clone(&cli),
        place,
        Arc::clone(&metrics),
        counted,
        active,
    ));
    let drain = Duration::from_secs(settings.drain.unwrap_or_default().into());
    let stop = async move {
        stop.await;
        service_manager::stopping();
        web::drain();
        sleep(drain).await;
    };
    let redirect = redirect.map(|redirect| (redirect, plain_receiver));
    let ports = [(listener, receiver)].into_iter().chain(redirect);
    server::run(ports, limits, metrics, stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// Where the site is: known at the start, and the same after a reload.
#[derive(Clone)]
struct Place {
    /// The URL that is printed.
    url: BaseUrl,
    /// Whether only this machine can reach its port, whatever the setting `listen` says since.
    is_local: bool,
}

/// Loads settings, facts, texts and certificate on a thread of its own, so that a file system that does not respond holds up
/// nothing else. `running` is the thread of the last time.
async fn load(
    running: &mut Option<JoinHandle<()>>,
    cli: &Arc<Cli>,
    place: &Place,
) -> Result<(Config, Loaded), Failure> {
    if running.as_ref().is_some_and(|thread| !thread.is_finished()) {
        return Err(Failure::input("the files of the last time are still being read"));
    }
    let (cli, place) = (Arc::clone(cli), place.clone());
    let (sender, receiver) = oneshot::channel();
    let load = move || {
        let config = config(&cli)?;
        let mut loaded = Loaded::new(&config, place.url)?;
        loaded.site.only_localhost &= place.is_local;
        Ok((config, loaded))
    };
    // Nobody receives if it takes too long.
    let thread = thread::Builder::new().spawn(move || drop(sender.send(load())));
    *running = Some(thread.map_err(Failure::input)?);
    let result = timeout(LOAD_TIMEOUT, receiver).await;
    if result.is_ok() {
        // The thread reads nothing any more, even if it has not ended yet.
        *running = None;
    }
    match result {
        Ok(Ok(loaded)) => loaded,
        Ok(Err(_)) => Err(Failure::input(
            "the files could not be read because of a fault of the program",
        )),
        Err(_) => Err(Failure::input("the files could not be read in time")),
    }
}

/// What makes the program load everything again.
struct Changes {
    hangup: Hangup,
    certificates: CertificateWatch,
}

/// On each signal and each change of the certificate, loads everything again and swaps the active configuration, that of the
/// port for plain http too. After an error the old one stays. `counted` are the metrics if requests are counted.
async fn reload(
    mut changes: Changes,
    cli: Arc<Cli>,
    place: Place,
    metrics: Arc<Metrics>,
    counted: Option<Arc<Metrics>>,
    [active, plain]: [watch::Sender<ActiveConfig>; 2],
) {
    let mut running = None;
    loop {
        tokio::select! {
            () = changes.hangup.recv() => {}
            () = changes.certificates.changed() => tracing::info!("the files of the certificate have changed"),
        }
        service_manager::reloading();
        let loaded = load(&mut running, &cli, &place).await;
        metrics.count_reload(loaded.is_ok());
        web::reloaded(loaded.is_ok());
        match loaded {
            Ok((config, loaded)) => {
                changes.certificates.set(&config, loaded.certificate.as_ref());
                metrics.certificate_end.set(loaded.certificate_end());
                metrics.facts_gathered.set(loaded.facts_gathered());
                for warning in &loaded.warnings {
                    tracing::warn!("{warning}");
                }
                let config = loaded.activate(counted.clone());
                plain.send_replace(config.plain());
                active.send_replace(config);
                tracing::info!("reloaded");
                service_manager::ready(SERVING);
            }
            Err(failure) => {
                // A line of the log and of the service manager.
                let reason = failure.into_lines().replace('\n', "; ");
                tracing::error!(reason, "reload failed; the old configuration stays");
                service_manager::ready(&format!("reload failed, the old configuration stays: {reason}"));
            }
        }
    }
}

/// Serves the metrics at `address` beside the site, until the program ends.
fn serve_metrics(address: SocketAddr, metrics: Arc<Metrics>) -> Result<(), Failure> {
    let listener = server::listen(address.ip(), address.port()).map_err(cannot_listen(address))?;
    let router = metrics::router(metrics);
    let (_, receiver) = watch::channel(ActiveConfig { router, tls: None });
    tokio::spawn(server::run(
        [(listener, receiver)],
        Limits::new(METRICS_CONNECTIONS, server::this_machine()),
        Arc::default(),
        pending(),
    ));
    Ok(())
}

/// The URLs at which phones reach this machine, with that of the default route first.
fn lan_urls(settings: &Settings, port: u16) -> Result<Vec<String>, Failure> {
    let addresses = lan::addresses().map_err(Failure::input)?.into_iter();
    let url = |ip| lan::url(settings.scheme(), ip, port, settings.base());
    Ok(addresses.map(url).collect())
}

/// What `--lan` prints: the addresses for phones, a QR code of the first one, what may block them, and a warning on plain http.
fn lan_instructions(urls: &[String], scheme: &str) -> Result<String, Failure> {
    let Some(best) = urls.first() else {
        return Ok("No network was found: phones cannot reach this computer.".to_owned());
    };
    let mut lines = vec!["On phones in the same network, scan this code or open one of these addresses:".to_owned()];
    lines.extend(urls.iter().map(|url| format!("  {url}")));
    // The console of older Windows shows the control sequences.
    let colours = cfg!(unix) && io::stdout().is_terminal();
    lines.push(lan::qr_code(best, colours).map_err(Failure::input)?);
    lines.push(
        "A phone does not reach it? Allow Veto in the firewall of this computer, and take no guest network.".to_owned(),
    );
    if scheme == "http" {
        lines.push(
            "This is plain http: others in this network can read which pages are opened, and what is typed".to_owned(),
        );
        lines.push("for letters. In a network that you do not trust, use https: --tls-cert and --tls-key.".to_owned());
    }
    Ok(lines.join("\n"))
}

/// Logs to standard error, one line for each event. For a panic only its location is logged: the message could contain
/// input of a visitor.
fn start_log(level: LevelFilter, format: LogFormat) {
    let log = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(location, "panic");
    }));
}
