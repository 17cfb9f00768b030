//! The TOML files of the repository, read as they are: what the pages are expected to show.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use toml::{Table, Value};

/// The files below `data/` and `locales/`, by their path.
static FILES: LazyLock<BTreeMap<String, Table>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    for folder in ["data", "locales"] {
        read(folder, &mut files);
    }
    files
});

fn read(folder: &str, files: &mut BTreeMap<String, Table>) {
    for entry in fs::read_dir(root().join(folder)).expect("a folder of the repository") {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&path, files);
        } else if entry.path().extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(entry.path()).expect("a readable file");
            let table = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
            files.insert(path, table);
        }
    }
}

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of `data/`, by its name without `.toml`.
pub fn data(name: &str) -> &'static Table {
    let path = format!("data/{name}.toml");
    FILES.get(&path).unwrap_or_else(|| panic!("{path} is missing"))
}

/// The entries of a file of `data/` that is a list of `[[key]]` tables.
pub fn entries(name: &str, key: &str) -> &'static [Value] {
    let entries = data(name).get(key).and_then(Value::as_array);
    entries.unwrap_or_else(|| panic!("data/{name}.toml has no [[{key}]]"))
}

/// The files of the companies.
pub fn companies() -> Vec<&'static Table> {
    let companies = FILES.iter().filter(|(path, _)| path.starts_with("data/companies/"));
    companies.map(|(_, company)| company).collect()
}

/// The entries `[[key]]` of all companies.
pub fn company_entries(key: &str) -> Vec<&'static Value> {
    let companies = FILES.iter().filter(|(path, _)| path.starts_with("data/companies/"));
    let entries = companies.filter_map(|(_, company)| company.get(key)?.as_array());
    entries.flatten().collect()
}

/// The files of the journeys on one page, by their id.
pub fn page_journeys() -> BTreeMap<&'static str, &'static Table> {
    let id = |path: &'static String| path.strip_prefix("data/journeys/")?.strip_suffix(".toml");
    let journeys = FILES.iter().filter_map(|(path, table)| Some((id(path)?, table)));
    let is_page = |table: &Table| table.get("kind").and_then(Value::as_str) == Some("page");
    journeys.filter(|(_, table)| is_page(table)).collect()
}

/// Every page of a company to which texts or journeys lead.
pub fn links() -> Vec<&'static Value> {
    let of_journeys = page_journeys().into_values();
    let of_journeys = of_journeys.filter_map(|journey| journey.get("link")?.as_array());
    company_entries("link")
        .into_iter()
        .chain(of_journeys.flatten())
        .collect()
}

/// Every claim by its key.
pub fn claims() -> BTreeMap<&'static str, &'static Value> {
    let of_journeys = page_journeys().into_values();
    let of_journeys = of_journeys.filter_map(|journey| journey.get("claims")?.as_table());
    let all = of_journeys.chain([data("claims")]).flatten();
    all.map(|(key, claim)| (key.as_str(), claim)).collect()
}

/// The file of the journey that the tests walk, by its name below `data/` and `locales/*/`: that of the first company.
pub fn journey() -> &'static str {
    static JOURNEY: LazyLock<String> = LazyLock::new(|| {
        let mut companies = FILES.iter().filter(|(path, _)| path.starts_with("data/companies/"));
        let journey = companies.find_map(|(_, company)| company.get("journey")?.as_str());
        format!("journeys/{}", journey.expect("a company with a journey"))
    });
    &JOURNEY
}

/// The codes of the languages whose pages are compared with their texts in detail: those that an author wrote. The others are
/// translations with the same keys and markup.
pub fn languages() -> Vec<&'static str> {
    let mut all = every_language();
    all.retain(|language| locale(language)["language"].get("origin").and_then(Value::as_str) == Some("author"));
    all
}

/// The codes of [`languages`] and of their variants, such as plain German.
pub fn languages_and_variants() -> Vec<&'static str> {
    let authors = languages();
    let mut all = every_language();
    all.retain(|language| with_standard(language).any(|code| authors.contains(&code)));
    all
}

/// The code of a language, then that of the standard language of which it is a variant, if it is one.
pub fn with_standard(language: &str) -> impl Iterator<Item = &str> {
    let standard = language.split_once('-').map(|(standard, _)| standard);
    [Some(language), standard].into_iter().flatten()
}

