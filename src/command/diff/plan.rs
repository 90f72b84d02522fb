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
    /// In all guilds and direct messages.
    Global,
    /// In one guild. Changes are visible there at once.
    Guild(GuildId),
}

/// What a plan may change.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SyncRules {
    /// Whether registered commands that are not declared are kept.
    pub keep_foreign: bool,
    /// The number of commands that may still be created today.
    pub creates_left: usize,
    /// The integration types of commands that do not set them, if known: the keys of
    /// [`Application::integration_types_config`](crate::model::Application). If it is `None`, integration types that are no
    /// longer declared are not removed.
    pub default_integration_types: Option<Vec<ApplicationIntegrationType>>,
}

impl Default for SyncRules {
    fn default() -> Self {
        SyncRules {
            keep_foreign: false,
            creates_left: MAX_COMMAND_CREATES_PER_DAY,
            default_integration_types: None,
        }
    }
}

/// One request to send.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PlanStep {
    /// Create a command.
    Create(CommandDefinition),
    /// Edit a command.
    Edit {
        /// The ID of the registered command.
        id: CommandId,
        /// The new definition.
        command: CommandDefinition,
        /// The fields that differ: `description`, `sides: max_value`.
        changes: Vec<String>,
    },
    /// Delete a command that is no longer declared.
    Delete {
        /// The ID of the registered command.
        id: CommandId,
        /// The type of the command.
        kind: CommandType,
        /// The name of the command.
        name: String,
    },
}

/// A declared command that cannot be created now.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WithheldCommand {
    /// The command.
    pub command: CommandDefinition,
    /// Why it cannot be created.
    pub reason: WithheldReason,
}

/// Why a command cannot be created now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WithheldReason {
    /// The daily limit of command creations is reached.
    DailyLimit,
    /// The maximum number of commands is reached, by commands that are not declared and are kept.
    NoRoom,
}

/// The steps after which Discord has the declared commands, in order.
///
/// `Display` writes it for people: `+ /roll`, `~ /ban: description`, `- /old`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// Where the commands are registered.
    pub scope: Scope,
    /// The requests to send.
    pub steps: Vec<PlanStep>,
    /// The number of commands that need no change.
    pub unchanged: usize,
    /// The number of commands that are not declared and are kept.
    pub foreign: usize,
    /// The declared commands that cannot be created now.
    pub withheld: Vec<WithheldCommand>,
    bulk_overwrite: Option<Vec<CommandDefinition>>,
}

impl Plan {
    /// Whether there are no steps.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The number of commands that are created.
    pub fn create_count(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, PlanStep::Create(_))).count()
    }

    /// The list that does the same in
    /// [one request](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands).
    /// `None` where that request would delete more than the plan does.
    ///
    /// The list contains an existing entry point [unchanged](CommandDefinition::is_entry_point), because Discord rejects a
    /// list without it.
    pub fn bulk_overwrite(&self) -> Option<&[CommandDefinition]> {
        self.bulk_overwrite.as_deref()
    }
}

