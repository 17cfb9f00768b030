//! The command line: output, exit codes and errors of one line.

mod support;

use std::net::TcpListener;

use support::client::page;
use support::command::{error_line, run, stdout, veto};
use support::folder::Folder;
use support::form::correction;
use support::html::{between, unescape};
use support::repository::{files, text, toml};
use support::server::{Server, eventually};

#[test]
fn the_address_is_printed_as_one_line_once_connections_are_accepted() {
    let server = Server::start();
    assert!(server.url.starts_with("http://localhost:"), "{}", server.url);
    page(&format!("{}/en/", server.url));
}

/// A port that is in use as long as the listener exists.
fn taken_port() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("a listener has an address");
    (listener, address.port().to_string())
}

#[test]
fn a_port_in_use_is_an_error_of_one_line() {
    let (_taken, port) = taken_port();
    let line = error_line(&run(&["--port", &port]));
    assert!(line.contains(&port), "{line}");
    // It names one that can be used instead.
    let (_, free) = line
        .trim_end()
        .rsplit_once("--port ")
        .unwrap_or_else(|| panic!("no free port: {line}"));
    let [port, free]: [u16; 2] = [&port, free].map(|port| port.parse().expect("a number"));
    assert!(free > port && TcpListener::bind(("127.0.0.1", free)).is_ok(), "{line}");
}

#[test]
fn an_address_that_this_machine_does_not_have_is_an_error_of_one_line() {
    error_line(&run(&["--listen", "192.0.2.1", "--port", "0"]));
}

#[test]
fn port_and_address_can_come_from_the_environment() {
    let (_taken, port) = taken_port();
    let output = veto().env("VETO_PORT", &port).env("VETO_LISTEN", "127.0.0.1").output();
    let line = error_line(&output.expect("the program runs"));
    assert!(line.contains(&format!("127.0.0.1:{port}")), "{line}");
}

#[test]
fn settings_stand_before_or_after_a_command() {
    let server = Server::start();
    let authority = server.authority();
    let (_, port) = authority.split_once(':').expect("an authority has a port");
    for arguments in [["--port", port, "health"], ["health", "--port", port]] {
        assert!(stdout(run(&arguments)).contains("\"ok\""), "{arguments:?}");
    }
}

#[test]
fn an_empty_variable_is_an_unset_one_and_an_unknown_one_is_named() {
    let check = |variable: &str, value: &str| {
        let output = veto()
            .arg("check")
            .env(variable, value)
            .output()
            .expect("the program runs");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        stdout(output);
        error
    };
    for variable in [
        "VETO_PORT",
        "VETO_LISTEN",
        "VETO_LANGUAGES",
        "VETO_CONNECTIONS",
        "VETO_CONFIG",
    ] {
        assert_eq!(check(variable, ""), "", "{variable}");
    }
    let error = check("VETO_PROT", "8081");
    assert!(error.contains("VETO_PROT is not a setting"), "{error}");
}

