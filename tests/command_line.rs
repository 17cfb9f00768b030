//! What an operator notices at the command line.

#[path = "site/folder.rs"]
mod folder;
mod site;

use std::net::TcpListener;
use std::process::Output;
use std::time::Duration;

use folder::Folder;
use site::{Site, veto};

fn run(args: &[&str]) -> Output {
    veto().args(args).output().expect("the program runs")
}

/// Asserts that the program refused with code 2 and exactly one line, and returns the line.
fn refusal(output: &Output) -> String {
    let line = String::from_utf8(output.stderr.clone()).expect("errors are UTF-8");
    assert_eq!(output.status.code(), Some(2), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(output.stdout.is_empty(), "nothing is printed beside the error");
    line
}

#[test]
fn the_address_is_printed_as_one_line_once_connections_are_accepted() {
    let site = Site::start();
    assert!(site.url.starts_with("http://localhost:"), "{}", site.url);
    let answer = ureq::get(format!("{}/en/", site.url))
        .call()
        .expect("it answers at once");
    assert_eq!(answer.status(), 200);
}

#[test]
fn a_port_in_use_is_one_line_and_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let line = refusal(&run(&["--port", &port]));
    assert!(line.contains(&port), "{line}");
}

#[test]
fn an_address_that_is_not_of_this_machine_is_one_line_and_exit_code_2() {
    refusal(&run(&["--listen", "192.0.2.1", "--port", "0"]));
}

#[test]
fn port_and_address_can_come_from_the_environment() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let output = veto().env("VETO_PORT", &port).env("VETO_LISTEN", "127.0.0.1").output();
    let line = refusal(&output.expect("the program runs"));
    assert!(line.contains(&format!("127.0.0.1:{port}")), "{line}");
}

#[test]
fn a_faulty_data_file_is_named_with_file_line_and_reason() {
    let cases = [
        ("data/forms.toml", "[[form]]\nservice = \"myspace\"\n", "forms.toml:2:"),
        (
            "data/links.toml",
            "[a]\naddress = \"https://a.example\"\n",
            "missing field `sources`",
        ),
        (
            "data/links.toml",
            "[a]\naddress = \"https://a.example\"\nsources = []\n",
            "at least one source",
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
        ("data/form.toml", "", "no built-in file of this name"),
        ("locales/de/why.toml", "title = \"[x](claim:nothing)\"\n", "why.toml:1:"),
    ];
    for (file, text, expected) in cases {
        let folder = Folder::new();
        folder.write(file, text);
        let name = folder.path().display().to_string();
        let line = refusal(&run(&["--data", &name, "--port", "0"]));
        assert!(line.contains(file) && line.contains(expected), "{line}");
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_one_line_and_exit_code_2() {
    let line = refusal(&run(&["--data", "/nowhere/at/all"]));
    assert!(line.contains("/nowhere/at/all"), "{line}");
}

#[test]
fn the_text_is_printed_as_the_page_shows_it() {
    let output = run(&[
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
    ]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let site = Site::start();
    let query = "service=facebook&country=DE&text=de&ground=children&ground=health";
    let answer = ureq::get(format!("{}/en/text.txt?{query}", site.url)).call();
    let page = answer.expect("an answer").body_mut().read_to_string().expect("a text");
    assert_eq!(text, page);
    assert!(
        text.contains("Art. 21 Abs. 1 DSGVO") && text.contains("Kinder"),
        "{text}"
    );
}

#[test]
fn an_unknown_choice_for_the_text_is_one_line_and_exit_code_2() {
    let text = ["text", "--service", "facebook", "--country"];
    let of = |rest: &[&str]| refusal(&run(&[&text[..], rest].concat()));
    assert!(of(&["XX"]).contains("XX"));
    assert!(of(&["DE", "--lang", "tlh"]).contains("--lang"));
    assert!(of(&["DE", "--ground", "envy"]).contains("envy"));
}

#[test]
fn help_names_every_setting_and_version_the_version() {
    let help = String::from_utf8(run(&["--help"]).stdout).expect("UTF-8");
    for setting in [
        "--config",
        "VETO_CONFIG",
        "veto.toml",
        "--lan",
        "--tls-cert",
        "VETO_TLS_CERT",
        "--tls-key",
        "VETO_TLS_KEY",
        "--name",
        "VETO_NAME",
        "--languages",
        "VETO_LANGUAGES",
        "--language ",
        "VETO_LANGUAGE",
        "--country",
        "VETO_COUNTRY",
        "--metrics",
        "VETO_METRICS",
        "check",
        "health",
        "links",
        "--listen",
        "--port",
        "--open",
        "--data",
        "VETO_LISTEN",
        "VETO_PORT",
        "VETO_DATA",
        "--address",
        "VETO_ADDRESS",
        "--keep-hours",
        "VETO_KEEP_HOURS",
        "--connections",
        "VETO_CONNECTIONS",
        "--log",
        "VETO_LOG",
        "--log-requests",
        "VETO_LOG_REQUESTS",
        "text",
    ] {
        assert!(help.contains(setting), "{setting} is missing: {help}");
    }
    let version = String::from_utf8(run(&["--version"]).stdout).expect("UTF-8");
    assert_eq!(version.trim_end(), concat!("veto ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_command_that_calls_out_says_so() {
    let help = String::from_utf8(run(&["links", "--help"]).stdout).expect("UTF-8");
    for word in ["calls out", "--json", "--sources"] {
        assert!(help.contains(word), "{word} is missing: {help}");
    }
}

#[test]
fn an_address_that_visitors_could_not_open_is_refused() {
    for address in ["example.org", "ftp://example.org", "https://example.org/?x"] {
        let answer = run(&["--address", address]);
        assert_eq!(answer.status.code(), Some(2), "{address}");
        let error = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert!(error.contains("an address is like"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn being_told_to_stop_is_no_failure() {
    let mut site = Site::start();
    let process = site.process();
    let told = std::process::Command::new("kill")
        .args(["-TERM", &process.id().to_string()])
        .status();
    assert!(told.expect("kill runs").success());
    for _ in 0..100 {
        if let Some(status) = process.try_wait().expect("its state is known") {
            assert_eq!(status.code(), Some(0));
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("it still runs after ten seconds");
}
