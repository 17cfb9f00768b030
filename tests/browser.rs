//! A real browser: each test file of `tests/browser`, run against a server of its own.
//!
//! Needs Chromium, Node.js with npm, and Java; for the other engines Firefox with geckodriver, the driver of `WebKitGTK`,
//! and Xvfb.

mod support;

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use support::needs::{Tests, program};
use support::repository;
use support::server::Server;

/// How the server is started.
#[derive(Clone, Copy)]
enum Instance {
    /// On a host of its own, without settings.
    Root,
    /// Below a base path, with everything that an operator can add to a page: `tests/browser/instance.toml`.
    BasePath,
    /// The same; the script is told to look at translations.
    Translations,
}

/// The files: name of the test, script, instance, whether it needs Java.
const SCRIPTS: &[(&str, &str, Instance, bool)] = &[
    (
        "every_page_is_accessible_and_fits_a_small_phone",
        "access.mjs",
        Instance::BasePath,
        false,
    ),
    (
        "all_steps_are_walked_on_a_phone_without_javascript",
        "walk.mjs",
        Instance::Root,
        false,
    ),
    (
        "all_steps_are_walked_below_a_base_path",
        "walk.mjs",
        Instance::BasePath,
        false,
    ),
    (
        "each_journey_on_one_page_is_walked_to_its_end",
        "journeys.mjs",
        Instance::Root,
        false,
    ),
    ("what_is_copied_is_what_is_pasted", "copy.mjs", Instance::Root, false),
    (
        "pages_in_arabic_french_and_ukrainian_are_accessible_and_fit_a_small_phone",
        "access.mjs",
        Instance::Translations,
        false,
    ),
    (
        "all_steps_are_walked_with_the_keyboard_alone",
        "keyboard.mjs",
        Instance::Root,
        false,
    ),
    (
        "letters_are_typed_checked_and_printed_and_not_kept",
        "letters.mjs",
        Instance::Root,
        false,
    ),
    (
        "the_overview_is_filtered_and_a_check_list_is_one_printed_page",
        "companies.mjs",
        Instance::Root,
        false,
    ),
    (
        "slides_are_turned_by_keys_and_read_from_the_last_row",
        "slides.mjs",
        Instance::Root,
        false,
    ),
    (
        "papers_are_printed_on_their_number_of_pages",
        "papers.mjs",
        Instance::Root,
        false,
    ),
    (
        "calendar_programs_read_the_calendar_files",
        "calendar.mjs",
        Instance::Root,
        false,
    ),
    (
        "choices_are_kept_on_request_and_deleted_by_a_button_and_after_a_time",
        "keep.mjs",
        Instance::BasePath,
        false,
    ),
    (
        "the_html_checker_finds_no_error",
        "markup.mjs",
        Instance::BasePath,
        true,
    ),
];

/// The other engines: name of the test, name for the script, programs. Safari on an iPhone is of the family of
/// `WebKitGTK`.
const ENGINES: &[(&str, &str, &[&str])] = &[
    (
        "an_objection_is_walked_in_firefox",
        "firefox",
        &["firefox-esr", "geckodriver", "Xvfb"],
    ),
    (
        "an_objection_is_walked_in_webkitgtk",
        "webkit",
        &["WebKitWebDriver", "Xvfb"],
    ),
];

const TIME_LIMIT: Duration = Duration::from_secs(15 * 60);

fn main() -> ExitCode {
    let mut tests = Tests::new("browser");
    let tools = if tests.are_only_listed() {
        Err(String::new())
    } else {
        Tools::find()
    };
    // The long ones first, so that the last ones end together.
    for &(name, engine, programs) in ENGINES {
        let mut programs = programs.iter().chain(&["node"]);
        let ready = programs.try_for_each(|name| program(name).map(drop));
        tests.add(name, ready, move |()| {
            run_script("engines.mjs", Instance::Root, engine.as_ref())
        });
    }
    for &(name, script, instance, needs_java) in SCRIPTS {
        let java = if needs_java { program("java").map(drop) } else { Ok(()) };
        let ready = tools.clone().and_then(|tools| java.map(|()| tools));
        tests.add(name, ready, move |tools| {
            run_script(script, instance, tools.chromium.as_os_str())
        });
    }
    tests.run()
}

/// What the scripts need.
#[derive(Clone)]
struct Tools {
    chromium: PathBuf,
}

impl Tools {
    /// Finds the programs, and downloads the packages of the lock file if they are missing or old.
    fn find() -> Result<Self, String> {
        program("node")?;
        let chromium = std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .or_else(|| {
                let names = ["chromium", "chromium-browser", "google-chrome"];
                names.into_iter().find_map(|name| program(name).ok())
            })
            .ok_or("chromium is not installed")?;
        let folder = folder();
        if !packages_are_current(&folder) {
            let npm = program("npm")?;
            let output = Command::new(npm).arg("ci").current_dir(&folder).output();
            let output = output.map_err(|error| format!("npm cannot be started: {error}"))?;
            if !output.status.success() {
                let error = String::from_utf8_lossy(&output.stderr);
                let reason = error.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                return Err(format!("npm ci failed: {reason}"));
            }
        }
        Ok(Self { chromium })
    }
}

/// The folder of the scripts.
fn folder() -> PathBuf {
    repository::path("tests/browser")
}

/// Whether the packages were installed after the lock file was last changed.
fn packages_are_current(folder: &Path) -> bool {
    let changed = |file: &str| {
        let file = folder.join(file).metadata();
        file.and_then(|file| file.modified()).ok()
    };
    changed("node_modules/.package-lock.json") >= changed("package-lock.json")
}

/// Runs one script against a server of its own, with the browser that it is to start.
fn run_script(script: &str, instance: Instance, browser: &OsStr) -> Result<(), Failed> {
    let server = Server::start_with(|command| {
        // As in a home network, where the site has other names than localhost.
        command.args(["--listen", "0.0.0.0"]);
        if !matches!(instance, Instance::Root) {
            command.arg("--config").arg(folder().join("instance.toml"));
        }
    });
    let mut command = Command::new("node");
    command
        .arg(folder().join(script))
        .arg(&server.url)
        .arg(browser)
        .args(matches!(instance, Instance::Translations).then_some("translations"));
    let output = run_with_time_limit(&mut command)?;
    if output.status.success() {
        Ok(())
    } else {
        let [out, error] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        Err(format!("{out}\n{error}").into())
    }
}

/// Runs a program to its end, and kills it after [`TIME_LIMIT`].
fn run_with_time_limit(command: &mut Command) -> Result<Output, Failed> {
    /// Reads on a thread of its own, so that the program never waits for a full pipe.
    fn read(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // What was read before an error is shown all the same.
            _ = pipe.read_to_end(&mut bytes);
            bytes
        })
    }

    let mut process = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdout = read(process.stdout.take().expect("standard output is piped"));
    let stderr = read(process.stderr.take().expect("standard error is piped"));
    let start = Instant::now();
    let status = loop {
        if let Some(status) = process.try_wait()? {
            break status;
        }
        if start.elapsed() > TIME_LIMIT {
            process.kill()?;
            process.wait()?;
            return Err(format!("it did not end within {} seconds", TIME_LIMIT.as_secs()).into());
        }
        thread::sleep(Duration::from_millis(50));
    };
    let output = |thread: thread::JoinHandle<Vec<u8>>| thread.join().expect("reading does not panic");
    Ok(Output {
        status,
        stdout: output(stdout),
        stderr: output(stderr),
    })
}
