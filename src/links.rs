//! Looking at links: whether what the facts lead to is still there. The only place of the program that calls out, and only
//! when the operator asks for it.
//!
//! A robot does not see what a person sees. Meta shows robots a login page or an error in place of its forms, so nothing is
//! said about Meta's pages, nor about any other that asks to sign in or turns robots away: "cannot be judged" is true,
//! "gone" might not be.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::Read as _;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde::Serialize;
use ureq::http::{Response, Uri};
use ureq::{Agent, Body, ResponseExt as _};

use crate::facts::Outgoing;

/// How long one link may take.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How many hosts are asked at once; each is asked for one page at a time.
const AT_ONCE: usize = 4;
/// How much of a page is read for its title, in bytes.
const BEGINNING: u64 = 256 * 1_024;
/// The longest title that is shown, in characters.
const TITLE: usize = 100;
const REDIRECTS: u32 = 10;
/// The hosts of Meta; what ends like one of them is one too.
const META: [&str; 4] = ["facebook.com", "instagram.com", "meta.com", "whatsapp.com"];

/// What is to be said of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It leads to a page.
    Ok,
    /// It leads to a page that has moved for good.
    Moved,
    /// There is no such page (404, 410).
    Gone,
    /// Nobody answers, or not with a page.
    Broken,
    /// A person may see something else than a robot.
    CannotBeJudged,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Moved => "moved",
            Self::Gone => "gone",
            Self::Broken => "broken",
            Self::CannotBeJudged => "cannot be judged",
        })
    }
}

/// What was seen behind a link.
#[derive(Debug, Serialize)]
pub struct Seen {
    /// The address.
    pub address: String,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// The status of the last answer, if there was one.
    pub status: Option<u16>,
    /// Where it led, if that is another address.
    pub target: Option<String>,
    /// The title of the page, if it has one.
    pub title: Option<String>,
    /// Why there is no answer.
    pub error: Option<String>,
    /// The date of the evidence that the facts have for it.
    pub checked: String,
    /// The entries that name it.
    pub used: Vec<String>,
}

/// Everything that was seen.
#[derive(Debug, Serialize)]
pub struct Report {
    /// When, by RFC 3339.
    pub looked: Option<String>,
    /// The links in the order in which they were given.
    pub links: Vec<Seen>,
}

impl Report {
    /// Whether no link is gone or broken.
    pub fn is_well(&self) -> bool {
        let is_bad = |seen: &Seen| matches!(seen.verdict, Verdict::Gone | Verdict::Broken);
        !self.links.iter().any(is_bad)
    }
}

/// A table for people, worst first, with the counts at its end.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut links: Vec<&Seen> = self.links.iter().collect();
        let rank = |verdict| match verdict {
            Verdict::Gone | Verdict::Broken => 0,
            Verdict::Moved => 1,
            Verdict::CannotBeJudged => 2,
            Verdict::Ok => 3,
        };
        links.sort_by_key(|seen| rank(seen.verdict));
        writeln!(f, "{:16}  status  evidence    address", "verdict")?;
        let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for seen in links {
            *counts.entry(seen.verdict).or_default() += 1;
            let status = seen.status.map_or("–".to_owned(), |status| status.to_string());
            writeln!(
                f,
                "{:16}  {status:6}  {:10}  {}",
                seen.verdict, seen.checked, seen.address
            )?;
            let more = [
                ("leads to", &seen.target),
                ("title", &seen.title),
                ("error", &seen.error),
            ];
            for (name, value) in more
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            {
                writeln!(f, "{:38}{name}: {value}", "")?;
            }
            writeln!(f, "{:38}in: {}", "", seen.used.join(", "))?;
        }
        let mut line = String::new();
        for (place, (verdict, count)) in counts.iter().enumerate() {
            write!(line, "{}{verdict}: {count}", if place > 0 { ", " } else { "" })?;
        }
        write!(
            f,
            "{line}; looked at {}",
            self.looked.as_deref().unwrap_or("an unknown time")
        )
    }
}

