//! Suggestions while an option is being typed.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::bot::context::Context;
use crate::command::{BasicOption, IntoChoice, OptionKind, Scalar, WithAutocomplete, autocomplete_choices};
use crate::id::{ChannelId, GuildId};
use crate::model::{CommandChoice, Interaction, Locale, Member, OptionValue, User};

/// What suggests values for an option: a closure, as [`autocomplete`](BasicOption::autocomplete) takes it.
pub struct Autocomplete<'a>(pub(super) Box<AutocompleteClosure<'a>>);

pub(super) type AutocompleteClosure<'a> = dyn FnMut(&AutocompleteContext, &str) -> Vec<CommandChoice> + 'a;

impl<V: Scalar> BasicOption<V> {
    /// [Suggests](https://docs.discord.com/developers/interactions/application-commands#autocomplete) values while one is being typed.
    ///
    /// The closure is given what was typed so far, which is a text even where the option takes a number. What it
    /// gives are values, or pairs of a name and a value; the first 25 are shown. They bind nobody: the user can
    /// send something else.
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

/// An [`OptionKind`] of your own whose values are suggested while one is being typed, as [`autocomplete`](BasicOption::autocomplete) does for
/// those of Discord's.
pub fn with_autocomplete<'a, K: OptionKind, I>(
    kind: K,
    mut f: impl FnMut(&AutocompleteContext, &str) -> I + 'a,
) -> WithAutocomplete<K, Autocomplete<'a>>
where
    I: IntoIterator<Item: IntoChoice>,
{
    WithAutocomplete::new(kind, Autocomplete(Box::new(move |cx, typed| autocomplete_choices(f(cx, typed)))))
}

/// What a closure that suggests values can see: who is typing, where, and what was given for the other options.
pub struct AutocompleteContext {
    pub(super) cx: Context,
    pub(super) interaction: Arc<Interaction>,
}

impl AutocompleteContext {
    /// The interaction, as Discord sent it.
    pub fn interaction(&self) -> &Interaction {
        &self.interaction
    }

    /// Who is typing.
    pub fn user(&self) -> &User {
        // Discord names somebody in all interactions but pings, which do not come over the gateway.
        self.interaction.invoking_user().unwrap_or_else(|| self.cx.me())
    }

    /// Who is typing, as a member of the guild.
    pub fn member(&self) -> Option<&Member> {
        self.interaction.member.as_deref()
    }

    /// The guild it comes from.
    pub fn guild_id(&self) -> Option<GuildId> {
        self.interaction.guild_id
    }

    /// The channel it comes from.
    pub fn channel_id(&self) -> Option<ChannelId> {
        self.interaction.channel_id
    }

    /// The language of who is typing.
    pub fn locale(&self) -> Option<&Locale> {
        self.interaction.locale.as_ref()
    }

    /// What stands in another option so far.
    pub fn value(&self, option: &str) -> Option<&OptionValue> {
        self.interaction.command()?.value(option)
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
