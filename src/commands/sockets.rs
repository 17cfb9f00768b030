//! The listening sockets of the site: those that the service manager has opened, else those of the settings.

use std::fmt::Display;
use std::io;
use std::net::Ipv4Addr;

use veto::config::Config;
use veto::server::{self, Inherited, Listen, Listener};

use super::Failure;
use crate::cli::Cli;

/// The sockets that the service manager has opened.
pub struct Sockets {
    site: Option<Inherited>,
    /// For plain http; it leads to https.
    redirect: Option<Inherited>,
}

impl Sockets {
    /// Takes the sockets from the environment. Call this before there are threads, see [`server::inherited`].
    pub fn inherited() -> Result<Self, Failure> {
        let passed = server::inherited();
        let passed =
            passed.map_err(|error| Failure::Input(format!("a socket was passed that cannot be used: {error}")))?;
        let count = passed.len();
        let mut passed = passed.into_iter();
        let (site, redirect) = (passed.next(), passed.next());
        if passed.next().is_some() {
            let reason = format!("{count} sockets were passed: one is for the site, a second one leads to https");
            return Err(Failure::Input(reason));
        }
        Ok(Self { site, redirect })
    }

    /// Opens the socket of the site, and that for plain http if there is one.
    pub fn open(self, cli: &Cli, config: &Config) -> Result<(Listener, Option<Listener>), Failure> {
        let settings = &config.settings;
        let site = match self.site {
            Some(socket) => {
                #[cfg(unix)]
                if let Inherited::Unix(_) = socket {
                    config.check_unix_socket().map_err(Failure::input)?;
                }
                socket.open().map_err(Failure::input)?
            }
            None => listen(cli, &settings.listen(), settings.port(), "port")?,
        };
        let redirect = match (self.redirect, settings.redirect_port) {
            (Some(_), _) if settings.tls_cert.is_none() => {
                return Err(Failure::input(
                    "two sockets were passed, and the second one leads to https: it needs a tls-cert",
                ));
            }
            (Some(socket), _) => Some(socket.open().map_err(Failure::input)?),
            (None, Some(port)) => Some(listen(cli, &settings.listen(), port, "redirect-port")?),
            (None, None) => None,
        };
        Ok((site, redirect))
    }
}

/// Opens the port of `setting`, or the Unix socket. If the port is in use, the error names the next one that is free.
fn listen(cli: &Cli, on: &Listen, port: u16, setting: &str) -> Result<Listener, Failure> {
    let everywhere = Ipv4Addr::UNSPECIFIED.into();
    let (ip, at, listener) = match on {
        _ if cli.lan => (everywhere, format!("port {port}"), server::listen_everywhere(port)),
        Listen::Ip(ip) => (*ip, format!("{ip}:{port}"), server::listen(*ip, port)),
        #[cfg(unix)]
        Listen::Unix(path) => {
            let socket = server::UnixSocket::open(path);
            return socket.map(Listener::Unix).map_err(cannot_listen(on));
        }
    };
    listener.map_err(|error| {
        let is_in_use = error.kind() == io::ErrorKind::AddrInUse;
        let free = is_in_use.then(|| server::next_free_port(ip, port)).flatten();
        let hint = free.map(|free| format!("; this one is free: --{setting} {free}"));
        Failure::Input(format!("cannot listen on {at}: {error}{}", hint.unwrap_or_default()))
    })
}

/// The error of a socket that cannot be opened.
pub fn cannot_listen(at: impl Display) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::Input(format!("cannot listen on {at}: {error}"))
}
