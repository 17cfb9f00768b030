//! Repeats which tests were skipped, and why. `cargo test` runs packages in alphabetical order, so what this package
//! prints comes after the output of all other tests. The lines are written by `tests/support/needs.rs`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    if std::env::args().any(|argument| argument == "--list") {
        return Ok(());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped");
    if !folder.is_dir() {
        // None of the tests that can be skipped was asked for.
        return Ok(());
    }
    let files = std::fs::read_dir(&folder)?.map(|file| Ok(file?.path()));
    let mut files = files.collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    let lines = files.iter().map(std::fs::read_to_string);
    let lines = lines.collect::<std::io::Result<String>>()?;
    // So that the next run does not repeat what was skipped in this one.
    std::fs::remove_dir_all(&folder)?;
    if lines.is_empty() {
        println!("\nno test was skipped");
    } else {
        print!("\n{lines}");
    }
    Ok(())
}
