//! Link check: whether the external addresses of the facts still work. Only run by `veto links`; nothing else in the
//! program sends requests to other hosts.
//!
//! Meta shows a login page or an error to programs in place of its forms. So the result for Meta's pages, and for any page
//! that asks to sign in or blocks programs, is "unknown".

mod redirects;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::io::Read as _;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde::Serialize;
use ureq::http::{Response, Uri};
use ureq::{Agent, Body};
use veto_content::facts::Outgoing;

use redirects::End;

/// The time limit for one link.
pub const LINK_TIMEOUT: Duration = Duration::from_secs(20);
/// The number of hosts that are checked concurrently, one page at a time each.
const CONCURRENCY: usize = 4;
/// The part of a page that is read for its title, in bytes.
const READ_LIMIT: u64 = 256 * 1_024;
/// The longest title that is shown, in characters.
const TITLE_LIMIT: usize = 100;
/// The domains of Meta, subdomains included.
const META: [&str; 4] = ["facebook.com", "instagram.com", "meta.com", "whatsapp.com"];

/// The result for a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It leads to a page.
    Ok,
    /// It leads to a page that has moved permanently.
    Moved,
    /// There is no such page (404, 410).
    Gone,
    /// There is no response, or an error.
    Broken,
    /// It leads to a host that occurs in no fact; what is there is for a person to see.
    Elsewhere,
    /// A person may see a different page than a program.
    Unknown,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Moved => "moved",
            Self::Gone => "gone",
            Self::Broken => "broken",
            Self::Elsewhere => "elsewhere",
            Self::Unknown => "unknown",
        })
    }
}

/// A checked link.
#[derive(Debug, Serialize)]
pub struct LinkResult {
    /// The address.
    pub address: String,
    /// The result.
    pub verdict: Verdict,
    /// The status of the last response, if there was one.
    pub status: Option<u16>,
    /// Where it led, if that is another address.
    pub target: Option<String>,
    /// The title of the page, if it has one.
    pub title: Option<String>,
    /// Why there is no response.
    pub error: Option<String>,
    /// The date of the newest evidence for it.
    pub checked: String,
    /// The entries that contain it.
    pub used: Vec<String>,
}

/// The results of a link check.
#[derive(Debug, Serialize)]
pub struct Report {
    /// When it ran (RFC 3339).
    pub checked_at: Option<String>,
    /// The links in the order of the call.
    pub links: Vec<LinkResult>,
}

impl Report {
    /// Whether no link is gone or broken.
    pub fn is_ok(&self) -> bool {
        let is_bad = |link: &LinkResult| matches!(link.verdict, Verdict::Gone | Verdict::Broken);
        !self.links.iter().any(is_bad)
    }
}

/// A table for people, worst first, with the counts at its end.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut links: Vec<&LinkResult> = self.links.iter().collect();
        let rank = |verdict| match verdict {
            Verdict::Gone | Verdict::Broken => 0,
            Verdict::Elsewhere => 1,
            Verdict::Moved => 2,
            Verdict::Unknown => 3,
            Verdict::Ok => 4,
        };
        links.sort_by_key(|link| rank(link.verdict));
        writeln!(f, "{:16}  status  evidence    address", "verdict")?;
        let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for link in links {
            *counts.entry(link.verdict).or_default() += 1;
            let status = link.status.map_or("–".to_owned(), |status| status.to_string());
            writeln!(
                f,
                "{:16}  {status:6}  {:10}  {}",
                link.verdict, link.checked, link.address
            )?;
            let more = [
                ("leads to", &link.target),
                ("title", &link.title),
                ("error", &link.error),
            ];
            for (name, value) in more
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            {
                writeln!(f, "{:38}{name}: {value}", "")?;
            }
            writeln!(f, "{:38}in: {}", "", link.used.join(", "))?;
        }
        let mut line = String::new();
        for (index, (verdict, count)) in counts.iter().enumerate() {
            write!(line, "{}{verdict}: {count}", if index > 0 { ", " } else { "" })?;
        }
        write!(
            f,
            "{line}; checked at {}",
            self.checked_at.as_deref().unwrap_or("an unknown time")
        )
    }
}

/// The hosts of `links`.
pub fn hosts(links: &[Outgoing]) -> BTreeSet<String> {
    links.iter().map(|link| host(&link.address)).collect()
}

/// Checks each of `links` within `limit`, and follows redirects to `hosts`. `now` is the current time (RFC 3339).
pub fn check(links: &[Outgoing], hosts: &BTreeSet<String>, limit: Duration, now: Option<String>) -> Report {
    let agent = agent();
    let mut by_host: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        by_host.entry(host(&link.address)).or_default().push(index);
    }
    let by_host = Mutex::new(by_host.into_values());
    let results = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..CONCURRENCY {
            scope.spawn(|| {
                // A poisoned lock would mean a panic in another thread, which ends the scope with that panic.
                while let Some(indices) = by_host.lock().ok().and_then(|mut by_host| by_host.next()) {
                    for index in indices {
                        let result = check_link(&links[index], hosts, &agent, limit);
                        if let Ok(mut results) = results.lock() {
                            results.insert(index, result);
                        }
                    }
                }
            });
        }
    });
    Report {
        checked_at: now,
        links: results.into_inner().unwrap_or_default().into_values().collect(),
    }
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("veto/", env!("CARGO_PKG_VERSION"), " (link check)"));
    config.build().into()
}

