use std::fmt;

use super::{Left, Plan, Scope, Step, Withheld};
use crate::command::definition::Title;

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Global => f.write_str("all guilds"),
            Scope::Guild(id) => write!(f, "guild {id}"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Create(command) => write!(f, "+ {}", command.title()),
            Step::Edit { command, changes, .. } => write!(f, "~ {}: {}", command.title(), changes.join(", ")),
            Step::Delete { kind, name, .. } => write!(f, "- {}", Title(*kind, name)),
        }
    }
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Withheld::DailyLimit => "not today: Discord takes no more new commands until tomorrow",
            Withheld::NoRoom => "no room: commands that are not declared here take it up",
        })
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "! {}: {}", self.command.title(), self.why)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "commands of {}: {} unchanged", self.scope, self.unchanged)?;
        if self.foreign > 0 {
            write!(f, ", {} left alone", self.foreign)?;
        }
        for step in &self.steps {
            write!(f, "\n{step}")?;
        }
        for left in &self.withheld {
            write!(f, "\n{left}")?;
        }
        Ok(())
    }
}
