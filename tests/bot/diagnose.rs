//! The doctor against a simulated Discord with faults.

use std::net::TcpListener;
use std::time::Duration;

use syncord::bot::diagnose::{Diagnosis, Finding, FindingKind, Severity};
use syncord::model::Permissions;
use syncord::sim::{Discord, ErrorBody, Fault};
use syncord::tree::{bot_has_permissions, command};
use syncord::{Bot, Intents, Proxy};

/// A bot that answers messages, and has a command that bans.
fn with_handlers(mut bot: Bot<'_>) -> Bot<'_> {
    bot.on_message(|_, _| Ok(()));
    bot.command(
        command("ban", "Bans a member")
            .check(bot_has_permissions(Permissions::BAN_MEMBERS))
            .run(|cx| cx.reply("Banned.")),
    );
    bot
}

/// The worst finding about a thing.
fn worst(diagnosis: &Diagnosis, kind: FindingKind) -> &Finding {
    let found = diagnosis.about(kind).max_by_key(|finding| finding.severity);
    found.unwrap_or_else(|| panic!("nothing about {kind}:\n{diagnosis}"))
}

fn has(finding: &Finding, severity: Severity, parts: &[&str]) {
    let text = finding.to_string();
    assert_eq!(finding.severity, severity, "{text}");
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in: {text}");
    }
}

#[test]
fn nothing_is_changed_at_discord_and_no_identify_is_used() {
    let discord = Discord::start().unwrap();
    let before = discord.snapshot();
    let diagnosis = with_handlers(discord.bot()).diagnose();
    assert!(diagnosis.is_ok(), "{diagnosis}");
    assert_eq!(diagnosis.worst(), Severity::Note, "{diagnosis}");
    has(worst(&diagnosis, FindingKind::Gateway), Severity::Ok, &["sends Hello", "no identify was used"]);
    has(worst(&diagnosis, FindingKind::Commands), Severity::Note, &["+ /ban", "start it"]);
    assert_eq!(discord.snapshot(), before);
    assert_eq!(discord.log().identifies(), 0);
    assert_eq!(discord.log().violations(), [""; 0]);
    let requests = discord.requests();
    assert!(requests.iter().all(|request| request.method == "GET"), "{requests:#?}");
    assert!(!diagnosis.to_string().contains(&discord.token()), "{diagnosis}");
}

#[test]
fn a_bot_without_handlers_can_be_diagnosed() {
    let discord = Discord::start().unwrap();
    let diagnosis = discord.bot().diagnose();
    assert!(diagnosis.is_ok(), "{diagnosis}");
    has(worst(&diagnosis, FindingKind::Declarations), Severity::Note, &["no handlers"]);
}

#[test]
fn a_token_that_discord_refuses_is_an_error_that_does_not_show_it() {
    let discord = Discord::start().unwrap();
    for (token, part) in [
        ("ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1.wrong", "the token given to Bot::new"),
        ("b1UBVd2mNvdW-_yLwT3PAMEWmYqN4Rj9", "the client secret"),
    ] {
        let mut bot = Bot::new(token).unwrap();
        bot.api_url(discord.api_url());
        let diagnosis = bot.diagnose();
        assert!(!diagnosis.is_ok());
        has(worst(&diagnosis, FindingKind::Token), Severity::Error, &["Discord refuses", part]);
        assert_eq!(diagnosis.findings().iter().filter(|f| f.severity == Severity::Error).count(), 1);
        assert!(!diagnosis.to_string().contains(token), "{diagnosis}");
    }
}

#[test]
fn an_intent_that_is_off_is_an_error_that_names_the_handler() {
    let discord = Discord::builder().privileged_intents(Intents::GUILD_MEMBERS).start().unwrap();
    let diagnosis = with_handlers(discord.bot()).diagnose();
    let parts = ["MESSAGE_CONTENT is off", "on_message at tests/bot/diagnose.rs", "Message Content Intent"];
    has(worst(&diagnosis, FindingKind::Intents), Severity::Error, &parts);
}

#[test]
fn permissions_that_the_bot_lacks_are_named_with_the_guild_and_the_command() {
    let discord = Discord::builder()
        .guild("harbour", |guild| guild.owner("zoe").bot_permissions(Permissions::SEND_MESSAGES))
        .guild("pier", |guild| guild.owner("zoe").bot_permissions(Permissions::BAN_MEMBERS))
        .start()
        .unwrap();
    let diagnosis = with_handlers(discord.bot()).diagnose();
    let lacking: Vec<_> = diagnosis.about(FindingKind::Permissions).collect();
    assert_eq!(lacking.len(), 1, "{diagnosis}");
    has(lacking[0], Severity::Warning, &["in harbour (", "lacks Ban Members, for /ban", "permissions=4"]);
}

#[test]
fn commands_that_are_out_of_date_or_left_in_a_guild_are_listed() {
    let discord = Discord::start().unwrap();
    // An earlier version of the program has registered another command, in the guild.
    let mut earlier = discord.bot();
    earlier.command(command("old", "Is gone").run(|cx| cx.reply("old")));
    earlier.test_guild(discord.guild_id());
    earlier.during(|| Ok(())).unwrap();
    let diagnosis = with_handlers(discord.bot()).diagnose();
    let found: Vec<String> = diagnosis.about(FindingKind::Commands).map(ToString::to_string).collect();
    assert!(found[0].contains("+ /ban"), "{diagnosis}");
    assert!(found[1].contains("users may see some twice: old"), "{diagnosis}");
    // For the bot that registers in the guild, the command is one to delete.
    let mut bot = with_handlers(discord.bot());
    bot.test_guild(discord.guild_id());
    let diagnosis = bot.diagnose();
    has(worst(&diagnosis, FindingKind::Commands), Severity::Note, &["+ /ban", "- /old"]);
    assert_eq!(diagnosis.about(FindingKind::Commands).count(), 1, "{diagnosis}");
}