/// Looks at each of `links`, at most `patience` for one. `now` is the time by RFC 3339.
pub fn look(links: &[Outgoing], patience: Duration, now: Option<String>) -> Report {
    let (stay, follow) = (agent(patience, 0), agent(patience, REDIRECTS));
    let mut by_host: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, link) in links.iter().enumerate() {
        by_host.entry(host(&link.address)).or_default().push(place);
    }
    let waiting = Mutex::new(by_host.into_values());
    let seen = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                // A thread that panics ends the whole program here, and leaves no lock to worry about.
                while let Some(places) = waiting.lock().ok().and_then(|mut waiting| waiting.next()) {
                    for place in places {
                        let one = look_at(&links[place], &stay, &follow);
                        if let Ok(mut seen) = seen.lock() {
                            seen.insert(place, one);
                        }
                    }
                }
            });
        }
    });
    Report {
        looked: now,
        links: seen.into_inner().unwrap_or_default().into_values().collect(),
    }
}

fn agent(patience: Duration, redirects: u32) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(redirects)
        .max_redirects_will_error(redirects > 0)
        .user_agent(concat!("veto/", env!("CARGO_PKG_VERSION"), " (link check)"));
    config.build().into()
}

/// The first answer tells whether the page has moved for good, the last one what is there now.
fn look_at(link: &Outgoing, stay: &Agent, follow: &Agent) -> Seen {
    let first = stay.get(&link.address).call();
    let permanent = first
        .as_ref()
        .is_ok_and(|answer| matches!(answer.status().as_u16(), 301 | 308));
    let last = match first {
        Ok(answer) if answer.status().is_redirection() => follow.get(&link.address).call(),
        first => first,
    };
    let mut seen = Seen {
        address: link.address.clone(),
        verdict: Verdict::Broken,
        status: None,
        target: None,
        title: None,
        error: None,
        checked: link.checked.to_string(),
        used: link.used.clone(),
    };
    match last {
        Ok(answer) => {
            let Page {
                status,
                target,
                title,
                asks_to_sign_in,
            } = page(answer);
            let target = target.to_string();
            seen.verdict = judge(&link.address, &target, status, permanent, asks_to_sign_in);
            seen.status = Some(status);
            seen.title = title;
            seen.target =
                Some(target).filter(|target| target.trim_end_matches('/') != link.address.trim_end_matches('/'));
        }
        Err(error) => seen.error = Some(clean(&error.to_string())),
    }
    seen
}

/// What can be said of an answer with `status` that came from `target` to a request for `address`.
fn judge(address: &str, target: &str, status: u16, permanent: bool, asks_to_sign_in: bool) -> Verdict {
    if is_meta(address) || is_meta(target) || asks_to_sign_in {
        return Verdict::CannotBeJudged;
    }
    match status {
        200..=299 if permanent => Verdict::Moved,
        200..=299 => Verdict::Ok,
        404 | 410 => Verdict::Gone,
        // Who is turned away is a robot, or comes too often; 999 is no status, but in use for it.
        401 | 403 | 429 | 999 => Verdict::CannotBeJudged,
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

struct Page {
    status: u16,
    target: Uri,
    title: Option<String>,
    asks_to_sign_in: bool,
}

fn page(mut answer: Response<Body>) -> Page {
    let target = answer.get_uri().clone();
    let mut beginning = Vec::new();
    // What breaks off in the middle has shown its title already, or has none.
    _ = answer
        .body_mut()
        .as_reader()
        .take(BEGINNING)
        .read_to_end(&mut beginning);
    let html = String::from_utf8_lossy(&beginning);
    let login = target
        .path()
        .split('/')
        .any(|part| part.starts_with("login") || part.starts_with("signin"));
    let password = html.contains("type=\"password\"") || html.contains("type='password'");
    Page {
        status: answer.status().as_u16(),
        title: title(&html),
        asks_to_sign_in: login || password,
        target,
    }
}

fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<title")?;
    let (_, rest) = rest.split_once('>')?;
    let (title, _) = rest.split_once("</title")?;
    Some(clean(title)).filter(|title| !title.is_empty())
}

/// One short line without control characters, fit for a terminal.
fn clean(text: &str) -> String {
    let plain: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(TITLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_meta_are_taken_for_meta() {
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
    fn no_answer_of_meta_is_judged() {
        for status in [200, 302, 400, 404, 500] {
            let verdict = judge(
                "https://www.facebook.com/help/contact/1",
                "https://www.facebook.com/",
                status,
                false,
                false,
            );
            assert_eq!(verdict, Verdict::CannotBeJudged, "{status}");
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
            Some(TITLE)
        );
    }
}
