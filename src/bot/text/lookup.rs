//! Looks up users, channels and roles that a text names.

use std::sync::Arc;
use std::time::SystemTime;

use crate::bot::context::{Context, found, is_named};
use crate::bot::text::source::TextSource;
use crate::command::ArgumentError;
use crate::command::text::{Entity, TextArgument, entity, expected, scalar};
use crate::error::Error;
use crate::id::{ChannelId, GuildId, RoleId, UserId};
use crate::model::permissions::PermissionCalculator;
use crate::model::{
    Channel, CommandOptionDefinition, CommandOptionType, Guild, Member, Message, OptionValue, PartialMember,
    Permissions, Resolved, Role, User,
};
use crate::rest::GetThreadMember;
use crate::texts::LibraryText;

/// Why a value could not be looked up.
pub(super) enum LookupError {
    /// The user can correct it.
    Argument(ArgumentError),
    /// Discord's API failed.
    Failed(Error),
}

impl From<ArgumentError> for LookupError {
    fn from(error: ArgumentError) -> Self {
        LookupError::Argument(error)
    }
}

impl From<Error> for LookupError {
    fn from(error: Error) -> Self {
        LookupError::Failed(error)
    }
}

/// Reads the values of one call, and collects the objects that they name.
pub(super) struct Lookup<'m> {
    cx: &'m Context,
    message: &'m Message,
    /// The guild with its roles, once they were needed.
    guild: Option<Arc<Guild>>,
    pub(super) resolved: Resolved,
}

