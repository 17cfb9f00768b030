//! Compresses the files of `data/` and `locales/`, which are most of the program, and lists them for `src/files/embedded.rs`.

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
    let root = Path::new(ROOT);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut folders = vec![root.join("data")];
    folders.extend(sorted(&root.join("locales"))?);
    let mut list = String::from("&[\n");
    for (number, folder) in folders.iter().enumerate() {
        let (mut names, mut texts) = (String::new(), String::new());
        for file in files(folder)? {
            let text = fs::read_to_string(&file)?;
            writeln!(names, "{} {}", name(&file, folder)?, text.len())?;
            texts.push_str(&text);
        }
        let path = name(folder, root)? + "/";
        let compressed = out.join(format!("{number}.br"));
        fs::write(&compressed, compression::compress(texts.as_bytes(), &[])?)?;
        let compressed = compressed.display().to_string();
        writeln!(
            list,
            "    Folder {{ path: {path:?}, files: {names:?}, compressed: include_bytes!({compressed:?}) }},"
        )?;
    }
    list.push(']');
    fs::write(out.join("folders.rs"), list)?;
    for folder in ["data", "locales"] {
        println!("cargo::rerun-if-changed={ROOT}/{folder}");
    }
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

/// `path` below `folder`, with `/` on every system.
fn name(path: &Path, folder: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.strip_prefix(folder)?.to_str().ok_or("a path is not UTF-8")?;
    Ok(name.replace('\\', "/"))
}
