use std::marker::PhantomData;

use super::definition::CommandDefinition;
use super::kinds::{ArgumentError, IntoOptionKind, OptionKind};
use super::reader::{AppendTo, ArgumentList, ArgumentReader, Arguments};
use crate::id::{MessageId, UserId};
use crate::model::{
    ApplicationIntegrationType, CommandData, CommandType, InteractionContextType, Locale, Member, Message,
    Permissions, Resolved, User,
};

/// A command that is being declared.
///
/// `K` is what its handler will take: a tuple of the [kinds](super::Kind) of its options, a [`ContextMenu`], or a [`Group`] of
/// other commands. `S` is what [completes](super::WithAutocomplete) the values for an option. `X` is whatever else is kept with it.
#[derive(Clone, Debug)]
#[must_use = "a command without a handler does nothing"]
pub struct CommandBuilder<K, S, X = ()> {
    definition: CommandDefinition,
    kinds: K,
    autocomplete: Vec<(String, S)>,
    extra: X,
}

/// A [slash command](https://docs.discord.com/developers/interactions/application-commands#slash-commands): `/roll`.
///
/// ```
/// use syncord::command::{command, integer, user};
///
/// let gift = command::<()>("gift", "Gives somebody coins")
///     .option("whom", "Who gets them", user())
///     .option("coins", "How many", integer(1..=500));
/// ```
pub fn command<S>(name: impl Into<String>, about: impl Into<String>) -> CommandBuilder<(), S> {
    CommandBuilder::new(CommandDefinition::new(CommandType::CHAT_INPUT, name.into(), about.into()), ())
}

/// A [command in the menu of users](https://docs.discord.com/developers/interactions/application-commands#user-commands).
pub fn user_command<S>(name: impl Into<String>) -> CommandBuilder<ContextMenu<User>, S> {
    menu(name.into())
}

/// A [command in the menu of users](https://docs.discord.com/developers/interactions/application-commands#user-commands)
/// that needs them to be members of the guild.
pub fn member_command<S>(name: impl Into<String>) -> CommandBuilder<ContextMenu<Member>, S> {
    menu(name.into())
}

/// A [command in the menu of messages](https://docs.discord.com/developers/interactions/application-commands#message-commands).
pub fn message_command<S>(name: impl Into<String>) -> CommandBuilder<ContextMenu<Message>, S> {
    menu(name.into())
}

fn menu<T: Target, S>(name: String) -> CommandBuilder<ContextMenu<T>, S> {
    CommandBuilder::new(CommandDefinition::new(T::KIND, name, String::new()), ContextMenu(PhantomData))
}

/// A command that holds [subcommands](https://docs.discord.com/developers/interactions/application-commands#subcommands-and-subcommand-groups),
/// or groups of them: `/admin ban`.
pub fn group<N, S>(name: impl Into<String>, about: impl Into<String>) -> CommandBuilder<Group<N>, S> {
    CommandBuilder::new(CommandDefinition::group(name.into(), about.into()), Group { nodes: Vec::new() })
}

impl<K, S> CommandBuilder<K, S> {
    fn new(definition: CommandDefinition, kinds: K) -> Self {
        CommandBuilder { definition, kinds, autocomplete: Vec::new(), extra: () }
    }
}

impl<K, S, X> CommandBuilder<K, S, X> {
    /// Keeps something else with it.
    pub fn with<Y>(self, extra: Y) -> CommandBuilder<K, S, Y> {
        let CommandBuilder { definition, kinds, autocomplete, .. } = self;
        CommandBuilder { definition, kinds, autocomplete, extra }
    }

    /// What is kept with it.
    pub fn extra_mut(&mut self) -> &mut X {
        &mut self.extra
    }

    /// Adds an option. Those that must be given come before those that need not.
    pub fn option<O>(
        self,
        name: impl Into<String>,
        about: impl Into<String>,
        kind: O,
    ) -> CommandBuilder<<O::Kind as AppendTo<K>>::Output, S, X>
    where
        O: IntoOptionKind<S, Kind: AppendTo<K>>,
    {
        let CommandBuilder { mut definition, kinds, mut autocomplete, extra } = self;
        let name = name.into();
        let (kind, suggest) = kind.split();
        autocomplete.extend(suggest.map(|suggest| (name.clone(), suggest)));
        definition.add_option(kind.spec().into_option(name, about.into()));
        CommandBuilder { definition, kinds: kind.append_to(kinds), autocomplete, extra }
    }

    /// Shows it to those members only who have these permissions, unless a guild has set it otherwise.
    ///
    /// [`Permissions::default()`](Permissions) leaves it to administrators.
    pub fn default_member_permissions(mut self, permissions: Permissions) -> Self {
        self.definition.default_member_permissions = Some(permissions);
        self
    }

