//! The embedded files of `locales/`. Compressed by `build.rs`, they take a third of the space: the program embeds some 30
//! languages, and reads these files only for an operator's overrides.

/// The paths, such as `locales/de/home.toml`, in alphabetical order, with the compressed files.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The file at `path`.
pub fn get(path: &str) -> Option<Vec<u8>> {
    let index = position(path)?;
    Some(crate::compression::decompress(FILES[index].1))
}

/// Whether there is a file at `path`.
pub fn exists(path: &str) -> bool {
    position(path).is_some()
}

/// All paths, in alphabetical order.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(path, _)| *path)
}

fn position(path: &str) -> Option<usize> {
    FILES.binary_search_by_key(&path, |(path, _)| path).ok()
}
