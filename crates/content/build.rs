//! Rebuilds the crate when a file is added to `data/` or `locales/`; the compiler tracks existing files.

fn main() {
    println!("cargo::rerun-if-changed=../../data");
    println!("cargo::rerun-if-changed=../../locales");
}