    /// Marks it as [for adults only](https://docs.discord.com/developers/interactions/application-commands#agerestricted-commands).
    pub fn nsfw(mut self) -> Self {
        self.definition.nsfw = true;
        self
    }

    /// [Where](https://docs.discord.com/developers/interactions/application-commands#interaction-contexts) it can be used.
    pub fn contexts(mut self, contexts: impl IntoIterator<Item = InteractionContextType>) -> Self {
        self.definition.contexts = Some(contexts.into_iter().collect());
        self
    }

    /// [For whom](https://docs.discord.com/developers/interactions/application-commands#installation-context) the application has to be installed.
    pub fn integration_types(
        mut self,
        installs: impl IntoIterator<Item = ApplicationIntegrationType>,
    ) -> Self {
        self.definition.integration_types = Some(installs.into_iter().collect());
        self
    }

    /// Its name in another language.
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.definition.name_localizations.insert(locale, name.into());
        self
    }

    /// What it does, in another language.
    pub fn description_localized(mut self, locale: Locale, about: impl Into<String>) -> Self {
        self.definition.description_localizations.insert(locale, about.into());
        self
    }

    /// What is declared so far.
    pub fn definition(&self) -> &CommandDefinition {
        &self.definition
    }
}

impl<K: ArgumentList, S, X> CommandBuilder<K, S, X> {
    /// What is declared, how it is read, and what autocomplete values for which option.
    pub fn into_parts(self) -> (CommandDefinition, ArgumentReader<K>, Vec<(String, S)>) {
        let reader = ArgumentReader::new(self.kinds, self.definition.options.clone());
        (self.definition, reader, self.autocomplete)
    }
}

/// Commands, and groups of commands, under one name; each is an `N`.
#[derive(Clone, Debug)]
pub struct Group<N> {
    nodes: Vec<N>,
}

/// What can stand in a [`Group`].
pub trait GroupMember {
    /// How it is declared.
    fn definition(&self) -> &CommandDefinition;
}

impl<N: GroupMember, S, X> CommandBuilder<Group<N>, S, X> {
    /// Adds a command, or a group of commands.
    #[expect(clippy::should_implement_trait, reason = "nothing is summed up")]
    pub fn add(mut self, node: impl Into<N>) -> Self {
        let node = node.into();
        self.definition.add(node.definition());
        self.kinds.nodes.push(node);
        self
    }

    /// What is declared, and what was added.
    pub fn into_nodes(self) -> (CommandDefinition, Vec<N>) {
        (self.definition, self.kinds.nodes)
    }
}

/// A command in the menu of a user or of a message.
#[derive(Clone, Copy, Debug)]
pub struct ContextMenu<T>(PhantomData<fn() -> T>);

/// What a menu command is used on.
pub trait Target: Sized {
    /// The menu that it is in.
    const KIND: CommandType;

    /// Reads it.
    ///
    /// # Errors
    ///
    /// When Discord has not sent it.
    fn read(data: &CommandData) -> Result<Self, ArgumentError>;
}

impl Target for User {
    const KIND: CommandType = CommandType::USER;

    fn read(data: &CommandData) -> Result<Self, ArgumentError> {
        let user = target::<UserId>(data).and_then(|(id, resolved)| resolved.users.get(&id));
        user.cloned().ok_or_else(|| ArgumentError::unexpected("the user it was used on is missing"))
    }
}

impl Target for Member {
    const KIND: CommandType = CommandType::USER;

    fn read(data: &CommandData) -> Result<Self, ArgumentError> {
        let (id, resolved) = target::<UserId>(data)
            .ok_or_else(|| ArgumentError::unexpected("the member it was used on is missing"))?;
        super::kinds::whole_member(resolved, id)
    }
}

impl Target for Message {
    const KIND: CommandType = CommandType::MESSAGE;

    fn read(data: &CommandData) -> Result<Self, ArgumentError> {
        let message = target::<MessageId>(data).and_then(|(id, resolved)| resolved.messages.get(&id));
        message.cloned().ok_or_else(|| ArgumentError::unexpected("the message it was used on is missing"))
    }
}

fn target<I: From<u64>>(data: &CommandData) -> Option<(I, &Resolved)> {
    Some((data.target_id?.get().into(), data.resolved.as_deref()?))
}

impl<T: Target> ArgumentList for ContextMenu<T> {
    type Values = (T,);

    fn read(&self, arguments: Arguments<'_>) -> Result<(T,), ArgumentError> {
        T::read(arguments.data).map(|target| (target,))
    }
}
