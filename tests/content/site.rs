//! The pages of the site, found by following links and forms from the first page of each language, and the choices that
//! a visitor can make.
//!
//! No test knows the address of a page: it asks for the page by its heading, or for the step by its number.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::LazyLock;
use std::thread;

use scraper::ElementRef;
use toml::Value;

use super::page::{Page, css, follow, same, shown, within};
use super::repository::{
    authorities, different_countries, entries, every_language, journey, languages, list, optional, services, text,
};
use super::words::Words;
use crate::in_process::Site;

/// A day on which somebody objected, for forms that ask for one: long enough ago for every letter.
pub const DAY: &str = "2025-02-05";

/// What a visitor has chosen: pairs of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices(Vec<(String, String)>);

impl Choices {
    /// A service, and the country where the visitor lives.
    pub fn of(service: &str, country: &Value) -> Self {
        Self::default()
            .with("service", service)
            .with("country", text(country, "code"))
    }

    /// The same with one more choice.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut choices = self.clone();
        choices.0.push((name.to_owned(), value.to_owned()));
        choices
    }

    /// The same with the region of an authority, if it is there for a region only.
    pub fn in_region_of(&self, authority: &Value) -> Self {
        optional(authority, "region").map_or_else(|| self.clone(), |region| self.with("region", region))
    }

    /// The address of a page with these choices.
    pub fn at(&self, path: &str) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{name}={value}"));
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The values of one name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// What a visitor with certain choices gets to by links and forms.
pub struct Tour {
    /// The country where the visitor lives.
    pub country: &'static Value,
    /// The services and accounts that were chosen.
    pub choices: Choices,
    /// The pages in the order in which they were found; each kind of page once.
    pub pages: Vec<Found>,
    /// What is not HTML: text, calendar entries, script, icon; by address, with its media type.
    pub files: BTreeMap<String, String>,
    /// The links that lead nowhere: the page, the address, the status.
    pub broken: Vec<(String, String, u16)>,
}

/// A page that was found.
pub struct Found {
    /// Its address.
    pub path: String,
    /// Its heading.
    pub heading: String,
    /// Its HTML.
    pub html: String,
}

impl Found {
    /// The page, to be looked at.
    pub fn page(&self) -> Page {
        Page::parse(&self.path, &self.html)
    }
}

impl Tour {
    /// The law where the visitor lives.
    pub fn law(&self) -> &'static str {
        text(self.country, "law")
    }

    fn take(language: &'static str, country: &'static Value, services: &Choices) -> Self {
        let choices = services.with("country", text(country, "code")).with("day", DAY);
        let mut tour = Self {
            country,
            choices: services.with("country", text(country, "code")),
            pages: Vec::new(),
            files: BTreeMap::new(),
            broken: Vec::new(),
        };
        let mut queue = VecDeque::from([(String::new(), format!("/{language}/"))]);
        let mut asked = BTreeSet::new();
        let mut known = BTreeSet::new();
        while let Some((from, link)) = queue.pop_front() {
            if !asked.insert(link.clone()) {
                continue;
            }
            let (path, response) = follow(Site::built_in(), &link);
            if response.status != 200 {
                tour.broken.push((from, link, response.status));
                continue;
            }
            let media_type = &response.headers["content-type"];
            let is_download = response.headers.contains_key("content-disposition");
            if is_download || !media_type.starts_with("text/html") {
                tour.files.insert(path, media_type.clone());
                continue;
            }
            let plain = path.split('?').next().unwrap_or_default().to_owned();
            // The heading tells the pages at one address apart: the one that is wanted, and those that ask for something.
            let heading = response
                .html
                .split("<h1")
                .nth(1)
                .and_then(|rest| rest.split("</h1>").next());
            let chosen = path.contains("country=");
            if !known.insert((plain, chosen, heading.map(str::to_owned))) {
                continue;
            }
            let page = Page::parse(&path, &response.html);
            // A paper in another language than its page has the texts of that language: see `tests/papers.rs`. Each page leads
            // to a list of its texts: see `mistakes.rs`.
            let own = |link: &String| {
                let is_of_language = link.starts_with(&format!("/{language}/")) || !is_page(link);
                is_of_language && !link.contains("paper=") && !link.contains("/mistakes?")
            };
            let links = links(&page).into_iter().filter(own);
            let forms = page
                .select("form[method=get]")
                .into_iter()
                .map(|form| submit(form, &choices));
            queue.extend(links.chain(forms).map(|link| (path.clone(), link)));
            tour.pages.push(Found {
                heading: page.heading(),
                path,
                html: response.html,
            });
        }
        tour
    }
}

/// Whether an address on this host is one of a page, below a language.
fn is_page(path: &str) -> bool {
    every_language()
        .iter()
        .any(|language| path.starts_with(&format!("/{language}/")))
}

