//! Each feature in the simulated Discord.

use std::time::Duration;

use my_bot::{State, mount};
use syncord::model::Permissions;
use syncord::sim::{Discord, Fault};

#[test]
fn a_die_is_rolled_again_by_its_button() -> syncord::Result {
    let discord = Discord::start()?;
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let state = State::default();
    let mut bot = discord.bot();
    mount(&mut bot, &state);
    bot.during(|| {
        let rolled = ann.uses(&general, "/roll sides:20")?.reply()?;
        assert!(rolled.content.ends_with(" of 20"), "{}", rolled.content);
        ann.clicks(&rolled, "dice/20")?.wait_for_acknowledgement()?;
        assert!(general.message(rolled.id).is_some_and(|message| message.content.ends_with(" of 20")));
        Ok(())
    })
}

#[test]
fn only_moderators_clear_the_notes() -> syncord::Result {
    let discord = Discord::builder()
        .guild("harbour", |guild| {
            guild
                .role("Officer", |role| role.permissions(Permissions::MANAGE_MESSAGES))
                .member("ann", |ann| ann.role("Officer"))
                .channel("general", |general| general)
        })
        .start()?;
    let (ann, ben, general) = (discord.member("ann"), discord.member("ben"), discord.channel("general"));
    let state = State::default();
    let mut bot = discord.bot();
    mount(&mut bot, &state);
    bot.during(|| {
        ben.uses(&general, "/note add text:Fog")?.reply()?;
        ben.uses(&general, "/note clear")?.wait_for_acknowledgement()?;
        ben.uses(&general, "/note list")?;
        let mut seen = vec![ben.next_ephemeral_message()?.content, ben.next_ephemeral_message()?.content];
        assert_eq!(seen.pop().as_deref(), Some("Fog"));
        assert!(seen[0].contains("Manage Messages"), "{}", seen[0]);
        assert_eq!(ann.uses(&general, "/note clear")?.reply()?.content, "Cleared.");
        Ok(())
    })
}

#[test]
fn a_lost_connection_loses_no_command() -> syncord::Result {
    let discord = Discord::builder().timeout(Duration::from_secs(30)).start()?;
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let state = State::default();
    let mut bot = discord.bot();
    mount(&mut bot, &state);
    bot.during(|| {
        discord.fault(Fault::DropSocket);
        assert_eq!(ann.uses(&general, "/note add text:Calm")?.reply()?.content, "Noted.");
        Ok(())
    })
}
