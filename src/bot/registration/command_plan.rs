//! The changes that a start would make to the bot's commands.

use std::fmt;

use crate::command::Plan;

/// The changes that a start would make to the bot's commands: see [`Bot::plan_commands`](crate::bot::Bot::plan_commands).
///
/// Its `Display` is for people: `+ /roll`, `~ /ban: description`, `- /old`.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandPlan(pub(crate) Vec<Plan>);

impl CommandPlan {
    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Plan::is_empty)
    }

    /// The changes in each scope: global, or in each of the test guilds.
    pub fn plans(&self) -> &[Plan] {
        &self.0
    }
}

impl fmt::Display for CommandPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("no commands are declared, so none are touched");
        }
        for (place, plan) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            plan.fmt(f)?;
        }
        Ok(())
    }
}