/// Compares the declared commands with the registered commands of the same scope. Fetch those with
/// [`with_localizations`](https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands).
///
/// Without declared commands the plan is empty. Otherwise it deletes commands that are not declared, if this library can
/// have created them: it never deletes an entry point, or a command with a type or an option that this version does not
/// know.
///
/// A command is identified by its type and name. New commands are created before old ones are deleted, unless the maximum
/// number of commands is reached.
pub fn plan(scope: Scope, existing: &[Command], declared: &[CommandDefinition], rules: &SyncRules) -> Plan {
    let mut plan = Plan {
        scope,
        steps: Vec::new(),
        unchanged: 0,
        foreign: 0,
        withheld: Vec::new(),
        bulk_overwrite: None,
    };
    if declared.is_empty() {
        plan.foreign = existing.len();
        return plan;
    }
    let find = |command: &CommandDefinition| {
        existing.iter().find(|old| old.kind == command.kind && old.name == command.name)
    };
    let in_scope = |command| {
        let mut command = for_scope(command, scope, rules);
        if let Some(old) = find(&command) {
            changes::write_out_contexts(old, &mut command);
        }
        command
    };
    let declared: Vec<_> = declared.iter().map(in_scope).collect();
    let (mut creates, mut edits) = (Vec::new(), Vec::new());
    for command in &declared {
        let Some(old) = find(command) else {
            creates.push(command);
            continue;
        };
        let changes = changes::differences(old, command);
        if changes.is_empty() {
            plan.unchanged += 1;
        } else {
            let command = command.clone().editing(old);
            edits.push(PlanStep::Edit { id: old.id, command, changes });
        }
    }
    let names: BTreeSet<_> = declared.iter().map(|command| (command.kind, &command.name)).collect();
    let undeclared = existing.iter().filter(|old| !names.contains(&(old.kind, &old.name)));
    let (deletes, foreign): (Vec<_>, Vec<_>) =
        undeclared.partition(|old| !rules.keep_foreign && may_be_ours(old));
    plan.foreign = foreign.len();

    plan.steps = edits;
    let mut creates_left = rules.creates_left;
    for (kind, max, _) in MAX_COMMANDS {
        let of_kind = existing.iter().filter(|old| old.kind == kind).count();
        let deletes: Vec<_> = deletes.iter().copied().filter(|old| old.kind == kind).collect();
        let creates = creates.iter().copied().filter(|command| command.kind == kind);
        plan.replace(creates, &deletes, max.saturating_sub(of_kind), &mut creates_left);
    }
    if foreign.iter().all(|old| is_sendable_entry_point(old)) && plan.withheld.is_empty() && !plan.is_empty()
    {
        let entry_points = foreign.iter().map(|old| CommandDefinition::entry_point(old));
        plan.bulk_overwrite = Some(declared.into_iter().chain(entry_points).collect());
    }
    plan
}

impl Plan {
    /// Adds the steps that create and delete commands of one type. `room` more commands fit.
    fn replace<'a>(
        &mut self,
        creates: impl Iterator<Item = &'a CommandDefinition>,
        deletes: &[&Command],
        room: usize,
        creates_left: &mut usize,
    ) {
        let delete = |old: &&Command| PlanStep::Delete { id: old.id, kind: old.kind, name: old.name.clone() };
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
                    self.steps.push(PlanStep::Create(command.clone()));
                }
            }
        }
        self.steps.extend(deletes);
    }
}

/// Fills in what depends on the scope.
fn for_scope(command: &CommandDefinition, scope: Scope, rules: &SyncRules) -> CommandDefinition {
    let mut command = command.clone();
    match scope {
        Scope::Guild(_) => command.for_guild(),
        Scope::Global => {
            if command.integration_types.is_none() {
                command.integration_types.clone_from(&rules.default_integration_types);
            }
            command
        }
    }
}

/// Whether this is an entry point that can be written back without loss.
fn is_sendable_entry_point(command: &Command) -> bool {
    let is_readable = command.options.unreadable().is_empty()
        && command.integration_types.unreadable().is_empty()
        && command.contexts.as_ref().is_none_or(|contexts| contexts.unreadable().is_empty());
    command.kind == CommandType::PRIMARY_ENTRY_POINT && command.options.is_empty() && is_readable
}

/// Whether an earlier run can have created this command.
fn may_be_ours(command: &Command) -> bool {
    let kind = MAX_COMMANDS.iter().any(|(kind, _, _)| *kind == command.kind);
    kind && command.options.unreadable().is_empty() && command.options.iter().all(is_known)
}

fn is_known(option: &CommandOptionDefinition) -> bool {
    let kind = CommandOptionType::KNOWN.iter().any(|(_, kind)| *kind == option.kind);
    kind && option.options.unreadable().is_empty() && option.options.iter().all(is_known)
}
