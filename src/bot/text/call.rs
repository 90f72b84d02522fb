//! Calls a command for a message.

use std::sync::Arc;
use std::time::SystemTime;

use super::lookup::{Lookup, LookupError, note_places};
use super::permissions::Place;
use super::source::TextSource;
use super::table::{Match, Target, TextCommand, TextGroup};
use crate::bot::context::{CommandContext, Context};
use crate::bot::error::{Problem, guard};
use crate::bot::event_scope::EventScope;
use crate::bot::health::meter::{Counts, Failure};
use crate::bot::lanes::{self, Taken};
use crate::bot::tree::Router;
use crate::bot::tree::checks::reads_permissions;
use crate::bot::tree::dispatch::{HandlerFailure, call};
use crate::bot::tree::node::{RunChecks, RunError, Runs};
use crate::bot::tree::router::NodeInfo;
use crate::command::text::{TextProblem, assign};
use crate::error::{Error, Result};
use crate::gateway::event::{Event, MessageCreate, MessageUpdate};
use crate::id::{AnyId, CommandId, InteractionId};
use crate::interaction::{EarlierResponse, MessageResponder, Visibility};
use crate::json::{self, object};
use crate::model::{
    CommandData, CommandOption, CommandOptionType, CommandType, IntegrationOwners, Interaction,
    InteractionContextType, InteractionData, InteractionType, List, Member, Message, Permissions, Secret,
};

const EVENT: &str = MessageCreate::NAME;

/// What decides whether a message has to be read.
#[derive(Default)]
struct Head {
    content: String,
    author: Author,
    webhook_id: Option<AnyId>,
}

object! { Head {
    content, author, webhook_id,
} }

#[derive(Default)]
struct Author {
    bot: bool,
}

object! { Author {
    bot,
} }

/// Runs the command that a message calls, if it calls one. Messages of bots and webhooks call none.
pub(in crate::bot) fn message(router: &mut Router<'_>, cx: &Context, data: &str) -> HandlerFailure {
    if !may_call(router, cx, data) {
        return None;
    }
    let MessageCreate(message) = cx.read_event(|| MessageCreate::decode(data)).ok()?;
    let found = router.text.find(&message, cx.me().id)?;
    let earlier = router.text.followed.add(&message);
    answer(router, cx, message, found, earlier)
}

/// Runs the command that an edited message calls, and changes the response to what it called before.
pub(in crate::bot) fn edited_message(router: &mut Router<'_>, cx: &Context, data: &str) -> HandlerFailure {
    if !may_call(router, cx, data) {
        return None;
    }
    let MessageUpdate(message) = cx.read_event(|| MessageUpdate::decode(data)).ok()?;
    let found = router.text.find(&message, cx.me().id)?;
    let earlier = router.text.followed.edited(&message, SystemTime::now())?;
    answer(router, cx, message, found, Some(earlier))
}

/// Whether a message has to be read: a user has sent it, and it may begin with a prefix.
fn may_call(router: &Router<'_>, cx: &Context, data: &str) -> bool {
    json::read::<Head>(data).is_ok_and(|head| {
        !head.author.bot && head.webhook_id.is_none() && router.text.may_call(&head.content, cx.me().id)
    })
}

/// Runs the command, or explains the group.
fn answer(
    router: &mut Router<'_>,
    cx: &Context,
    message: Message,
    found: Match,
    earlier: Option<EarlierResponse>,
) -> HandlerFailure {
    let Match { target, options_at } = found;
    match target {
        Target::Group(group) => {
            let responder = MessageResponder::new(cx.rest(), &message, Visibility::Public, earlier);
            explain_group(&responder, &message, options_at, &group);
            None
        }
        Target::Command(command) => {
            let leaf = router.text_leaf(&command.path)?;
            let call = Call { message: Arc::new(message), command, options_at, earlier };
            run(&leaf.about, &mut leaf.runs, cx, call)
        }
    }
}

/// Names the commands of a group that was called without one.
fn explain_group(responder: &MessageResponder, message: &Message, options_at: usize, group: &TextGroup) {
    let call = message.content[..options_at].trim().replace('`', "'");
    let children: Vec<_> = group.children.iter().map(|child| format!("`{call} {child}`")).collect();
    let text = crate::model::truncate_message(format!("Expected one of {}.", children.join(", ")));
    if let Err(error) = responder.notify(text) {
        log::warn!("the usage of a group of commands could not be sent: {error}");
    }
}

