//! `veto text`: the text for Meta's form, without a browser.

use veto::catalog;
use veto_content::catalog::Catalog;
use veto_guide::{Accounts, Choices, Key, Length, objection};

use super::{Failure, config, print};
use crate::cli::{Cli, LengthArg, TextArgs};

/// Prints the text that the arguments ask for.
pub fn run(cli: &Cli, args: &TextArgs) -> Result<(), Failure> {
    let files = config(cli)?.files().map_err(Failure::input)?;
    let catalog = catalog::load(&files).map_err(Failure::input)?;
    print(text(args, &catalog).map_err(Failure::Input)?)
}

fn text(args: &TextArgs, catalog: &Catalog) -> Result<String, String> {
    let length = match args.length {
        LengthArg::Short => Length::Short,
        LengthArg::Full => Length::Full,
    };
    let country = args.country.to_uppercase();
    let mut pairs = vec![
        (Key::Accounts.as_str(), Accounts::Linked.as_str()),
        (Key::Country.as_str(), &country),
        (Key::Length.as_str(), length.as_str()),
        (Key::Text.as_str(), &args.lang),
    ];
    pairs.extend(
        args.services
            .iter()
            .map(|service| (Key::Service.as_str(), service.as_str())),
    );
    let known = |id: &&String| catalog.facts.grounds.values().any(|ground| ground.id == **id);
    if let Some(unknown) = args.grounds.iter().find(|id| !known(id)) {
        return Err(format!("--ground: there is no “{unknown}”"));
    }
    let (choices, unknown) = Choices::from_pairs(pairs, catalog);
    if let Some(unknown) = unknown.first() {
        let flag = match unknown.key {
            Key::Text => "lang",
            key => key.as_str(),
        };
        return Err(format!("--{flag}: there is no “{}”", unknown.value));
    }
    let plan = choices.plan().ok_or("a text needs --service and --country")?;
    let language = choices.text().ok_or("a text needs a --lang")?;
    let grounds = catalog.facts.grounds_of(args.grounds.iter().map(String::as_str));
    Ok(objection::compose(&plan, grounds, catalog, language))
}
