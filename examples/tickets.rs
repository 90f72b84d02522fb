//! Threads: a button opens a private thread for a user and the people who help.
//!
//! `cargo run --example tickets`, then type `/desk` and `[Open a ticket]`.

use std::time::Duration;

use syncord::prelude::*;
use syncord::rest::{ModifyThread, StartThreadWithoutMessage};

const OPEN: CustomId<()> = CustomId::new("ticket/open");
const CLOSE: CustomId<(u64,)> = CustomId::new("ticket/close/{thread}");
const DAY: Duration = Duration::from_secs(24 * 3600);

fn tickets() -> Tree<'static> {
    let may_start = Permissions::CREATE_PRIVATE_THREADS | Permissions::SEND_MESSAGES_IN_THREADS;
    Tree::new("tickets")
        .add(
            command("desk", "Posts the button for tickets")
                .requires(Permissions::MANAGE_CHANNELS)
                .check(bot_has_permissions(may_start))
                .run(|cx| {
                    let button = Button::primary(OPEN.with()?, "Open a ticket");
                    cx.reply(
                        InteractionMessage::text("Do you need help?").component(ActionRow::new([button])),
                    )
                }),
        )
        .add(OPEN.run(|cx| {
            cx.defer_ephemeral()?; // three requests follow
            let name = format!("ticket-{}", cx.user().username);
            let thread = StartThreadWithoutMessage::new(name).auto_archive_duration(3 * DAY).invitable(false);
            let thread = cx.rest().start_thread_without_message(cx.channel()?, &thread)?;
            // People with the permission Manage Threads see it anyway. Others who help must be added, too.
            cx.rest().add_thread_member(thread.id, cx.user().id)?;
            let close = Button::danger(CLOSE.with(thread.id.get())?, "Close");
            cx.send(
                thread.id,
                CreateMessage::text("Describe your problem.").component(ActionRow::new([close])),
            )?;
            cx.reply(format!("Your ticket: {}", thread.id.mention()))
        }))
        .add(CLOSE.run(|cx, thread| {
            cx.reply("This ticket is closed.")?;
            let closed = ModifyThread::new().archived(true).locked(true);
            cx.rest().modify_thread(ChannelId::new(thread), &closed)?;
            Ok(())
        }))
}

fn main() -> syncord::Result {
    let mut bot = Bot::from_env_or_playground()?;
    bot.mount(tickets());
    bot.run()?;
    Ok(())
}
