//! The embedded files of `data/` and `locales/`. `build.rs` compresses `data/` and each language as a whole, which takes a fifth
//! of the space: the program embeds some 30 languages, and reads these files only for an operator's overrides.

use std::ops::Range;
use std::sync::OnceLock;

use crate::compression::decompress;

/// A folder that is compressed as a whole.
struct Folder {
    /// Its path, such as `locales/de/`.
    path: &'static str,
    /// A line for each file in it and below: the name, such as `journeys/meta-account.toml`, a space and the length in bytes. A
    /// list would need a relocation for each of some 2,000 names whenever the program starts.
    files: &'static str,
    /// The texts of these files, one after the other, compressed.
    compressed: &'static [u8],
}

impl Folder {
    /// The texts of the files, one after the other.
    fn texts(&self) -> Vec<u8> {
        decompress(self.compressed, Vec::new())
    }

    /// The names of the files, each with the place of its text.
    fn places(&self) -> impl Iterator<Item = (&'static str, Range<usize>)> {
        let lines = self.files.lines().filter_map(|line| line.split_once(' '));
        lines.scan(0, |end, (name, length)| {
            let start = *end;
            *end += length.parse::<usize>().expect("build.rs wrote a number");
            Some((name, start..*end))
        })
    }
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
        let decompressed = || String::from_utf8(FOLDERS[index].texts()).expect("build.rs read the files as UTF-8");
        self.0[index].get_or_init(decompressed).get(place)
    }
}

/// The texts of all files in the folder at `path`, such as `locales/de/`; empty if there is none.
pub fn texts(path: &str) -> Vec<u8> {
    let mut folders = FOLDERS.iter();
    folders
        .find(|folder| folder.path == path)
        .map(Folder::texts)
        .unwrap_or_default()
}

/// Whether there is a file at `path`.
pub fn exists(path: &str) -> bool {
    find(path).is_some()
}

/// The paths of all files.
pub fn paths() -> impl Iterator<Item = String> {
    FOLDERS.iter().flat_map(|folder| {
        let path = |(name, _): (&str, _)| [folder.path, name].concat();
        folder.places().map(path)
    })
}

/// The folder of the file at `path`, and the place of its text in it.
fn find(path: &str) -> Option<(usize, Range<usize>)> {
    FOLDERS.iter().enumerate().find_map(|(index, folder)| {
        let name = path.strip_prefix(folder.path)?;
        let (_, place) = folder.places().find(|(known, _)| *known == name)?;
        Some((index, place))
    })
}