#[test]
fn a_data_file_with_an_error_is_reported_with_file_line_and_reason() {
    for (file, text, expected) in [
        (
            "data/companies/meta.toml",
            correction(2030).replace("\"facebook\"", "\"myspace\"").as_str(),
            "meta.toml:3: the company has no service",
        ),
        (
            "data/companies/meta.toml",
            "[[link]]\nid = \"a\"\naddress = \"https://a.example\"\n",
            "missing field `sources`",
        ),
        (
            "data/companies/meta.toml",
            "[[link]]\nid = \"a\"\naddress = \"https://a.example\"\nsources = []\n",
            "at least one source",
        ),
        (
            "data/claims.toml",
            "\n[a-claim]\nconfidence = \"confirmed\"\nsources = [{ source = \"a letter\", checked = \"2026\" }]\n",
            "claims.toml:2: “a-claim” is “confirmed”, but has one source only",
        ),
        (
            "data/dates.toml",
            "[a]\ndate = \"2025-02-30\"\nsources = []\n",
            "dates.toml:2:",
        ),
        ("data/grounds.toml", "nonsense", "grounds.toml:1:"),
        (
            "locales/de/home.toml",
            "lead = \"x\"\nnothing = \"x\"\n",
            "home.toml:2:",
        ),
        (
            "locales/de/language.toml",
            "register = \"loud\"\n",
            "language.toml:1: unknown variant `loud`",
        ),
        (
            "locales/de/keep.toml",
            "\nhelp.few = \"{hours}\"\n",
            "keep.toml:2: unknown plural “few”: the language has one, other",
        ),
        ("data/form.toml", "", "no built-in file of this name"),
        ("locales/de/why.toml", "title = \"[x](claim:nothing)\"\n", "why.toml:1:"),
    ] {
        let folder = Folder::new();
        folder.write(file, text);
        let name = folder.path().display().to_string();
        let line = error_line(&run(&["--data", &name, "--port", "0"]));
        assert!(line.contains(file) && line.contains(expected), "{line}");
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_an_error_of_one_line() {
    let line = error_line(&run(&["--data", "/nowhere/at/all", "--port", "0"]));
    assert!(line.contains("/nowhere/at/all"), "{line}");
}

#[test]
fn the_text_is_printed_as_the_page_shows_it() {
    let printed = stdout(run(&[
        "text",
        "--service",
        "facebook",
        "--country",
        "DE",
        "--lang",
        "de",
        "--ground",
        "children",
        "health",
    ]));
    let server = Server::start();
    let query = "service=facebook&country=DE&text=de";
    let without = stdout(run(&[
        "text",
        "--service",
        "facebook",
        "--country",
        "DE",
        "--lang",
        "de",
    ]));
    assert_eq!(without, page(&format!("{}/en/text.txt?{query}", server.url)));
    let law = text("de", "objection", "law_names.gdpr");
    let reasons = ["children", "health"].map(|ground| text("de", "objection", &format!("grounds.{ground}.clause")));
    for part in [format!("Art. 21 Abs. 1 {law}")].iter().chain(&reasons) {
        assert!(printed.contains(part), "{part} is not in {printed}");
    }
}

/// The texts to copy of a page.
fn texts_of(url: &str) -> Vec<String> {
    let html = page(url);
    let fields = between(&html, "<textarea", "</textarea>").map(|field| {
        let (_, text) = field.split_once('>').expect("a tag has an end");
        unescape(text).trim().to_owned()
    });
    fields.collect()
}

#[test]
fn the_texts_of_every_journey_and_company_are_printed_as_their_pages_show_them() {
    let server = Server::start();
    let mut texts = 0;
    for file in files("data/journeys") {
        let journey = toml(&file);
        let steps = journey["step"].as_array().expect("a journey has steps");
        let has_text = steps.iter().any(|step| step.get("text").is_some());
        if journey.get("kind").is_none_or(|kind| kind.as_str() != Some("page")) || !has_text {
            continue;
        }
        let id = file.trim_start_matches("data/journeys/").trim_end_matches(".toml");
        let output = run(&["text", "--journey", id, "--country", "DE"]);
        let shown = texts_of(&format!("{}/en/{id}?country=DE&text=en", server.url));
        if shown.is_empty() {
            // It is for people elsewhere.
            assert!(error_line(&output).contains(id));
        } else {
            assert_eq!(stdout(output).trim_end(), shown.join("\n\n----\n\n"), "{id}");
        }
        texts += shown.len();
    }
    assert!(texts > 0, "no journey has a text");
    let companies = files("data/companies").into_iter().map(|file| toml(&file));
    let services = companies.filter_map(|company| company.get("opt_out")?.as_array().cloned());
    let ids = services
        .flatten()
        .map(|service| service["id"].as_str().map(str::to_owned));
    let ids: Vec<String> = ids.map(|id| id.expect("an id")).collect();
    assert!(!ids.is_empty(), "no other company");
    for id in ids {
        let printed = stdout(run(&["text", "--service", &id, "--country", "AT"]));
        let shown = texts_of(&format!("{}/en/objection/{id}?country=AT&text=en", server.url));
        assert_eq!(vec![printed.trim_end().to_owned()], shown, "{id}");
    }
}

#[test]
fn an_unknown_choice_for_the_text_is_an_error_of_one_line() {
    let text = ["text", "--service", "facebook", "--country"];
    for (rest, expected) in [
        (&["XX"][..], "XX"),
        (&["DE", "--lang", "qaa"], "--lang"),
        (&["DE", "--ground", "envy"], "envy"),
        (&["DE", "--service", "myspace"], "--service: there is no “myspace”"),
        (&["DE", "--service", "linkedin"], "“linkedin”"),
    ] {
        let line = error_line(&run(&[&text[..], rest].concat()));
        assert!(line.contains(expected), "{rest:?}: {line}");
    }
    for (rest, expected) in [
        (&["--service", "facebook"][..], "--country"),
        (
            &["--country", "DE", "--journey", "myspace"],
            "--journey: there is no “myspace”",
        ),
        (&["--country", "DE", "--journey", "meta-camera-roll"], "no text"),
        (
            &[
                "--country",
                "DE",
                "--journey",
                "meta-others-posts",
                "--ground",
                "children",
            ],
            "--ground: “children”",
        ),
    ] {
        let line = error_line(&run(&[&["text"], rest].concat()));
        assert!(line.contains(expected), "{rest:?}: {line}");
    }
}

#[test]
fn the_country_of_a_text_is_the_setting() {
    let expected = stdout(run(&["text", "--service", "facebook", "--country", "CH"]));
    let before = stdout(run(&["--country", "CH", "text", "--service", "facebook"]));
    let output = veto()
        .env("VETO_COUNTRY", "CH")
        .args(["text", "--service", "facebook"])
        .output();
    let variable = stdout(output.expect("the program runs"));
    assert_eq!([before, variable], [expected.clone(), expected]);
}

#[test]
fn help_names_every_command_and_version_prints_the_version() {
    let help = stdout(run(&["--help"]));
    for command in ["text", "check", "links", "health", "completions", "man"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in {help}");
    }
    assert!(help.contains("veto.toml"), "{help}");
    // What --data takes: a folder of one's own, or the facts of a release.
    assert!(help.contains("`veto-facts-<date>`"), "{help}");
    let version = stdout(run(&["--version"]));
    assert_eq!(version.trim_end(), concat!("veto ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_help_of_the_command_that_sends_requests_says_so() {
    let help = stdout(run(&["links", "--help"]));
    for part in ["requests to other hosts", "--json", "--sources"] {
        assert!(help.contains(part), "{part} is not in {help}");
    }
}

#[test]
fn check_says_what_is_set_and_where() {
    let folder = Folder::new();
    let file = folder.write(
        "veto.toml",
        "name = \"File\"\ncountry = \"AT\"\nkeep-hours = 3\n\n[notice]\nen = \"Closed\"\n",
    );
    let output = veto()
        .args(["check", "--config", &file, "--port", "9000", "--languages", "en,de"])
        .env("VETO_NAME", "Variable")
        .output();
    let output = stdout(output.expect("the program runs"));
    for line in [
        "port = 9000 (--port)",
        "languages = en,de (--languages)",
        "name = Variable (VETO_NAME)",
        &format!("country = \"AT\" ({file}:2)"),
        &format!("keep-hours = 3 ({file}:3)"),
        &format!("notice ({file}:5)"),
    ] {
        assert!(output.lines().any(|own| own == line), "{line} is not in {output}");
    }
    assert!(
        !output.contains("\"File\""),
        "what the environment overrides is in {output}"
    );
}

#[test]
fn a_shell_and_man_know_every_setting_and_command() {
    for arguments in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let output = stdout(run(arguments)).replace("\\-", "-");
        for part in ["trusted-proxies", "drain", "check", "links", "sources", "ground"] {
            assert!(output.contains(part), "{arguments:?}: {part} is missing");
        }
    }
    let bash = stdout(run(&["completions", "bash"]));
    let (_, after_check) = bash
        .split_once("veto__subcmd__check)\n            opts=\"")
        .expect("the command has options");
    assert!(
        after_check
            .lines()
            .next()
            .is_some_and(|options| options.contains("--port"))
    );
    let page = stdout(run(&["man"]));
    let (_, exit_codes) = page
        .split_once(".SH EXIT STATUS")
        .expect("the exit codes are documented");
    for code in ["0", "1", "2"] {
        assert!(
            exit_codes.contains(&format!(".TP\n{code}\n")),
            "{code} is not in {exit_codes}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_double_click_opens_the_browser_and_says_how_to_stop() {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Command, Stdio};

    // A terminal, in which the program is started by its whole path and nothing else.
    let folder = Folder::new();
    let opener = folder.write("xdg-open", "#!/bin/sh\necho \"$1\" >\"$(dirname \"$0\")/opened\"\n");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    let path = format!(
        "{}:{}",
        folder.path().display(),
        std::env::var("PATH").expect("there is a PATH")
    );
    let mut terminal = Command::new("script")
        .args(["-qfec", env!("CARGO_BIN_EXE_veto"), "/dev/null"])
        .current_dir(folder.path())
        .env("PATH", path)
        .env("VETO_PORT", "0")
        .env("VETO_LOG", "error")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("there is script");
    let mut out = BufReader::new(terminal.stdout.take().expect("standard output is piped"));
    let mut url = String::new();
    out.read_line(&mut url).expect("the program prints its address");
    let written = folder.path().join("opened");
    let is_opened = eventually(|| std::fs::read_to_string(&written).is_ok_and(|it| it.trim_end() == url.trim_end()));
    let mut keys = terminal.stdin.take().expect("standard input is piped");
    keys.write_all(b"\x03").expect("the terminal takes Ctrl+C");
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("the program ends");
    terminal.wait().expect("the terminal ends");
    assert!(url.starts_with("http://localhost:"), "{url}");
    assert!(is_opened, "the browser is not opened");
    assert!(rest.contains("Ctrl+C"), "{rest}");
}
