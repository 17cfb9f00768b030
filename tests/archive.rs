//! An archive of all facts and texts of another day as the operator's folder (`--data`): it may have what this version of the
//! program does not know, and a list of it is complete.

mod support;

use std::process::Stdio;

use support::client::page;
use support::command::{error_line, run, stdout};
use support::folder::Folder;
use support::form::ADDRESS;
use support::repository::{self, forms};
use support::server::Server;

const COMPANY: &str = "data/companies/meta.toml";

/// What makes a folder an archive of this day, for this version of the program.
fn marker(date: &str) -> String {
    format!("date = \"{date}\"\nversion = \"{}\"\n", env!("CARGO_PKG_VERSION"))
}

/// A file of the repository in which `from` is `to`, once.
fn changed(folder: &Folder, path: &str, from: &str, to: &str) -> String {
    let text = repository::read(path);
    assert!(text.contains(from), "{path} has no {from}");
    folder.write(path, &text.replacen(from, to, 1))
}

/// The number of the line of `path` in `folder` that contains `words`.
fn line_of(path: &str, words: &str) -> usize {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let place = text.lines().position(|line| line.contains(words));
    place.unwrap_or_else(|| panic!("{path} has no {words}")) + 1
}

/// A folder with a changed form, and with a file, a table, a key, an entry with an unknown word and a text that no program
/// knows; and how the warnings about these begin, with file and line.
fn newer() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let address = format!("\"{}\"", forms("facebook")[0]);
    let company = changed(&folder, COMPANY, &address, &format!("{ADDRESS}\nnovel_key = 1"));
    let text = std::fs::read_to_string(&company).expect("a readable file");
    folder.write(COMPANY, &format!("{text}\n[[novel_table]]\nid = \"novel\"\n"));
    let timeline = "data/timeline.toml";
    let event = "[[event]]\nid = \"novel-event\"\nkind = \"novel-kind\"\n";
    let timeline = folder.write(timeline, &format!("{}\n{event}", repository::read(timeline)));
    let texts = "locales/en/home.toml";
    let texts = folder.write(texts, &format!("novel_text = \"New\"\n{}", repository::read(texts)));
    let events = "locales/en/timeline.toml";
    let events = folder.write(
        events,
        &format!("{}\nnovel-event = \"New\"\n", repository::read(events)),
    );
    let file = folder.write("data/novel.toml", "");
    let mut expected: Vec<String> = [
        (&company, "novel_key"),
        (&company, "[[novel_table]]"),
        (&timeline, "novel-kind"),
        (&texts, "novel_text"),
        (&events, "novel-event"),
    ]
    .iter()
    .map(|(path, words)| format!("{path}:{}: ", line_of(path, words)))
    .collect();
    expected.push(format!("{file}: "));
    (folder, expected)
}

#[test]
fn what_the_program_does_not_know_of_an_archive_is_left_out_and_told() {
    let (folder, expected) = newer();
    folder.write("archive.toml", &marker(&repository::facts_checked()));
    let server = Server::start_with(|command| {
        command
            .arg("--data")
            .arg(folder.path())
            .env("VETO_LOG", "warn")
            .stderr(Stdio::piped());
    });
    let form = page(&format!(
        "{}/en/meta-account/open-form?service=facebook&country=IE",
        server.url
    ));
    assert!(form.contains(ADDRESS), "the changed form is missing");
    assert!(!form.contains(&forms("facebook")[0]), "the form before is still there");
    let log = server.stop_and_read_log();
    let checked = stdout(run(&["check", "--data", &folder.path().display().to_string()]));
    for output in [&log, &checked] {
        let warnings: Vec<&str> = output.lines().filter(|line| line.ends_with(": left out")).collect();
        assert_eq!(warnings.len(), expected.len(), "{output}");
        for warning in &expected {
            assert!(
                warnings.iter().any(|line| line.contains(warning)),
                "{warning} is not in {output}"
            );
        }
    }
    assert!(checked.contains(&repository::facts_checked()), "{checked}");
}

#[test]
fn without_its_marker_the_same_is_a_fault() {
    let (folder, expected) = newer();
    let line = error_line(&run(&["check", "--data", &folder.path().display().to_string()]));
    assert!(line.contains(expected.last().expect("a file")), "{line}");
    std::fs::remove_file(folder.path().join("data/novel.toml")).expect("it was written");
    let line = error_line(&run(&["check", "--data", &folder.path().display().to_string()]));
    assert!(expected.iter().any(|begin| line.contains(begin)), "{line}");
}

