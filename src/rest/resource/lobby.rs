//! [Lobbies](https://docs.discord.com/developers/resources/lobby): groups of players of a game.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Serialize;

use crate::error::{Error, Limit};
use crate::id::{LobbyId, MessageId, UserId};
use crate::model::{List, Lobby, LobbyInvite, LobbyMember, LobbyMemberFlags};
use crate::rest::check::{at_field, both, chars, count, each, elements};
use crate::rest::duration::seconds_in;
use crate::rest::options::{Options, options};
use crate::rest::request::Request;
use crate::rest::{Client, route};

/// Maximum number of members in one call.
const MAX_MEMBERS: usize = 25;

/// Maximum length of the metadata, keys and values together, in characters.
const MAX_METADATA: usize = 1000;

/// How long an idle lobby is kept, in seconds.
const IDLE_TIMEOUT: RangeInclusive<u64> = 5..=604_800;

/// Maximum length of the additional name of a member, in characters.
const MAX_ADDITIONAL_NAME: usize = 80;

/// Maximum number of keys in the moderation metadata.
const MAX_MODERATION_KEYS: usize = 5;

options! {
    /// Options to create a lobby: [Create Lobby](https://docs.discord.com/developers/resources/lobby#create-lobby).
    CreateLobby {
        /// The application's own metadata. Maximum 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// The first members, maximum 25.
        members: Vec<NewLobbyMember> => members,
        /// How long an idle lobby is kept, 5 seconds to 7 days.
        idle_timeout "idle_timeout_seconds": Duration [seconds] => seconds_in(IDLE_TIMEOUT),
    }
}

options! {
    /// Changes to a lobby: [Modify Lobby](https://docs.discord.com/developers/resources/lobby#modify-lobby).
    ModifyLobby {
        /// The application's own metadata. Maximum 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// The members, maximum 25. Members who are not listed are removed.
        members: Vec<NewLobbyMember> => members,
        /// How long an idle lobby is kept, 5 seconds to 7 days.
        idle_timeout "idle_timeout_seconds": Duration [seconds] => seconds_in(IDLE_TIMEOUT),
    }
}

options! {
    /// A first member of [a new lobby](https://docs.discord.com/developers/resources/lobby#create-lobby).
    NewLobbyMember(id: UserId) {
        /// The user's ID.
        id: UserId,
        /// The application's own metadata on the user. Maximum 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// The member's flags.
        flags: LobbyMemberFlags,
    }
}

options! {
    /// The settings of a lobby member: [Add a Member to a Lobby](https://docs.discord.com/developers/resources/lobby#add-a-member-to-a-lobby).
    AddLobbyMember {
        /// The application's own metadata on the user. Maximum 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// The member's flags.
        flags: LobbyMemberFlags,
        /// An additional name, such as the name in the game, 1-80 characters.
        additional_name / no_additional_name: String [into] => chars(1..=MAX_ADDITIONAL_NAME),
    }
}

options! {
    /// A change to one member of a lobby: [Bulk Update Lobby Members](https://docs.discord.com/developers/resources/lobby#bulk-update-lobby-members).
    UpdateLobbyMember(id: UserId) {
        /// The user's ID.
        id: UserId,
        /// The application's own metadata on the user. Maximum 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// The member's flags.
        flags: LobbyMemberFlags,
        /// An additional name, such as the name in the game, 1-80 characters.
        additional_name / no_additional_name: String [into] => chars(1..=MAX_ADDITIONAL_NAME),
        /// Whether to remove the user from the lobby. Otherwise the user is added or updated.
        remove_member: bool,
    }
}

fn members(members: &Vec<NewLobbyMember>) -> Result<(), Error> {
    both(count(0..=MAX_MEMBERS), each(NewLobbyMember::check))(members)
}

fn metadata(map: &BTreeMap<String, String>) -> Result<(), Error> {
    let length: usize = map.iter().map(|(key, value)| key.chars().count() + value.chars().count()).sum();
    if length > MAX_METADATA {
        let limit = Limit::Characters { min: 0, max: MAX_METADATA, actual: length };
        let problem = format!("at most {MAX_METADATA} characters in total, and this has {length}");
        return Err(Error::outside("", limit, problem));
    }
    Ok(())
}

/// The changes to members in one call.
#[derive(Serialize)]
#[serde(transparent)]
struct Members<'a>(&'a [UpdateLobbyMember]);

impl Options for Members<'_> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(1..=MAX_MEMBERS))?;
        Options::check(&self.0)
    }
}

