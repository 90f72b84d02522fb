//! Every fixture of an object is read and written unchanged.

use serde::Serialize;
use serde::de::DeserializeOwned;
use syncord::model::*;

use crate::compare::{Problems, round_trip};
use crate::fixtures::{self, Fixture};

/// The start of a file name and the check of the file. The first matching row is used.
type Row = (&'static str, fn(&Fixture) -> Problems);

#[rustfmt::skip]
const TYPES: &[Row] = &[
    ("application.team.",             object::<Team>),
    ("application.",                  object::<Application>),
    ("audit_log.",                    object::<AuditLog>),
    ("ban.",                          object::<Ban>),
    ("channel.",                      object::<Channel>),
    ("command.permissions.",          object::<CommandPermissions>),
    ("command.",                      object::<Command>),
    ("emoji.",                        object::<Emoji>),
    ("gateway_bot.",                  object::<GatewayBot>),
    ("guild.onboarding.",             object::<Onboarding>),
    ("guild.partial_me.",             object::<PartialGuild>),
    ("guild.unavailable.",            object::<UnavailableGuild>),
    ("guild.welcome_screen.",         object::<WelcomeScreen>),
    ("guild.",                        object::<Guild>),
    ("interaction.callback_response.", object::<InteractionCallbackResponse>),
    ("interaction.",                  object::<Interaction>),
    ("invite.",                       object::<Invite>),
    ("member.partial.",               object::<PartialMember>),
    ("member.",                       object::<Member>),
    ("message.",                      object::<Message>),
    ("roles.",                        object::<List<Role>>),
    ("scheduled_event.user.",         object::<ScheduledEventUser>),
    ("soundboard.",                   object::<SoundboardSound>),
    ("sticker.",                      object::<Sticker>),
    ("user.",                         object::<User>),
    ("voice_state.",                  object::<VoiceState>),
    ("webhook.",                      object::<Webhook>),
];

/// Error bodies are not objects of the model.
const ERRORS: &[&str] = &["error.", "ratelimit."];

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
        let row = TYPES.iter().find(|(name, _)| fixture.file.starts_with(name));
        let (_, check) = row.unwrap_or_else(|| panic!("{} has no type", fixture.file));
        problems.extend(check(&fixture).into_iter().map(|problem| format!("{}: {problem}", fixture.file)));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