/// The addresses on this host to which a page leads.
pub fn links(page: &Page) -> Vec<String> {
    let attribute = |element: ElementRef<'_>| {
        let address = element.attr("href").or_else(|| element.attr("src"))?;
        // A part of a page is on the page.
        let address = address.split('#').next()?;
        address.starts_with('/').then(|| address.to_owned())
    };
    let elements = page.select("a[href], link[href], script[src]");
    elements.into_iter().filter_map(attribute).collect()
}

/// The address to which a form leads: with the choices where it asks for them, else with what is selected already, else
/// with the first option.
fn submit(form: ElementRef<'_>, choices: &Choices) -> String {
    let mut query = Choices::default();
    let mut groups = BTreeSet::new();
    for field in within(form, "input[name], select[name]") {
        let name = field.attr("name").unwrap_or_default();
        let value = |element: ElementRef<'_>| element.attr("value").unwrap_or_default().to_owned();
        let mut chosen: Vec<String> = choices.values(name).map(str::to_owned).collect();
        match (field.value().name(), field.attr("type")) {
            ("select", _) => {
                let options = within(field, "option").into_iter().map(value);
                chosen.extend(options.filter(|option| !option.is_empty()));
                chosen.truncate(1);
            }
            (_, Some("radio" | "checkbox")) => {
                if !groups.insert(name) {
                    continue;
                }
                if chosen.is_empty() {
                    let checked = format!("input[name={name}][checked]");
                    chosen.extend(within(form, &checked).into_iter().map(value));
                }
            }
            (_, Some("hidden")) => {
                let kept = Some(value(field)).filter(|value| !value.is_empty());
                chosen = kept.into_iter().collect();
            }

            _ if chosen.is_empty() => chosen.push(value(field)),
            _ => {}
        }
        for chosen in chosen {
            query = query.with(name, &chosen);
        }
    }
    query.at(form.attr("action").unwrap_or_default())
}

/// The combinations of services and accounts that the form offers: each service alone, then all with each option about
/// the accounts.
pub fn service_choices(language: &str) -> Vec<Choices> {
    let values = |page: &Page, name: &str| -> Vec<String> {
        let options = page
            .select(&format!("input[name={name}]:not([type=hidden])"))
            .into_iter();
        options
            .filter_map(|option| option.attr("value").map(str::to_owned))
            .collect()
    };
    let home = Page::get(&format!("/{language}/"));
    let pages = links(&home)
        .into_iter()
        .filter(|link| is_page(link))
        .map(|link| Page::get(&link));
    // The question what it is about leads to the form.
    let asks = |page: &Page| !page.select("input[type=checkbox][name=service]").is_empty();
    let mut forms = pages.flat_map(|page| {
        let next = links(&page).into_iter().filter(|link| is_page(link));
        next.map(|link| Page::get(&link)).collect::<Vec<_>>()
    });
    let start = forms.find(asks).expect("a form that asks for the service");
    let offered = values(&start, "service");
    assert_eq!(offered, services());
    let alone = offered
        .iter()
        .map(|service| Choices::default().with("service", service));
    let all = offered
        .iter()
        .fold(Choices::default(), |all, service| all.with("service", service));
    let accounts = values(&start, "accounts");
    let together = accounts.iter().map(|accounts| all.with("accounts", accounts));
    alone.chain(together).collect()
}

/// The tours of each language: each law, a country with several authorities, and each combination of services is in at
/// least one of them.
static TOURS: LazyLock<BTreeMap<&str, Vec<Tour>>> = LazyLock::new(|| {
    let of = |language: &'static str| {
        let (countries, services) = (different_countries(), service_choices(language));
        let count = countries.len().max(services.len());
        let tours = countries.iter().cycle().zip(services.iter().cycle()).take(count);
        let tours = tours.map(|(country, services)| Tour::take(language, country, services));
        (language, tours.collect())
    };
    thread::scope(|scope| {
        let tours: Vec<_> = languages()
            .into_iter()
            .map(|language| scope.spawn(move || of(language)))
            .collect();
        tours.into_iter().map(|tour| tour.join().expect("a tour")).collect()
    })
});

/// One tour of any language.
pub fn tour(language: &'static str) -> Tour {
    let choices = Choices::default().with("service", services()[0]);
    Tour::take(language, different_countries()[0], &choices)
}

/// The tours of a language.
pub fn tours(language: &str) -> &'static [Tour] {
    &TOURS[language]
}

