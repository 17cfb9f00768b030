//! Has the crate built again when a file is added to `data/` or `locales/`; those that are there already are known to the compiler.

fn main() {
    println!("cargo::rerun-if-changed=../data");
    println!("cargo::rerun-if-changed=../locales");
}
