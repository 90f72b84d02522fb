//! Questions that a user answers with a message.

use std::any::TypeId;
use std::fmt::Display;
use std::str::FromStr;

use super::prompt::Prompt;
use super::task::Task;
use super::task_context::TaskContext;
use crate::error::Error;
use crate::gateway::event::MessageCreate;
use crate::model::{Message, truncate_message};
use crate::texts::{LibraryText, Wording};

impl<C: TaskContext> Task<C> {
    /// Asks a question that the user answers with a message in the same channel, and reads the answer as a type such as `u32`
    /// or [`String`]. `None` after the timeout, or after the last try. See [`Prompt`] for who can answer, and where.
    ///
    /// If the answer cannot be read, the bot replies what it [expects](Prompt::expects), and waits again:
    /// [three times](Prompt::tries) by default, each for the whole timeout. For the integers and floats of Rust, `bool` and
    /// `char`, the bot says by itself what it expects, in the language of the user: "Expected an integer from 0 to 255." For
    /// another type that is the error of its `FromStr`. A form is one question after the other:
    ///
    /// ```
    /// use syncord::bot::Prompt;
    /// use syncord::events::MessageCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let join = command("join", "Joins the crew").waits_for::<MessageCreate>();
    /// bot.command(join.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         let Some(name) = task.ask::<String>("Your name?")? else { return Ok(()) };
    ///         let age = Prompt::new("Your age?").expects("a number from 0 to 255");
    ///         let Some(age) = task.ask::<u8>(age)? else { return Ok(()) };
    ///         task.follow_up(format!("Welcome, {name} ({age})."))?;
    ///         Ok(())
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     assert_eq!(ann.uses(&general, "/join")?.reply()?.content, "Your name?");
    /// #     ann.says(&general, "Ann");
    /// #     assert_eq!(general.next_message()?.content, "Your age?");
    /// #     ann.says(&general, "old");
    /// #     assert_eq!(general.next_message()?.content, "Expected: a number from 0 to 255. Please try again.");
    /// #     ann.says(&general, "42");
    /// #     assert_eq!(general.next_message()?.content, "Welcome, Ann (42).");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Several fields at once, without messages in the channel, are a [`Modal`](crate::rest::Modal).
    ///
    /// # Errors
    ///
    /// As for [`confirm`](Task::confirm), and [`Error::Setup`] if nothing declared that tasks wait for [`MessageCreate`].
    #[doc(alias = "form")]
    #[doc(alias = "wizard")]
    #[doc(alias = "questionnaire")]
    pub fn ask<T>(&self, prompt: impl Into<Prompt>) -> Result<Option<T>, Error>
    where
        T: FromStr + 'static,
        T::Err: Display,
    {
        let expected = expected::<T>();
        self.ask_for(prompt.into(), |answer| {
            answer.content.parse().map_err(|error: T::Err| match expected.clone() {
                Some(expected) => LibraryText::Expected { expected }.into(),
                None => error.to_string().into(),
            })
        })
    }

    /// Asks a question that the user answers with a message, and reads the answer with a function. Its error is a text for the
    /// user, unless the prompt says what it [expects](Prompt::expects).
    ///
    /// It is the same as [`ask`](Task::ask) otherwise.
    ///
    /// ```
    /// use syncord::events::MessageCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let bet = command("bet", "Bets on a number").waits_for::<MessageCreate>();
    /// bot.command(bet.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         let number = task.ask_with("Which number?", |answer| match answer.content.parse() {
    ///             Ok(number @ 0..=36) => Ok(number),
    ///             _ => Err("The numbers are 0 to 36".to_owned()),
    ///         })?;
    ///         if let Some(number) = number {
    ///             task.follow_up(format!("All on {number}."))?;
    ///         }
    ///         Ok(())
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     ann.uses(&general, "/bet")?.reply()?;
    /// #     ann.says(&general, "37");
    /// #     assert_eq!(general.next_message()?.content, "The numbers are 0 to 36. Please try again.");
    /// #     ann.says(&general, "7");
    /// #     assert_eq!(general.next_message()?.content, "All on 7.");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`ask`](Task::ask).
    pub fn ask_with<T>(
        &self,
        prompt: impl Into<Prompt>,
        mut read: impl FnMut(&Message) -> Result<T, String>,
    ) -> Result<Option<T>, Error> {
        self.ask_for(prompt.into(), |answer| read(answer).map_err(Wording::from))
    }