#[test]
fn an_archive_for_another_major_version_is_refused_in_one_line() {
    let folder = Folder::new();
    let marker = marker("2026-11-25").replace(env!("CARGO_PKG_VERSION"), "1234.0.0");
    let file = folder.write("archive.toml", &marker);
    let line = error_line(&run(&["check", "--data", &folder.path().display().to_string()]));
    for part in [
        format!("{file}:2: "),
        "1234.0.0".to_owned(),
        env!("CARGO_PKG_VERSION").to_owned(),
    ] {
        assert!(line.contains(&part), "{line}");
    }
}

#[test]
fn a_list_of_an_archive_is_complete_and_in_its_order() {
    let folder = Folder::new();
    folder.write("archive.toml", &marker("2026-11-25"));
    let journey = "data/journeys/meta-account.toml";
    let steps = repository::entries(journey, "step");
    let first = repository::string(&steps[0], "id");
    changed(
        &folder,
        journey,
        &format!("[[step]]\nid = \"{first}\""),
        &format!("[[step]]\nid = \"novel\"\n\n[[step]]\nid = \"{first}\""),
    );
    for language in repository::languages() {
        let path = format!("locales/{language}/journeys/meta-account.toml");
        let texts = "\n[steps.novel]\nname = \"Novel\"\ntitle = \"Novel\"\nlead = \"Novel\"\ntodo = \"Novel\"\n";
        folder.write(&path, &(repository::read(&path) + texts));
    }
    let forms = repository::entries(COMPANY, "form");
    let of_facebook = forms
        .iter()
        .filter(|form| repository::string(form, "service") == "facebook");
    let oldest = of_facebook
        .min_by_key(|form| form["generation"].as_integer())
        .expect("a form");
    let address = repository::string(oldest, "address");
    let text = repository::read(COMPANY);
    let kept: Vec<&str> = text
        .split("\n[[")
        .filter(|entry| !(entry.starts_with("form]]") && entry.contains(address)))
        .collect();
    folder.write(COMPANY, &kept.join("\n[["));

    let server = Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    let query = "service=facebook&country=IE";
    let step = page(&format!("{}/en/meta-account/novel?{query}", server.url));
    let next = format!("/en/meta-account/{first}?");
    assert!(step.contains(&next), "the new step does not lead to {first}");
    let form = page(&format!("{}/en/meta-account/open-form?{query}", server.url));
    assert!(!form.contains(&format!("\"{address}\"")), "{address} is still there");
}

#[test]
fn check_says_that_an_archive_is_older_than_the_program() {
    let folder = Folder::new();
    folder.write("archive.toml", &marker("1999-01-01"));
    let path = "data/dates.toml";
    let date = format!("date = \"{}\"", repository::facts_checked());
    let text = repository::read(path);
    let (before, after) = text.split_once("[facts-checked]").expect("an entry");
    folder.write(
        path,
        &format!(
            "{before}[facts-checked]{}",
            after.replacen(&date, "date = \"1999-01-01\"", 1)
        ),
    );
    let output = stdout(run(&["check", "--data", &folder.path().display().to_string()]));
    let is_told = output.lines().any(|line| {
        line.contains("older") && line.contains("1999-01-01") && line.contains(&repository::facts_checked())
    });
    assert!(is_told, "{output}");
}

/// The script needs GNU tar.
#[cfg(target_os = "linux")]
#[test]
fn an_archive_of_this_tree_is_the_same_twice_and_changes_nothing() {
    use std::fs;
    use std::process::Command;

    let folder = Folder::new();
    let written = ["one", "another"].map(|name| {
        let script = repository::path("packaging/facts-archive");
        let output = Command::new(script)
            .arg(folder.path().join(name))
            .output()
            .expect("bash runs");
        stdout(output).trim_end().to_owned()
    });
    assert!(
        written[0].contains(&format!("veto-facts-{}.tar.gz", repository::facts_checked())),
        "{written:?}"
    );
    let [one, another] = written.each_ref().map(|file| fs::read(file).expect("the archive"));
    assert!(one == another, "the archives differ");
    let unpacked = Command::new("tar")
        .arg("-xzf")
        .arg(&written[0])
        .arg("-C")
        .arg(folder.path())
        .status();
    assert!(unpacked.expect("there is tar").success());
    let data = folder
        .path()
        .join(format!("veto-facts-{}", repository::facts_checked()));
    let output = stdout(run(&["check", "--data", &data.display().to_string()]));
    assert!(output.contains("files that override entries: none"), "{output}");
    assert!(!output.contains("left out"), "{output}");
}
