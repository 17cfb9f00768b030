//! Visitors with a real browser: each file of `tests/browser` that holds tests, run against a running wizard.
//!
//! Needs Chromium, Node.js with npm, and Java. What is missing is the reason, on the last lines, why tests are reported as
//! ignored; with `CI` set it fails them.

mod site;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use site::Site;

/// The files, as promises: name, script, whether it needs Java.
const VISITS: [(&str, &str, bool); 8] = [
    (
        "the_whole_way_is_walked_on_a_phone_without_javascript",
        "walk.mjs",
        false,
    ),
    ("what_is_copied_is_what_is_pasted", "copy.mjs", false),
    ("every_page_is_accessible_and_fits_a_small_phone", "access.mjs", false),
    ("the_whole_way_is_walked_with_the_keyboard_alone", "keyboard.mjs", false),
    (
        "letters_are_typed_checked_and_printed_and_kept_by_nobody",
        "letters.mjs",
        false,
    ),
    ("calendar_programs_read_the_days_that_count", "calendar.mjs", false),
    (
        "choices_are_kept_by_the_browser_when_asked_and_wiped_by_a_button_and_by_time",
        "keep.mjs",
        false,
    ),
    ("the_html_checker_finds_nothing", "markup.mjs", true),
];

const PATIENCE: Duration = Duration::from_secs(15 * 60);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tools = if arguments.list {
        Err(String::new())
    } else {
        Tools::find()
    };
    let java = on_path("java").ok_or_else(|| "Java is not installed".to_owned());
    let in_ci = std::env::var_os("CI").is_some();

    let mut missing = Vec::new();
    let trials = VISITS.map(|(name, script, needs_java)| {
        let ready = match (&tools, &java) {
            (Err(reason), _) => Err(reason),
            (Ok(_), Err(reason)) if needs_java => Err(reason),
            (Ok(tools), _) => Ok(tools.clone()),
        };
        match ready {
            Ok(tools) => Trial::test(name, move || tools.run(script)),
            Err(reason) => {
                missing.push(format!("{name}: {reason}"));
                let reason = reason.clone();
                Trial::test(name, move || Err(reason.into())).with_ignored_flag(!in_ci)
            }
        }
    });
    let conclusion = libtest_mimic::run(&arguments, trials.into());
    if !arguments.list {
        for reason in missing {
            println!("not tested in a browser: {reason}");
        }
    }
    conclusion.exit_code()
}

/// What the visits need.
#[derive(Clone)]
struct Tools {
    folder: PathBuf,
    chromium: PathBuf,
}

impl Tools {
    /// Finds the programs, and fetches the packages of the lock file if they are not there.
    fn find() -> Result<Self, String> {
        on_path("node").ok_or("Node.js is not installed")?;
        let chromium = std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .or_else(|| {
                ["chromium", "chromium-browser", "google-chrome"]
                    .into_iter()
                    .find_map(on_path)
            })
            .ok_or("Chromium is not installed")?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        if !packages_are_fresh(&folder) {
            on_path("npm").ok_or("npm is not installed")?;
            let fetched = Command::new("npm").arg("ci").current_dir(&folder).output();
            let fetched = fetched.map_err(|error| format!("npm does not run: {error}"))?;
            if !fetched.status.success() {
                return Err(format!("npm ci failed: {}", shown(&fetched)));
            }
        }
        Ok(Self { folder, chromium })
    }

    /// Runs one file against a wizard of its own.
    fn run(&self, script: &str) -> Result<(), Failed> {
        let site = Site::start();
        let visit = Command::new("node")
            .arg(self.folder.join(script))
            .arg(&site.url)
            .arg(&self.chromium)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let output = finish(visit)?;
        if output.status.success() {
            Ok(())
        } else {
            Err(shown(&output).into())
        }
    }
}

/// Waits for a visit to end, and ends it when it takes too long.
fn finish(visit: Child) -> Result<Output, Failed> {
    let number = visit.id().to_string();
    let waiting = thread::spawn(move || visit.wait_with_output());
    let start = Instant::now();
    while !waiting.is_finished() {
        if start.elapsed() > PATIENCE {
            _ = Command::new("kill").arg(&number).status();
            return Err(format!("it did not end within {} seconds", PATIENCE.as_secs()).into());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(waiting.join().expect("waiting does not panic")?)
}

/// Whether the packages were fetched after the lock file was last changed.
fn packages_are_fresh(folder: &Path) -> bool {
    let changed = |file: &str| folder.join(file).metadata().and_then(|file| file.modified()).ok();
    changed("node_modules/.package-lock.json") >= changed("package-lock.json")
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn shown(output: &Output) -> String {
    format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