/// Checks one link: the first response tells whether the page has moved permanently, the last one what is there now.
fn check_link(link: &Outgoing, hosts: &BTreeSet<String>, agent: &Agent, limit: Duration) -> LinkResult {
    let (end, permanent) = redirects::open(&link.address, hosts, agent, limit);
    let mut result = LinkResult {
        address: link.address.clone(),
        verdict: Verdict::Broken,
        status: None,
        target: None,
        title: None,
        error: None,
        checked: link.checked.to_string(),
        used: link.used.clone(),
    };
    match end {
        End::Page(target, response) => {
            let FetchedPage {
                status,
                title,
                asks_to_sign_in,
            } = read_page(&target, response);
            let target = target.to_string();
            result.verdict = verdict(&link.address, &target, status, permanent, asks_to_sign_in);
            result.status = Some(status);
            result.title = title;
            result.target =
                Some(target).filter(|target| target.trim_end_matches('/') != link.address.trim_end_matches('/'));
        }
        End::Elsewhere(target, status) => {
            let is_of_meta = is_meta(&link.address);
            result.verdict = if is_of_meta {
                Verdict::Unknown
            } else {
                Verdict::Elsewhere
            };
            result.status = Some(status);
            result.target = Some(target.to_string());
        }
        End::Nothing(error) => result.error = Some(clean(&error)),
    }
    result
}

/// The result of a response with `status` that came from `target` to a request for `address`.
fn verdict(address: &str, target: &str, status: u16, permanent: bool, asks_to_sign_in: bool) -> Verdict {
    if is_meta(address) || is_meta(target) || asks_to_sign_in {
        return Verdict::Unknown;
    }
    match status {
        200..=299 if permanent => Verdict::Moved,
        200..=299 => Verdict::Ok,
        404 | 410 => Verdict::Gone,
        // Blocked or rate-limited; 999 is not a standard code, but in use for this.
        401 | 403 | 429 | 999 => Verdict::Unknown,
        _ => Verdict::Broken,
    }
}

fn is_meta(address: &str) -> bool {
    let host = host(address);
    let belongs = |to: &str| {
        host.strip_suffix(to)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    META.into_iter().any(belongs)
}

/// The host of an address, or nothing if it has none.
fn host(address: &str) -> String {
    let uri: Option<Uri> = address.parse().ok();
    uri.and_then(|uri| uri.host().map(str::to_lowercase))
        .unwrap_or_default()
}

struct FetchedPage {
    status: u16,
    title: Option<String>,
    asks_to_sign_in: bool,
}

fn read_page(target: &Uri, mut response: Response<Body>) -> FetchedPage {
    let mut body = Vec::new();
    // If the body is interrupted, the part that has arrived is used.
    _ = response.body_mut().as_reader().take(READ_LIMIT).read_to_end(&mut body);
    let html = String::from_utf8_lossy(&body);
    let login = target
        .path()
        .split('/')
        .any(|part| part.starts_with("login") || part.starts_with("signin"));
    let password = html.contains("type=\"password\"") || html.contains("type='password'");
    FetchedPage {
        status: response.status().as_u16(),
        title: title(&html),
        asks_to_sign_in: login || password,
    }
}

fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<title")?;
    let (_, rest) = rest.split_once('>')?;
    let (title, _) = rest.split_once("</title")?;
    Some(clean(title)).filter(|title| !title.is_empty())
}

/// One short line without control characters, safe for a terminal.
fn clean(text: &str) -> String {
    let plain: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let parts: Vec<&str> = plain.split_whitespace().collect();
    parts.join(" ").chars().take(TITLE_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_meta_s_own_domains_count_as_meta() {
        for address in [
            "https://www.facebook.com/help",
            "https://facebook.com",
            "https://help.meta.com/x",
        ] {
            assert!(is_meta(address), "{address}");
        }
        for address in [
            "https://facebook.com.evil.example/",
            "https://notfacebook.com/",
            "https://noyb.eu/facebook.com",
        ] {
            assert!(!is_meta(address), "{address}");
        }
    }

    #[test]
    fn a_page_of_meta_is_always_unknown() {
        for status in [200, 302, 400, 404, 500] {
            let verdict = verdict(
                "https://www.facebook.com/help/contact/1",
                "https://www.facebook.com/",
                status,
                false,
                false,
            );
            assert_eq!(verdict, Verdict::Unknown, "{status}");
        }
    }

    #[test]
    fn a_title_is_one_short_line_without_control_characters() {
        assert_eq!(
            title("<title lang=en>\n A\u{1b}[31m  b\r\n</title>").as_deref(),
            Some("A [31m b")
        );
        assert_eq!(title("<title></title>"), None);
        assert_eq!(title("<h1>x</h1>"), None);
        assert_eq!(
            title(&format!("<title>{}</title>", "x".repeat(500))).map(|title| title.len()),
            Some(TITLE_LIMIT)
        );
    }
}
