//! Browsers that show text only, as blind people use them with a braille display, and others on a weak line.

#[path = "site/folder.rs"]
mod folder;
#[path = "site/needs.rs"]
mod needs;
mod site;

use std::path::Path;
use std::process::{Command, ExitCode};

use folder::Folder;
use libtest_mimic::Failed;
use needs::{Tests, program};
use site::Site;

fn main() -> ExitCode {
    let mut tests = Tests::new();
    tests.add("a_step_reads_well_in_w3m", program("w3m"), |w3m| {
        reads_well(&w3m, &["-dump", "-cols", "80", "-o", "display_link_number=1"])
    });
    tests.add("a_step_reads_well_in_lynx", program("lynx"), |lynx| {
        reads_well(&lynx, &["-dump", "-width=80", "-cookies=off"])
    });
    tests.run()
}

/// What to do, what to copy and where to go on stand there in this order, and the link to the form with its address.
fn reads_well(browser: &Path, arguments: &[&str]) -> Result<(), Failed> {
    let site = Site::start();
    let home = Folder::new();
    let show = |path: &str| -> Result<String, Failed> {
        let mut command = Command::new(browser);
        command
            .args(arguments)
            .env("HOME", home.path())
            .env("TERM", "dumb")
            .env("LC_ALL", "C.UTF-8");
        let output = command.arg(format!("{}{path}", site.url)).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    in_order(
        &show("/en/step/4?service=facebook&country=IE")?,
        &[
            "Step 4 of 7",
            "Explain how this affects you",
            "What to do",
            "Your text for Meta",
            "I have the copyright to my posted data",
            "The text alone, as a plain page",
            "Children can be seen in my pictures",
            "Check, press",
            "Sources for this page",
        ],
    );
    in_order(
        &show("/en/step/2?service=facebook&country=IE")?,
        &[
            "Open the form for Facebook",
            "Open Meta’s form for Facebook",
            "www.facebook.com",
            "What to do",
        ],
    );
    in_order(&show("/en/start")?, &["Facebook", "Instagram", "country"]);
    Ok(())
}

/// Asserts that all of `expected` stands in `text`, one after the other.
fn in_order(text: &str, expected: &[&str]) {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = words.as_str();
    for part in expected {
        let found = rest.split_once(part);
        assert!(found.is_some(), "“{part}” does not follow in: {text}");
        rest = found.map_or("", |(_, after)| after);
    }
}
