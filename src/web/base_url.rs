//! The base URL: the public address of the site.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use axum::http::Uri;
use serde::Deserialize;

/// The ends of names that mean something in a local network only (RFC 6762, RFC 8375, and by use).
const LOCAL_NAMES: [&str; 5] = [".local", ".lan", ".internal", ".home.arpa", ".fritz.box"];

/// The public URL of the site, such as `https://example.org/tools/veto/`; set by the operator.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl {
    /// Scheme, host and port, without a `/` at the end.
    origin: String,
    /// The path, without a `/` at the end: `/tools/veto`, or empty.
    path: String,
}

impl BaseUrl {
    /// The base path of all pages, without a `/` at its end; empty if the URL has no path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Scheme, host and port, without a `/` at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether only this computer can open it: its host is `localhost` or a loopback address.
    pub fn is_for_this_computer(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        ["localhost", "127.", "[::1]"].iter().any(|own| host.starts_with(own))
    }

    /// Whether visitors use https.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

impl fmt::Display for BaseUrl {
    /// The absolute address, without a `/` at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// From where the address of a site can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only on the computer that runs the program.
    ThisComputer,
    /// Only in its local network.
    LocalNetwork,
    /// Everywhere.
    Everywhere,
}

impl BaseUrl {
    /// From where the address can be opened, as far as its host tells.
    pub fn reach(&self) -> Reach {
        let authority = self.origin.split_once("://").map_or("", |(_, authority)| authority);
        let without_port = authority
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or(authority, |(host, _)| host);
        let host = without_port
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_ascii_lowercase();
        match host.parse() {
            Ok(IpAddr::V4(ip)) if ip.is_loopback() || ip.is_unspecified() => Reach::ThisComputer,
            Ok(IpAddr::V6(ip)) if ip.is_loopback() || ip.is_unspecified() => Reach::ThisComputer,
            Ok(IpAddr::V4(ip)) if ip.is_private() || ip.is_link_local() => Reach::LocalNetwork,
            Ok(IpAddr::V6(ip)) if ip.is_unique_local() || ip.is_unicast_link_local() => Reach::LocalNetwork,
            Err(_) if host == "localhost" || host.ends_with(".localhost") => Reach::ThisComputer,
            Err(_) if !host.contains('.') || LOCAL_NAMES.iter().any(|end| host.ends_with(end)) => Reach::LocalNetwork,
            _ => Reach::Everywhere,
        }
    }
}

/// The text is not a valid base URL.
#[derive(Debug, thiserror::Error)]
#[error("an address is like https://example.org or https://example.org/tools/veto/, with nothing behind the path")]
pub struct InvalidBaseUrl;

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        let uri: Uri = text.parse().map_err(|_| InvalidBaseUrl)?;
        let path = uri.path().trim_end_matches('/');
        // No characters that are escaped in URLs or HTML, and no segments that browsers resolve.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_name = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(is_plain);
        let named = path.split('/').skip(1).all(is_name);
        let host = uri.authority().filter(|host| !host.as_str().contains('@'));
        match (uri.scheme_str(), host) {
            (Some(scheme @ ("http" | "https")), Some(host))
                if named && uri.query().is_none() && !text.contains('#') =>
            {
                Ok(Self {
                    origin: format!("{scheme}://{host}"),
                    path: path.to_owned(),
                })
            }
            _ => Err(InvalidBaseUrl),
        }
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = InvalidBaseUrl;

    fn try_from(text: String) -> Result<Self, InvalidBaseUrl> {
        text.parse()
    }
}

impl BaseUrl {
    /// Removes the path of this site from `uri`; `None` if it does not begin with it. A web server in front may have
    /// removed it already.
    pub fn strip(&self, uri: &Uri) -> Option<Uri> {
        let whole = uri.path_and_query()?.as_str();
        let rest = whole.strip_prefix(&self.path).filter(|_| !self.path.is_empty())?;
        let rest = match rest.bytes().next() {
            Some(b'/') => rest.to_owned(),
            Some(b'?') | None => format!("/{rest}"),
            Some(_) => return None,
        };
        let mut parts = uri.clone().into_parts();
        parts.path_and_query = Some(rest.parse().ok()?);
        Uri::from_parts(parts).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_the_site_is_removed_if_it_is_there() {
        let site: BaseUrl = "http://veto.example/tools/veto".parse().unwrap();
        let strip = |uri: &str| site.strip(&uri.parse().unwrap()).map(|uri| uri.to_string());
        for (uri, rest) in [
            ("/tools/veto/de/start?x=1", Some("/de/start?x=1")),
            ("/tools/veto", Some("/")),
            ("/tools/veto?country=AT", Some("/?country=AT")),
            ("/tools/vetoed/", None),
            ("/de/", None),
        ] {
            assert_eq!(strip(uri).as_deref(), rest, "{uri}");
        }
        let root: BaseUrl = "http://veto.example".parse().unwrap();
        assert_eq!(root.strip(&"/de/".parse().unwrap()), None);
    }

    #[test]
    fn a_base_url_may_have_a_path_with_or_without_a_slash_at_its_end() {
        for (text, origin, path) in [
            ("https://example.org", "https://example.org", ""),
            ("https://example.org:8443/", "https://example.org:8443", ""),
            ("http://[fd00::1]:80/tools/veto/", "http://[fd00::1]:80", "/tools/veto"),
        ] {
            let url: BaseUrl = text.parse().unwrap();
            assert_eq!((url.origin(), url.path()), (origin, path));
        }
    }

    #[test]
    fn a_host_tells_from_where_it_can_be_opened() {
        for (url, reach) in [
            ("http://localhost:8080", Reach::ThisComputer),
            ("http://veto.localhost", Reach::ThisComputer),
            ("http://127.0.0.1:8080", Reach::ThisComputer),
            ("http://0.0.0.0:8080", Reach::ThisComputer),
            ("http://[::1]:8080/veto", Reach::ThisComputer),
            ("http://192.168.1.20:8080", Reach::LocalNetwork),
            ("http://10.1.2.3", Reach::LocalNetwork),
            ("http://172.31.0.1", Reach::LocalNetwork),
            ("http://172.32.0.1", Reach::Everywhere),
            ("http://169.254.1.1", Reach::LocalNetwork),
            ("http://[fd00::1]:80", Reach::LocalNetwork),
            ("http://raspberry:8080", Reach::LocalNetwork),
            ("http://Veto.Local", Reach::LocalNetwork),
            ("http://veto.home.arpa", Reach::LocalNetwork),
            ("https://veto.example.org", Reach::Everywhere),
            ("https://local.example", Reach::Everywhere),
            ("https://[2001:db8::1]", Reach::Everywhere),
        ] {
            assert_eq!(url.parse::<BaseUrl>().unwrap().reach(), reach, "{url}");
        }
    }

    #[test]
    fn what_a_visitor_could_not_open_is_refused() {
        for text in [
            "example.org",
            "ftp://example.org",
            "https://example.org/?x",
            "https://example.org/#x",
            "https://me@example.org",
            "https://example.org/a/../b",
            "https://example.org/a//b",
            "https://example.org/a\"b",
            "https://example.org/a%20b",
        ] {
            assert!(text.parse::<BaseUrl>().is_err(), "{text}");
        }
    }
}