/// The application's own moderation metadata on a message.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct ModerationMetadata<'a>(pub(super) &'a BTreeMap<String, String>);

impl Options for ModerationMetadata<'_> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(0..=MAX_MODERATION_KEYS))?;
        for (key, value) in self.0 {
            at_field(chars(0..=1024)(key), || format!("the key {key:.20}…"))?;
            at_field(chars(0..=2000)(value), || key.clone())?;
        }
        Ok(())
    }
}

impl Client {
    /// Creates a lobby: [Create Lobby](https://docs.discord.com/developers/resources/lobby#create-lobby).
    pub fn create_lobby(&self, lobby: &CreateLobby) -> Result<Lobby, Error> {
        self.change(route::CREATE_LOBBY.at(&[]), lobby)
    }

    /// Returns a lobby: [Get Lobby](https://docs.discord.com/developers/resources/lobby#get-lobby).
    pub fn lobby(&self, lobby: LobbyId) -> Result<Lobby, Error> {
        self.fetch(route::LOBBY.at(&[&lobby]))
    }

    /// Changes a lobby: [Modify Lobby](https://docs.discord.com/developers/resources/lobby#modify-lobby).
    pub fn modify_lobby(&self, lobby: LobbyId, changes: &ModifyLobby) -> Result<Lobby, Error> {
        self.change(route::MODIFY_LOBBY.at(&[&lobby]), changes)
    }

    /// Deletes a lobby, if it still exists: [Delete Lobby](https://docs.discord.com/developers/resources/lobby#delete-lobby).
    pub fn delete_lobby(&self, lobby: LobbyId) -> Result<(), Error> {
        self.perform(route::DELETE_LOBBY.at(&[&lobby]))
    }

    /// Adds a user to a lobby, or updates the member: [Add a Member to a Lobby](https://docs.discord.com/developers/resources/lobby#add-a-member-to-a-lobby).
    pub fn add_lobby_member(
        &self,
        lobby: LobbyId,
        user: UserId,
        member: &AddLobbyMember,
    ) -> Result<LobbyMember, Error> {
        self.change(route::ADD_LOBBY_MEMBER.at(&[&lobby, &user]), member)
    }

    /// Adds, updates or removes 1-25 members of a lobby: [Bulk Update Lobby Members](https://docs.discord.com/developers/resources/lobby#bulk-update-lobby-members).
    ///
    /// Returns the resulting members. Discord omits users that it cannot add.
    pub fn bulk_update_lobby_members(
        &self,
        lobby: LobbyId,
        members: &[UpdateLobbyMember],
    ) -> Result<List<LobbyMember>, Error> {
        let request = Request::new(route::BULK_UPDATE_LOBBY_MEMBERS.at(&[&lobby])).json(&Members(members))?;
        // The final state is the same when the request arrives twice, so a retry is safe.
        self.read(request.repeatable())
    }

    /// Removes a user from a lobby, if it is a member: [Remove a Member from a Lobby](https://docs.discord.com/developers/resources/lobby#remove-a-member-from-a-lobby).
    pub fn remove_lobby_member(&self, lobby: LobbyId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_LOBBY_MEMBER.at(&[&lobby, &user]))
    }

    /// Creates an invite for one user to the channel linked to a lobby: [Create Lobby Channel Invite for User](https://docs.discord.com/developers/resources/lobby#create-lobby-channel-invite-for-user).
    ///
    /// The invite can be used once and expires after an hour.
    pub fn create_lobby_channel_invite_for_user(
        &self,
        lobby: LobbyId,
        user: UserId,
    ) -> Result<LobbyInvite, Error> {
        self.fetch(route::CREATE_LOBBY_CHANNEL_INVITE_FOR_USER.at(&[&lobby, &user]))
    }

    /// Sets the moderation metadata of a lobby message, which Discord sends to the game: [Update Lobby Message Moderation Metadata](https://docs.discord.com/developers/resources/lobby#update-lobby-message-moderation-metadata).
    ///
    /// Maximum 5 keys of up to 1,024 characters, with values of up to 2,000 characters.
    pub fn update_lobby_message_moderation_metadata(
        &self,
        lobby: LobbyId,
        message: MessageId,
        metadata: &BTreeMap<String, String>,
    ) -> Result<(), Error> {
        let route = route::UPDATE_LOBBY_MESSAGE_MODERATION_METADATA.at(&[&lobby, &message]);
        self.perform_with(route, &ModerationMetadata(metadata))
    }
}
