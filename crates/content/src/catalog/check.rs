//! The checks that texts and entries of `data/` belong together.

use std::collections::BTreeSet;

use crate::facts::{DataKind, Facts};
use crate::files::{Files, LoadError};
use crate::messages::{Messages, PageStepTexts};

/// Checks that the texts of a language match the entries of `data/`.
///
/// # Errors
/// The first entry without a text or text without an entry, with file and reason.
pub(super) fn check(files: &Files, facts: &Facts, messages: &Messages) -> Result<(), LoadError> {
    let check = |file: &str, texts: BTreeSet<&String>, entries: BTreeSet<&String>| {
        let file = || files.read(&format!("locales/{}/{file}.toml", messages.code));
        if let Some(id) = entries.difference(&texts).next() {
            return Err(file()?.error(None, format!("“{id}” has no text here")));
        }
        for id in texts.difference(&entries) {
            let file = file()?;
            let fault = file.error_at_name(id, format!("“{id}” stands here, but not in data/"));
            files.tolerate(&file, fault)?;
        }
        Ok(())
    };
    check(
        "countries",
        messages.countries.keys().collect(),
        facts.countries.values().map(|country| &country.code).collect(),
    )?;
    if let Some(timeline) = &messages.timeline {
        check(
            "timeline",
            timeline.events.keys().collect(),
            facts.timeline.values().map(|event| &event.id).collect(),
        )?;
    }
    let grounds = || facts.grounds.values().map(|ground| &ground.id).collect();
    check("grounds", messages.grounds.keys().collect(), grounds())?;
    let short = messages.grounds.iter().filter(|(_, labels)| labels.short.is_some());
    let common = facts.grounds.values().filter(|ground| ground.common);
    check(
        "grounds",
        short.map(|(id, _)| id).collect(),
        common.map(|ground| &ground.id).collect(),
    )?;
    let laws = || facts.laws.values().map(|law| &law.texts).collect();
    if let (Some(objection), Some(letters)) = (&messages.objection, &messages.letters) {
        check("objection", objection.grounds.keys().collect(), grounds())?;
        check("objection", objection.laws().collect(), laws())?;
        check("letters", letters.all().map(|(law, _)| law).collect(), laws())?;
    }
    check_journeys(facts, messages, &check)?;
    check_page_journeys(files, facts, messages, &check)?;
    if let Some(objection) = &messages.company_objection {
        check("company_objection", objection.texts.keys().collect(), laws())?;
        check("company_objection", objection.complaints.keys().collect(), laws())?;
    }
    if let Some(company) = &messages.company {
        check(
            "company",
            company.presets.keys().collect(),
            facts.presets.values().map(|preset| &preset.id).collect(),
        )?;
    }
    check_companies(files, facts, messages)?;
    check_school(facts, messages, &check)?;
    check(
        "troubles",
        messages.troubles.keys().collect(),
        facts.troubles.values().map(|trouble| &trouble.id).collect(),
    )?;
    let authorities = || facts.authorities.values();
    check(
        "regions",
        messages.regions.keys().collect(),
        authorities()
            .filter_map(|authority| authority.region.as_ref())
            .collect(),
    )?;
    // Notes are optional, and a language may have a name although no authority accepts it.
    let notes: BTreeSet<&String> = messages.authorities.keys().collect();
    let ids: BTreeSet<&String> = authorities().map(|authority| &authority.id).collect();
    check(
        "authorities",
        notes.clone(),
        notes.intersection(&ids).copied().collect(),
    )?;
    let names: BTreeSet<&String> = messages.authority.language_names.keys().collect();
    let languages = authorities().flat_map(|authority| &authority.languages);
    check(
        "authority",
        names.clone(),
        names.iter().copied().chain(languages).collect(),
    )
}

/// Drops the texts about entries that are not in `facts`, where pages list texts and not entries. Those of a release remain if an
/// archive no longer has the entry.
pub(super) fn drop_unknown(facts: &Facts, messages: &mut Messages) {
    messages.countries.retain(|code, _| facts.country(code).is_some());
    messages.regions.retain(|code, _| {
        let mut authorities = facts.authorities.values();
        authorities.any(|authority| authority.region.as_ref() == Some(code))
    });
    messages.companies.retain(|service, texts| {
        let opt_out = facts.opt_out(service).map(|id| &facts.opt_outs[id]);
        opt_out.is_some_and(|opt_out| opt_out.notes.len() == texts.notes.len())
    });
}

