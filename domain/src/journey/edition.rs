//! The facts told in one language: what the pages show that does not depend on the visitor's choices,
//! put together once, when the facts and words are loaded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use borsh::{BorshDeserialize, BorshSerialize};

use super::{letter, objection};
use crate::facts::{Confidence, Facts, Form, GroundGroup, Service, Source, Sources, host};
use crate::files::{Files, LoadError};
use crate::words::markup::{References, escape, link_end, link_start};
use crate::words::{Citation, Html, Label, Locale};

/// One language with everything that was prepared in it.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Edition {
    /// The texts.
    pub words: Locale,
    /// The countries in the order of the locale, which is alphabetical: place in `data/countries.toml`, and name.
    pub countries: Vec<(usize, Label)>,
    /// The forms, newest first.
    forms: BTreeMap<Service, Vec<FormLink>>,
    /// The ways through the menus, in this language or else in English.
    menus: BTreeMap<Service, Vec<MenuPath>>,
    /// The groups of grounds in the order of the page.
    pub grounds: Vec<GroundChoices>,
    /// The timeline, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The sources of the statements, as HTML lists, by the page's place in the locale's files.
    statements: BTreeMap<String, Html>,
    /// The sources of the tested sentence.
    pub tested_sentence: Html,
    /// Whether the tested sentence is our translation in this language.
    pub tested_sentence_translated: bool,
    /// Meta's other pages, with their sources.
    pub links: Vec<(Html, Html)>,
    /// The sources of each authority's details, by its id.
    authorities: BTreeMap<String, Html>,
    /// The sources of each controller's details, by its name.
    controllers: BTreeMap<String, Html>,
}

/// A link to one of Meta's forms, with what is known of it.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct FormLink {
    /// The address.
    pub address: String,
    /// The host, to be compared by the visitor.
    pub host: String,
    /// The year of the form's generation.
    pub generation: u16,
    /// When it was last reported to work, with the source.
    pub tried: Html,
    /// When it was last named, with the source.
    pub named: Html,
}

/// A way through the menus.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct MenuPath {
    /// The language of the labels.
    pub language: String,
    /// What to tap, one after the other.
    pub labels: Vec<String>,
    /// The sources.
    pub evidence: Html,
}

/// The grounds under one heading.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct GroundChoices {
    /// The heading.
    pub title: Label,
    /// The grounds.
    pub grounds: Vec<GroundChoice>,
}

/// A ground as it is offered.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct GroundChoice {
    /// Its place in `data/grounds.toml`.
    pub place: usize,
    /// How it is written in a query.
    pub id: Html,
    /// Its words.
    pub label: Label,
    /// Whether it names special categories of data.
    pub special_category: bool,
    /// The sources.
    pub evidence: Html,
}

/// An event of the timeline.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct TimelineEntry {
    /// The date in the words of the language.
    pub date: Html,
    /// The date for machines.
    pub datetime: String,
    /// What happened.
    pub text: Html,
    /// Whether it is disputed or open.
    pub disputed: bool,
    /// The sources.
    pub evidence: Html,
}

impl References for Facts {
    fn link(&self, key: &str) -> Option<&str> {
        self.links.get(key).map(|link| link.address.as_str())
    }

    fn has_claim(&self, key: &str) -> bool {
        self.claims.contains_key(key)
    }

    fn date(&self, key: &str) -> Option<crate::facts::PartialDate> {
        self.dates.get(key).map(|named| named.date)
    }
}

impl Edition {
    /// Tells `facts` in the language `code`.
    ///
    /// # Errors
    /// When the language is not complete: a text, a country, an event, a ground or a trouble lacks its words.
    pub(super) fn load(files: &Files, facts: &Facts, code: &str) -> Result<Self, LoadError> {
        let words = Locale::load(files, code, facts)?;
        objection::check(files, facts, &words)?;
        letter::check_texts(files, &words)?;
        let teller = Teller { words: &words, files };
        for country in &facts.countries {
            teller.find(words.countries.get(&country.code), &country.code, "countries")?;
        }
        let place = |code: &String| facts.countries.iter().position(|country| country.code == *code);
        let countries = words.countries.iter();
        let countries = countries.filter_map(|(code, name)| Some((place(code)?, name.clone())));

        let mut timeline = Vec::new();
        for event in &facts.timeline {
            timeline.push(TimelineEntry {
                date: Html::new(words.format.date(event.date)),
                datetime: event.date.to_string(),
                text: teller
                    .find(words.timeline.get(&event.id), &event.id, "timeline")?
                    .clone(),
                disputed: event.disputed,
                evidence: teller.evidence(Some(event.confidence), &event.sources),
            });
        }
        teller.nothing_else(
            words.timeline.keys(),
            facts.timeline.iter().map(|event| &event.id),
            "timeline",
        )?;
        teller.nothing_else(
            words.countries.keys(),
            facts.countries.iter().map(|country| &country.code),
            "countries",
        )?;
        teller.nothing_else(
            words.grounds.keys(),
            facts.grounds.iter().map(|ground| &ground.id),
            "grounds",
        )?;
        teller.nothing_else(
            words.troubles.keys(),
            facts.troubles.iter().map(|trouble| &trouble.id),
            "troubles",
        )?;

        let wording = &facts.tested_sentence.wording[code];
        Ok(Self {
            forms: teller.forms(facts),
            menus: teller.menus(facts),
            grounds: teller.grounds(facts)?,
            statements: teller.statements(facts)?,
            tested_sentence: teller.evidence(None, &facts.tested_sentence.sources),
            tested_sentence_translated: !wording.published,
            links: teller.links(facts),
            authorities: teller.authorities(facts)?,
            controllers: teller.controllers(facts),
            countries: countries.collect(),
            timeline,
            words,
        })
    }

