//! Reaction roles: a member who reacts with an emoji gets a role, and loses it with the reaction.
//!
//! `cargo run --example reaction_roles`, then type `/roles` and `:react ⚓`. On the real Discord, the bot needs the permission
//! Manage Roles, and its own role must be above those that it gives.

use std::cell::RefCell;
use std::collections::HashMap;

use syncord::model::Role;
use syncord::prelude::*;
use syncord::rest::CreateGuildRole;

/// The emoji, and the name of its role.
const ROLES: [(&str, &str); 2] = [("⚓", "Sailor"), ("🎣", "Angler")];

/// The roles by name. Those that do not exist are created.
fn roles(rest: &Client, guild: GuildId) -> Result<Vec<Role>, Error> {
    let existing = rest.guild_roles(guild)?;
    let role = |name: &str| match existing.iter().find(|role| role.name == name) {
        Some(role) => Ok(role.clone()),
        None => rest.create_guild_role(guild, &CreateGuildRole::new().name(name)),
    };
    ROLES.iter().map(|(_, name)| role(name)).collect()
}

fn main() -> syncord::Result {
    // The role of each emoji, by message.
    let menus: RefCell<HashMap<(MessageId, &str), RoleId>> = RefCell::default();
    let role_of = |message: MessageId, emoji: Option<&str>| {
        let (emoji, _) = *ROLES.iter().find(|(known, _)| Some(*known) == emoji)?;
        menus.borrow().get(&(message, emoji)).copied()
    };

    let mut bot = Bot::from_env_or_playground()?;
    bot.command(
        command("roles", "Posts the menu of roles")
            .requires(Permissions::MANAGE_ROLES)
            .check(bot_has_permissions(Permissions::MANAGE_ROLES | Permissions::ADD_REACTIONS))
            .guild_only()
            .run(|cx| {
                let roles = roles(cx.rest(), cx.guild()?.id)?;
                cx.reply(ROLES.map(|(emoji, name)| format!("{emoji} {name}")).join("\n"))?;
                let menu = cx.fetch_reply()?;
                for ((emoji, _), role) in ROLES.iter().zip(roles) {
                    cx.react(&menu, *emoji)?;
                    menus.borrow_mut().insert((menu.id, *emoji), role.id);
                }
                Ok(())
            }),
    );
    bot.on::<MessageReactionAdd>(|cx, reaction| {
        let role = role_of(reaction.message_id, reaction.emoji.name.as_deref());
        if let (Some(role), Some(guild)) = (role, reaction.guild_id) {
            if reaction.user_id != cx.me().id {
                cx.rest().reason("reaction").add_guild_member_role(guild, reaction.user_id, role)?;
                cx.send(reaction.channel_id, format!("{} has a new role.", reaction.user_id.mention()))?;
            }
        }
        Ok(())
    });
    bot.on::<MessageReactionRemove>(|cx, reaction| {
        let role = role_of(reaction.message_id, reaction.emoji.name.as_deref());
        if let (Some(role), Some(guild)) = (role, reaction.guild_id) {
            cx.rest().reason("reaction").remove_guild_member_role(guild, reaction.user_id, role)?;
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}
