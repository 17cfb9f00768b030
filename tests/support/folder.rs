//! A temporary folder for one test, removed when the test ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// A temporary folder, empty at first.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("veto-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("the folder can be created");
        Self(path)
    }

    /// Writes a file, creates its parent folders, and returns its absolute path.
    pub fn write(&self, path: &str, text: &str) -> String {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the folder can be created");
        fs::write(&file, text).expect("the file can be written");
        file.display().to_string()
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}
