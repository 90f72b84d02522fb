//! Calls a command for a message.

use std::sync::Arc;
use std::time::SystemTime;

use super::lookup::{Lookup, LookupError, note_places};
use super::source::TextSource;
use super::table::{Match, Target, TextCommand, TextGroup};
use crate::bot::cached::Place;
use crate::bot::context::{CommandContext, Context};
use crate::bot::event_scope::EventScope;
use crate::bot::health::meter::Counts;
use crate::bot::hooks::Hooks;
use crate::bot::refusal::Refusal;
use crate::bot::tree::Router;
use crate::bot::tree::checks::reads_permissions;
use crate::bot::tree::dispatch::{HandlerFailure, run_here, run_in_lanes};
use crate::bot::tree::node::{RunChecks, RunError, Runs};
use crate::bot::tree::router::{Leaf, NodeInfo};
use crate::command::text::{TextProblem, assign};
use crate::error::{Error, Result};
use crate::gateway::event::{Event, MessageCreate, MessageUpdate};
use crate::id::{AnyId, CommandId, InteractionId};
use crate::interaction::{EarlierResponse, MessageResponder, Visibility};
use crate::json::{self, object};
use crate::model::{
    CommandData, CommandOption, CommandOptionType, CommandType, IntegrationOwners, Interaction,
    InteractionContextType, InteractionData, InteractionType, List, Member, Message, Permissions, Resolved,
    Secret, truncate_message,
};
use crate::texts::LibraryText;

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
///
/// `read` is the event, if it was read already.
pub(in crate::bot) fn message(
    router: &mut Router<'_>,
    cx: &Context,
    data: &str,
    read: Option<&MessageCreate>,
) -> HandlerFailure {
    let message = match read {
        Some(message) => may_be_call(router, cx, message).then(|| Message::clone(message))?,
        None if may_call(router, cx, data) => cx.read_event(|| MessageCreate::decode(data)).ok()?.0,
        None => return None,
    };
    let found = router.text.find(&message, cx.me().id)?;
    let earlier = router.text.followed.add(&message);
    answer(router, cx, message, found, earlier)
}

/// Runs the command that an edited message calls, and changes the response to what it called before.
///
/// `read` is the event, if it was read already.
pub(in crate::bot) fn edited_message(
    router: &mut Router<'_>,
    cx: &Context,
    data: &str,
    read: Option<&MessageUpdate>,
) -> HandlerFailure {
    let message = match read {
        Some(message) => may_be_call(router, cx, message).then(|| Message::clone(message))?,
        None if may_call(router, cx, data) => cx.read_event(|| MessageUpdate::decode(data)).ok()?.0,
        None => return None,
    };
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

/// Whether a user has sent the message, and it may begin with a prefix.
fn may_be_call(router: &Router<'_>, cx: &Context, message: &Message) -> bool {
    !message.author.bot && message.webhook_id.is_none() && router.text.may_call(&message.content, cx.me().id)
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
            explain_group(cx, &responder, &message, options_at, &group);
            None
        }
        Target::Command(command) => {
            let mut hooks = router.hooks.take();
            let called = router.text_leaf(&command.path).map(|leaf| {
                let call = Call::new(cx, leaf, message, command, options_at, earlier);
                run(leaf, cx, call, hooks.as_deref_mut())
            });
            router.hooks = hooks;
            called?
        }
    }
}

/// Names the commands of a group that was called without one.
fn explain_group(
    cx: &Context,
    responder: &MessageResponder,
    message: &Message,
    options_at: usize,
    group: &TextGroup,
) {
    let call = message.content[..options_at].trim().replace('`', "'");
    let children: Vec<_> = group.children.iter().map(|child| format!("`{call} {child}`")).collect();
    let text = LibraryText::ExpectedCommand { commands: children.join(", ") };
    let text = truncate_message(cx.word(&text, None, message.guild_id));
    if text.is_empty() {
        return;
    }
    if let Err(error) = responder.notify(text) {
        log::warn!("the usage of a group of commands could not be sent: {error}");
    }
}

/// One call of a command.
struct Call {
    /// What the handler receives. At first it has no values of options.
    own: CommandContext,
    reading: Reading,
}

/// Reads the options of a call.
struct Reading {
    message: Arc<Message>,
    command: Arc<TextCommand>,
    options_at: usize,
}

/// Runs the command's handler, here or in its lane.
fn run(
    leaf: &mut Leaf<'_, CommandContext>,
    cx: &Context,
    call: Call,
    hooks: Option<&mut Hooks<'_>>,
) -> HandlerFailure {
    let (about, Call { own, reading }) = (&leaf.about, call);
    let id = &about.id;
    match &mut leaf.runs {
        Runs::Inline(f) => {
            let result = cx.shared().health.calls.measure(&id.meter, id, Counts::All, || {
                run_here(about, &own, hooks, |cx, passes| {
                    reading.read(cx, about)?;
                    f(cx, passes)
                })
            });
            result.err().map(|problem| (id.clone(), problem))
        }
        Runs::InLanes(lanes, f) => {
            let scope = EventScope {
                guild_id: reading.message.guild_id,
                channel_id: Some(reading.message.channel_id),
                message_id: Some(reading.message.id),
                user_id: Some(reading.message.author.id),
            };
            let (f, node) = (Arc::clone(f), Arc::clone(about));
            let handler = move |cx: &CommandContext, passes: RunChecks<'_>| {
                reading.read(cx, &node)?;
                f(cx, passes)
            };
            run_in_lanes(about, cx, own, hooks, (lanes, &scope, EVENT), handler)
        }
    }
}

