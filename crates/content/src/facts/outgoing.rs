//! The external addresses of the facts, for the link check.

use std::collections::BTreeMap;

use super::{Entry, Facts, FileEntry, PartialDate, Source, Sources, Table};

/// An external address, with the entries that contain it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The address, without its fragment.
    pub address: String,
    /// The entries that contain it, such as `data/companies/meta.toml facebook 2025`.
    pub used: Vec<String>,
    /// The date of the newest evidence for the address.
    pub checked: PartialDate,
}

impl Facts {
    /// The addresses that pages link to: forms, Meta's other pages, authorities. With `sources`, also those of the
    /// sources. Each once, in alphabetical order.
    pub fn outgoing(&self, sources: bool) -> Vec<Outgoing> {
        let mut collected = Collected {
            sources,
            addresses: BTreeMap::new(),
        };
        collected.add_table(&self.authorities);
        collected.add_table(&self.countries);
        collected.add_table(&self.grounds);
        collected.add_table(&self.timeline);
        for company in self.companies.values() {
            let services = self.services.values().filter(|service| service.company == company.id);
            let services: Vec<&String> = services.map(|service| &service.id).collect();
            let forms = self.forms.values().filter(|form| services.contains(&&form.service));
            let menus = self.menus.values();
            let menus = menus.filter(|menu| menu.services.iter().any(|service| services.contains(&service)));
            let controllers = self.controllers.values();
            let controllers = controllers.filter(|controller| controller.company == company.id);
            collected.add_entries(&company.file(), forms);
            collected.add_entries(&company.file(), menus);
            collected.add_entries(&company.file(), controllers);
            let opt_outs = self.opt_outs.values().filter(|opt_out| services.contains(&&opt_out.id));
            let ways = self.ways.values().filter(|way| services.contains(&&way.service));
            let recipients = self.recipients.values();
            let recipients = recipients.filter(|recipient| recipient.company == company.id);
            collected.add_entries(&company.file(), opt_outs);
            collected.add_entries(&company.file(), ways);
            collected.add_entries(&company.file(), recipients);
        }
        for journey in self.journeys.values() {
            collected.add_entry(&journey.file(), "order of the steps", &[], &journey.sources());
        }
        for journey in self.page_journeys.values() {
            collected.add_entries(&journey.file(), [journey].into_iter());
        }
        for page in self.links.values() {
            collected.add_entries(&page.file, [page].into_iter());
        }
        for (key, claim) in &self.claims {
            collected.add_entry(claim.file(), key, &[], &list(&claim.sources));
        }
        for (key, date) in &self.dates {
            collected.add_entry("data/dates.toml", key, &[], &list(&date.sources));
        }
        let sentence = list(&self.tested_sentence.sources);
        collected.add_entry("data/tested_sentence.toml", "published", &[], &sentence);
        collected.addresses.into_values().collect()
    }
}

fn list(sources: &Sources) -> Vec<&Source> {
    sources.iter().collect()
}

struct Collected {
    /// Whether to include the addresses of sources.
    sources: bool,
    addresses: BTreeMap<String, Outgoing>,
}

impl Collected {
    fn add_table<T: FileEntry>(&mut self, table: &Table<T>) {
        self.add_entries(T::FILE, table.values());
    }

    fn add_entries<'a, T: Entry + 'a>(&mut self, file: &str, entries: impl Iterator<Item = &'a T>) {
        for entry in entries {
            self.add_entry(file, &entry.key(), &entry.addresses(), &entry.sources());
        }
    }

    fn add_entry(&mut self, file: &str, key: &str, addresses: &[&str], sources: &[&Source]) {
        let entry = format!("{file} {key}");
        let newest = sources.iter().map(|source| source.checked).max();
        for (address, checked) in addresses.iter().zip(newest.into_iter().cycle()) {
            self.add(address, &entry, checked);
        }
        if self.sources {
            for source in sources {
                if let Some(address) = source.address() {
                    self.add(address, &entry, source.checked);
                }
            }
        }
    }

    fn add(&mut self, address: &str, entry: &str, checked: PartialDate) {
        let address = address.split('#').next().unwrap_or(address).to_owned();
        let outgoing = self.addresses.entry(address.clone()).or_insert_with(|| Outgoing {
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
    fn every_link_of_the_pages_is_listed_once_and_sources_on_request() {
        let facts = Facts::load(&Files::embedded()).unwrap();
        let links = facts.outgoing(false);
        let entries = |address: &str| {
            let address = address.split('#').next().unwrap();
            let mut listed = links.iter().filter(|it| it.address == address);
            let first = listed.next().unwrap_or_else(|| panic!("{address} is missing"));
            assert!(listed.next().is_none(), "{address} is listed twice");
            first
        };
        for form in facts.forms.values() {
            let listed = entries(&form.address);
            let entry = format!("data/companies/meta.toml {} {}", form.service, form.generation);
            assert_eq!(listed.used, [entry]);
            assert_eq!(listed.checked, form.tried.checked.max(form.named.checked));
        }
        let ways = facts.ways.values().flat_map(Entry::addresses);
        assert!(ways.clone().count() > 0);
        for address in facts.authorities.values().flat_map(Entry::addresses).chain(ways) {
            entries(address);
        }

        let all = facts.outgoing(true);
        let claims = facts.claims.values().flat_map(|claim| claim.sources.iter());
        let opt_outs = facts.opt_outs.values().flat_map(Entry::sources);
        for source in claims.chain(opt_outs) {
            if let Some(address) = source.address() {
                let address = address.split('#').next().unwrap();
                assert!(all.iter().any(|it| it.address == address), "{address}");
            }
        }
    }
}
