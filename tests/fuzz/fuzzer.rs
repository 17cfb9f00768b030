//! The fuzzer for one target, which the variable `FUZZ` names. `.ci/full fuzz` builds and runs it.

#![no_main]

use std::sync::LazyLock;

/// The target.
static TARGET: LazyLock<veto_fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ").expect("FUZZ names a target");
    veto_fuzz::target(&name)
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| TARGET(input));
