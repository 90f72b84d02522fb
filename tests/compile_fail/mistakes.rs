//! The messages of the compiler for mistakes in a bot.
//!
//! After a change of the messages, run `TRYBUILD=overwrite cargo test` and review the differences.

use std::fs;
use std::path::Path;

/// About one screen. The longest ones show a signature of this crate, which the compiler adds.
const MAX_LINES: usize = 30;

#[test]
fn mistakes_in_declarations() {
    trybuild::TestCases::new().compile_fail("cases/command/*.rs");
}

#[test]
fn mistakes_in_handlers() {
    trybuild::TestCases::new().compile_fail("cases/run/*.rs");
}

#[test]
fn each_error_fits_on_a_screen_and_names_the_line_of_the_mistake() {
    for folder in ["command", "run"] {
        for entry in fs::read_dir(Path::new("cases").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "stderr") {
                continue;
            }
            let name = path.file_stem().unwrap().to_str().unwrap();
            for error in fs::read_to_string(&path).unwrap().split("\n\nerror") {
                let lines = error.lines().count();
                assert!(lines <= MAX_LINES, "{name}: {lines} lines");
                let place = format!("--> cases/{folder}/{name}.rs:");
                assert!(error.lines().nth(1).is_some_and(|line| line.contains(&place)), "{name}: {error}");
            }
        }
    }
}

/// This package has `syncord` without its feature `sim`.
#[test]
fn without_the_simulation_a_program_without_a_token_says_how_to_get_it() {
    if std::env::var_os("DISCORD_TOKEN").is_some() {
        println!("skipped: there is a token");
        return;
    }
    let error = syncord::Bot::from_env_or_playground().unwrap_err().to_string();
    assert!(error.contains("DISCORD_TOKEN") && error.contains("cargo add syncord --features sim"), "{error}");
}
