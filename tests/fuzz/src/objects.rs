//! The types of the objects that REST returns.

use serde::Serialize;
use serde::de::DeserializeOwned;
use syncord::model::*;

use crate::check_written;

#[rustfmt::skip]
const OBJECTS: &[fn(&str)] = &[
    read_as::<Application>,
    read_as::<AuditLog>,
    read_as::<Ban>,
    read_as::<Channel>,
    read_as::<Command>,
    read_as::<CommandPermissions>,
    read_as::<Emoji>,
    read_as::<GatewayBot>,
    read_as::<Guild>,
    read_as::<Interaction>,
    read_as::<InteractionCallbackResponse>,
    read_as::<Invite>,
    read_as::<List<Role>>,
    read_as::<Member>,
    read_as::<Message>,
    read_as::<Onboarding>,
    read_as::<PartialGuild>,
    read_as::<PartialMember>,
    read_as::<ScheduledEventUser>,
    read_as::<SoundboardSound>,
    read_as::<Sticker>,
    read_as::<Team>,
    read_as::<UnavailableGuild>,
    read_as::<User>,
    read_as::<VoiceState>,
    read_as::<Webhook>,
    read_as::<WelcomeScreen>,
];

fn read_as<T: DeserializeOwned + Serialize>(text: &str) {
    if let Ok(object) = serde_json::from_str::<T>(text) {
        check_written(&object);
    }
}

/// Reads a text as every object.
pub fn read_as_all(text: &str) {
    OBJECTS.iter().for_each(|read| read(text));
}
