//! The link that adds a bot to a guild, when the bot starts in none.

use syncord::model::Permissions;
use syncord::rest::Client;
use syncord::sim::Discord;
use syncord::tree::{bot_has_permissions, command};
use syncord::{Bot, Token};

use crate::logged;

fn add_ban(bot: &mut Bot<'_>) {
    let ban = command("ban", "x").check(bot_has_permissions(Permissions::BAN_MEMBERS));
    bot.command(ban.run(|cx| cx.reply("banned")));
}

/// The number of times that a bot which starts in the guild, or in none, has logged its link.
fn links(is_in_guild: bool) -> usize {
    // An owner cannot leave.
    let discord = Discord::builder().guild("harbour", |guild| guild.owner("zoe")).start().unwrap();
    let mut bot = discord.bot();
    add_ban(&mut bot);
    bot.on_ready(|cx, _| Ok(cx.stop()));
    let ((), _) = logged::during(|| {
        if !is_in_guild {
            let token = Token::new(&discord.token()).unwrap();
            let client = Client::builder(token).api_url(discord.api_url()).build().unwrap();
            client.leave_guild(discord.guild_id()).unwrap();
        }
        bot.run().unwrap();
    });
    logged::count(&format!("WARN the bot is in no server yet: open {} to add it to one", link(&discord)))
}

/// The link of a bot of this Discord that needs the permission to ban.
fn link(discord: &Discord) -> String {
    let site = discord.api_url().replace("/api/v10", "");
    let id = discord.application_id();
    format!("{site}/oauth2/authorize?client_id={id}&scope=bot%20applications.commands&permissions=4")
}

#[test]
fn a_bot_that_is_in_no_guild_logs_its_invite_link() {
    assert_eq!([false, true].map(links), [1, 0]);
}

#[test]
fn the_link_of_a_simulated_bot_leads_to_a_page_that_says_that_it_is_not_needed() {
    let discord = Discord::start().unwrap();
    let mut bot = discord.bot();
    add_ban(&mut bot);
    let url = bot.invite_url().unwrap();
    assert_eq!(url, link(&discord));
    let page = ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(page.contains("simulated Discord") && page.contains("no invitation"), "{page}");
}