impl<'m> Lookup<'m> {
    pub(super) fn new(cx: &'m Context, message: &'m Message) -> Lookup<'m> {
        Lookup { cx, message, guild: None, resolved: Resolved::default() }
    }

    /// The value of an option.
    pub(super) fn value(
        &mut self,
        option: &CommandOptionDefinition,
        argument: &TextArgument,
    ) -> Result<OptionValue, LookupError> {
        if let Some(value) = scalar(option, &argument.text)? {
            return Ok(value);
        }
        let entity = entity(&argument.text);
        let id = match option.kind {
            CommandOptionType::USER => self.user(entity)?.map(UserId::get),
            CommandOptionType::ROLE => self.role(entity)?.map(RoleId::get),
            CommandOptionType::CHANNEL => self.channel(entity)?.map(ChannelId::get),
            CommandOptionType::MENTIONABLE => match self.role(entity)? {
                Some(role) => Some(role.get()),
                None => self.user(entity)?.map(UserId::get),
            },
            _ => None,
        };
        let unknown = || {
            let text = LibraryText::NotFound { expected: expected(option).into() };
            ArgumentError::from(text).for_option(&option.name)
        };
        Ok(OptionValue::String(id.ok_or_else(unknown)?.to_string()))
    }

    /// The next attached file, for an option.
    pub(super) fn attachment(&mut self, place: usize) -> Option<OptionValue> {
        let attachment = self.message.attachments.get(place)?;
        self.resolved.attachments.insert(attachment.id, attachment.clone());
        Some(OptionValue::String(attachment.id.to_string()))
    }

    fn user(&mut self, entity: Entity<'_>) -> Result<Option<UserId>, Error> {
        match (entity, self.message.guild_id) {
            (Entity::User(id), _) => self.user_by_id(id),
            (Entity::Id(id), _) => self.user_by_id(UserId::new(id)),
            (Entity::Name(name), Some(guild)) => self.member_by_name(guild, name),
            (Entity::Name(name), None) => {
                let author = &self.message.author;
                let is_author = is_named(author, None, name);
                Ok(is_author.then(|| self.add_user(author.clone(), None)))
            }
            _ => Ok(None),
        }
    }

    fn user_by_id(&mut self, id: UserId) -> Result<Option<UserId>, Error> {
        let message = self.message;
        if let Some(mention) = message.mentions.iter().find(|mention| mention.user.id == id) {
            return Ok(Some(self.add_user(mention.user.clone(), mention.member.as_deref().cloned())));
        }
        if message.author.id == id {
            return Ok(Some(self.add_user(message.author.clone(), message.member.as_deref().cloned())));
        }
        if let Some(guild) = message.guild_id {
            if let Some(Member { user, partial, .. }) = found(self.cx.find_member(guild, id))? {
                return Ok(Some(self.add_user(user, Some(partial))));
            }
        }
        Ok(found(self.cx.find_user(id))?.map(|user| self.add_user(user, None)))
    }

    /// The member with this username, display name or nickname. An ambiguous name is none.
    fn member_by_name(&mut self, guild: GuildId, name: &str) -> Result<Option<UserId>, Error> {
        let member = self.cx.member_by_name(guild, name)?;
        Ok(member.map(|member| self.add_user(member.user, Some(member.partial))))
    }

    fn role(&mut self, entity: Entity<'_>) -> Result<Option<RoleId>, Error> {
        let Some(guild) = self.message.guild_id else { return Ok(None) };
        let is_it: Box<dyn Fn(&&Role) -> bool> = match entity {
            Entity::Role(id) => Box::new(move |role| role.id == id),
            Entity::Id(id) => Box::new(move |role| role.id.get() == id),
            Entity::Name(name) => {
                let name = name.to_lowercase();
                Box::new(move |role| role.name.trim_start_matches('@').to_lowercase() == name)
            }
            Entity::User(_) | Entity::Channel(_) => return Ok(None),
        };
        let roles = self.cx.find_roles(guild)?;
        let role = roles.iter().find(is_it).cloned();
        Ok(role.map(|role| {
            let id = role.id;
            self.resolved.roles.insert(id, role);
            id
        }))
    }

    /// A channel of the same guild that the author sees, as Discord offers them for a slash command. A user may not name a channel
    /// of another guild, direct messages of others, or a hidden channel.
    fn channel(&mut self, entity: Entity<'_>) -> Result<Option<ChannelId>, Error> {
        let Some(guild) = self.message.guild_id else { return Ok(None) };
        let candidates: Vec<Arc<Channel>> = match entity {
            Entity::Channel(id) => found(self.cx.find_channel(id))?.into_iter().collect(),
            Entity::Id(id) => found(self.cx.find_channel(ChannelId::new(id)))?.into_iter().collect(),
            Entity::Name(name) => {
                let name = name.to_lowercase();
                let is_it = |channel: &Arc<Channel>| {
                    !channel.kind.is_thread()
                        && channel.name.as_deref().is_some_and(|own| own.to_lowercase() == name)
                };
                let channels = match self.cx.cache().channels_of(guild) {
                    Some(channels) => channels,
                    None => self.cx.rest().guild_channels(guild)?.into_iter().map(Arc::new).collect(),
                };
                channels.into_iter().filter(is_it).collect()
            }
            Entity::User(_) | Entity::Role(_) => Vec::new(),
        };
        for channel in candidates {
            // A direct message has no guild.
            if channel.guild_id == Some(guild) && self.is_visible(guild, &channel)? {
                let id = channel.id;
                self.resolved.channels.insert(id, Arc::unwrap_or_clone(channel));
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Whether the author of the message sees a channel.
    fn is_visible(&mut self, guild: GuildId, channel: &Channel) -> Result<bool, Error> {
        if channel.id == self.message.channel_id {
            return Ok(true);
        }
        // A webhook is no member.
        let Some(member) = self.message.member.as_deref() else { return Ok(false) };
        let author = self.message.author.id;
        if self.guild.is_none() {
            self.guild = Some(self.cx.guild_with_roles(guild)?);
        }
        let Some(guild) = &self.guild else { return Ok(false) };
        let calculator = PermissionCalculator::new(guild, author, member, SystemTime::now());
        if !channel.kind.is_thread() {
            return Ok(calculator.in_channel(channel).contains(Permissions::VIEW_CHANNEL));
        }
        let Some(parent) = channel.parent_id.map(|id| found(self.cx.find_channel(id))).transpose()?.flatten()
        else {
            return Ok(false);
        };
        if calculator.in_thread(&parent, channel, false).contains(Permissions::VIEW_CHANNEL) {
            return Ok(true);
        }
        // A private thread is visible to its members.
        Ok(calculator.in_thread(&parent, channel, true).contains(Permissions::VIEW_CHANNEL)
            && found(self.cx.rest().thread_member(channel.id, author, &GetThreadMember::new()))?.is_some())
    }

    fn add_user(&mut self, user: User, member: Option<PartialMember>) -> UserId {
        let id = user.id;
        self.resolved.users.insert(id, user);
        if let Some(member) = member {
            self.resolved.members.insert(id, member);
        }
        id
    }
}

/// The places of the options in the source.
pub(super) fn note_places(
    source: &TextSource,
    options: &[CommandOptionDefinition],
    arguments: &[TextArgument],
    options_at: usize,
) {
    let places = arguments.iter().map(|argument| {
        let at = argument.at.start + options_at..argument.at.end + options_at;
        (options[argument.option].name.clone(), at)
    });
    source.set_places(places.collect());
}
