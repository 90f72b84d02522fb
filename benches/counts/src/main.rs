//! Counts the instructions of the paths that run for each event, and fails if they have grown.
//!
//! Arguments: nothing to compare all cases, or the names of some; `--bless` writes the figures. The program runs itself
//! under callgrind as `run CASE ITEMS PORT`.

mod callgrind;
mod cases;
mod figures;
mod server;

use std::process::{Command, ExitCode};
use std::{env, io};

use callgrind::Valgrind;
use cases::Case;
use figures::Figures;
use syncord::Result;

/// How much a case may grow, in percent. Less than that is also the difference between two machines.
const TOLERANCE: f64 = 10.0;

fn main() -> Result<ExitCode> {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["run", case, items, port] => {
            cases::run(named(case)?, items.parse()?, port.parse()?).map(|()| ExitCode::SUCCESS)
        }
        ["--bless"] => compare(&Case::ALL, true),
        [] => compare(&Case::ALL, false),
        names => compare(&names.iter().map(|name| named(name)).collect::<Result<Vec<_>>>()?, false),
    }
}

fn named(name: &str) -> Result<Case> {
    let case = Case::ALL.into_iter().find(|case| case.name() == name);
    Ok(case.ok_or_else(|| io::Error::other(format!("there is no case {name:?}")))?)
}

fn compare(cases: &[Case], bless: bool) -> Result<ExitCode> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        println!("skipped: the figures are those of x86-64 Linux");
        return Ok(ExitCode::SUCCESS);
    }
    let Some(valgrind) = Valgrind::find() else {
        println!("skipped: valgrind is not installed");
        return Ok(ExitCode::SUCCESS);
    };
    let blessed_with = include_str!("../blessed-with").trim();
    let rustc = String::from_utf8(Command::new("rustc").arg("--version").output()?.stdout)?;
    if !bless && !rustc.starts_with(blessed_with) {
        println!("skipped: the figures are those of {blessed_with}");
        return Ok(ExitCode::SUCCESS);
    }
    let mut figures = Figures::read()?;
    let mut grown = Vec::new();
    println!("{:20} {:>12} {:>12}", "case", "instructions", "figure");
    for &case in cases {
        let counted = valgrind.per_item(case)?;
        let figure = figures.get(case.name());
        let change = figure.map_or(0.0, |figure| (counted as f64 / figure as f64 - 1.0) * 100.0);
        let figure = figure.map_or("none".to_owned(), |figure| figure.to_string());
        println!("{:20} {counted:12} {figure:>12} {change:+6.1} %", case.name());
        if bless {
            figures.set(case.name(), counted);
        } else if change > TOLERANCE || figure == "none" {
            grown.push(case.name());
        } else if change < -TOLERANCE {
            println!("  much less than the figure: run this with --bless, so that it stays so");
        }
    }
    if bless {
        figures.write()?;
    } else if !grown.is_empty() {
        println!("more than {TOLERANCE} % above the figure, or without one: {}", grown.join(", "));
        println!("if that is intended, run this with --bless and give the reason in the commit");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
