//! Settings: where they come from, what they change on the pages, and how mistakes in them are reported.

mod support;

use support::client::{agent, page};
use support::command::{error_line, run, stdout};
use support::folder::Folder;
use support::repository;
use support::server::Server;

/// The path below the language to which the root redirects a browser that prefers `language`.
fn root_redirects_to(server: &Server, language: &str) -> String {
    let request = agent().get(&server.url).header("accept-language", language);
    let response = request.call().expect("the server responds");
    response.headers()["location"]
        .to_str()
        .expect("a header is ASCII")
        .to_owned()
}

#[test]
fn a_flag_overrides_the_environment_and_the_environment_overrides_the_file() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "name = \"File\"\ncountry = \"AT\"\nlanguage = \"de\"\n");
    let server = Server::start_with(|command| {
        command
            .args(["--config", &file, "--name", "Flag"])
            .env("VETO_NAME", "Variable")
            .env("VETO_COUNTRY", "CH");
    });
    let start = page(&format!("{}/en/start", server.url));
    assert!(
        start.contains("– Veto, Flag</title>"),
        "the name is not that of the flag"
    );
    assert!(
        start.contains("<option value=\"CH\" selected>"),
        "the country is not that of the environment"
    );
    let root = root_redirects_to(&server, "qaa");
    assert!(root.starts_with("/de/"), "the language is not that of the file: {root}");
}

#[test]
fn the_settings_file_of_the_current_folder_is_used_and_paths_in_it_are_relative_to_it() {
    let folder = Folder::new();
    folder.write("own/locales/en/home.toml", "title = \"Hello from the folder\"\n");
    folder.write("veto.toml", "data = \"own\"\n");
    let server = Server::start_with(|command| {
        command.current_dir(folder.path());
    });
    let home = page(&format!("{}/en/", server.url));
    assert!(
        home.contains("<h1>Hello from the folder</h1>"),
        "the folder of the settings file is not used"
    );
}

#[test]
fn name_notice_and_footer_are_on_every_page_in_its_language_or_in_the_default_one() {
    let folder = Folder::new();
    let server = Server::start_with_settings(
        &folder,
        r#"
        name = "School <North>"
        language = "de"
        [notice]
        de = "Fragen: Raum 12"
        [footer]
        de = [{ label = "Impressum", address = "https://example.org/impressum" }, { label = "Datenschutz", address = "/datenschutz" }]
        en = [{ label = "Imprint", address = "https://example.org/imprint" }]
        "#,
    );
    for path in [
        "/de/",
        "/de/meta-account/sign-in?service=facebook&country=DE",
        "/de/why",
    ] {
        let page = page(&format!("{}{path}", server.url));
        assert!(page.contains("School &#60;North&#62;"), "{path} has no escaped name");
        assert!(
            page.contains("<aside class=\"notice wide\">Fragen: Raum 12</aside>"),
            "{path} has no notice"
        );
        let (imprint, privacy) = (page.find(">Impressum</a>"), page.find("href=\"/datenschutz\""));
        assert!(
            imprint.is_some() && imprint < privacy,
            "{path} lacks the links of the footer in their order"
        );
    }
    let english = page(&format!("{}/en/privacy", server.url));
    assert!(
        english.contains("<aside class=\"notice wide\" lang=\"de\" dir=\"ltr\">Fragen: Raum 12</aside>"),
        "/en/privacy has no notice in the default language"
    );
    assert!(english.contains(">Imprint</a>"), "/en/privacy has no footer");
    assert!(
        !english.contains("Impressum"),
        "/en/privacy has the footer of two languages"
    );
}

#[test]
fn readers_of_plain_german_get_the_notice_in_german() {
    for (offered, marked) in [("'de', ", " lang=\"de\" dir=\"ltr\""), ("", "")] {
        let folder = Folder::new();
        let settings = format!("languages = [{offered}'de-simple', 'en']\n[notice]\nde = 'Raum 12'\nen = 'Room 12'\n");
        let server = Server::start_with_settings(&folder, &settings);
        let page = page(&format!("{}/de-simple/", server.url));
        let notice = format!("<aside class=\"notice wide\"{marked}>Raum 12</aside>");
        assert!(page.contains(&notice), "{settings}: no notice in German");
    }
}