/// One call of a command.
struct Call {
    message: Arc<Message>,
    command: Arc<TextCommand>,
    options_at: usize,
    /// The response to what the message called before it was edited.
    earlier: Option<EarlierResponse>,
}

/// Runs the command's handler, here or in its lane.
fn run(
    about: &Arc<NodeInfo>,
    runs: &mut Runs<'_, CommandContext>,
    cx: &Context,
    call: Call,
) -> HandlerFailure {
    let label = &about.label;
    let result = match runs {
        Runs::Inline(f) => cx
            .shared()
            .health
            .calls
            .measure(&label.meter, label, Counts::All, || call.run(about, cx, |cx, passes| f(cx, passes))),
        Runs::InLanes(lanes, f) => {
            let origin = EventScope {
                guild_id: call.message.guild_id,
                channel_id: Some(call.message.channel_id),
                message_id: Some(call.message.id),
                user_id: Some(call.message.author.id),
            };
            let (f, node) = (Arc::clone(f), Arc::clone(about));
            let work = move |cx: &Context| call.run(&node, cx, |cx, passes| f(cx, passes));
            let taken = cx.shared().health.calls.measure(&label.meter, label, Counts::Time, || {
                lanes::run_in(lanes, cx, &origin, EVENT, label, work)
            });
            match taken {
                Ok(Taken::Yes) => Ok(()),
                Ok(Taken::Full | Taken::Late) => {
                    label.meter.count_failure(Failure::Error);
                    let busy = Error::Busy { problem: "its lanes are full, so it was dropped".to_owned() };
                    Err(Problem::Failed(busy.into()))
                }
                Err(problem) => Err(problem),
            }
        }
    };
    result.err().map(|problem| (label.clone(), problem))
}