    fn ask_for<T>(
        &self,
        prompt: Prompt,
        mut read: impl FnMut(&Message) -> Result<T, Wording>,
    ) -> Result<Option<T>, Error> {
        self.check_declared::<MessageCreate>()?;
        let (expected, tries) = (prompt.expected.clone(), prompt.tries.max(1));
        let sent = self.send_prompt(prompt, None)?;
        for left in (0..tries).rev() {
            let Some(answer) = sent.next_message()? else {
                return Ok(None);
            };
            let problem = match read(&answer) {
                Ok(value) => return Ok(Some(value)),
                Err(problem) => match &expected {
                    None => problem.in_words(&|text| self.word(text, answer.guild_id)),
                    Some(expected) => {
                        let text = LibraryText::PromptExpected { expected: expected.clone() };
                        self.word(&text, answer.guild_id)
                    }
                },
            };
            let end = if problem.is_empty() || problem.ends_with(['.', '!', '?', '。']) { "" } else { "." };
            let problem = format!("{problem}{end}");
            let text = match left {
                0 => problem,
                _ => self.word(&LibraryText::TryAgain { problem }, answer.guild_id),
            };
            if !text.is_empty() {
                self.cx.as_ref().reply(&answer, truncate_message(text))?;
            }
        }
        Ok(None)
    }
}

/// What a user has to write for a value of this type, whose own errors are made for programmers. `None` for other types.
fn expected<T: 'static>() -> Option<Wording> {
    let asked = TypeId::of::<T>();
    let (_, min, max) = match integers().into_iter().find(|(integer, ..)| *integer == asked) {
        Some(range) => range,
        None => return other(asked),
    };
    Some(LibraryText::FromTo { value: LibraryText::AnInteger.into(), min, max }.into())
}

/// The types of integers, with their smallest and largest number.
fn integers() -> [(TypeId, String, String); 12] {
    fn row<T: 'static>(min: impl Display, max: impl Display) -> (TypeId, String, String) {
        (TypeId::of::<T>(), min.to_string(), max.to_string())
    }
    [
        row::<u8>(u8::MIN, u8::MAX),
        row::<u16>(u16::MIN, u16::MAX),
        row::<u32>(u32::MIN, u32::MAX),
        row::<u64>(u64::MIN, u64::MAX),
        row::<u128>(u128::MIN, u128::MAX),
        row::<usize>(usize::MIN, usize::MAX),
        row::<i8>(i8::MIN, i8::MAX),
        row::<i16>(i16::MIN, i16::MAX),
        row::<i32>(i32::MIN, i32::MAX),
        row::<i64>(i64::MIN, i64::MAX),
        row::<i128>(i128::MIN, i128::MAX),
        row::<isize>(isize::MIN, isize::MAX),
    ]
}

fn other(asked: TypeId) -> Option<Wording> {
    let text = match asked {
        _ if asked == TypeId::of::<f32>() || asked == TypeId::of::<f64>() => LibraryText::ANumber,
        _ if asked == TypeId::of::<bool>() => LibraryText::OneOf { names: "true, false".to_owned() },
        _ if asked == TypeId::of::<char>() => LibraryText::ACharacter,
        _ => return None,
    };
    Some(text.into())
}

#[cfg(test)]
mod tests {
    use super::expected;

    #[test]
    fn the_types_of_numbers_say_what_they_take() {
        let of = |expected: Option<crate::texts::Wording>| expected.map(|expected| expected.to_string());
        assert_eq!(of(expected::<u8>()).as_deref(), Some("an integer from 0 to 255"));
        assert_eq!(of(expected::<i16>()).as_deref(), Some("an integer from -32768 to 32767"));
        assert_eq!(of(expected::<u64>()).as_deref(), Some("an integer from 0 to 18446744073709551615"));
        assert_eq!(of(expected::<f32>()).as_deref(), Some("a number"));
        assert_eq!(of(expected::<bool>()).as_deref(), Some("one of true, false"));
        assert_eq!(of(expected::<char>()).as_deref(), Some("a single character"));
        assert_eq!(of(expected::<std::net::IpAddr>()), None);
    }
}
