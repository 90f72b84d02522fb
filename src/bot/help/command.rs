//! The help command and its buttons.

use std::sync::Arc;

use super::HELP;
use super::entry::{Entry, HelpIndex, Language};
use super::pages::pages;
use crate::bot::bot::Bot;
use crate::bot::context::InteractionContext;
use crate::bot::tree::{Check, command};
use crate::command::{CustomId, string};
use crate::error::Error;
use crate::model::component::{ActionRow, Button};
use crate::model::truncate_message;
use crate::rest::InteractionMessage;
use crate::texts::LibraryText;

/// The buttons that turn the pages: the page, and the prefix of a text command.
const PAGE: CustomId<(usize, String)> = CustomId::new("syncord-help/{page}/{prefix}");

/// A longer prefix is not kept in the buttons, whose IDs have at most 100 characters.
const MAX_PREFIX: usize = 40;

/// # Help
impl Bot<'_> {
    /// Adds the command `help`: it lists the commands that the user may use here, in pages, and describes one with all its
    /// options. It reads them from the tree, so there is nothing to keep up to date.
    ///
    /// It is a slash command whose reply only the user sees. It is a [text command](crate::tree#text-commands) too if the bot
    /// has a prefix, as [`text_prefix`](Bot::text_prefix) adds one before or after this call.
    ///
    /// ```
    /// use syncord::tree::{command, integer};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let sides = integer(2..=1000);
    /// let roll = command("roll", "Rolls a die").option("sides", "Faces", sides).text().run(|cx, _| cx.reply("4"));
    /// bot.text_prefix("!").command(roll).help();
    /// # bot.during(|| {
    /// ann.says(&general, "!help roll");
    /// assert_eq!(
    ///     general.next_message()?.content,
    ///     "`!roll <sides>` — Rolls a die\n- `sides`: Faces (an integer from 2 to 1000)"
    /// );
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "help command")]
    pub fn help(&mut self) -> &mut Self {
        let index = Arc::clone(self.router.help.get_or_insert_default());
        let of_buttons = Arc::clone(&index);
        let help = command(HELP, "Shows what I can do")
            .option("command", "The command to describe", string().optional())
            // So that permissions are known for a text command too.
            .check(Check::new(|_| Ok(())));
        self.command(help.run(move |cx, command| {
            let prefix = prefix(cx);
            let message = match command {
                None => list(&index, cx, 0, prefix)?,
                Some(name) => InteractionMessage::text(describe(&index, cx, &name, prefix)),
            };
            // For a text command, a message in the same channel.
            if cx.text_call().is_some() { cx.reply(message) } else { cx.reply_ephemeral(message) }
        }));
        self.router.text.wants_help = true;
        self.add_text_help();
        self.component(PAGE.run(move |cx, page, prefix| {
            let prefix = Some(prefix.as_str()).filter(|prefix| !prefix.is_empty());
            cx.update(list(&of_buttons, cx, page, prefix)?.into_edit())
        }))
    }
}

/// The prefix with which the help was called.
fn prefix(cx: &InteractionContext) -> Option<&str> {
    let call = cx.text_call()?;
    // The call ends in the word `help`.
    call.get(..call.len().checked_sub(HELP.len())?)
}

/// The commands that the user may use.
fn own<'i>(index: &'i HelpIndex, cx: &InteractionContext) -> impl Iterator<Item = &'i Entry> {
    index.get().map_or(&[][..], Vec::as_slice).iter().filter(move |entry| entry.is_for(cx))
}

/// A page of the list, with buttons if there are more.
fn list(
    index: &HelpIndex,
    cx: &InteractionContext,
    page: usize,
    prefix: Option<&str>,
) -> Result<InteractionMessage, Error> {
    let language = Language { locale: cx.language(), word: &|text| cx.word(text) };
    let pages = pages(own(index, cx).map(|entry| entry.line(prefix, &language)));
    let last = pages.len() - 1;
    let page = page.min(last);
    let text = pages.into_iter().nth(page).unwrap_or_default();
    let message = InteractionMessage::text(text);
    if last == 0 {
        return Ok(message);
    }
    let prefix = prefix.filter(|prefix| prefix.len() <= MAX_PREFIX).unwrap_or_default();
    let button =
        |text, to: usize| Ok::<_, Error>(Button::secondary(PAGE.with(to, prefix)?, cx.word_label(text)));
    Ok(message.component(ActionRow::new([
        // A disabled button needs a unique ID too: that of a page that does not exist.
        button(&LibraryText::HelpBack, page.checked_sub(1).unwrap_or(last + 1))?.disabled(page == 0),
        button(&LibraryText::HelpMore, page + 1)?.disabled(page == last),
    ])))
}

/// A command with its options, or the commands of a group.
fn describe(index: &HelpIndex, cx: &InteractionContext, name: &str, prefix: Option<&str>) -> String {
    let wanted = name.trim().trim_start_matches('/').to_lowercase();
    let wanted = prefix.and_then(|prefix| wanted.strip_prefix(prefix)).unwrap_or(&wanted);
    let group = format!("{wanted} ");
    let language = Language { locale: cx.language(), word: &|text| cx.word(text) };
    let mut inside = Vec::new();
    for entry in own(index, cx) {
        if entry.path == wanted {
            return truncate_message(entry.details(prefix, &language));
        }
        if entry.path.starts_with(&group) {
            inside.push(entry.line(prefix, &language));
        }
    }
    match inside.is_empty() {
        true => cx.word_label(&LibraryText::HelpUnknown),
        false => pages(inside).swap_remove(0),
    }
}

#[cfg(test)]
mod tests {
    use super::PAGE;
    use crate::interaction::HELP_ID;

    #[test]
    fn the_buttons_are_known_as_those_of_the_help() {
        let id = PAGE.with(1, "!").unwrap_or_default();
        assert!(id.starts_with(HELP_ID), "{id}");
    }
}
