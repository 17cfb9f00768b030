//! `data/companies/*.toml`: one file for each company, with its services, controllers, forms, menus and pages, and the ways
//! out of AI training that are no journey.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::opt_out::{OptOut, OptOutEntries, Recipient, Way};
use super::statement::CompanySource;
use super::{CompanyPage, Controller, Entry, Form, Menu, Service, check_entries};
use crate::files::{Files, LoadError};

/// The folder of the files.
pub(super) const FOLDER: &str = "data/companies/";

/// A company that uses data of people for AI.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Company {
    /// The name of its file without `.toml`, and its slug in addresses.
    pub id: String,
    /// The name, which is the same in all languages.
    pub name: String,
    /// The id of the journey to which the choice of one of its services leads, if there is one.
    pub journey: Option<String>,
}

impl Company {
    /// The path of its file.
    pub(super) fn file(&self) -> String {
        path(&self.id)
    }
}

/// The path of the file of the company `id`.
pub(super) fn path(id: &str) -> String {
    format!("{FOLDER}{id}.toml")
}

/// A file of a company.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompanyFile {
    name: String,
    journey: Option<String>,
    #[serde(default)]
    service: Vec<Service>,
    #[serde(default)]
    controller: Vec<Controller>,
    #[serde(default)]
    form: Vec<Form>,
    #[serde(default)]
    menu: Vec<Menu>,
    #[serde(default)]
    link: Vec<CompanyPage>,
    #[serde(default)]
    source: Vec<CompanySource>,
    #[serde(default)]
    opt_out: Vec<OptOut>,
    #[serde(default)]
    way: Vec<Way>,
    #[serde(default)]
    recipient: Vec<Recipient>,
}

/// The entries of all companies.
#[derive(Default)]
pub(super) struct Companies {
    pub all: Vec<Company>,
    pub services: Vec<Service>,
    pub controllers: Vec<Controller>,
    pub forms: Vec<Form>,
    pub menus: Vec<Menu>,
    pub links: BTreeMap<String, CompanyPage>,
    pub opt_outs: OptOutEntries,
}

impl Companies {
    /// Reads the files of all companies.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut all = Self::default();
        for id in files.names(FOLDER) {
            all.add(files, id)?;
        }
        Ok(all)
    }

    fn add(&mut self, files: &Files, id: String) -> Result<(), LoadError> {
        let (file, read): (_, CompanyFile) = files.parse(&path(&id))?;
        check_entries(&file, &read.service)?;
        check_entries(&file, &read.controller)?;
        check_entries(&file, &read.form)?;
        check_entries(&file, &read.menu)?;
        check_entries(&file, &read.link)?;
        check_entries(&file, &read.source)?;
        check_entries(&file, &read.opt_out)?;
        check_entries(&file, &read.way)?;
        check_entries(&file, &read.recipient)?;
        let own = |service: &String| read.service.iter().any(|own| own.id == *service);
        let named = read.menu.iter().flat_map(|menu| &menu.services);
        let named = named.chain(read.form.iter().map(|form| &form.service));
        if let Some(unknown) = named.into_iter().find(|service| !own(service)) {
            return Err(file.error_at(unknown, format!("the company has no service “{unknown}”")));
        }
        let services = self.services.iter();
        if let Some(twice) = services.map(|service| &service.id).find(|id| own(id)) {
            return Err(file.error_at(twice, format!("another company has the service “{twice}”")));
        }
        let read_opt_outs = OptOutEntries {
            opt_outs: read.opt_out,
            ways: read.way,
            recipients: read.recipient,
        };
        let read_opt_outs = read_opt_outs.resolve(&file, read.source, own)?;
        self.opt_outs.opt_outs.extend(read_opt_outs.opt_outs);
        self.opt_outs.ways.extend(read_opt_outs.ways);
        for mut recipient in read_opt_outs.recipients {
            recipient.company.clone_from(&id);
            self.opt_outs.recipients.push(recipient);
        }
        for mut service in read.service {
            service.company.clone_from(&id);
            self.services.push(service);
        }
        for mut controller in read.controller {
            controller.company.clone_from(&id);
            self.controllers.push(controller);
        }
        self.forms.extend(read.form);
        self.menus.extend(read.menu);
        for mut page in read.link {
            page.file = path(&id);
            if self.links.contains_key(&page.id) {
                return Err(file.error_at(&page.id, format!("another company has the link “{}”", page.id)));
            }
            self.links.insert(page.key(), page);
        }
        self.all.push(Company {
            id,
            name: read.name,
            journey: read.journey,
        });
        Ok(())
    }
}
