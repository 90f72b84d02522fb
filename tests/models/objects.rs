//! Every fixture of an object is read and written unchanged.

use serde::Serialize;
use serde::de::DeserializeOwned;
use syncord::model::*;

use crate::compare::{Problems, round_trip};
use crate::fixtures::{self, Fixture};
use crate::mutation::{self, Rewrite};

/// The start of a file name, the check of the file, and the function that reads and writes it. The first matching row is used.
type Row = (&'static str, fn(&Fixture) -> Problems, Rewrite);

#[rustfmt::skip]
pub(crate) const TYPES: &[Row] = &[
    row::<Team>("application.team."),
    row::<Application>("application."),
    row::<AuditLog>("audit_log."),
    row::<Ban>("ban."),
    row::<Channel>("channel."),
    row::<CommandPermissions>("command.permissions."),
    row::<Command>("command."),
    row::<Emoji>("emoji."),
    row::<GatewayBot>("gateway_bot."),
    row::<Onboarding>("guild.onboarding."),
    row::<PartialGuild>("guild.partial_me."),
    row::<UnavailableGuild>("guild.unavailable."),
    row::<WelcomeScreen>("guild.welcome_screen."),
    row::<Guild>("guild."),
    row::<InteractionCallbackResponse>("interaction.callback_response."),
    row::<Interaction>("interaction."),
    row::<Invite>("invite."),
    row::<PartialMember>("member.partial."),
    row::<Member>("member."),
    row::<Message>("message."),
    row::<List<Role>>("roles."),
    row::<ScheduledEventUser>("scheduled_event.user."),
    row::<SoundboardSound>("soundboard."),
    row::<Sticker>("sticker."),
    row::<User>("user."),
    row::<VoiceState>("voice_state."),
    row::<Webhook>("webhook."),
];

/// Error bodies are not objects of the model.
pub(crate) const ERRORS: &[&str] = &["error.", "ratelimit."];

const fn row<T: Serialize + DeserializeOwned>(name: &'static str) -> Row {
    (name, object::<T>, mutation::rewrite::<T>)
}

fn object<T: Serialize + DeserializeOwned>(fixture: &Fixture) -> Problems {
    round_trip::<T>(&fixture.text, &fixture.unknown)
}

#[test]
fn every_fixture_of_an_object_is_written_as_it_was_read() {
    let Some(fixtures) = fixtures::objects() else { return };
    let mut problems = Problems::new();
    for fixture in fixtures {
        if ERRORS.iter().any(|name| fixture.file.starts_with(name)) {
            continue;
        }
        let row = TYPES.iter().find(|(name, ..)| fixture.file.starts_with(name));
        let (_, check, _) = row.unwrap_or_else(|| panic!("{} has no type", fixture.file));
        problems.extend(check(&fixture).into_iter().map(|problem| format!("{}: {problem}", fixture.file)));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
