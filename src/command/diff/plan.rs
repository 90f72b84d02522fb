use std::collections::BTreeSet;

use super::changes;
use crate::command::check::MAX_COMMANDS;
use crate::command::definition::CommandDefinition;
use crate::id::{CommandId, GuildId};
use crate::model::limits::MAX_COMMAND_CREATES_PER_DAY;
use crate::model::{
    ApplicationIntegrationType, Command, CommandOptionDefinition, CommandOptionType, CommandType,
};

/// Where commands are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// In one guild, where changes show at once.
    Guild(GuildId),
}

/// What a plan may do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SyncRules {
    /// Whether commands that are not declared are left alone.
    pub keep_foreign: bool,
    /// Commands that may still be made today.
    pub creates_left: usize,
    /// For whom the application is installed where a command does not say, if that is known: the keys of
    /// [`Application::integration_types_config`](crate::model::Application). Without it, installations that are no
    /// longer declared are not taken back.
    pub default_installs: Option<Vec<ApplicationIntegrationType>>,
}

impl Default for SyncRules {
    fn default() -> Self {
        SyncRules { keep_foreign: false, creates_left: MAX_COMMAND_CREATES_PER_DAY, default_installs: None }
    }
}

/// One call to make.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Step {
    /// Make a command.
    Create(CommandDefinition),
    /// Change one.
    Edit {
        /// Its id.
        id: CommandId,
        /// What it is to be.
        command: CommandDefinition,
        /// What is different, in words: `description`, `sides: max_value`.
        changes: Vec<String>,
    },
    /// Delete one that is no longer declared.
    Delete {
        /// Its id.
        id: CommandId,
        /// What kind of command it is.
        kind: CommandType,
        /// Its name.
        name: String,
    },
}

/// A command that cannot be made now.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WithheldCommand {
    /// The command.
    pub command: CommandDefinition,
    /// Why not.
    pub reason: WithheldReason,
}

/// Why a command cannot be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WithheldReason {
    /// As many were made today as Discord lets an application make.
    DailyLimit,
    /// Commands that are not declared, and are left alone, take up its place.
    NoRoom,
}

/// What has to be done so that Discord has the commands that are declared, in order.
///
/// Its `Display` is for people: `+ /roll`, `~ /ban: description`, `- /old`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// Where.
    pub scope: Scope,
    /// The calls to make.
    pub steps: Vec<Step>,
    /// How many commands are as they should be.
    pub unchanged: usize,
    /// How many are not declared, and are left alone.
    pub foreign: usize,
    /// The commands that cannot be made now.
    pub withheld: Vec<WithheldCommand>,
    whole: Option<Vec<CommandDefinition>>,
}

impl Plan {
    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many commands it makes.
    pub fn creates(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Create(_))).count()
    }

    /// The list that does the same in
    /// [one call](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands),
    /// where that takes nothing away but what the plan deletes.
    ///
    /// An entry point stands in it [as it is](CommandDefinition::is_kept): Discord refuses a list without it.
    pub fn whole(&self) -> Option<&[CommandDefinition]> {
        self.whole.as_deref()
    }
}

