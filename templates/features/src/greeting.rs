//! Greets new members in the channel that the guild has chosen for that.

use syncord::prelude::*;

pub(crate) fn tree() -> Tree<'static> {
    Tree::new("greeting").add(on::<GuildMemberAdd>(|cx, member| {
        let Some(channel) = cx.rest().guild(member.guild_id)?.system_channel_id else { return Ok(()) };
        cx.send(channel, format!("Welcome, {}!", member.user.mention()))?;
        Ok(())
    }))
}