/// Checks the texts of the pages for a class.
fn check_school(
    facts: &Facts,
    messages: &Messages,
    check: &impl Fn(&str, BTreeSet<&String>, BTreeSet<&String>) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    check(
        "quiz",
        messages.quiz.statements.keys().collect(),
        facts.quiz.values().map(|statement| &statement.id).collect(),
    )?;
    let slides = || facts.slides.values().map(|slide| &slide.id).collect();
    check("slides", messages.slides.slides.keys().collect(), slides())?;
    check("slide_notes", messages.slide_notes.notes.keys().collect(), slides())?;
    let parts = facts.lessons.values().flat_map(|lesson| &lesson.parts);
    check(
        "lesson",
        messages.lesson.parts.keys().collect(),
        parts.map(|part| &part.id).collect(),
    )?;
    let main_journey = &facts.journeys[facts.main_journey()];
    // A step without a line of its own stands there with its name.
    let lines: BTreeSet<&String> = messages.handout.steps.keys().collect();
    let steps: BTreeSet<&String> = main_journey.steps.iter().map(|step| &step.id).collect();
    check("handout", lines.clone(), lines.intersection(&steps).copied().collect())
}

/// Checks that each kind of data has a name, and that the sentences about a service are as many as their evidence. A service
/// may have none in a language.
fn check_companies(files: &Files, facts: &Facts, messages: &Messages) -> Result<(), LoadError> {
    let file = |name: &str| files.read(&format!("locales/{}/{name}.toml", messages.code));
    let kinds = messages.company.as_ref().map(|company| company.data.len());
    if kinds.is_some_and(|kinds| kinds != DataKind::COUNT) {
        let reason = format!("data needs a text for each of the {} kinds of data", DataKind::COUNT);
        return Err(file("company")?.error_at_key("data", reason));
    }
    for (service, texts) in &messages.companies {
        let evidence = facts.opt_out(service).map(|id| facts.opt_outs[id].notes.len());
        if evidence != Some(texts.notes.len()) {
            let reason = format!(
                "{} notes, but the service has evidence for {} in data/companies/",
                texts.notes.len(),
                evidence.unwrap_or_default()
            );
            return Err(file("companies")?.error_at_key(service, reason));
        }
    }
    Ok(())
}

/// Checks that each step of a journey has the texts that it needs. `check` compares the keys of a file with those expected.
fn check_journeys(
    facts: &Facts,
    messages: &Messages,
    check: &impl Fn(&str, BTreeSet<&String>, BTreeSet<&String>) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    for journey in facts.journeys.values() {
        let Some(texts) = messages.journeys.get(&journey.id) else {
            continue;
        };
        let file = format!("journeys/{}", journey.id);
        check(
            &file,
            texts.steps.keys().collect(),
            journey.steps.iter().map(|step| &step.id).collect(),
        )?;
        let keys = |ids: Vec<&String>, key: &str| -> Vec<String> {
            ids.into_iter().map(|id| format!("steps.{id}.{key}")).collect()
        };
        let there = journey.steps.iter().filter(|step| step.there);
        let hinted = texts.steps.iter().filter(|(_, texts)| texts.hint.is_some());
        let drawn = journey.steps.iter().filter(|step| step.drawing.is_some());
        let described = texts.steps.iter().filter(|(_, texts)| texts.drawing.is_some());
        let texts = keys(hinted.map(|(id, _)| id).collect(), "hint");
        let entries = keys(there.map(|step| &step.id).collect(), "hint");
        check(&file, texts.iter().collect(), entries.iter().collect())?;
        let texts = keys(described.map(|(id, _)| id).collect(), "drawing");
        let entries = keys(drawn.map(|step| &step.id).collect(), "drawing");
        check(&file, texts.iter().collect(), entries.iter().collect())?;
    }
    Ok(())
}

/// Checks that each journey on one page has the texts that it needs. `check` compares the keys of a file with those expected.
fn check_page_journeys(
    files: &Files,
    facts: &Facts,
    messages: &Messages,
    check: &impl Fn(&str, BTreeSet<&String>, BTreeSet<&String>) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    for journey in facts.page_journeys.values() {
        let Some(texts) = messages.page_journeys.get(&journey.id) else {
            continue;
        };
        let name = format!("journeys/{}", journey.id);
        let steps = || journey.steps.iter();
        let named = |has: fn(&PageStepTexts) -> bool| {
            let named = texts.steps.iter().filter(move |(_, texts)| has(texts));
            named.map(|(id, _)| id).collect()
        };
        check(&name, named(|_| true), steps().map(|step| &step.id).collect())?;
        let with_link = steps().filter(|step| step.link.is_some());
        check(
            &name,
            named(|texts| texts.link.is_some()),
            with_link.map(|step| &step.id).collect(),
        )?;
        let with_text = steps().filter(|step| step.text.is_some());
        check(
            &name,
            named(|texts| texts.text.is_some()),
            with_text.map(|step| &step.id).collect(),
        )?;
        check(&name, texts.texts.keys().collect(), journey.texts().collect())?;
        for (key, text) in &texts.texts {
            let fail = |reason| {
                Err(files
                    .read(&format!("locales/{}/{name}.toml", messages.code))?
                    .error_at_key(key, reason))
            };
            if let Some(law) = facts.laws.values().find(|law| text.of(law).is_none()) {
                return fail(format!("the text “{key}” is missing for the law “{}”", law.id));
            }
            if journey.letter.as_ref() == Some(key) && text.subject.is_none() {
                return fail(format!("the text “{key}” is a letter, so it needs a subject"));
            }
        }
    }
    Ok(())
}
