//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer response`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| syncord_fuzz::response(data));
