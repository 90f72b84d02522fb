//! Mistakes that the compiler finds, and that its message is about what was meant.
//!
//! After a change of the messages: `TRYBUILD=overwrite cargo test`, and read what changed.

#[test]
fn mistakes_in_what_is_declared() {
    trybuild::TestCases::new().compile_fail("cases/command/*.rs");
}

#[test]
fn mistakes_in_handlers() {
    trybuild::TestCases::new().compile_fail("cases/run/*.rs");
}