/// Compares what is declared with what Discord has in the same scope, which has to be asked for with
/// [`with_localizations`](https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands).
///
/// A bot that declares nothing touches nothing. What is not declared is deleted if this library can have made it: an
/// entry point never is, nor is a command of a kind or with options that this version does not know.
///
/// Commands are told by kind and name. New ones are made before old ones are deleted, unless there is no room for both.
pub fn plan(scope: Scope, existing: &[Command], declared: &[CommandDefinition], rules: &SyncRules) -> Plan {
    let mut plan =
        Plan { scope, steps: Vec::new(), unchanged: 0, foreign: 0, withheld: Vec::new(), whole: None };
    if declared.is_empty() {
        plan.foreign = existing.len();
        return plan;
    }
    let find = |command: &CommandDefinition| {
        existing.iter().find(|old| old.kind == command.kind && old.name == command.name)
    };
    let complete = |command| {
        let mut command = completed(command, scope, rules);
        if let Some(old) = find(&command) {
            changes::spell_out(old, &mut command);
        }
        command
    };
    let declared: Vec<_> = declared.iter().map(complete).collect();
    let (mut creates, mut edits) = (Vec::new(), Vec::new());
    for command in &declared {
        let Some(old) = find(command) else {
            creates.push(command);
            continue;
        };
        let changes = changes::of(old, command);
        if changes.is_empty() {
            plan.unchanged += 1;
        } else {
            edits.push(Step::Edit { id: old.id, command: command.clone(), changes });
        }
    }
    let names: BTreeSet<_> = declared.iter().map(|command| (command.kind, &command.name)).collect();
    let undeclared = existing.iter().filter(|old| !names.contains(&(old.kind, &old.name)));
    let (deletes, foreign): (Vec<_>, Vec<_>) =
        undeclared.partition(|old| !rules.keep_foreign && can_be_ours(old));
    plan.foreign = foreign.len();

    plan.steps = edits;
    let mut creates_left = rules.creates_left;
    for (kind, most, _) in MAX_COMMANDS {
        let of_kind = existing.iter().filter(|old| old.kind == kind).count();
        let deletes: Vec<_> = deletes.iter().copied().filter(|old| old.kind == kind).collect();
        let creates = creates.iter().copied().filter(|command| command.kind == kind);
        plan.replace(creates, &deletes, most.saturating_sub(of_kind), &mut creates_left);
    }
    if foreign.iter().all(|old| can_be_sent_along(old)) && plan.withheld.is_empty() && !plan.is_empty() {
        let kept = foreign.iter().map(|old| CommandDefinition::kept(old));
        plan.whole = Some(declared.into_iter().chain(kept).collect());
    }
    plan
}

impl Plan {
    /// Makes and deletes commands of one kind, with room for so many more.
    fn replace<'a>(
        &mut self,
        creates: impl Iterator<Item = &'a CommandDefinition>,
        deletes: &[&Command],
        room: usize,
        creates_left: &mut usize,
    ) {
        let delete = |old: &&Command| Step::Delete { id: old.id, kind: old.kind, name: old.name.clone() };
        let mut room = room;
        let mut deletes = deletes.iter().map(delete);
        for command in creates {
            let reason = if *creates_left == 0 {
                Some(WithheldReason::DailyLimit)
            } else if room > 0 {
                room -= 1;
                None
            } else if let Some(delete) = deletes.next() {
                self.steps.push(delete);
                None
            } else {
                Some(WithheldReason::NoRoom)
            };
            match reason {
                Some(reason) => self.withheld.push(WithheldCommand { command: command.clone(), reason }),
                None => {
                    *creates_left -= 1;
                    self.steps.push(Step::Create(command.clone()));
                }
            }
        }
        self.steps.extend(deletes);
    }
}

/// A declared command as it will be in this scope.
fn completed(command: &CommandDefinition, scope: Scope, rules: &SyncRules) -> CommandDefinition {
    let mut command = command.clone();
    match scope {
        Scope::Guild(_) => command.for_guild(),
        Scope::Global => {
            if command.integration_types.is_none() {
                command.integration_types.clone_from(&rules.default_installs);
            }
            command
        }
    }
}

/// Whether it is an entry point, of which all is known that it consists of.
fn can_be_sent_along(command: &Command) -> bool {
    let is_readable = command.options.unreadable().is_empty()
        && command.integration_types.unreadable().is_empty()
        && command.contexts.as_ref().is_none_or(|contexts| contexts.unreadable().is_empty());
    command.kind == CommandType::PRIMARY_ENTRY_POINT && command.options.is_empty() && is_readable
}

/// Whether an earlier run can have made it.
fn can_be_ours(command: &Command) -> bool {
    let kind = MAX_COMMANDS.iter().any(|(kind, _, _)| *kind == command.kind);
    kind && command.options.unreadable().is_empty() && command.options.iter().all(is_known)
}

fn is_known(option: &CommandOptionDefinition) -> bool {
    let kind = CommandOptionType::KNOWN.iter().any(|(_, kind)| *kind == option.kind);
    kind && option.options.unreadable().is_empty() && option.options.iter().all(is_known)
}