    /// The forms of a service, newest first.
    pub fn forms(&self, service: Service) -> &[FormLink] {
        self.forms.get(&service).map_or(&[], Vec::as_slice)
    }

    /// The ways through the menus of a service.
    pub fn menus(&self, service: Service) -> &[MenuPath] {
        self.menus.get(&service).map_or(&[], Vec::as_slice)
    }

    /// The sources of the details of the authority `id`.
    ///
    /// # Panics
    /// When there is no such authority.
    pub fn authority_evidence(&self, id: &str) -> &Html {
        &self.authorities[id]
    }

    /// The sources of the details of the controller with this name.
    ///
    /// # Panics
    /// When there is no such controller.
    pub fn controller_evidence(&self, name: &str) -> &Html {
        &self.controllers[name]
    }

    /// The sources of the statements on the page whose texts stand at `place`, such as `steps.code`.
    pub fn statements(&self, place: &str) -> Option<&Html> {
        self.statements.get(place)
    }
}

/// Puts facts into the words of one language.
struct Teller<'a> {
    words: &'a Locale,
    files: &'a Files,
}

impl Teller<'_> {
    fn error(&self, file: &str, reason: String) -> LoadError {
        let path = format!("locales/{}/{file}.toml", self.words.code);
        self.files
            .read(&path)
            .map_or_else(|error| error, |source| source.error(None, reason))
    }

    /// The words for `id`, which must be there.
    fn find<'b, T>(&self, words: Option<&'b T>, id: &str, file: &str) -> Result<&'b T, LoadError> {
        words.ok_or_else(|| self.error(file, format!("“{id}” has no words here")))
    }

    /// Refuses words for something that `data/` does not have.
    fn nothing_else<'b>(
        &self,
        mut told: impl Iterator<Item = &'b String>,
        ids: impl Iterator<Item = &'b String>,
        file: &str,
    ) -> Result<(), LoadError> {
        let ids: BTreeSet<&String> = ids.collect();
        match told.find(|id| !ids.contains(id)) {
            Some(id) => Err(self.error(file, format!("“{id}” stands here, but not in data/"))),
            None => Ok(()),
        }
    }

    /// A source with its date: `www.facebook.com (22 August 2026)`.
    fn source(&self, source: &Source) -> String {
        let mut html = String::new();
        if let Some(address) = source.address() {
            html.push_str(&link_start(address));
            escape(source.name(), &mut html);
            html.push_str(&link_end(&self.words.common.new_tab.to_string()));
        } else {
            // The names of documents stand in data/, in English.
            html.push_str(r#"<span lang="en">"#);
            escape(source.name(), &mut html);
            html.push_str("</span>");
        }
        let date = self.words.format.date(source.checked);
        write!(html, " ({date})").expect("a String takes everything");
        html
    }

    /// The sources of each authority's details. Its languages and its Land must have names, a note must have an authority.
    fn authorities(&self, facts: &Facts) -> Result<BTreeMap<String, Html>, LoadError> {
        let mut evidence = BTreeMap::new();
        for authority in &facts.authorities {
            for language in &authority.languages {
                self.find(self.words.authority.language_names.get(language), language, "authority")?;
            }
            if let Some(region) = &authority.region {
                self.find(self.words.regions.get(region), region, "regions")?;
            }
            evidence.insert(authority.id.clone(), self.evidence(None, &authority.sources));
        }
        let regions = facts
            .authorities
            .iter()
            .filter_map(|authority| authority.region.as_ref());
        self.nothing_else(self.words.regions.keys(), regions, "regions")?;
        let ids = facts.authorities.iter().map(|authority| &authority.id);
        self.nothing_else(self.words.authorities.keys(), ids, "authorities")?;
        Ok(evidence)
    }

    fn controllers(&self, facts: &Facts) -> BTreeMap<String, Html> {
        let all = facts.controllers.iter();
        all.map(|controller| (controller.name.clone(), self.evidence(None, &controller.sources)))
            .collect()
    }

    fn evidence(&self, confidence: Option<Confidence>, sources: &Sources) -> Html {
        let mut sources: Vec<String> = sources.iter().map(|source| self.source(source)).collect();
        let words = &self.words.common.confidence;
        sources.extend(confidence.map(|confidence| {
            match confidence {
                Confidence::Confirmed => &words.confirmed,
                Confidence::Single => &words.single,
                Confidence::Conflicting => &words.conflicting,
                Confidence::Inference => &words.inference,
            }
            .to_string()
        }));
        Html::new(sources.join(" · "))
    }

    fn forms(&self, facts: &Facts) -> BTreeMap<Service, Vec<FormLink>> {
        let link = |form: &Form| FormLink {
            address: form.address.clone(),
            host: host(&form.address).to_owned(),
            generation: form.generation,
            tried: self.words.steps.form.tried.fill(&self.source(&form.tried)),
            named: self.words.steps.form.named.fill(&self.source(&form.named)),
        };
        let of = |service| (service, facts.forms_of(service).map(link).collect());
        Service::ALL.into_iter().map(of).collect()
    }

    fn menus(&self, facts: &Facts) -> BTreeMap<Service, Vec<MenuPath>> {
        let of = |service: Service| {
            let menus = facts.menus.iter().filter(move |menu| menu.services.contains(&service));
            let mut own = menus.clone().filter(|menu| menu.language == self.words.code).peekable();
            let language = if own.peek().is_some() { &self.words.code } else { "en" };
            let menus = menus.filter(|menu| menu.language == language).map(|menu| MenuPath {
                language: menu.language.clone(),
                labels: menu.labels.clone(),
                evidence: self.evidence(Some(menu.confidence), &menu.sources),
            });
            (service, menus.collect())
        };
        Service::ALL.into_iter().map(of).collect()
    }

    fn grounds(&self, facts: &Facts) -> Result<Vec<GroundChoices>, LoadError> {
        let titles = &self.words.text.groups;
        let mut groups = Vec::new();
        for group in GroundGroup::ALL {
            let mut grounds = Vec::new();
            for (place, ground) in facts.grounds.iter().enumerate() {
                if ground.group == group {
                    grounds.push(GroundChoice {
                        place,
                        id: Html::escaped(&ground.id),
                        label: self
                            .find(self.words.grounds.get(&ground.id), &ground.id, "grounds")?
                            .clone(),
                        special_category: ground.special_category,
                        evidence: self.evidence(None, &ground.sources),
                    });
                }
            }
            let title = match group {
                GroundGroup::People => &titles.people,
                GroundGroup::Sensitive => &titles.sensitive,
                GroundGroup::Work => &titles.work,
                GroundGroup::Control => &titles.control,
            };
            groups.push(GroundChoices {
                title: title.clone(),
                grounds,
            });
        }
        Ok(groups)
    }

    fn links(&self, facts: &Facts) -> Vec<(Html, Html)> {
        let link = |link: &crate::facts::Link| {
            let mut html = link_start(&link.address);
            escape(&link.address, &mut html);
            html.push_str(&link_end(&self.words.common.new_tab.to_string()));
            (Html::new(html), self.evidence(None, &link.sources))
        };
        facts.links.values().map(link).collect()
    }

    /// The list of statements for each page.
    fn statements(&self, facts: &Facts) -> Result<BTreeMap<String, Html>, LoadError> {
        let mut lists: BTreeMap<String, String> = BTreeMap::new();
        let mut add = |page: &str, sentence: &str, claims: &[String]| {
            let list = lists.entry(page.to_owned()).or_default();
            write!(list, "<li><q>{sentence}</q>").expect("a String takes everything");
            for claim in claims.iter().filter_map(|claim| facts.claims.get(claim)) {
                let evidence = self.evidence(Some(claim.confidence), &claim.sources);
                write!(list, "<br><small>{evidence}</small>").expect("a String takes everything");
            }
            list.push_str("</li>");
        };
        for Citation {
            place,
            claims,
            sentence,
        } in &self.words.citations
        {
            add(page_of(place), sentence.as_str(), claims);
        }
        for trouble in &facts.troubles {
            let words = self.find(self.words.troubles.get(&trouble.id), &trouble.id, "troubles")?;
            let step = super::Step::ALL[usize::from(trouble.step) - 1];
            add(step.place(), &words.problem.to_string(), &trouble.claims);
        }
        let list = |html| Html::new(format!("<ul>{html}</ul>"));
        Ok(lists.into_iter().map(|(page, html)| (page, list(html))).collect())
    }
}

/// The page that shows the text at `place`: `steps.code.todo` stands on `steps.code`, `home.lead` on `home`.
fn page_of(place: &str) -> &str {
    let mut dots = place.match_indices('.').map(|(at, _)| at);
    let (first, second) = (dots.next(), dots.next());
    let two = &place[..second.unwrap_or(place.len())];
    match two {
        "steps.form" => super::Step::OpenForm.place(),
        "steps.end" => super::Step::Confirmation.place(),
        _ if place.starts_with("text.") => super::Step::Explain.place(),
        _ if place.starts_with("steps.") || place.starts_with("answer.") => two,
        _ => &place[..first.unwrap_or(place.len())],
    }
}
