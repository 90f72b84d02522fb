//! A bot with its tests: `cargo test --example tested_bot` runs them, without a token and without the network.
//!
//! `cargo run --example tested_bot`, then type `/borrow book:Moby-Dick`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use syncord::prelude::*;

/// Who has which book.
type Loans = RefCell<BTreeMap<String, UserId>>;

/// The bot. `main` and the tests mount it.
fn library(loans: &Loans) -> Tree<'_> {
    Tree::new("library")
        .add(command("borrow", "Borrows a book").option("book", "Which", string()).run(|cx, book| {
            let mut loans = loans.borrow_mut();
            if let Some(reader) = loans.get(&book).filter(|reader| **reader != cx.user().id) {
                return Err(Refusal::new(format!("{} has it.", reader.mention())).into());
            }
            loans.insert(book.clone(), cx.user().id);
            cx.reply(format!("{book} is yours."))
        }))
        .add(command("return", "Returns a book").option("book", "Which", string()).run(|cx, book| {
            let mut loans = loans.borrow_mut();
            if loans.get(&book) != Some(&cx.user().id) {
                return Err(Refusal::new("You do not have it.").into());
            }
            loans.remove(&book);
            cx.reply("Thank you.")
        }))
}

fn main() -> syncord::Result {
    let loans = Loans::default();
    let mut bot = Bot::from_env_or_playground()?;
    bot.mount(library(&loans));
    bot.run()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use syncord::sim::Discord;

    use super::{Loans, library};

    #[test]
    fn a_borrowed_book_cannot_be_borrowed_again() -> syncord::Result {
        let discord = Discord::start()?;
        let (ann, ben, general) = (discord.member("ann"), discord.member("ben"), discord.channel("general"));
        let loans = Loans::default();
        let mut bot = discord.bot();
        bot.mount(library(&loans));
        bot.during(|| {
            assert_eq!(ann.uses(&general, "/borrow book:Emma")?.reply()?.content, "Emma is yours.");
            ben.uses(&general, "/borrow book:Emma")?;
            assert_eq!(ben.next_ephemeral_message()?.content, format!("{} has it.", ann.mention()));
            ann.uses(&general, "/return book:Emma")?.reply()?;
            assert_eq!(ben.uses(&general, "/borrow book:Emma")?.reply()?.content, "Emma is yours.");
            Ok(())
        })?;
        assert_eq!(loans.borrow().len(), 1);
        Ok(())
    }
}
