//! Runs this program under callgrind.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, io};

use syncord::Result;

use crate::cases::{Case, TYPING_START};
use crate::server;

/// An installed valgrind.
pub(crate) struct Valgrind {
    program: PathBuf,
}

impl Valgrind {
    /// `None` if it is not installed.
    pub(crate) fn find() -> Option<Valgrind> {
        let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
        let program = env::current_exe().ok()?;
        version.is_ok_and(|status| status.success()).then_some(Valgrind { program })
    }

    /// The instructions for one more item. The start and the end of the program are in both runs.
    pub(crate) fn per_item(&self, case: Case) -> Result<u64> {
        let items = case.items();
        let (once, twice) = (self.run(case, items)?, self.run(case, 2 * items)?);
        Ok(twice.saturating_sub(once) / items)
    }

    /// The instructions of all threads of a run.
    fn run(&self, case: Case, items: u64) -> Result<u64> {
        let port = server::start("TYPING_START", TYPING_START, items)?;
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.program)
            .args(["run", case.name(), &items.to_string(), &port.to_string()])
            .output()?;
        let text = String::from_utf8_lossy(&output.stderr);
        let counted = text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
        match (output.status.success(), counted) {
            (true, Some(counted)) => Ok(counted),
            _ => Err(io::Error::other(format!("{} failed under callgrind: {text}", case.name())).into()),
        }
    }
}
