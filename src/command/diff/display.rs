use std::fmt;

use super::plan::{Plan, PlanStep, Scope, WithheldCommand, WithheldReason};
use crate::command::definition::CommandTitle;

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Global => f.write_str("all guilds"),
            Scope::Guild(id) => write!(f, "guild {id}"),
        }
    }
}

impl fmt::Display for PlanStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlanStep::Create(command) => write!(f, "+ {}", command.title()),
            PlanStep::Edit { command, changes, .. } => {
                write!(f, "~ {}: {}", command.title(), changes.join(", "))
            }
            PlanStep::Delete { kind, name, .. } => write!(f, "- {}", CommandTitle(*kind, name)),
        }
    }
}

impl fmt::Display for WithheldReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WithheldReason::DailyLimit => {
                "the daily limit of new commands is reached; it can be created tomorrow"
            }
            WithheldReason::NoRoom => {
                "the maximum number of commands is reached, by commands that are not declared here"
            }
        })
    }
}

impl fmt::Display for WithheldCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "! {}: {}", self.command.title(), self.reason)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "commands of {}: {} unchanged", self.scope, self.unchanged)?;
        if self.foreign > 0 {
            write!(f, ", {} kept", self.foreign)?;
        }
        for step in &self.steps {
            write!(f, "\n{step}")?;
        }
        for withheld in &self.withheld {
            write!(f, "\n{withheld}")?;
        }
        Ok(())
    }
}
