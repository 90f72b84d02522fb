//! The messages of the compiler for mistakes in a bot.
//!
//! After a change of the messages, run `TRYBUILD=overwrite cargo test` and review the differences.

#[test]
fn mistakes_in_declarations() {
    trybuild::TestCases::new().compile_fail("cases/command/*.rs");
}

#[test]
fn mistakes_in_handlers() {
    trybuild::TestCases::new().compile_fail("cases/run/*.rs");
}