impl Call {
    /// Reads the options, runs the checks and calls the handler. The user sees what is wrong with the text.
    fn run(
        self,
        about: &NodeInfo,
        cx: &Context,
        f: impl FnOnce(&CommandContext, RunChecks<'_>) -> Result<(), RunError>,
    ) -> Result<(), Problem> {
        let responder =
            MessageResponder::new(cx.rest(), &self.message, about.visibility(), self.earlier.clone());
        let mut source = TextSource::new(&self.message.content, self.options_at, &self.command);
        match self.interaction(about, cx, &mut source) {
            Ok(interaction) => {
                let own = cx.copy_for(&about.waits);
                let own = CommandContext::of_message(own, interaction, self.message, responder, source);
                call(about, &own, f)
            }
            Err(Refused::Problem(problem)) => {
                log::info!("{}: {}", about.label, problem.error);
                guard(|| {
                    responder.notify(source.explain_problem(&problem)).map_err(|e| Problem::Failed(e.into()))
                })
            }
            Err(Refused::Text(text)) => {
                log::debug!("{}: refused: {text}", about.label);
                guard(|| responder.notify(text).map_err(|e| Problem::Failed(e.into())))
            }
            Err(Refused::Failed(error)) => {
                if let Err(error) = responder.notify(crate::interaction::FAILED) {
                    log::warn!("the user of {} could not be notified: {error}", about.label);
                }
                Err(Problem::Failed(error.into()))
            }
        }
    }

    /// The interaction that Discord would have sent for the slash command.
    fn interaction(
        &self,
        about: &NodeInfo,
        cx: &Context,
        source: &mut TextSource,
    ) -> Result<Interaction, Refused> {
        let message = &*self.message;
        let context = match message.guild_id {
            Some(_) => InteractionContextType::GUILD,
            None => InteractionContextType::BOT_DM,
        };
        let rules = &self.command.rules;
        if rules.contexts.as_ref().is_some_and(|contexts| !contexts.contains(&context)) {
            return Err(Refused::Text(match message.guild_id {
                Some(_) => "This works in direct messages only.",
                None => "This works on servers only.",
            }));
        }
        let (member, app_permissions) = self.member(about, cx)?;
        let data = self.data(cx, source)?;
        Ok(Interaction {
            id: InteractionId::new(message.id.get()),
            application_id: cx.login().application_id(),
            kind: InteractionType::APPLICATION_COMMAND,
            data: Some(InteractionData::Command(Box::new(data))),
            guild: None,
            guild_id: message.guild_id,
            channel: None,
            channel_id: Some(message.channel_id),
            user: member.is_none().then(|| Box::new(message.author.clone())),
            member: member.map(Box::new),
            token: Secret::default(),
            version: 1,
            message: None,
            app_permissions,
            locale: None,
            guild_locale: None,
            entitlements: List::default(),
            authorizing_integration_owners: IntegrationOwners::default(),
            context: Some(context),
            attachment_size_limit: 0,
        })
    }

    /// The author as a member, and the permissions of the bot. Permissions are fetched only if something asks for them.
    fn member(&self, about: &NodeInfo, cx: &Context) -> Result<(Option<Member>, Permissions), Refused> {
        let message = &*self.message;
        let rules = &self.command.rules;
        let (Some(guild), Some(partial)) = (message.guild_id, message.member.as_deref()) else {
            return Ok((None, Permissions::empty()));
        };
        let mut member = Member { user: message.author.clone(), partial: partial.clone() };
        let needs_permissions = rules.member_permissions.is_some() || reads_permissions(&about.checks);
        if !needs_permissions && !rules.nsfw {
            return Ok((Some(member), Permissions::empty()));
        }
        let place = Place::fetch(cx.rest(), guild, message.channel_id)?;
        if rules.nsfw && !place.is_nsfw() {
            return Err(Refused::Text("This works in age-restricted channels only."));
        }
        let now = SystemTime::now();
        let permissions = place.permissions(member.user.id, &member.partial, now);
        if let Some(required) = rules.member_permissions {
            // An empty set is for administrators only.
            let is_refused = !permissions.contains(Permissions::ADMINISTRATOR)
                && (required.is_empty() || !permissions.contains(required));
            if is_refused {
                return Err(Refused::Text("You do not have the permissions for this."));
            }
        }
        member.partial.permissions = Some(permissions);
        let me = cx.rest().guild_member(guild, cx.me().id)?;
        Ok((Some(member), place.permissions(me.user.id, &me.partial, now)))
    }

    /// The command and its options.
    fn data(&self, cx: &Context, source: &mut TextSource) -> Result<CommandData, Refused> {
        let TextCommand { path, options, .. } = &*self.command;
        let input = &self.message.content[self.options_at..];
        let shifted = |mut problem: TextProblem| {
            problem.at = problem.at.start + self.options_at..problem.at.end + self.options_at;
            Refused::Problem(problem)
        };
        let arguments = assign(options, input).map_err(shifted)?;
        note_places(source, options, &arguments, self.options_at);
        let mut lookup = Lookup::new(cx.rest(), &self.message);
        let mut values = Vec::new();
        let mut files = 0;
        for (index, option) in options.iter().enumerate() {
            let value = if option.kind == CommandOptionType::ATTACHMENT {
                let value = lookup.attachment(files);
                files += 1;
                if value.is_none() && option.required {
                    return Err(shifted(TextProblem::missing(option, input)));
                }
                value
            } else {
                let argument = arguments.iter().find(|argument| argument.option == index);
                match argument.map(|argument| (argument, lookup.value(option, argument))) {
                    None => None,
                    Some((_, Ok(value))) => Some(value),
                    Some((argument, Err(LookupError::Argument(error)))) => {
                        return Err(shifted(TextProblem { error, at: argument.at.clone() }));
                    }
                    Some((_, Err(LookupError::Failed(error)))) => return Err(error.into()),
                }
            };
            values.extend(value.map(|value| CommandOption {
                name: option.name.clone(),
                kind: option.kind,
                value: Some(value),
                options: List::default(),
                focused: false,
            }));
        }
        Ok(nested(path, values.into(), lookup.resolved))
    }
}

/// The data of a command with its subcommands.
fn nested(path: &str, values: List<CommandOption>, resolved: crate::model::Resolved) -> CommandData {
    let mut names: Vec<_> = path.split(' ').collect();
    let mut options = values;
    let mut kind = CommandOptionType::SUB_COMMAND;
    while names.len() > 1 {
        let name = names.pop().unwrap_or_default().to_owned();
        options = vec![CommandOption { name, kind, value: None, options, focused: false }].into();
        kind = CommandOptionType::SUB_COMMAND_GROUP;
    }
    CommandData {
        id: CommandId::default(),
        name: names.concat(),
        kind: CommandType::CHAT_INPUT,
        resolved: Some(Box::new(resolved)),
        options,
        guild_id: None,
        target_id: None,
    }
}

/// Why a handler is not called.
enum Refused {
    /// The text is wrong.
    Problem(TextProblem),
    /// The command may not be used here, or not by this user.
    Text(&'static str),
    /// Discord's API failed.
    Failed(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Refused::Failed(error)
    }
}