#[test]
fn a_class_or_a_family_comes_first_and_papers_name_whom_to_ask() {
    let folder = Folder::new();
    for audience in ["school", "family"] {
        let settings = format!("paper-contact = \"Room <12>\"\naudience = \"{audience}\"\n");
        let server = Server::start_with_settings(&folder, &settings);
        let home = page(&format!("{}/en/", server.url));
        let (_, main) = home.split_once("<main").expect("a main part");
        let (before, _) = main.split_once("<h1").expect("a heading");
        let first = before.split("href=\"").nth(1).unwrap_or_default();
        assert!(first.starts_with(&format!("/en/{audience}\"")), "{audience}: {before}");
        for paper in ["parents", "handout", "quiz", "lesson"] {
            let paper = page(&format!("{}/en/school/{paper}", server.url));
            assert!(paper.contains("Room &#60;12&#62;"), "{paper}");
        }
        let letter = page(&format!("{}/en/school/parents.txt", server.url));
        assert!(letter.contains(" Room <12>\n"), "{letter}");
    }
}

#[test]
fn a_language_that_is_switched_off_is_offered_nowhere() {
    let server = Server::start_with(|command| {
        command.args(["--languages", "de"]);
    });
    let off = agent()
        .get(format!("{}/en/", server.url))
        .call()
        .expect("the server responds");
    assert_eq!(off.status(), 404);
    let step = page(&format!(
        "{}/de/meta-account/explain?service=facebook&country=DE",
        server.url
    ));
    let name = repository::text("en", "language", "name");
    // Neither for the page nor for the text to Meta.
    assert!(!step.contains(&name), "step 4 still offers {name}");
    assert!(root_redirects_to(&server, "en").starts_with("/de/"));
}

#[test]
fn a_wrong_setting_is_reported_with_file_line_and_reason() {
    let folder = Folder::new();
    for (text, expected) in [
        ("port = 8080\nprot = 1\n", "veto.toml:2: unknown field `prot`"),
        ("port = \"x\"\n", "veto.toml:1: "),
        ("\naddress = \"example.org\"\n", "veto.toml:2: an address is like"),
        (
            "\nlanguages = [\"de\", \"qaa\"]\n",
            "veto.toml:2: languages: there is no language “qaa”",
        ),
        (
            "languages = []\n",
            "veto.toml:1: languages: at least one language is needed",
        ),
        (
            "languages = [\"de\", \"de\"]\n",
            "veto.toml:1: languages: the language “de” stands here twice",
        ),
        (
            "language = \"qaa\"\n",
            "veto.toml:1: language: there is no language “qaa”",
        ),
        (
            "\nmax-age = 86401\n",
            "veto.toml:2: a time is a number of seconds, at most 86400 (a day)",
        ),
        ("audience = \"club\"\n", "veto.toml:1: unknown variant `club`"),
        ("country = \"XX\"\n", "veto.toml:1: country: there is no country “XX”"),
        (
            "# notice\n[notice]\nqaa = \"x\"\n",
            "veto.toml:2: notice: there is no language “qaa”",
        ),
        (
            "[footer]\nde = [{ label = \"x\", address = \"javascript:x\" }]\n",
            "veto.toml:1: footer: “javascript:x” is not an address",
        ),
        ("tls-cert = \"x.pem\"\n", "veto.toml:1: tls-cert: it needs a tls-key"),
        ("data = \"nowhere\"\n", "nowhere: the folder cannot be read"),
    ] {
        let file = folder.write("veto.toml", text);
        for command in [
            &["check", "--config", &file][..],
            // At the start too, and not only by the check.
            &["--config", &file, "--port", "0"][..],
        ] {
            let line = error_line(&run(command));
            assert!(line.contains(expected), "{command:?}: {line}");
        }
    }
    let flag = error_line(&run(&["--country", "XX", "check"]));
    assert!(flag.contains("--country: there is no country “XX”"), "{flag}");
    let missing = error_line(&run(&["--config", "/nowhere/veto.toml", "check"]));
    assert!(missing.contains("/nowhere/veto.toml"), "{missing}");
}

