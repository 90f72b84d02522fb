//! Runs one test of this binary in a process of its own: for what belongs to a process, as its environment and memory do.

use std::env;
use std::process::{Child, Command, Stdio};

const IS_CHILD: &str = "SYNCORD_TEST_CHILD";

/// Whether this process is such a child.
pub(crate) fn is_child() -> bool {
    env::var_os(IS_CHILD).is_some()
}

/// The child's command; `test` is named from the top, as in `module::name`.
pub(crate) fn command(test: &str, variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    command.env(IS_CHILD, "1").stdin(Stdio::null());
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

/// Runs the child, which must succeed, and gives what it printed.
pub(crate) fn run(test: &str, variables: &[(&str, String)]) -> String {
    let output = command(test, variables).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// A child that does not outlive its test.
pub(crate) struct Guarded(pub(crate) Child);

impl Drop for Guarded {
    fn drop(&mut self) {
        // Most often it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
