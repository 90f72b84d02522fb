use std::marker::PhantomData;

use super::definition::CommandDefinition;
use super::kinds::{ArgumentError, IntoOptionKind, OptionKind};
use super::reader::{AddOption, ArgumentList, ArgumentReader, Arguments};
use crate::id::{MessageId, UserId};
use crate::model::{
    ApplicationIntegrationType, CommandData, CommandType, InteractionContextType, Locale, Member, Message,
    Permissions, Resolved, User,
};

/// A command that is being declared.
///
/// `K` is what its handler takes: a tuple of the [kinds](super::OptionKind) of its options, a [`ContextMenu`], or a
/// [`Group`] of other commands. `S` is the type of the [autocomplete](super::WithAutocomplete) handlers of its options.
/// `X` is a value of the caller's, attached by [`with`](Self::with).
#[derive(Clone, Debug)]
#[must_use = "a command without a handler does nothing"]
pub struct CommandBuilder<K, S, X = ()> {
    definition: CommandDefinition,
    kinds: K,
    autocomplete: Vec<(String, S)>,
    extra: X,
}

/// # Creating a builder
impl<S> CommandBuilder<(), S> {
    /// A [slash command](https://docs.discord.com/developers/interactions/application-commands#slash-commands): `/roll`.
    ///
    /// ```
    /// use syncord::command::{CommandBuilder, integer, user};
    ///
    /// let gift = CommandBuilder::<_, ()>::slash("gift", "Gives coins to a user")
    ///     .option("to", "Who receives them", user())
    ///     .option("coins", "How many", integer(1..=500));
    /// ```
    pub fn slash(name: &str, description: &str) -> CommandBuilder<(), S> {
        let definition = CommandDefinition::new(CommandType::CHAT_INPUT, name.into(), description.into());
        CommandBuilder::new(definition, ())
    }
}

/// # Creating a builder of a context menu command
impl<T: CommandTarget, S> CommandBuilder<ContextMenu<T>, S> {
    /// A command in the context menu of `T`: a [user command](https://docs.discord.com/developers/interactions/application-commands#user-commands)
    /// for a `User` or a `Member`, a [message command](https://docs.discord.com/developers/interactions/application-commands#message-commands)
    /// for a `Message`. The target of a command for a `Member` must be a member of the guild.
    pub fn context_menu(name: &str) -> CommandBuilder<ContextMenu<T>, S> {
        let definition = CommandDefinition::new(T::KIND, name.into(), String::new());
        CommandBuilder::new(definition, ContextMenu(PhantomData))
    }
}

/// # Creating a builder of a group
impl<N, S> CommandBuilder<Group<N>, S> {
    /// A command with [subcommands](https://docs.discord.com/developers/interactions/application-commands#subcommands-and-subcommand-groups)
    /// or subcommand groups: `/admin ban`.
    pub fn group(name: &str, description: &str) -> CommandBuilder<Group<N>, S> {
        let definition = CommandDefinition::group(name.into(), description.into());
        CommandBuilder::new(definition, Group { nodes: Vec::new() })
    }
}

impl<K, S> CommandBuilder<K, S> {
    fn new(definition: CommandDefinition, kinds: K) -> Self {
        CommandBuilder { definition, kinds, autocomplete: Vec::new(), extra: () }
    }
}

impl<K, S, X> CommandBuilder<K, S, X> {
    /// Attaches a value of the caller's.
    pub fn with<Y>(self, extra: Y) -> CommandBuilder<K, S, Y> {
        let CommandBuilder { definition, kinds, autocomplete, .. } = self;
        CommandBuilder { definition, kinds, autocomplete, extra }
    }

    /// The attached value.
    pub fn extra_mut(&mut self) -> &mut X {
        &mut self.extra
    }

    /// Adds an option. Required options must come before [optional](OptionKind::optional) ones.
    pub fn option<O>(self, name: &str, description: &str, kind: O) -> CommandBuilder<K::With<O::Kind>, S, X>
    where
        K: AddOption,
        O: IntoOptionKind<S>,
    {
        let CommandBuilder { mut definition, kinds, mut autocomplete, extra } = self;
        let (kind, handler) = kind.split();
        autocomplete.extend(handler.map(|handler| (name.to_owned(), handler)));
        definition.add_option(kind.spec().into_option(name.to_owned(), description.to_owned()));
        CommandBuilder { definition, kinds: kinds.with(kind), autocomplete, extra }
    }

    /// Shows the command only to members with these permissions, until the guild changes that.
    ///
    /// [`Permissions::default()`](Permissions) shows it only to administrators.
    #[doc(alias = "default permissions")]
    pub fn default_member_permissions(mut self, permissions: Permissions) -> Self {
        self.definition.default_member_permissions = Some(permissions);
        self
    }

    /// Makes the command [age-restricted](https://docs.discord.com/developers/interactions/application-commands#agerestricted-commands).
    pub fn nsfw(mut self) -> Self {
        self.definition.nsfw = true;
        self
    }

    /// Sets the [contexts](https://docs.discord.com/developers/interactions/application-commands#interaction-contexts) in
    /// which the command can be used.
    #[doc(alias = "dm permission")]
    pub fn contexts(mut self, contexts: impl IntoIterator<Item = InteractionContextType>) -> Self {
        self.definition.contexts = Some(contexts.into_iter().collect());
        self
    }