/// The names of the settings that can be flags, by `--help`.
fn settings() -> Vec<String> {
    let help = stdout(run(&["--help"]));
    let flags = help.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
    let with_value = flags.filter_map(|flag| flag.split_once(' '));
    let names = with_value.map(|(name, _)| name.trim_end_matches(',').to_owned());
    names.filter(|name| name != "config").collect()
}

#[cfg(unix)]
#[test]
fn a_setting_is_not_reported_as_missing_where_it_is_wrong() {
    let folder = Folder::new();
    for (needed, needing) in [
        ("address = \"example.org\"", "listen = \"unix:/nowhere/veto.sock\""),
        ("tls-key = 1", "tls-cert = \"x.pem\""),
        ("tls-cert = 1", "redirect-port = 80"),
    ] {
        let file = folder.write("veto.toml", &format!("{needed}\n{needing}\n"));
        let line = error_line(&run(&["check", "--config", &file]));
        assert!(line.contains("veto.toml:1: "), "{line}");
    }
}

#[test]
fn all_wrong_settings_are_reported_in_one_run() {
    let folder = Folder::new();
    let of_wrong_type = settings().into_iter().map(|name| format!("{name} = {{}}"));
    let of_wrong_type: Vec<String> = of_wrong_type
        .chain(["notice = 1", "footer = 1"].map(str::to_owned))
        .collect();
    let with_wrong_value = [
        "languages = [\"qaa\"]",
        "language = \"qab\"",
        "country = \"XX\"",
        "contact = \"x\"",
        "data = \"nowhere\"",
        "tls-cert = \"x.pem\"",
        "tls-key = \"x.key\"",
        "prot = 1",
        "port = 70000",
        "notice.qaa = \"x\"",
        "footer.de = [{ label = \"x\", address = \"javascript:x\" }]",
    ];
    for lines in [of_wrong_type, with_wrong_value.map(str::to_owned).to_vec()] {
        let file = folder.write("veto.toml", &lines.join("\n"));
        for command in [
            &["check", "--config", &file][..],
            &["--config", &file][..],
            &["text", "--config", &file, "--service", "facebook"][..],
        ] {
            let output = run(command);
            assert_eq!(output.status.code(), Some(2), "{command:?}");
            let errors = String::from_utf8(output.stderr).expect("errors are UTF-8");
            for (number, line) in (1..).zip(&lines) {
                let place = format!("veto.toml:{number}: ");
                assert!(
                    errors.contains(&place),
                    "{command:?} does not report `{line}`: {errors}"
                );
            }
            assert_eq!(errors.lines().count(), lines.len(), "{command:?}: {errors}");
            // Its languages are not known.
            let is_unread = errors.contains("nowhere: the folder cannot be read");
            assert_eq!(
                is_unread,
                errors.contains("; what follows is by the built-in files\n"),
                "{errors}"
            );
        }
    }
}

#[test]
fn zero_connections_are_refused_as_a_flag_and_in_the_file() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "# settings\nconnections = 0\n");
    let line = error_line(&run(&["--config", &file, "check"]));
    assert!(line.contains("veto.toml:2: "), "{line}");
    let flag = run(&["--connections", "0", "--port", "0"]);
    assert_eq!(flag.status.code(), Some(2));
}

