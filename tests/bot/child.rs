//! Runs one test of this binary in a separate process, for tests of the environment and of memory.

use std::env;
use std::process::{Command, Stdio};

const IS_CHILD: &str = "SYNCORD_TEST_CHILD";

/// Whether this process is a child.
pub(crate) fn is_child() -> bool {
    env::var_os(IS_CHILD).is_some()
}

/// The command of the child. `test` is the full name, as in `module::name`.
pub(crate) fn command(test: &str, variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    command.env(IS_CHILD, "1").stdin(Stdio::null());
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

/// Runs the child, which must succeed; returns its standard output.
pub(crate) fn run(test: &str, variables: &[(&str, String)]) -> String {
    let output = command(test, variables).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}
