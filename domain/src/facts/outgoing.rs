//! Every address that the facts lead to, for whoever wants to see whether it still leads somewhere.

use std::collections::BTreeMap;

use super::{Authority, Facts, Form, PartialDate, Source};

/// An address outside, with the entries that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The address, without what stands behind a `#`.
    pub address: String,
    /// The entries: `data/forms.toml facebook 2025`.
    pub used: Vec<String>,
    /// The date of the newest evidence for the address.
    pub checked: PartialDate,
}

impl Facts {
    /// The addresses that the pages lead visitors to: forms, Meta's other pages, authorities. With `sources`, also those
    /// of the documents in which the facts were read. Each once, in alphabetical order.
    pub fn outgoing(&self, sources: bool) -> Vec<Outgoing> {
        let mut found = Found::default();
        for form in &self.forms {
            found.add(&form.address, &entry_of(form), [&form.tried, &form.named]);
        }
        for (key, link) in &self.links {
            found.add(&link.address, &format!("data/links.toml {key}"), link.sources.iter());
        }
        for authority in &self.authorities {
            let entry = format!("data/authorities.toml {}", authority.id);
            for address in Authority::addresses(authority) {
                found.add(address, &entry, authority.sources.iter());
            }
        }
        if sources {
            for (entry, source) in self.sources() {
                if let Some(address) = source.address() {
                    found.add(address, &entry, [source]);
                }
            }
        }
        found.0.into_values().collect()
    }

    /// Every source of every entry, with the entry.
    fn sources(&self) -> impl Iterator<Item = (String, &Source)> {
        let countries = self
            .countries
            .iter()
            .map(|it| ("countries", it.code.as_str(), &it.sources));
        let links = self.links.iter().map(|(key, it)| ("links", key.as_str(), &it.sources));
        let authorities = self
            .authorities
            .iter()
            .map(|it| ("authorities", it.id.as_str(), &it.sources));
        let controllers = self
            .controllers
            .iter()
            .map(|it| ("controllers", it.name.as_str(), &it.sources));
        let menus = self.menus.iter().map(|it| ("menus", it.language.as_str(), &it.sources));
        let grounds = self.grounds.iter().map(|it| ("grounds", it.id.as_str(), &it.sources));
        let timeline = self.timeline.iter().map(|it| ("timeline", it.id.as_str(), &it.sources));
        let claims = self
            .claims
            .iter()
            .map(|(key, it)| ("claims", key.as_str(), &it.sources));
        let dates = self.dates.iter().map(|(key, it)| ("dates", key.as_str(), &it.sources));
        let sentence = [("tested_sentence", "wording", &self.tested_sentence.sources)];
        let lists = countries
            .chain(links)
            .chain(authorities)
            .chain(controllers)
            .chain(menus);
        let lists = lists
            .chain(grounds)
            .chain(timeline)
            .chain(claims)
            .chain(dates)
            .chain(sentence);
        let of_lists = lists.flat_map(|(file, id, sources)| {
            let entry = format!("data/{file}.toml {id}");
            sources.iter().map(move |source| (entry.clone(), source))
        });
        let of_forms = self
            .forms
            .iter()
            .flat_map(|form| [&form.tried, &form.named].map(|source| (entry_of(form), source)));
        of_lists.chain(of_forms)
    }
}

fn entry_of(form: &Form) -> String {
    format!("data/forms.toml {} {}", form.service.id(), form.generation)
}

#[derive(Default)]
struct Found(BTreeMap<String, Outgoing>);

impl Found {
    fn add<'a>(&mut self, address: &str, entry: &str, sources: impl IntoIterator<Item = &'a Source>) {
        let Some(checked) = sources.into_iter().map(|source| source.checked).max() else {
            return;
        };
        let address = address.split('#').next().unwrap_or(address).to_owned();
        let outgoing = self.0.entry(address.clone()).or_insert_with(|| Outgoing {
            address,
            used: Vec::new(),
            checked,
        });
        outgoing.checked = outgoing.checked.max(checked);
        if !outgoing.used.iter().any(|used| used == entry) {
            outgoing.used.push(entry.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;

    #[test]
    fn every_link_of_the_pages_is_among_them_once_and_sources_when_asked() {
        let facts = Facts::load(&Files::embedded()).unwrap();
        let led_to = facts.outgoing(false);
        let named = |address: &String| led_to.iter().filter(|it| it.address == *address).count();
        for address in facts.forms.iter().map(|form| &form.address) {
            assert_eq!(named(address), 1, "{address}");
        }
        for address in facts.authorities.iter().flat_map(Authority::addresses) {
            let address = address.split('#').next().unwrap().to_owned();
            assert_eq!(named(&address), 1, "{address}");
        }
        let form = led_to
            .iter()
            .find(|it| it.address.ends_with("/712876720715583"))
            .unwrap();
        assert_eq!(form.used, ["data/forms.toml facebook 2025"]);
        assert_eq!(form.checked.to_string(), "2026-06-30");

        let all = facts.outgoing(true);
        let klicksafe = all.iter().find(|it| it.address.contains("klicksafe")).unwrap();
        assert!(!klicksafe.used.is_empty() && all.len() > 2 * led_to.len());
    }
}
