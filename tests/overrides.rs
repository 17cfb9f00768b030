//! An operator's folder of corrections (`--data`): single facts, single texts, a whole language.

mod support;

use std::path::Path;

use support::client::page;
use support::command::{error_line, run, stdout};
use support::folder::Folder;
use support::form::{ADDRESS, correction, newest_generation};
use support::language;
use support::repository::{self, forms};
use support::server::Server;
use veto::catalog;
use veto_content::files::Files;

fn start_with_form(folder: &Folder, generation: i64) -> Server {
    folder.write("data/companies/meta.toml", &correction(generation));
    Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    })
}

#[test]
fn one_corrected_entry_replaces_one_entry_and_no_other() {
    let folder = Folder::new();
    folder.write("locales/de/home.toml", "title = \"Anders\"\n");
    let server = start_with_form(&folder, newest_generation());
    let form = |service: &str| {
        page(&format!(
            "{}/en/meta-account/open-form?service={service}&country=IE",
            server.url
        ))
    };
    let facebook = form("facebook");
    let [newest, older, ..] = &forms("facebook")[..] else {
        panic!("Facebook has no older form");
    };
    assert!(facebook.contains(ADDRESS), "the corrected form is missing");
    assert!(!facebook.contains(newest), "{newest} is still there");
    assert!(facebook.contains(older), "the older form {older} is missing");
    for address in forms("instagram") {
        assert!(form("instagram").contains(&address), "{address} is missing");
    }
    let home = page(&format!("{}/de/", server.url));
    assert!(home.contains("<h1>Anders</h1>"), "the title is not replaced");
    assert!(home.contains("class=\"lead\""), "the lead is missing");
}

#[test]
fn a_new_generation_of_a_form_comes_first() {
    let folder = Folder::new();
    let server = start_with_form(&folder, newest_generation() + 1);
    let page = page(&format!(
        "{}/en/meta-account/open-form?service=facebook&country=IE",
        server.url
    ));
    let button = page
        .split("class=\"button open\" href=")
        .nth(1)
        .expect("the page has a button");
    assert!(button.starts_with(ADDRESS), "{}", &button[..100]);
    let before = &forms("facebook")[0];
    assert!(page.contains(before), "the form before, {before}, is missing");
}

#[test]
fn one_mark_of_a_language_can_be_changed() {
    let folder = Folder::new();
    folder.write("locales/en/common.toml", "[punctuation]\nlist = \"{one}⸴ {next}\"\n");
    let server = Server::start_with(|command| {
        command.args(["--name", "Own"]).arg("--data").arg(folder.path());
    });
    let title = |language: &str| {
        let page = page(&format!("{}/{language}/", server.url));
        let (title, _) = page.split_once("</title>").expect("a title");
        title.split("<title>").nth(1).unwrap_or_default().to_owned()
    };
    assert!(title("en").ends_with(" – Veto⸴ Own"), "{}", title("en"));
    assert!(title("de").ends_with(" – Veto, Own"), "{}", title("de"));
}

/// A folder with the language `qaa`: the English texts with a change.
fn with_language(from: &str, to: &str) -> Folder {
    let folder = Folder::new();
    language::add(&folder, "qaa", &[(from, to)]);
    folder
}

#[test]
fn a_language_can_be_added_as_a_folder() {
    let folder = with_language("name = \"English\"", "name = \"Testish\"");
    let server = Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    let german = page(&format!("{}/de/languages", server.url));
    assert!(
        german.contains(">Testish</a>") || german.contains(">Testish</span>"),
        "the list of languages lacks the new one"
    );
    let new = page(&format!("{}/qaa/why", server.url));
    assert!(
        new.contains("<html lang=\"qaa\""),
        "the new language is not that of its pages"
    );
}

#[test]
fn a_language_without_one_of_its_plurals_is_refused_with_file_and_line() {
    let folder = with_language("cldr = \"en-GB\"", "cldr = \"pl\"");
    let files = Files::with_folder(folder.path().to_owned()).expect("the folder is readable");
    let error = catalog::load(&files).err().expect("the plurals are those of English");
    let expected = "missing plural “few”: the language has one, few, many, other";
    assert!(error.line.is_some() && error.reason == expected, "{error}");
}