impl Call {
    fn new(
        cx: &Context,
        leaf: &Leaf<'_, CommandContext>,
        message: Message,
        command: Arc<TextCommand>,
        options_at: usize,
        earlier: Option<EarlierResponse>,
    ) -> Call {
        let (about, message) = (&leaf.about, Arc::new(message));
        let cx = match leaf.runs {
            Runs::Inline(_) => cx.copy_for(&about.waits),
            Runs::InLanes(..) => cx.fork_for(&about.waits),
        };
        let responder = MessageResponder::new(cx.rest(), &message, about.visibility(), earlier);
        let source = TextSource::new(&message.content, options_at, &command);
        let interaction = interaction(&cx, &message, &command.path);
        let own = CommandContext::of_message(cx, interaction, Arc::clone(&message), responder, source);
        Call { own, reading: Reading { message, command, options_at } }
    }
}

impl Reading {
    /// Completes the interaction to the one that Discord would have sent for the slash command.
    fn read(&self, cx: &CommandContext, about: &NodeInfo) -> Result<(), RunError> {
        let rules = &self.command.rules;
        let context = cx.interaction().context.unwrap_or_default();
        if rules.contexts.as_ref().is_some_and(|contexts| !contexts.contains(&context)) {
            return Err(refused(match self.message.guild_id {
                Some(_) => LibraryText::DirectMessagesOnly,
                None => LibraryText::GuildOnly,
            }));
        }
        let (member, app_permissions) = self.member(cx, about)?;
        let data = self.data(cx)?;
        let incomplete = cx.interaction().clone();
        cx.set_interaction(Interaction {
            data: Some(InteractionData::Command(Box::new(data))),
            member: member.map(Box::new),
            app_permissions,
            ..incomplete
        });
        Ok(())
    }

    /// The author as a member, and the permissions of the bot. Permissions are fetched only if something asks for them.
    fn member(
        &self,
        cx: &CommandContext,
        about: &NodeInfo,
    ) -> Result<(Option<Member>, Permissions), RunError> {
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
        let place = Place::find(cx, guild, message.channel_id).map_err(failed)?;
        if rules.nsfw && !place.is_nsfw() {
            return Err(refused(LibraryText::AgeRestrictedOnly));
        }
        let now = SystemTime::now();
        let permissions = place.permissions(member.user.id, &member.partial, now);
        if let Some(required) = rules.member_permissions {
            // An empty set is for administrators only.
            let is_refused = !permissions.contains(Permissions::ADMINISTRATOR)
                && (required.is_empty() || !permissions.contains(required));
            if is_refused {
                return Err(refused(LibraryText::NotPermitted));
            }
        }
        member.partial.permissions = Some(permissions);
        let me = cx.find_member(guild, cx.me().id).map_err(failed)?;
        Ok((Some(member), place.permissions(me.user.id, &me.partial, now)))
    }

    /// The command and its options.
    fn data(&self, cx: &CommandContext) -> Result<CommandData, RunError> {
        let TextCommand { path, options, .. } = &*self.command;
        let input = &self.message.content[self.options_at..];
        let source = cx.text_source();
        let problem = |TextProblem { error, at }: TextProblem| {
            if let Some(source) = source {
                source.set_problem(at.start + self.options_at..at.end + self.options_at);
            }
            RunError::Argument(error)
        };
        let arguments = assign(options, input).map_err(problem)?;
        if let Some(source) = source {
            note_places(source, options, &arguments, self.options_at);
        }
        let mut lookup = Lookup::new(cx, &self.message);
        let mut values = Vec::new();
        let mut files = 0;
        for (index, option) in options.iter().enumerate() {
            let value = if option.kind == CommandOptionType::ATTACHMENT {
                let value = lookup.attachment(files);
                files += 1;
                if value.is_none() && option.required {
                    return Err(problem(TextProblem::missing(option, input)));
                }
                value
            } else {
                let argument = arguments.iter().find(|argument| argument.option == index);
                match argument.map(|argument| (argument, lookup.value(option, argument))) {
                    None => None,
                    Some((_, Ok(value))) => Some(value),
                    Some((argument, Err(LookupError::Argument(error)))) => {
                        return Err(problem(TextProblem { error, at: argument.at.clone() }));
                    }
                    Some((_, Err(LookupError::Failed(error)))) => return Err(failed(error)),
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
fn nested(path: &str, values: List<CommandOption>, resolved: Resolved) -> CommandData {
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

/// The command may not be used here, or not by this user.
fn refused(text: LibraryText) -> RunError {
    RunError::Refused(Refusal::of_library(text))
}

/// Discord's API failed.
fn failed(error: Error) -> RunError {
    RunError::Failed(error.into())
}

/// The interaction that Discord would have sent for the slash command, without options and permissions.
fn interaction(cx: &Context, message: &Message, path: &str) -> Interaction {
    let context = match message.guild_id {
        Some(_) => InteractionContextType::GUILD,
        None => InteractionContextType::BOT_DM,
    };
    let data = nested(path, List::default(), Resolved::default());
    let partial = message.member.as_deref().filter(|_| message.guild_id.is_some()).cloned();
    let member = partial.map(|partial| Box::new(Member { user: message.author.clone(), partial }));
    Interaction {
        id: InteractionId::new(message.id.get()),
        application_id: cx.login().application_id(),
        kind: InteractionType::APPLICATION_COMMAND,
        data: Some(InteractionData::Command(Box::new(data))),
        guild: None,
        guild_id: message.guild_id,
        channel: None,
        channel_id: Some(message.channel_id),
        user: member.is_none().then(|| Box::new(message.author.clone())),
        member,
        token: Secret::default(),
        version: 1,
        message: None,
        app_permissions: Permissions::empty(),
        locale: None,
        guild_locale: None,
        entitlements: List::default(),
        authorizing_integration_owners: IntegrationOwners::default(),
        context: Some(context),
        attachment_size_limit: 0,
    }
}
