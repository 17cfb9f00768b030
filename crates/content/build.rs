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

const LOCALES: &str = "../../locales";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../../data");
    println!("cargo::rerun-if-changed={LOCALES}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut list = String::from("&[\n");
    for folder in sorted(Path::new(LOCALES))? {
        let code = name(&folder, Path::new(LOCALES))?;
        let (mut names, mut texts) = (String::new(), String::new());
        for file in files(&folder)? {
            let text = fs::read_to_string(&file)?;
            write!(names, "({:?}, {}), ", name(&file, &folder)?, text.len())?;
            texts.push_str(&text);
        }
        let compressed = out.join(code).display().to_string();
        fs::write(&compressed, compression::compress(texts.as_bytes())?)?;
        writeln!(
            list,
            "    Folder {{ code: {code:?}, files: &[{names}], compressed: include_bytes!({compressed:?}) }},"
        )?;
    }
    list.push(']');
    fs::write(out.join("locales.rs"), list)?;
    Ok(())
}

/// The files in `folder` and below.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for path in sorted(folder)? {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// What is in `folder`, in alphabetical order.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

/// `path` below `folder`.
fn name<'a>(path: &'a Path, folder: &Path) -> Result<&'a str, Box<dyn Error>> {
    Ok(path.strip_prefix(folder)?.to_str().ok_or("a path is not UTF-8")?)
}
