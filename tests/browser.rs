//! Visitors with a real browser: each file of `tests/browser` that holds tests, run against a running wizard.
//!
//! Needs Chromium, Node.js with npm, and Java.

#[path = "site/needs.rs"]
mod needs;
mod site;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use needs::{Tests, program};
use site::Site;

/// Where a wizard is visited.
#[derive(Clone, Copy)]
enum Place {
    /// On a host of its own, without settings.
    Root,
    /// Below a path, with all that an operator may add to a page: `tests/browser/instance.toml`.
    Path,
}

/// The files, as promises: name, script, where, whether it needs Java.
const VISITS: [(&str, &str, Place, bool); 9] = [
    (
        "the_whole_way_is_walked_on_a_phone_without_javascript",
        "walk.mjs",
        Place::Root,
        false,
    ),
    ("the_whole_way_is_walked_below_a_path", "walk.mjs", Place::Path, false),
    ("what_is_copied_is_what_is_pasted", "copy.mjs", Place::Root, false),
    (
        "every_page_is_accessible_and_fits_a_small_phone",
        "access.mjs",
        Place::Path,
        false,
    ),
    (
        "the_whole_way_is_walked_with_the_keyboard_alone",
        "keyboard.mjs",
        Place::Root,
        false,
    ),
    (
        "letters_are_typed_checked_and_printed_and_kept_by_nobody",
        "letters.mjs",
        Place::Root,
        false,
    ),
    (
        "calendar_programs_read_the_days_that_count",
        "calendar.mjs",
        Place::Root,
        false,
    ),
    (
        "choices_are_kept_when_asked_and_wiped_by_a_button_and_by_time",
        "keep.mjs",
        Place::Path,
        false,
    ),
    ("the_html_checker_finds_nothing", "markup.mjs", Place::Path, true),
];

const PATIENCE: Duration = Duration::from_secs(15 * 60);

fn main() -> ExitCode {
    let mut tests = Tests::new();
    let tools = if tests.are_only_listed() {
        Err(String::new())
    } else {
        Tools::find()
    };
    for (name, script, place, needs_java) in VISITS {
        let java = if needs_java { program("java").map(drop) } else { Ok(()) };
        let ready = tools.clone().and_then(|tools| java.map(|()| tools));
        tests.add(name, ready, move |tools| tools.run(script, place));
    }
    tests.run()
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
        program("node")?;
        let chromium = std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .or_else(|| {
                let names = ["chromium", "chromium-browser", "google-chrome"];
                names.into_iter().find_map(|name| program(name).ok())
            })
            .ok_or("chromium is not installed")?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        if !packages_are_fresh(&folder) {
            program("npm")?;
            let fetched = Command::new("npm").arg("ci").current_dir(&folder).output();
            let fetched = fetched.map_err(|error| format!("npm does not run: {error}"))?;
            if !fetched.status.success() {
                return Err(format!("npm ci failed: {}", shown(&fetched)));
            }
        }
        Ok(Self { folder, chromium })
    }

    /// Runs one file against a wizard of its own.
    fn run(&self, script: &str, place: Place) -> Result<(), Failed> {
        let site = Site::start_with(|command| {
            if matches!(place, Place::Path) {
                command.arg("--config").arg(self.folder.join("instance.toml"));
            }
        });
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

fn shown(output: &Output) -> String {
    format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
