//! Notes that members keep in a channel.

use std::cell::RefCell;
use std::collections::BTreeMap;

use syncord::prelude::*;

/// Notes by channel. Handlers run one at a time, so a `RefCell` is enough.
#[derive(Debug, Default)]
pub struct Notes(RefCell<BTreeMap<ChannelId, Vec<String>>>);

impl Notes {
    fn add(&self, channel: ChannelId, text: String) -> Result<(), Refusal> {
        let mut notes = self.0.borrow_mut();
        let notes = notes.entry(channel).or_default();
        if notes.len() >= 10 {
            return Err(Refusal::new("This channel has ten notes. Clear them first."));
        }
        notes.push(text);
        Ok(())
    }

    fn list(&self, channel: ChannelId) -> String {
        match self.0.borrow().get(&channel) {
            Some(notes) => notes.join("\n"),
            None => "No notes.".to_owned(),
        }
    }

    fn clear(&self, channel: ChannelId) {
        self.0.borrow_mut().remove(&channel);
    }
}

pub(crate) fn tree(notes: &Notes) -> Tree<'_> {
    let text = string().max_length(100);
    Tree::new("notes").add(
        group("note", "Notes of this channel")
            .guild_only()
            .add(command("add", "Adds a note").option("text", "What to note", text).run(|cx, text| {
                notes.add(cx.channel()?, text)?;
                cx.reply("Noted.")
            }))
            .add(command("list", "Shows the notes").ephemeral().run(|cx| cx.reply(notes.list(cx.channel()?))))
            .add(
                command("clear", "Removes the notes")
                    .check(has_permissions(Permissions::MANAGE_MESSAGES))
                    .run(|cx| {
                        notes.clear(cx.channel()?);
                        cx.reply("Cleared.")
                    }),
            ),
    )
}