/// In other builds ICU4X formats them.
#[cfg(debug_assertions)]
#[test]
fn a_tag_by_which_icu_cannot_format_dates_is_refused_with_file_line_and_one_that_works() {
    for tag in ["pt", "pt-BR"] {
        let folder = with_language("cldr = \"en-GB\"", &format!("cldr = \"{tag}\""));
        let files = Files::with_folder(folder.path().to_owned()).expect("the folder is readable");
        let error = catalog::load(&files).err().expect("a fault");
        let expected = format!("ICU4X cannot format dates of “{tag}” in debug builds; “pt-PT” works");
        assert!(error.file.ends_with("language.toml") && error.line.is_some(), "{error}");
        assert_eq!(error.reason, expected);
    }
}

#[test]
fn a_fault_in_a_company_s_file_is_named_with_its_line() {
    let source = "name = 'Acme'\nsource = [{ id = 'policy', source = 'A policy', checked = '2026' }]\n\
                  service = [{ id = 'acme', name = 'Acme', site = 'acme.example' }]\n";
    for (entries, line, reason) in [
        (
            "opt_out = [{ id = 'acme', kind = 'work' }]",
            3,
            "“acme” has no [[way]], and no “nothing”",
        ),
        (
            "opt_out = [{ id = 'acme', kind = 'work', nothing = { is = 'to-do', confidence = 'single', sources = [\"news\"] } }]",
            4,
            "the file has no source “news”",
        ),
        (
            "opt_out = [{ id = 'acme', kind = 'work', nothing = { is = 'to-do', confidence = 'confirmed', sources = ['policy'] } }]",
            2,
            "“confirmed” with one source only: “policy”",
        ),
        (
            "opt_out = [{ id = 'acme', kind = 'work' }]\nway = [{ id = 'button', service = 'acme', kind = 'form', evidence = { confidence = 'single', sources = ['policy'] } }]",
            5,
            "the way “button” leads nowhere: no path or address",
        ),
        (
            "opt_out = [{ id = 'nobody', kind = 'work' }]",
            4,
            "the company has no service “nobody”",
        ),
    ] {
        let folder = Folder::new();
        folder.write("data/companies/acme.toml", &format!("{source}{entries}\n"));
        let files = Files::with_folder(folder.path().to_owned()).expect("the folder is readable");
        let error = catalog::load(&files).err().expect("a fault");
        assert!(error.file.ends_with("data/companies/acme.toml"), "{error}");
        assert_eq!((error.line, error.reason.as_str()), (Some(line), reason));
    }
}

#[test]
fn a_journey_that_a_company_names_and_that_does_not_exist_is_refused_with_file_and_line() {
    let folder = Folder::new();
    let path = "data/companies/meta.toml";
    folder.write(path, "# Its journey:\njourney = \"meta-accnt\"\n");
    let files = Files::with_folder(folder.path().to_owned()).expect("the folder is readable");
    let error = catalog::load(&files).err().expect("a fault");
    let expected = "the company has no journey “meta-accnt” in data/journeys/";
    assert!(error.file.ends_with(path), "{error}");
    assert_eq!((error.line, error.reason.as_str()), (Some(2), expected));
}

#[test]
fn a_complaint_that_cannot_be_filled_in_and_a_step_without_its_hint_are_refused() {
    for (path, texts, reason) in [
        (
            "locales/en/company_objection.toml",
            "[complaints.gdpr]\nrefused = \"{company} refused.\"\n",
            "unknown placeholder {company} in a complaint",
        ),
        (
            "locales/en/company_objection.toml",
            "[complaints.gdpr.letter]\nbody = \"{controller} {service} {outcome}\"\n",
            "a complaint does not use {day}",
        ),
        (
            "locales/en/journeys/meta-account.toml",
            "[steps.sign-in]\nhint = \"On a computer\"\n",
            "“steps.sign-in.hint” stands here, but not in data/",
        ),
    ] {
        let folder = Folder::new();
        folder.write(path, texts);
        let files = Files::with_folder(folder.path().to_owned()).expect("the folder is readable");
        let error = catalog::load(&files).err().expect("a fault");
        assert!(error.file.ends_with(path), "{error}");
        assert_eq!(error.reason, reason);
    }
}