    /// Sets the [installation contexts](https://docs.discord.com/developers/interactions/application-commands#installation-context)
    /// in which the command is available.
    #[doc(alias = "installation context")]
    #[doc(alias = "user install")]
    pub fn integration_types(mut self, types: impl IntoIterator<Item = ApplicationIntegrationType>) -> Self {
        self.definition.integration_types = Some(types.into_iter().collect());
        self
    }

    /// Sets the name in another language.
    #[doc(alias = "localization")]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.definition.name_localizations.insert(locale, name.into());
        self
    }

    /// Sets the description in another language.
    pub fn description_localized(mut self, locale: Locale, description: impl Into<String>) -> Self {
        self.definition.description_localizations.insert(locale, description.into());
        self
    }

    /// The definition so far.
    pub fn definition(&self) -> &CommandDefinition {
        &self.definition
    }
}

impl<K: ArgumentList, S, X> CommandBuilder<K, S, X> {
    /// The definition, the reader of its arguments, and the autocomplete handlers with the names of their options.
    pub fn into_parts(self) -> (CommandDefinition, ArgumentReader<K>, Vec<(String, S)>) {
        let reader = ArgumentReader::new(self.kinds, self.definition.options.clone());
        (self.definition, reader, self.autocomplete)
    }
}

/// The subcommands and subcommand groups of a command; each is an `N`.
#[derive(Clone, Debug)]
pub struct Group<N> {
    nodes: Vec<N>,
}

/// A command or a group that can be added to a [`Group`].
pub trait GroupMember {
    /// Its definition.
    fn definition(&self) -> &CommandDefinition;
}

/// What can be added to a tree, a group or a bot as an `N`: everything that converts [into](Into) it.
///
/// It is a separate trait so that the compiler can say what is missing.
#[diagnostic::on_unimplemented(
    message = "this cannot be added here: a command without a handler, or another kind of node",
    label = "a command ends with its handler: `.run(|cx, ..| ..)`",
    note = "`.run(..)` comes after all options; it takes a closure or a function"
)]
pub trait IntoNode<N> {
    /// Converts it.
    fn into_node(self) -> N;
}

#[diagnostic::do_not_recommend]
impl<T: Into<N>, N> IntoNode<N> for T {
    #[track_caller]
    fn into_node(self) -> N {
        self.into()
    }
}

impl<N: GroupMember, S, X> CommandBuilder<Group<N>, S, X> {
    /// Adds a subcommand or a subcommand group.
    #[expect(clippy::should_implement_trait, reason = "this is not an addition of numbers")]
    #[track_caller]
    pub fn add(mut self, node: impl IntoNode<N>) -> Self {
        let node = node.into_node();
        self.definition.add(node.definition());
        self.kinds.nodes.push(node);
        self
    }

    /// The definition and the added nodes.
    pub fn into_nodes(self) -> (CommandDefinition, Vec<N>) {
        (self.definition, self.kinds.nodes)
    }
}

/// A command in the context menu of users or messages; its target is a `T`.
#[derive(Clone, Copy, Debug)]
pub struct ContextMenu<T>(PhantomData<fn() -> T>);

/// The target of a context menu command.
pub trait CommandTarget: Sized {
    /// The type of the command.
    const KIND: CommandType;

    /// Reads the target.
    ///
    /// # Errors
    ///
    /// When the data does not contain the target, or the target is not a member of the guild and a [`Member`] is needed.
    fn read(data: &CommandData) -> Result<Self, ArgumentError>;
}

impl CommandTarget for User {
    const KIND: CommandType = CommandType::USER;

    fn read(data: &CommandData) -> Result<Self, ArgumentError> {
        let user = target::<UserId>(data).and_then(|(id, resolved)| resolved.users.get(&id));
        user.cloned().ok_or_else(|| ArgumentError::unexpected("the target user is missing"))
    }
}

impl CommandTarget for Member {
    const KIND: CommandType = CommandType::USER;

    fn read(data: &CommandData) -> Result<Self, ArgumentError> {
        let (id, resolved) = target::<UserId>(data)
            .ok_or_else(|| ArgumentError::unexpected("the target member is missing"))?;
        super::kinds::resolved_member(resolved, id)
    }
}

impl CommandTarget for Message {
    const KIND: CommandType = CommandType::MESSAGE;

    fn read(data: &CommandData) -> Result<Self, ArgumentError> {
        let message = target::<MessageId>(data).and_then(|(id, resolved)| resolved.messages.get(&id));
        message.cloned().ok_or_else(|| ArgumentError::unexpected("the target message is missing"))
    }
}

fn target<I: From<u64>>(data: &CommandData) -> Option<(I, &Resolved)> {
    Some((data.target_id?.get().into(), data.resolved.as_deref()?))
}

impl<T: CommandTarget> ArgumentList for ContextMenu<T> {
    type Values = (T,);

    fn read(&self, arguments: Arguments<'_>) -> Result<(T,), ArgumentError> {
        T::read(arguments.data).map(|target| (target,))
    }
}
