//! The link that adds a bot to a guild, when the bot starts in none.

use syncord::Token;
use syncord::model::Permissions;
use syncord::rest::Client;
use syncord::sim::Discord;
use syncord::tree::{bot_has_permissions, command};

use crate::logged;

/// The number of times that a bot which starts in the guild, or in none, has logged its link.
fn links(is_in_guild: bool) -> usize {
    // An owner cannot leave.
    let discord = Discord::builder().guild("harbour", |guild| guild.owner("zoe")).start().unwrap();
    let mut bot = discord.bot();
    let ban = command("ban", "x").check(bot_has_permissions(Permissions::BAN_MEMBERS));
    bot.command(ban.run(|cx| cx.reply("banned")));
    bot.on_ready(|cx, _| Ok(cx.stop()));
    let ((), _) = logged::during(|| {
        if !is_in_guild {
            let token = Token::new(&discord.token()).unwrap();
            let client = Client::builder(token).api_url(discord.api_url()).build().unwrap();
            client.leave_guild(discord.guild_id()).unwrap();
        }
        bot.run().unwrap();
    });
    let id = discord.application_id();
    logged::count(&format!(
        "WARN the bot is in no server yet: open https://discord.com/oauth2/authorize?client_id={id}\
         &scope=bot%20applications.commands&permissions=4 to add it to one"
    ))
}

#[test]
fn a_bot_that_is_in_no_guild_logs_its_invite_link() {
    assert_eq!([false, true].map(links), [1, 0]);
}
