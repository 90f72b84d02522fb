//! Pages that a user turns with buttons.

use super::prompt::Prompt;
use super::sent_prompt::{custom_id, name_of, nothing_to_show};
use super::task::Task;
use super::task_context::TaskContext;
use crate::error::{Error, Result};
use crate::gateway::event::InteractionCreate;
use crate::model::component::{ActionRow, Button};
use crate::rest::InteractionMessage;
use crate::texts::LibraryText;

const FIRST: &str = "first";
const BACK: &str = "back";
const NEXT: &str = "next";
const LAST: &str = "last";
const CLOSE: &str = "close";

impl<C: TaskContext> Task<C> {
    /// Shows pages that the user turns with buttons, until the user closes them or no button was clicked during the timeout.
    /// See [`Prompt`] for who can turn them, and where.
    ///
    /// A page is made when it is shown first, and kept. The iterator may be endless. There is a button for the last page if the
    /// [size](Iterator::size_hint) of the iterator is known, or once its end was reached. A text or embeds of the prompt are shown where a
    /// page has none, and components of the prompt above those of the page.
    ///
    /// ```
    /// use syncord::bot::Prompt;
    /// use syncord::events::InteractionCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let log = command("log", "Shows the log").waits_for::<InteractionCreate>();
    /// bot.command(log.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         let days = (1..=30).map(|day| format!("Day {day}: wind from the west."));
    ///         Ok(task.pages(Prompt::default(), days)?)
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     let log = ann.uses(&general, "/log")?;
    /// #     let shown = log.reply()?;
    /// #     ann.clicks(&shown, "prompt/last")?.wait_for_acknowledgement()?;
    /// #     assert_eq!(log.reply()?.content, "Day 30: wind from the west.");
    /// #     ann.clicks(&shown, "prompt/close")?.wait_for_acknowledgement()?;
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`confirm`](Task::confirm), and [`Error::Invalid`] if there is no page.
    #[doc(alias = "paginator")]
    #[doc(alias = "pagination")]
    pub fn pages<P: Into<InteractionMessage>>(
        &self,
        prompt: impl Into<Prompt>,
        pages: impl IntoIterator<Item = P>,
    ) -> Result<(), Error> {
        let mut pages = pages.into_iter();
        let (min, max) = pages.size_hint();
        let count = max.filter(|max| *max == min);
        let mut made = Vec::new();
        self.show_pages(prompt.into(), count, |number| {
            while made.len() <= number {
                match pages.next() {
                    Some(page) => made.push(page.into()),
                    None => return Ok(None),
                }
            }
            Ok(made.get(number).cloned())
        })
    }

    /// Shows pages that a closure makes by their number, from 0. `None` means that the page before was the last one.
    ///
    /// A page is made each time that it is shown. It is the same as [`pages`](Task::pages) otherwise.
    ///
    /// ```
    /// use syncord::bot::Prompt;
    /// use syncord::events::InteractionCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// /// Ten lines of a slow database.
    /// fn read(page: usize) -> syncord::Result<Vec<String>> {
    ///     // …
    /// #   Ok((0..10).filter(|_| page < 2).map(|line| format!("entry {}", 10 * page + line)).collect())
    /// }
    ///
    /// let log = command("log", "Shows the log").waits_for::<InteractionCreate>();
    /// bot.command(log.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         task.pages_by(Prompt::default(), |number| {
    ///             let lines = read(number)?;
    ///             Ok((!lines.is_empty()).then(|| lines.join("\n")))
    ///         })?;
    ///         Ok(())
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     let log = ann.uses(&general, "/log")?;
    /// #     let shown = log.reply()?;
    /// #     ann.clicks(&shown, "prompt/next")?.wait_for_acknowledgement()?;
    /// #     assert!(log.reply()?.content.starts_with("entry 10\n"));
    /// #     ann.clicks(&shown, "prompt/next")?.wait_for_acknowledgement()?;
    /// #     assert!(ann.clicks(&shown, "prompt/next").is_err()); // disabled at the end
    /// #     ann.clicks(&shown, "prompt/close")?.wait_for_acknowledgement()?;
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`pages`](Task::pages), and the error of the closure.
    pub fn pages_by<P: Into<InteractionMessage>>(
        &self,
        prompt: impl Into<Prompt>,
        mut page: impl FnMut(usize) -> Result<Option<P>>,
    ) -> Result<(), Error> {
        self.show_pages(prompt.into(), None, |number| Ok(page(number)?.map(Into::into)))
    }

    fn show_pages(
        &self,
        mut prompt: Prompt,
        count: Option<usize>,
        make: impl FnMut(usize) -> Result<Option<InteractionMessage>, Error>,
    ) -> Result<(), Error> {
        self.check_declared::<InteractionCreate>()?;
        let mut book = Book { make, frame: prompt.message, number: 0, count };
        prompt.message = book.turn_to(0)?;
        if book.count == Some(1) {
            self.send_prompt(prompt, None)?;
            return Ok(());
        }
        let labels = self.page_labels();
        let mut sent = self.send_prompt(prompt, [book.row(&labels, false)])?;
        let mut last = None;
        while let Some(click) =
            sent.next_click().map_err(|error| sent.failed(error, last.as_ref(), [book.row(&labels, true)]))?
        {
            let number = match name_of(&click) {
                FIRST => 0,
                BACK => book.number.saturating_sub(1),
                LAST => book.count.map_or(book.number, |count| count.saturating_sub(1)),
                NEXT => book.number.saturating_add(1),
                _ => {
                    sent.finish(Some(&click), None, [book.row(&labels, true)]);
                    return Ok(());
                }
            };
            let shown =
                book.turn_to(number).and_then(|page| sent.show(&click, page, book.row(&labels, false)));
            shown.map_err(|error| sent.failed(error, last.as_ref(), [book.row(&labels, true)]))?;
            last = Some(click);
        }
        sent.finish(None, last.as_ref(), [book.row(&labels, true)]);
        Ok(())
    }
}

