//! Following redirects, only to the hosts of the facts: whoever gets hold of a page decides neither what this machine requests
//! nor which page counts as there.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ureq::http::{Response, Uri, header};
use ureq::{Agent, Body};

/// The maximum number of redirects that are followed.
const REDIRECTS: usize = 10;

/// Where a link leads to.
pub enum End {
    /// A page at this address.
    Page(Uri, Response<Body>),
    /// A redirect, with this status, to a host that is none of the facts.
    Elsewhere(Uri, u16),
    /// There is no response, for this reason.
    Nothing(String),
}

/// Opens a link, and tells whether its first response is a permanent redirect.
pub fn open(address: &str, hosts: &BTreeSet<String>, agent: &Agent, limit: Duration) -> (End, bool) {
    let begin = Instant::now();
    let mut is_permanent = false;
    let mut uri: Uri = match address.parse() {
        Ok(uri) => uri,
        Err(error) => return (End::Nothing(error.to_string()), false),
    };
    for step in 0..=REDIRECTS {
        let rest = limit.saturating_sub(begin.elapsed());
        let request = agent.get(&uri).config().timeout_global(Some(rest)).build();
        let response = match request.call() {
            Ok(response) => response,
            Err(error) => return (End::Nothing(error.to_string()), is_permanent),
        };
        let status = response.status().as_u16();
        let Some(target) = target(&uri, &response) else {
            return (End::Page(uri, response), is_permanent);
        };
        is_permanent |= step == 0 && matches!(status, 301 | 308);
        if !is_known(target.host().unwrap_or_default(), hosts) {
            return (End::Elsewhere(target, status), is_permanent);
        }
        uri = target;
    }
    (End::Nothing("too many redirects".to_owned()), is_permanent)
}

/// Where a response from `base` redirects to, if it does.
fn target(base: &Uri, response: &Response<Body>) -> Option<Uri> {
    let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(header::LOCATION).filter(|_| is_redirect)?;
    resolve(base, &String::from_utf8_lossy(location.as_bytes()))
}

/// The address that `location` means at `base` (RFC 3986, 5.2); dots in its path are left to the server.
fn resolve(base: &Uri, location: &str) -> Option<Uri> {
    let is_absolute = |uri: &Uri| uri.scheme().is_some();
    if let Some(uri) = location.parse().ok().filter(is_absolute) {
        return Some(uri);
    }
    let (scheme, authority, path) = (base.scheme_str()?, base.authority()?, base.path());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let address = match location.as_bytes() {
        [b'/', b'/', ..] => format!("{scheme}:{location}"),
        [b'/', ..] => format!("{scheme}://{authority}{location}"),
        [b'?', ..] => format!("{scheme}://{authority}{path}{location}"),
        _ => format!("{scheme}://{authority}{folder}/{location}"),
    };
    address.parse().ok()
}

/// Whether a host is one of `hosts`, is below one, such as `help.example.org`, or above one, such as `example.org`.
fn is_known(host: &str, hosts: &BTreeSet<String>) -> bool {
    let host = host.to_lowercase();
    let is_below = |host: &str, other: &str| host.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'));
    hosts.iter().any(|known| {
        let known = known.strip_prefix("www.").unwrap_or(known);
        host == known || is_below(&host, known) || host.contains('.') && is_below(known, &host)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_belongs_to_the_facts_with_its_subdomains_and_its_domain() {
        let hosts = BTreeSet::from(["www.example.org", "help.example.net"].map(str::to_owned));
        for host in [
            "www.example.org",
            "example.org",
            "EN.example.org",
            "help.example.net",
            "example.net",
        ] {
            assert!(is_known(host, &hosts), "{host}");
        }
        for host in [
            "org",
            "net",
            "badexample.org",
            "example.org.evil.example",
            "login.example.net",
            "localhost",
            "",
        ] {
            assert!(!is_known(host, &hosts), "{host}");
        }
    }

    #[test]
    fn a_redirect_is_resolved_at_the_address_that_gave_it() {
        let base: Uri = "https://example.org/a/b?c=1".parse().unwrap();
        for (location, expected) in [
            ("http://example.net/x", "http://example.net/x"),
            ("//example.net/x", "https://example.net/x"),
            (
                "/x?next=https://example.net/",
                "https://example.org/x?next=https://example.net/",
            ),
            ("?c=2", "https://example.org/a/b?c=2"),
            ("x", "https://example.org/a/x"),
            ("/x#part", "https://example.org/x"),
        ] {
            let resolved = resolve(&base, location).map(|uri| uri.to_string());
            assert_eq!(resolved.as_deref(), Some(expected), "{location}");
        }
    }
}