#[test]
fn a_step_behind_the_end_of_a_journey_is_refused_with_file_and_line() {
    let folder = Folder::new();
    let path = "data/journeys/meta-account.toml";
    let last = repository::entries(path, "step").pop().expect("a step");
    let last = repository::string(&last, "id");
    let step = |id: &str| format!("[[step]]\nid = \"{id}\"\nshows = [\"end\"]\n");
    folder.write(path, &format!("{}drawing = \"mail\"\n{}", step(last), step("behind")));
    for language in repository::languages() {
        folder.write(
            &format!("locales/{language}/journeys/meta-account.toml"),
            "[steps]\nbehind = { name = \"x\", title = \"x\", lead = \"x\", todo = \"x\" }\n",
        );
    }
    let files = Files::with_folder(folder.path().to_owned()).expect("the folder is readable");
    let error = catalog::load(&files).err().expect("a fault");
    let expected = format!("“{last}” shows the end, but is not the last step");
    assert!(error.file.ends_with(path), "{error}");
    assert_eq!((error.line, error.reason), (Some(2), expected));
}

/// The languages that are loaded from files with the overrides in `folder`.
fn loaded_languages(folder: &Path) -> Vec<String> {
    let files = Files::with_folder(folder.to_owned()).expect("the folder is readable");
    let catalog = catalog::load(&files).unwrap_or_else(|error| panic!("{error}"));
    let loaded = catalog.messages_in_memory();
    loaded.map(|messages| messages.code.clone()).collect()
}

#[test]
fn only_the_languages_that_an_override_can_change_are_loaded_from_files() {
    let all = repository::languages();
    for (file, text, expected) in [
        (
            "data/tested_sentence.toml",
            repository::read("data/tested_sentence.toml"),
            &[][..],
        ),
        (
            "locales/de/home.toml",
            "title = \"Anders\"\n".to_owned(),
            &["de".to_owned()],
        ),
        ("data/companies/meta.toml", correction(newest_generation()), &all),
        ("data/troubles.toml", repository::read("data/troubles.toml"), &all),
    ] {
        let folder = Folder::new();
        folder.write(file, &text);
        assert_eq!(loaded_languages(folder.path()), expected, "{file}");
    }
}

#[test]
fn an_overridden_date_is_in_the_texts_of_every_language() {
    let folder = Folder::new();
    folder.write(
        "data/dates.toml",
        "[facts-checked]\ndate = \"1999\"\nsources = [{ source = \"a test\", checked = \"1999\" }]\n",
    );
    let server = Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    for language in repository::languages() {
        let page = page(&format!("{}/{language}/", server.url));
        assert!(page.contains("1999"), "{language}: the date is not on the page");
    }
}

#[test]
fn check_prints_which_files_are_used() {
    let folder = Folder::new();
    folder.write("locales/en/home.toml", "title = \"Hello\"\n");
    let file = folder.write("veto.toml", "data = \".\"\n");
    let output = stdout(run(&["check", "--config", &file]));
    for used in [file.as_str(), "locales/en/home.toml"] {
        assert!(output.contains(used), "{used} is not in {output}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_not_a_file_of_fair_size_in_a_tree_of_folders_is_refused_in_one_line() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    type Prepare = fn(&Folder);
    let prepare: [(Prepare, &str); 4] = [
        (
            |folder| {
                folder.write("data/x", "");
                let made = Command::new("mkfifo")
                    .arg(folder.path().join("data/grounds.toml"))
                    .status();
                assert!(made.expect("there is mkfifo").success());
            },
            "data/grounds.toml: this is not a regular file",
        ),
        (
            |folder| _ = folder.write("data/grounds.toml", &"#".repeat(2 << 20)),
            "data/grounds.toml: the file has more than",
        ),
        (
            |folder| {
                folder.write("data/x", "");
                symlink(folder.path(), folder.path().join("data/again")).expect("a link can be made");
            },
            "does a link lead in a circle?",
        ),
        (
            |folder| _ = folder.write("data/a\nb.toml", ""),
            "data/a b.toml: there is no built-in file",
        ),
    ];
    for (prepare, expected) in prepare {
        let folder = Folder::new();
        prepare(&folder);
        let data = folder.path().display().to_string();
        let line = error_line(&run(&["--data", &data, "--port", "0"]));
        assert!(line.contains(expected), "{line}");
    }
}
