//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer event`

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| syncord_fuzz::event(data));