/// The labels of the buttons.
struct Labels {
    first: String,
    back: String,
    next: String,
    last: String,
    close: String,
}

impl<C: TaskContext> Task<C> {
    fn page_labels(&self) -> Labels {
        Labels {
            first: self.word_label(&LibraryText::FirstPage),
            back: self.word_label(&LibraryText::PreviousPage),
            next: self.word_label(&LibraryText::NextPage),
            last: self.word_label(&LibraryText::LastPage),
            close: self.word_label(&LibraryText::ClosePages),
        }
    }
}

/// Pages, of which one is shown.
struct Book<F> {
    make: F,
    /// What is shown where a page has nothing.
    frame: InteractionMessage,
    number: usize,
    /// The number of pages, once it is known.
    count: Option<usize>,
}

impl<F: FnMut(usize) -> Result<Option<InteractionMessage>, Error>> Book<F> {
    /// Returns the page with this number, or the last one if there are fewer.
    fn turn_to(&mut self, mut number: usize) -> Result<InteractionMessage, Error> {
        loop {
            if let Some(page) = (self.make)(number)? {
                self.number = number;
                return Ok(page.framed_by(&self.frame));
            }
            self.count = Some(number);
            number = number.checked_sub(1).ok_or_else(|| nothing_to_show("pages"))?;
        }
    }

    fn row(&self, labels: &Labels, is_over: bool) -> ActionRow {
        let is_first = self.number == 0;
        let is_last = self.count.is_some_and(|count| self.number + 1 >= count);
        let has_last = self.count.is_some();
        // With two pages, these would be the same as the buttons next to them.
        let has_jumps = self.count.is_none_or(|count| count > 2);
        let buttons = [
            (has_jumps, FIRST, &labels.first, is_first),
            (true, BACK, &labels.back, is_first),
            (true, NEXT, &labels.next, is_last),
            (has_jumps && has_last, LAST, &labels.last, is_last),
            (true, CLOSE, &labels.close, false),
        ];
        let shown = buttons.into_iter().filter(|(is_shown, ..)| *is_shown);
        ActionRow::new(shown.map(|(_, name, label, is_disabled)| {
            Button::secondary(custom_id(name), label.as_str()).disabled(is_disabled || is_over)
        }))
    }
}
