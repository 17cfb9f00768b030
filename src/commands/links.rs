//! `veto links`: checks the external addresses of the facts.

use veto::{links, web};
use veto_content::facts::Facts;

use super::{Failure, config, print};
use crate::cli::{Cli, LinksArgs};

/// Prints the result for each link; fails if one is gone or broken.
pub fn run(cli: &Cli, args: &LinksArgs) -> Result<(), Failure> {
    let files = config(cli)?.files().map_err(Failure::input)?;
    let facts = Facts::load(&files).map_err(Failure::input)?;
    let hosts = links::hosts(&facts.outgoing(true));
    let report = links::check(&facts.outgoing(args.sources), &hosts, links::LINK_TIMEOUT, web::now());
    if args.json {
        print(serde_json::to_string_pretty(&report).map_err(Failure::input)?)?;
    } else {
        print(&report)?;
    }
    if report.is_ok() {
        Ok(())
    } else {
        Err(Failure::Unhealthy(None))
    }
}
