//! `veto text`: the texts to copy, without a browser.

use veto::catalog;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Ground, IdSet, Law, PageJourney};
use veto_guide::{Accounts, Choices, Key, Length, company_objection, objection, page_journey};

use super::{Failure, config, print};
use crate::cli::{Cli, LengthArg, TextArgs};

/// The line between two texts of a journey.
const SEPARATOR: &str = "\n\n----\n\n";

/// Prints the texts that the arguments ask for, as the pages have them to be copied. The country is that of the settings.
pub fn run(cli: &Cli, args: &TextArgs) -> Result<(), Failure> {
    let config = config(cli)?;
    let files = config.files().map_err(Failure::input)?;
    let catalog = catalog::load(&files).map_err(Failure::input)?;
    let country = config.settings.country.as_deref();
    let country = country.ok_or_else(|| Failure::input("a text needs --country"))?;
    print(texts(args, country, &catalog).map_err(Failure::Input)?)
}

/// What the texts have in common.
struct Request<'a> {
    law: &'a Law,
    grounds: IdSet<Ground>,
    language: LocaleId,
    catalog: &'a Catalog,
}

fn texts(args: &TextArgs, country: &str, catalog: &Catalog) -> Result<String, String> {
    let facts = &catalog.facts;
    let unknown = |flag: &str, value: &str| format!("--{flag}: there is no “{value}”");
    let country = country.to_uppercase();
    let place = facts.country(&country).ok_or_else(|| unknown("country", &country))?;
    let known = |id: &&String| facts.grounds.values().any(|ground| ground.id == **id);
    if let Some(ground) = args.grounds.iter().find(|id| !known(id)) {
        return Err(unknown("ground", ground));
    }
    let language = catalog.letter_locale(&args.lang);
    let request = Request {
        law: facts.law_of(&facts.countries[place]),
        grounds: facts.grounds_of(args.grounds.iter().map(String::as_str)),
        language: language.ok_or_else(|| unknown("lang", &args.lang))?,
        catalog,
    };
    if let Some(id) = &args.journey {
        let journey = facts.page_journeys.values().find(|journey| journey.id == *id);
        return of_journey(journey.ok_or_else(|| unknown("journey", id))?, &request);
    }
    match args.services.as_slice() {
        [service] if facts.opt_out(service).is_some() => of_company(service, &request),
        services => {
            let is_known = |id: &&String| {
                facts
                    .service(id)
                    .is_some_and(|service| facts.journey_of(service).is_some())
            };
            match services.iter().find(|id| !is_known(id)) {
                Some(other) if facts.opt_out(other).is_some() => {
                    Err(format!("--service: the text for “{other}” is one of its own"))
                }
                Some(service) => Err(unknown("service", service)),
                None => of_account(args, &country, &request),
            }
        }
    }
}

/// The text for the form of the services.
fn of_account(args: &TextArgs, country: &str, request: &Request) -> Result<String, String> {
    let length = match args.length {
        LengthArg::Short => Length::Short,
        LengthArg::Full => Length::Full,
    };
    let services = args.services.iter().map(|id| (Key::Service.as_str(), id.as_str()));
    let pairs = [
        (Key::Accounts.as_str(), Accounts::Linked.as_str()),
        (Key::Country.as_str(), country),
        (Key::Length.as_str(), length.as_str()),
    ];
    let (choices, _) = Choices::from_pairs(services.chain(pairs).collect::<Vec<_>>(), request.catalog);
    let plan = choices.plan().ok_or("a text needs --service and --country")?;
    Ok(objection::compose(
        &plan,
        request.grounds,
        request.catalog,
        request.language,
    ))
}

/// The objection to the company of a service without steps.
fn of_company(
    service: &str,
    &Request {
        law,
        grounds,
        language,
        catalog,
    }: &Request,
) -> Result<String, String> {
    let opt_out = catalog.facts.opt_out(service).map(|id| &catalog.facts.opt_outs[id]);
    let letter = opt_out.and_then(|opt_out| company_objection::compose(opt_out, law, grounds, catalog, language));
    letter
        .map(|letter| letter.body)
        .ok_or_else(|| "--lang: it has no text for companies".to_owned())
}

/// The texts of a journey on one page, in the order of its steps.
fn of_journey(
    journey: &PageJourney,
    &Request {
        law,
        grounds,
        language,
        catalog,
    }: &Request,
) -> Result<String, String> {
    if journey.laws.as_ref().is_some_and(|laws| !laws.contains(&law.id)) {
        return Err(format!("--journey: “{}” is not for people in this country", journey.id));
    }
    let offered = page_journey::offered(journey, catalog, language);
    if let Some(ground) = grounds.iter().find(|ground| !offered.contains(*ground)) {
        let ground = &catalog.facts.grounds[ground].id;
        return Err(format!("--ground: “{ground}” is not offered on “{}”", journey.id));
    }
    let keys = journey.steps.iter().filter_map(|step| step.text.as_ref());
    let texts = keys.filter_map(|key| page_journey::compose(journey, key, law, grounds, catalog, language));
    let bodies: Vec<String> = texts.map(|text| text.body).collect();
    if bodies.is_empty() {
        return Err(format!(
            "--journey: “{}” has no text for this country and language",
            journey.id
        ));
    }
    Ok(bodies.join(SEPARATOR))
}