/// The code of the standard language of which a language is a variant; else its own.
pub fn standard(language: &str) -> &str {
    with_standard(language).last().unwrap_or(language)
}

/// The codes of the languages whose letters can be handed in.
pub fn letter_languages() -> Vec<&'static str> {
    let mut all = every_language();
    all.retain(|language| {
        let files = locale(language);
        let letters = files["language"].get("letters").and_then(Value::as_str);
        files.contains_key("letters") && letters != Some("read")
    });
    all
}

/// The codes of all languages: the names of the folders of `locales/`.
pub fn every_language() -> Vec<&'static str> {
    let folder = |path: &'static String| Some(path.strip_prefix("locales/")?.split_once('/')?.0);
    let mut codes: BTreeSet<&str> = FILES.keys().filter_map(folder).collect();
    codes.retain(|code| !FILES.contains_key(&format!("locales/{code}/papers.toml")));
    codes.into_iter().collect()
}

/// The files of a language, by their name without `.toml`.
pub fn locale(language: &str) -> BTreeMap<&'static str, &'static Table> {
    let prefix = format!("locales/{language}/");
    let name = |path: &'static String| path.strip_prefix(&prefix)?.strip_suffix(".toml");
    let files = FILES.iter().filter_map(|(path, table)| Some((name(path)?, table)));
    files.collect()
}

/// The text of an entry under `key`, which must be there.
pub fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    optional(entry, key).unwrap_or_else(|| panic!("no “{key}” in {entry}"))
}

/// The text of an entry under `key`, if it is there.
pub fn optional<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    entry.get(key)?.as_str()
}

/// The texts of an entry under `key`, in their order; none if the key is not there.
pub fn list<'a>(entry: &'a Value, key: &str) -> Vec<&'a str> {
    let list = entry.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Whether an entry has `key = true`.
pub fn flag(entry: &Value, key: &str) -> bool {
    entry.get(key).and_then(Value::as_bool).unwrap_or_default()
}

/// The sources of an entry.
pub fn sources(entry: &Value) -> &[Value] {
    let sources = entry.get("sources").and_then(Value::as_array);
    sources.unwrap_or_else(|| panic!("no sources in {entry}"))
}

/// The countries.
pub fn countries() -> &'static [Value] {
    entries("countries", "country")
}

/// The first country of each law.
pub fn country_of_each_law() -> Vec<&'static Value> {
    let mut seen = BTreeSet::new();
    countries()
        .iter()
        .filter(|country| seen.insert(text(country, "law")))
        .collect()
}

/// The first country of each law, and the first one whose authority depends on the region.
pub fn different_countries() -> Vec<&'static Value> {
    let mut countries = country_of_each_law();
    let regional = authorities()
        .into_iter()
        .find(|(authority, _)| authority.get("region").is_some());
    countries.extend(
        regional
            .map(|(_, country)| country)
            .filter(|country| !country_of_each_law().contains(country)),
    );
    countries
}

/// The services of the journey, in its order.
pub fn services() -> Vec<&'static str> {
    let services = data(journey()).get("services").and_then(Value::as_array);
    services.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The forms of a service, newest first.
pub fn forms(service: &str) -> Vec<&'static Value> {
    let forms = company_entries("form").into_iter();
    let mut forms: Vec<_> = forms.filter(|form| text(form, "service") == service).collect();
    forms.sort_by_key(|form| -generation(form));
    forms
}

/// The year of a form.
pub fn generation(form: &Value) -> i64 {
    form["generation"].as_integer().expect("a year")
}

/// Every authority with its country.
pub fn authorities() -> Vec<(&'static Value, &'static Value)> {
    let authorities = entries("authorities", "authority").iter();
    let country = |authority| {
        let code = text(authority, "country");
        let country = countries().iter().find(|country| text(country, "code") == code);
        country.unwrap_or_else(|| panic!("data/countries.toml has no {code}"))
    };
    authorities.map(|authority| (authority, country(authority))).collect()
}

/// The company that decides about the data of people under a law.
pub fn controller(law: &str) -> &'static Value {
    let controllers = company_entries("controller").into_iter();
    let mut controllers = controllers.filter(|controller| list(controller, "laws").contains(&law));
    controllers
        .next()
        .unwrap_or_else(|| panic!("nobody decides under {law}"))
}

/// The host of an https address.
pub fn host(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
