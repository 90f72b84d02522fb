//! Autocomplete: choices for an option while the user types it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::bot::context::Context;
use crate::command::{BasicOption, IntoChoice, OptionKind, Scalar, WithAutocomplete, autocomplete_choices};
use crate::id::{ChannelId, GuildId};
use crate::model::{CommandChoice, Interaction, Locale, Member, OptionValue, User};

/// What offers choices for an option: a closure, as [`autocomplete`](BasicOption::autocomplete) takes it.
#[doc(alias = "suggestions")]
pub struct Autocomplete<'a>(pub(super) Box<AutocompleteClosure<'a>>);

pub(super) type AutocompleteClosure<'a> = dyn FnMut(&AutocompleteContext, &str) -> Vec<CommandChoice> + 'a;

impl<V: Scalar> BasicOption<V> {
    /// Offers [choices](https://docs.discord.com/developers/interactions/application-commands#autocomplete) while the user types.
    ///
    /// The closure receives what was typed so far. This is a text even if the option takes a number. It returns values, or
    /// pairs of a name and a value; the first 25 are shown. The user can still send another value, so check it in the
    /// handler.
    ///
    /// Choices that Discord would refuse are left out, such as a blank name, or a text value of more than 100 characters. Names
    /// are cut after 100 characters.
    ///
    /// ```
    /// use syncord::tree::{command, string};
    ///
    /// let ports = ["Kiel", "Kiruna", "Oslo"];
    /// let sail = command("sail", "Sails somewhere")
    ///     .option(
    ///         "to",
    ///         "Where to",
    ///         string().autocomplete(|_, typed| ports.into_iter().filter(|port| port.starts_with(typed)).collect::<Vec<_>>()),
    ///     )
    ///     .run(|cx, to| cx.reply(format!("Off to {to}.")));
    /// ```
    #[doc(alias = "suggestions")]
    pub fn autocomplete<'a, I>(
        self,
        f: impl FnMut(&AutocompleteContext, &str) -> I + 'a,
    ) -> WithAutocomplete<Self, Autocomplete<'a>>
    where
        I: IntoIterator<Item: IntoChoice<Value = V>>,
    {
        with_autocomplete(self, f)
    }
}

/// An [`OptionKind`] of the program with autocomplete, as [`autocomplete`](BasicOption::autocomplete) adds it to
/// Discord's kinds.
pub fn with_autocomplete<'a, K: OptionKind, I>(
    kind: K,
    mut f: impl FnMut(&AutocompleteContext, &str) -> I + 'a,
) -> WithAutocomplete<K, Autocomplete<'a>>
where
    I: IntoIterator<Item: IntoChoice>,
{
    WithAutocomplete::new(kind, Autocomplete(Box::new(move |cx, typed| autocomplete_choices(f(cx, typed)))))
}

/// What an autocomplete closure receives: the user, the place, and the values of the other options.
pub struct AutocompleteContext {
    pub(super) cx: Context,
    pub(super) interaction: Arc<Interaction>,
}

impl AutocompleteContext {
    /// The interaction, as Discord sent it.
    pub fn interaction(&self) -> &Interaction {
        &self.interaction
    }

    /// The user who is typing.
    pub fn user(&self) -> &User {
        // Discord names a user in all interactions but pings, which do not come over the gateway.
        self.interaction.invoking_user().unwrap_or_else(|| self.cx.me())
    }

    /// The same user as a member of the guild.
    pub fn member(&self) -> Option<&Member> {
        self.interaction.member.as_deref()
    }

    /// The guild in which the command is typed.
    pub fn guild_id(&self) -> Option<GuildId> {
        self.interaction.guild_id
    }

    /// The channel in which the command is typed.
    pub fn channel_id(&self) -> Option<ChannelId> {
        self.interaction.channel_id
    }

    /// The language of the user.
    pub fn locale(&self) -> Option<&Locale> {
        self.interaction.locale.as_ref()
    }

    /// The current value of another option.
    pub fn value(&self, option: &str) -> Option<&OptionValue> {
        self.interaction.command()?.value(option)
    }
}

impl fmt::Debug for Autocomplete<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Autocomplete").finish_non_exhaustive()
    }
}

impl Deref for AutocompleteContext {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.cx
    }
}

impl fmt::Debug for AutocompleteContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AutocompleteContext").field("id", &self.interaction.id).finish_non_exhaustive()
    }
}