/// The address, without a query, of the page whose heading is the text at `key`.
pub fn path(words: &Words, key: &str) -> &'static str {
    let heading = words.plain(key);
    let pages = tours(words.language).iter().flat_map(|tour| &tour.pages);
    let mut found = pages.filter(|page| same(&page.heading, &heading));
    let found = found
        .next()
        .unwrap_or_else(|| panic!("no page has the heading “{heading}” ({key})"));
    without_query(&found.path)
}

/// The address in `language` of the page that has the address `path` in the standard language of which it is a variant.
pub fn in_variant(path: &str, language: &str) -> String {
    let (_, page) = path[1..].split_once('/').expect("a page of a language");
    format!("/{language}/{page}")
}

/// The addresses of the steps, without a query, in their order.
pub fn steps(language: &str) -> Vec<&'static str> {
    static STEPS: LazyLock<BTreeMap<&str, Vec<String>>> = LazyLock::new(|| {
        let of = |language| {
            let pages = tours(language).iter().flat_map(|tour| &tour.pages);
            let pages = pages.map(Found::page);
            let mut lists = pages.filter(|page| !page.select("[aria-current=step]").is_empty());
            let page = lists.next().expect("a page that is a step");
            let links = page.select("ol:has([aria-current=step]) a[href]").into_iter();
            let links = links.filter_map(|link| link.attr("href").map(|path| without_query(path).to_owned()));
            (language, links.collect())
        };
        languages().into_iter().map(of).collect()
    });
    STEPS[language].iter().map(String::as_str).collect()
}

/// The address of the first step that shows `part`, such as `form`.
pub fn step_of(language: &str, part: &str) -> &'static str {
    let steps_of_data = entries(journey(), "step").iter();
    let place = steps_of_data
        .clone()
        .position(|step| list(step, "shows").contains(&part));
    steps(language)[place.unwrap_or_else(|| panic!("no step shows {part}"))]
}

/// Where the texts of the steps stand, in their order.
pub fn step_keys() -> Vec<String> {
    let steps = entries(journey(), "step").iter();
    steps
        .map(|step| format!("{}.steps.{}", journey(), text(step, "id")))
        .collect()
}

/// The name of a service, as the form shows it.
pub fn service_name(language: &str, service: &str) -> String {
    let pages = tours(language).iter().flat_map(|tour| &tour.pages);
    let selector = format!("label:has(input[name=service][value={service}])");
    let mut labels = pages.filter_map(|found| found.page().select(&selector).first().map(|label| shown(*label)));
    labels.next().expect("the label of a service")
}

/// The text for Meta alone.
pub fn text_for_meta(language: &str, choices: &Choices) -> String {
    let pages = tours(language).iter().flat_map(|tour| &tour.pages);
    let mut texts = pages.filter_map(|found| {
        let page = found.page();
        let link = page.select(".copy-box a[href]").first()?.attr("href")?.to_owned();
        Some(link)
    });
    let path = texts.next().expect("the text alone");
    let path = path.as_str();
    let (path, response) = follow(Site::built_in(), &choices.at(without_query(path)));
    assert_eq!(response.status, 200, "{path}");
    response.html.trim_end().to_owned()
}

/// The page of the step with the text, after these grounds were ticked.
pub fn step_with_grounds(language: &str, choices: &Choices, grounds: &[&str]) -> Page {
    // The short length is the default and has no place in an address.
    let path = choices.at(step_of(language, "text")).replace("&length=short", "");
    let form: Vec<(&str, &str)> = grounds.iter().map(|ground| ("ground", *ground)).collect();
    let response = Site::built_in().post(&path, &form);
    assert_eq!(response.status, 200, "{path}");
    assert_eq!(response.headers["cache-control"], "no-store", "{path}");
    Page::parse(&path, &response.html)
}

/// The text for Meta with these grounds; without any, the text alone.
pub fn text_with_grounds(language: &str, choices: &Choices, grounds: &[&str]) -> String {
    if grounds.is_empty() {
        return text_for_meta(language, choices);
    }
    shown(step_with_grounds(language, choices, grounds).only("main textarea"))
}

/// Each authority with the choices that lead to it.
pub fn authority_choices() -> Vec<(&'static Value, &'static Value, Choices)> {
    let choices = |(authority, country): (&'static Value, &'static Value)| {
        let choices = Choices::of(services()[0], country).in_region_of(authority);
        (authority, country, choices)
    };
    authorities().into_iter().map(choices).collect()
}

/// The link in an element whose text is `label`.
pub fn link<'a>(page: &'a Page, label: &str) -> &'a str {
    let links = page.main().select(&css("a[href]")).collect::<Vec<_>>().into_iter();
    let mut links = links.filter(|link| same(&shown(*link), label));
    let link = links
        .next()
        .unwrap_or_else(|| panic!("{}: no link “{label}”", page.path));
    link.attr("href").expect("an address")
}

/// An address without its query.
pub fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}
