//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer interaction`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| syncord_fuzz::interaction(data));
