//! Browsers that show text only, as people use them with a braille display or on a slow connection.

mod support;

use std::path::Path;
use std::process::{Command, ExitCode};

use libtest_mimic::Failed;
use support::folder::Folder;
use support::needs::{Tests, program};
use support::repository::{forms, text};
use support::server::Server;

fn main() -> ExitCode {
    let mut tests = Tests::new("text_browsers");
    tests.add("a_step_is_readable_in_w3m", program("w3m"), |w3m| {
        is_readable(&w3m, &["-dump", "-cols", "80", "-o", "display_link_number=1"])
    });
    tests.add("a_step_is_readable_in_lynx", program("lynx"), |lynx| {
        is_readable(&lynx, &["-dump", "-width=80", "-cookies=off"])
    });
    tests.run()
}

/// What to do, what to copy and where to continue follow in this order, and the form's link comes with its host.
fn is_readable(browser: &Path, arguments: &[&str]) -> Result<(), Failed> {
    let server = Server::start();
    let home = Folder::new();
    let show = |path: &str| -> Result<String, Failed> {
        let mut command = Command::new(browser);
        command
            .args(arguments)
            .env("HOME", home.path())
            .env("TERM", "dumb")
            .env("LC_ALL", "C.UTF-8");
        let output = command.arg(format!("{}{path}", server.url)).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let steps = |key: &str| text("en", "steps", key).replace("{service}", "Facebook");
    let step = |key: &str| {
        let text = text("en", "journeys/meta-account", &format!("steps.{key}"));
        text.replace("{service}", "Facebook")
    };
    let sentence = text("en", "language", "tested_sentence.text");
    assert_in_order(
        &show("/en/meta-account/explain?service=facebook&country=IE")?,
        &[
            steps("position").split("{number}").next().unwrap_or_default(),
            &step("explain.title"),
            &text("en", "grounds", "children.short"),
            // Without its end, which a browser may show after the edge of the field.
            &sentence[..sentence.len() / 3],
            &steps("form.open"),
            &text("en", "text", "plain"),
            &steps("todo"),
            step("submit.name").split(['“', '"']).next().unwrap_or_default(),
            &text("en", "common", "sources"),
        ],
    );
    let form = &forms("facebook")[0];
    assert_in_order(
        &show("/en/meta-account/open-form?service=facebook&country=IE")?,
        &[
            &step("open-form.title"),
            &steps("form.open"),
            form.split('/').nth(2).expect("an address has a host"),
            &steps("todo"),
        ],
    );
    assert_in_order(
        &show("/en/start")?,
        &["Facebook", "Instagram", &text("en", "start", "country")],
    );
    Ok(())
}

/// Asserts that all of `expected` is in `shown`, one after the other.
fn assert_in_order(shown: &str, expected: &[&str]) {
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = shown.as_str();
    let mut before = "the beginning";
    for part in expected {
        let found = rest.split_once(part.trim());
        assert!(found.is_some(), "“{part}” does not follow after “{before}”");
        rest = found.map_or("", |(_, after)| after);
        before = part;
    }
}
