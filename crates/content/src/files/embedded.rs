//! The embedded files of `data/` and `locales/`. `build.rs` compresses `data/` and each language as a whole, which takes a fifth
//! of the space: the program embeds some 30 languages, and reads these files only for an operator's overrides.

use std::sync::OnceLock;

use crate::compression::decompress;

/// A folder that is compressed as a whole.
struct Folder {
    /// Its path, such as `locales/de/`.
    path: &'static str,
    /// The names of the files in it and below, such as `journeys/meta-account.toml`, each with its length in bytes.
    files: &'static [(&'static str, usize)],
    /// The texts of these files, one after the other, compressed.
    compressed: &'static [u8],
}

static FOLDERS: &[Folder] = include!(concat!(env!("OUT_DIR"), "/folders.rs"));

/// The texts of the files; those of a folder are decompressed when the first of them is read.
#[derive(Debug)]
pub struct Embedded([OnceLock<String>; FOLDERS.len()]);

impl Default for Embedded {
    fn default() -> Self {
        Self(std::array::from_fn(|_| OnceLock::new()))
    }
}

impl Embedded {
    /// The text of the file at `path`, such as `locales/de/home.toml`.
    pub fn get(&self, path: &str) -> Option<&str> {
        let (index, place) = find(path)?;
        let Folder { files, compressed, .. } = &FOLDERS[index];
        let decompressed = || String::from_utf8(decompress(compressed)).expect("build.rs read the files as UTF-8");
        let texts = self.0[index].get_or_init(decompressed);
        let start = files[..place].iter().map(|(_, length)| length).sum();
        texts[start..].get(..files[place].1)
    }
}

/// Whether there is a file at `path`.
pub fn exists(path: &str) -> bool {
    find(path).is_some()
}

/// The paths of all files.
pub fn paths() -> impl Iterator<Item = String> {
    FOLDERS.iter().flat_map(|folder| {
        let path = |(name, _): &(&str, usize)| [folder.path, name].concat();
        folder.files.iter().map(path)
    })
}

/// The folder and the place in it of the file at `path`.
fn find(path: &str) -> Option<(usize, usize)> {
    FOLDERS.iter().enumerate().find_map(|(index, folder)| {
        let name = path.strip_prefix(folder.path)?;
        Some((index, folder.files.iter().position(|(known, _)| *known == name)?))
    })
}
