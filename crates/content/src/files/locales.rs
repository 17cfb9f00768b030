//! The embedded files of `locales/`. `build.rs` compresses each language as a whole, which takes a fifth of the space: the
//! program embeds some 30 languages, and reads these files only for an operator's overrides.

use std::sync::OnceLock;

use crate::compression::decompress;

/// A language: a folder of `locales/`.
struct Folder {
    code: &'static str,
    /// The names of the files in it and below, such as `journeys/meta-account.toml`, each with its length in bytes.
    files: &'static [(&'static str, usize)],
    /// The texts of these files, one after the other, compressed.
    compressed: &'static [u8],
}

static FOLDERS: &[Folder] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The texts of the files; those of a language are decompressed when the first of them is read.
#[derive(Debug, Default)]
pub struct Locales([OnceLock<String>; FOLDERS.len()]);

impl Locales {
    /// The text of the file at `path`, such as `locales/de/home.toml`.
    pub fn get(&self, path: &str) -> Option<&str> {
        let (index, name) = find(path)?;
        let Folder { files, compressed, .. } = &FOLDERS[index];
        let decompressed = || String::from_utf8(decompress(compressed)).expect("build.rs read the files as UTF-8");
        let texts = self.0[index].get_or_init(decompressed);
        let place = files.iter().position(|(known, _)| *known == name)?;
        let start = files[..place].iter().map(|(_, length)| length).sum();
        texts[start..].get(..files[place].1)
    }
}

/// Whether there is a file at `path`.
pub fn exists(path: &str) -> bool {
    find(path).is_some_and(|(index, name)| FOLDERS[index].files.iter().any(|(known, _)| *known == name))
}

/// The paths of all files.
pub fn paths() -> impl Iterator<Item = String> {
    FOLDERS.iter().flat_map(|Folder { code, files, .. }| {
        let path = move |(name, _): &(&str, usize)| format!("locales/{code}/{name}");
        files.iter().map(path)
    })
}

/// The folder of a path, and the name of the file in it.
fn find(path: &str) -> Option<(usize, &str)> {
    let (code, name) = path.strip_prefix("locales/")?.split_once('/')?;
    Some((FOLDERS.iter().position(|folder| folder.code == code)?, name))
}
