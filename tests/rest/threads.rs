//! A system that gives no more threads.

use std::process::Command;

use syncord::rest::Client;
use syncord::{Error, Token};

use crate::server::TOKEN;

/// Larger than the address space, so that every thread is refused.
const STACK: &str = "1125899906842624";

/// The program that the next test runs. Its only thread is the main one.
#[test]
fn program_without_threads() {
    if std::env::var_os("RUST_MIN_STACK").is_none_or(|size| size != STACK) {
        return;
    }
    let url = "http://localhost:9/api";
    let client = Client::builder(Token::new(TOKEN).unwrap()).api_url(url).build().unwrap();
    let error = client.current_user().unwrap_err();
    assert!(matches!(error, Error::Network { .. }) && error.is_temporary(), "{error}");
    println!("{error}");
}

#[test]
fn a_call_without_a_thread_to_resolve_the_name_fails_with_the_reason() {
    let program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "threads::program_without_threads", "--nocapture", "--test-threads=1"])
        .env("RUST_MIN_STACK", STACK)
        .output()
        .unwrap();
    let output = String::from_utf8(program.stdout).unwrap();
    assert!(program.status.success(), "{output} {}", String::from_utf8_lossy(&program.stderr));
    let expected =
        "could not send GET /users/@me: the name localhost could not be resolved: the system gives no thread";
    assert!(output.contains(expected), "{output}");
}