#[test]
fn an_address_that_visitors_could_not_open_is_rejected() {
    for address in ["example.org", "ftp://example.org", "https://example.org/?x"] {
        let output = run(&["--address", address, "--port", "0"]);
        assert_eq!(output.status.code(), Some(2), "{address}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("an address is like"), "{error}");
    }
}

/// The keys of `packaging/veto.toml`, without the tables.
fn example_keys(example: &str) -> Vec<&str> {
    let top = example.split("\n# [").next().unwrap_or_default();
    let keys = top
        .lines()
        .filter_map(|line| line.strip_prefix("# ")?.split_once(" = "));
    keys.map(|(key, _)| key).filter(|key| is_key(key)).collect()
}

fn is_key(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

#[test]
fn the_example_of_the_settings_is_valid_as_it_is() {
    let example = repository::read("packaging/veto.toml");
    // A line of a setting begins with "# " and a key, a table or the end of a list; all else is explanation.
    let is_setting =
        |line: &&str| line.split_once(" = ").is_some_and(|(key, _)| is_key(key)) || line.starts_with(['[', ']', ' ']);
    let lines = example.lines().filter_map(|line| line.strip_prefix("# "));
    let used: Vec<&str> = lines
        .filter(is_setting)
        // These need a certificate, and the files of the example do not exist.
        .filter(|line| !line.starts_with("tls-") && !line.starts_with("redirect-port"))
        .collect();
    assert!(used.len() > 10, "only {} lines of the example are settings", used.len());
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("own")).expect("the folder of the example can be created");
    let file = folder.write("veto.toml", &used.join("\n"));
    stdout(run(&["check", "--config", &file]));
}

#[test]
fn every_setting_is_in_the_example_and_in_the_help_as_flag_and_as_variable() {
    /// What cannot be in a file.
    const FLAGS_ONLY: [&str; 3] = ["config", "lan", "open"];
    let help = stdout(run(&["--help"]));
    let flags: Vec<&str> = help
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split([' ', '=']).next())
        .collect();
    for flag in FLAGS_ONLY {
        assert!(flags.contains(&flag), "--{flag} is not in the help");
    }
    let example = repository::read("packaging/veto.toml");
    let keys = example_keys(&example);
    for flag in &flags {
        assert!(
            keys.contains(flag) || FLAGS_ONLY.contains(flag),
            "--{flag} is not in packaging/veto.toml"
        );
    }
    for key in keys.into_iter().chain(["config"]) {
        assert!(flags.contains(&key), "--{key} is not in the help");
        let variable = format!("[env: VETO_{}=", key.to_uppercase().replace('-', "_"));
        assert!(help.contains(&variable), "{variable} is not in the help");
    }
}

#[test]
fn a_contact_gets_reports_with_page_version_and_date_of_the_facts_and_nothing_about_the_visitor() {
    const PATH: &str = "/en/troubles?service=facebook&country=DE&entry=facebook.2026-03-31";
    let reports = |server: &Server| {
        let page = page(&format!("{}{PATH}", server.url));
        let links = page.split("href=\"mailto:").skip(1);
        let links = links.filter_map(|rest| rest.split('"').next().map(str::to_owned));
        links.collect::<Vec<_>>()
    };
    assert!(reports(&Server::start()).is_empty(), "reports without a contact");
    let server = Server::start_with(|command| {
        command.args(["--contact", "veto@example.org"]);
    });
    let links = reports(&server);
    assert_eq!(links.len(), 7, "one for each step");
    for link in links {
        let subject = link.strip_prefix("veto@example.org?subject=").expect("a subject only");
        assert!(subject.contains("Veto%20"), "{subject}");
        for part in ["facebook", "DE", "2026%2D03%2D31"] {
            assert!(!subject.contains(part), "{subject}");
        }
    }
    let folder = Folder::new();
    let file = folder.write("veto.toml", "contact = \"veto@example.org?cc=x\"\n");
    let line = error_line(&run(&["--config", &file, "--port", "0"]));
    assert!(line.contains("veto.toml:1: ") && line.contains("?cc=x"), "{line}");
}

#[test]
fn the_operator_is_named_on_the_page_about_data_and_in_security_txt() {
    let folder = Folder::new();
    let settings = "controller = \"Musterschule & Söhne\"\ncontact = \"veto@example.org\"\ndpo = \"Frau Muster\"\n";
    let server = Server::start_with_settings(&folder, settings);
    for language in repository::languages() {
        let privacy = page(&format!("{}/{language}/privacy", server.url));
        for part in ["Musterschule &#38; Söhne", "veto@example.org", "Frau Muster"] {
            assert!(privacy.contains(part), "{part} is not in {privacy}");
        }
    }
    let security = page(&format!("{}/.well-known/security.txt", server.url));
    let lines: Vec<&str> = security.lines().collect();
    assert_eq!(lines[0], "Contact: mailto:veto@example.org");
    assert!(
        lines[1].starts_with("Expires: 20") && lines[1].ends_with('Z'),
        "{security}"
    );

    let silent = Server::start();
    let url = format!("{}/.well-known/security.txt", silent.url);
    assert_eq!(agent().get(url).call().expect("the server responds").status(), 404);
    let privacy = page(&format!("{}/en/privacy", silent.url));
    assert!(
        privacy.contains(&repository::text("en", "privacy", "operator.unknown")),
        "{privacy}"
    );
}