#[test]
fn a_host_that_does_not_respond_is_distinguished_from_a_name_that_does_not_exist() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let with_url = |url: String| {
        let mut bot = Bot::new("a.b.c").unwrap();
        bot.api_url(url).proxy(None);
        bot.diagnose()
    };
    let diagnosis = with_url(format!("http://{closed}/api/v10"));
    has(
        worst(&diagnosis, FindingKind::Connection),
        Severity::Error,
        &[&closed.to_string(), "DISCORD_API_URL"],
    );
    assert_eq!(diagnosis.about(FindingKind::Lookup).count(), 0, "{diagnosis}");
    // RFC 6761: this name never exists.
    let diagnosis = with_url("https://discord.invalid/api/v10".to_owned());
    has(worst(&diagnosis, FindingKind::Lookup), Severity::Error, &["discord.invalid:443"]);
    assert_eq!(diagnosis.about(FindingKind::Token).count(), 0, "{diagnosis}");
}

#[test]
fn an_address_that_cannot_be_used_is_an_error() {
    let mut bot = Bot::new("a.b.c").unwrap();
    bot.api_url("http://discord.com/api/v10");
    let diagnosis = bot.diagnose();
    has(worst(&diagnosis, FindingKind::Address), Severity::Error, &["unencrypted", "bot.api_url"]);
}

#[test]
fn a_proxy_that_is_not_there_is_named_without_its_password() {
    let discord = Discord::start().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut bot = discord.bot();
    bot.proxy(Some(Proxy::new(&format!("http://ann:secret@{closed}")).unwrap()));
    let diagnosis = bot.diagnose();
    let parts = [&*format!("the proxy {closed}"), "check that it runs"];
    has(worst(&diagnosis, FindingKind::Connection), Severity::Error, &parts);
    assert!(!diagnosis.to_string().contains("secret"), "{diagnosis}");
}

#[test]
fn a_proxy_that_opens_no_tunnel_is_an_error_about_the_proxy() {
    // It is a server of HTTP, but no proxy.
    let (discord, other) = (Discord::start().unwrap(), Discord::start().unwrap());
    let mut bot = discord.bot();
    bot.proxy(Some(Proxy::new(&other.gateway_url().replace("ws://", "http://")).unwrap()));
    let diagnosis = bot.diagnose();
    has(worst(&diagnosis, FindingKind::Proxy), Severity::Error, &["CONNECT"]);
}

#[test]
fn a_clock_that_is_wrong_is_a_warning() {
    let discord = Discord::start().unwrap();
    discord.advance(Duration::from_secs(3600));
    let diagnosis = discord.bot().diagnose();
    assert!(diagnosis.is_ok(), "{diagnosis}");
    let clock = worst(&diagnosis, FindingKind::Clock);
    assert!(clock.found.contains("60 min behind") || clock.found.contains("59 min behind"), "{clock}");
    has(clock, Severity::Warning, &["NTP"]);
}

#[test]
fn no_identifies_left_are_an_error() {
    let day = Duration::from_secs(24 * 3600);
    let discord = Discord::builder().session_start_limit(1000, 0, day, 1).start().unwrap();
    let diagnosis = discord.bot().diagnose();
    has(worst(&diagnosis, FindingKind::Identifies), Severity::Error, &["0 of 1000 are left", "24 h"]);
    // The connection can still be tried.
    has(worst(&diagnosis, FindingKind::Gateway), Severity::Ok, &[]);
}

#[test]
fn fewer_shards_than_recommended_are_a_warning() {
    let discord = Discord::builder().shards(4).start().unwrap();
    let mut bot = discord.bot();
    bot.shards(1);
    has(worst(&bot.diagnose(), FindingKind::Shards), Severity::Warning, &["recommends 4", "bot.shards(4)"]);
}

#[test]
fn a_gateway_that_refuses_is_an_error_although_rest_works() {
    let discord = Discord::start().unwrap();
    for (fault, part) in [
        (Fault::RefuseUpgrade { status: 503, times: 1 }, "HTTP 503"),
        (Fault::AcceptThenClose { times: 1 }, "lost before Hello"),
    ] {
        discord.fault(fault);
        let diagnosis = discord.bot().diagnose();
        has(worst(&diagnosis, FindingKind::Gateway), Severity::Error, &[part]);
        has(worst(&diagnosis, FindingKind::Token), Severity::Ok, &[]);
    }
}

#[test]
fn a_web_page_in_place_of_discord_is_an_error_about_the_address() {
    let discord = Discord::start().unwrap();
    discord.fault(Fault::HttpStatus { status: 200, body: ErrorBody::Html, retry_after: None, times: 100 });
    let diagnosis = discord.bot().diagnose();
    has(
        worst(&diagnosis, FindingKind::Address),
        Severity::Error,
        &["a web page", "check that Discord's API is there"],
    );
}

#[test]
fn mistakes_of_the_program_are_errors_and_the_rest_is_still_checked() {
    let discord = Discord::start().unwrap();
    let mut bot = discord.bot();
    bot.command(command("roll", "").run(|cx| cx.reply("4")));
    let diagnosis = bot.diagnose();
    has(worst(&diagnosis, FindingKind::Declarations), Severity::Error, &["roll", "description"]);
    has(worst(&diagnosis, FindingKind::Token), Severity::Ok, &[]);
    assert_eq!(diagnosis.about(FindingKind::Commands).count(), 0, "{diagnosis}");
}
