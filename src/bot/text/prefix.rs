//! What a message begins with that calls a command.

use std::fmt;

use crate::bot::error::caught;
use crate::id::UserId;
use crate::model::Message;

/// Gives the prefix for a message.
pub(in crate::bot) type PrefixOf<'a> = Box<dyn FnMut(&Message) -> Option<String> + 'a>;

/// The prefixes of a bot.
#[derive(Default)]
pub(in crate::bot) struct Prefixes<'a> {
    pub(in crate::bot) fixed: Vec<String>,
    pub(in crate::bot) by_message: Vec<PrefixOf<'a>>,
    pub(in crate::bot) has_mention: bool,
}

impl Prefixes<'_> {
    pub(in crate::bot) fn is_empty(&self) -> bool {
        self.fixed.is_empty() && self.by_message.is_empty() && !self.has_mention
    }

    /// Whether a message with this content may begin with a prefix. Otherwise it is not read.
    pub(super) fn may_begin(&self, content: &str, me: UserId) -> bool {
        !self.by_message.is_empty()
            || self.fixed.iter().any(|prefix| content.starts_with(prefix.as_str()))
            || (self.has_mention && mention(content, me).is_some())
    }

    /// The length of the prefix with which a message begins: of the longest, if there are several.
    pub(super) fn length(&mut self, message: &Message, me: UserId) -> Option<usize> {
        let content = message.content.as_str();
        let begins =
            |prefix: &str| (!prefix.is_empty() && content.starts_with(prefix)).then_some(prefix.len());
        let fixed = self.fixed.iter().filter_map(|prefix| begins(prefix)).max();
        let mention = Some(content).filter(|_| self.has_mention).and_then(|content| mention(content, me));
        let given = self.by_message.iter_mut().filter_map(|prefix_of| prefix(prefix_of, message));
        let given = given.filter_map(|prefix| begins(&prefix)).max();
        fixed.max(mention).max(given)
    }
}

/// What a program's closure gives. A panic of it is logged.
fn prefix(prefix_of: &mut PrefixOf<'_>, message: &Message) -> Option<String> {
    caught(|| prefix_of(message)).unwrap_or_else(|panic| {
        log::error!("the closure of bot.text_prefix_by(..) panicked: {panic}");
        None
    })
}

/// The length of a mention of the bot at the beginning.
fn mention(content: &str, me: UserId) -> Option<usize> {
    let after = content.strip_prefix("<@")?;
    let after = after.strip_prefix('!').unwrap_or(after);
    let after = after.strip_prefix(me.to_string().as_str())?.strip_prefix('>')?;
    Some(content.len() - after.len())
}

impl fmt::Debug for Prefixes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prefixes").field("fixed", &self.fixed).finish_non_exhaustive()
    }
}
