//! The people and the bot do all that they can.

mod applications;
mod channels;
mod gateway;
mod guild;
mod interactions;
mod members;
mod messages;
mod moderation;
mod webhooks;

use super::recorder::Recorder;

/// A picture of one pixel.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// A picture and a sound as data.
const PICTURE_DATA: &str = "data:image/png;base64,iVBORw0KGgo=";
const SOUND_DATA: &str = "data:audio/mpeg;base64,SUQzBAAAAAAAAA==";

/// Plays the whole scene.
pub(super) fn play(recorder: &mut Recorder) {
    applications::play(recorder);
    channels::play(recorder);
    messages::play(recorder);
    members::play(recorder);
    guild::play(recorder);
    moderation::play(recorder);
    webhooks::play(recorder);
    interactions::play(recorder);
    gateway::play(recorder);
}
