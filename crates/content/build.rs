//! Compresses the files of `locales/`, which are most of the program, and lists them for `src/files/locales.rs`. Rebuilds the
//! crate when a file is added to `data/`; the compiler tracks existing files.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(dead_code, reason = "the build decompresses nothing")]
#[path = "src/compression.rs"]
mod compression;

/// The root of the repository.
const ROOT: &str = "../..";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../../data");
    println!("cargo::rerun-if-changed={ROOT}/locales");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut paths = Vec::new();
    collect(&Path::new(ROOT).join("locales"), &mut paths)?;
    let mut files = Vec::new();
    for (number, path) in paths.iter().enumerate() {
        let compressed = out.join(format!("{number}.br"));
        fs::write(&compressed, compression::compress(&fs::read(path)?)?)?;
        let name = path.strip_prefix(ROOT)?.to_str().ok_or("a path is not UTF-8")?;
        files.push((name, compressed.display().to_string()));
    }
    files.sort();
    let mut list = String::from("&[\n");
    for (name, compressed) in files {
        writeln!(list, "    ({name:?}, include_bytes!({compressed:?})),")?;
    }
    list.push(']');
    fs::write(out.join("locales.rs"), list)?;
    Ok(())
}

/// Adds the files in `folder` and below to `found`.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
