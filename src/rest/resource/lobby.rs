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

/// The most members of one call.
const MAX_MEMBERS: usize = 25;

/// The longest metadata, keys and values together, in characters.
const MAX_METADATA: usize = 1000;

/// How long a lobby without members stays, in seconds.
const IDLE_TIMEOUT: RangeInclusive<u64> = 5..=604_800;

/// Maximum length of the additional name of a member, in characters.
const MAX_ADDITIONAL_NAME: usize = 80;

/// Maximum number of keys of a moderation result.
const MAX_MODERATION_KEYS: usize = 5;

options! {
    /// A lobby to be made: [Create Lobby](https://docs.discord.com/developers/resources/lobby#create-lobby).
    CreateLobby {
        /// Sets what the application notes about it: at most 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// Sets who is in it from the beginning: at most 25 users.
        members: Vec<NewLobbyMember> => members,
        /// Sets how long it is kept after it was last used: 5 seconds to 7 days.
        idle_timeout "idle_timeout_seconds": Duration [seconds] => seconds_in(IDLE_TIMEOUT),
    }
}

options! {
    /// What to change of a lobby: [Modify Lobby](https://docs.discord.com/developers/resources/lobby#modify-lobby).
    ModifyLobby {
        /// Sets what the application notes about it: at most 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// Sets who is in it, at most 25 users; who is not named is taken out.
        members: Vec<NewLobbyMember> => members,
        /// Sets how long it is kept after it was last used: 5 seconds to 7 days.
        idle_timeout "idle_timeout_seconds": Duration [seconds] => seconds_in(IDLE_TIMEOUT),
    }
}

options! {
    /// A user who is to be [in a lobby](https://docs.discord.com/developers/resources/lobby#create-lobby) from the beginning.
    NewLobbyMember(id: UserId) {
        /// Sets who it is.
        id: UserId,
        /// Sets what the application notes about the user: at most 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// Sets the flags.
        flags: LobbyMemberFlags,
    }
}

options! {
    /// How somebody is in a lobby: [Add a Member to a Lobby](https://docs.discord.com/developers/resources/lobby#add-a-member-to-a-lobby).
    AddLobbyMember {
        /// Sets what the application notes about the user: at most 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// Sets the flags.
        flags: LobbyMemberFlags,
        /// Sets a second name, such as that in the game: 1 to 80 characters.
        additional_name / no_additional_name: String [into] => chars(1..=MAX_ADDITIONAL_NAME),
    }
}

options! {
    /// What to do about one user of a lobby: [Bulk Update Lobby Members](https://docs.discord.com/developers/resources/lobby#bulk-update-lobby-members).
    UpdateLobbyMember(id: UserId) {
        /// Sets who it is.
        id: UserId,
        /// Sets what the application notes about the user: at most 1,000 characters, keys and values together.
        metadata / no_metadata: BTreeMap<String, String> => metadata,
        /// Sets the flags.
        flags: LobbyMemberFlags,
        /// Sets a second name, such as that in the game: 1 to 80 characters.
        additional_name / no_additional_name: String [into] => chars(1..=MAX_ADDITIONAL_NAME),
        /// Whether the user is taken out of the lobby; else it is put in, or changed.
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
        let problem = format!("at most {MAX_METADATA} characters in all, and this has {length}");
        return Err(Error::outside("", limit, problem));
    }
    Ok(())
}

/// Everything that a call does to the members.
#[derive(Serialize)]
#[serde(transparent)]
struct Members<'a>(&'a [UpdateLobbyMember]);

impl Options for Members<'_> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(1..=MAX_MEMBERS))?;
        Options::check(&self.0)
    }
}

/// What moderation found out about a message, in the application's own words.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Moderation<'a>(pub(super) &'a BTreeMap<String, String>);

impl Options for Moderation<'_> {
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
    /// Makes a lobby: [Create Lobby](https://docs.discord.com/developers/resources/lobby#create-lobby).
    pub fn create_lobby(&self, lobby: &CreateLobby) -> Result<Lobby, Error> {
        self.change(route::CREATE_LOBBY.at(&[]), lobby)
    }

    /// A lobby: [Get Lobby](https://docs.discord.com/developers/resources/lobby#get-lobby).
    pub fn lobby(&self, lobby: LobbyId) -> Result<Lobby, Error> {
        self.fetch(route::LOBBY.at(&[&lobby]))
    }

    /// Changes a lobby: [Modify Lobby](https://docs.discord.com/developers/resources/lobby#modify-lobby).
    pub fn modify_lobby(&self, lobby: LobbyId, changes: &ModifyLobby) -> Result<Lobby, Error> {
        self.change(route::MODIFY_LOBBY.at(&[&lobby]), changes)
    }

    /// Deletes a lobby, if it is still there: [Delete Lobby](https://docs.discord.com/developers/resources/lobby#delete-lobby).
    pub fn delete_lobby(&self, lobby: LobbyId) -> Result<(), Error> {
        self.perform(route::DELETE_LOBBY.at(&[&lobby]))
    }

    /// Puts a user into a lobby, or changes how it is in there: [Add a Member to a Lobby](https://docs.discord.com/developers/resources/lobby#add-a-member-to-a-lobby).
    pub fn add_lobby_member(
        &self,
        lobby: LobbyId,
        user: UserId,
        member: &AddLobbyMember,
    ) -> Result<LobbyMember, Error> {
        self.change(route::ADD_LOBBY_MEMBER.at(&[&lobby, &user]), member)
    }

    /// Puts 1 to 25 users into a lobby, changes them or takes them out: [Bulk Update Lobby Members](https://docs.discord.com/developers/resources/lobby#bulk-update-lobby-members).
    ///
    /// It gives those who are in the lobby then; Discord leaves out whom it may not put in.
    pub fn bulk_update_lobby_members(
        &self,
        lobby: LobbyId,
        members: &[UpdateLobbyMember],
    ) -> Result<List<LobbyMember>, Error> {
        let request = Request::new(route::BULK_UPDATE_LOBBY_MEMBERS.at(&[&lobby])).json(&Members(members))?;
        // Who is in is in, and who is out is out.
        self.read(request.repeatable())
    }

    /// Takes a user out of a lobby, if it is in there: [Remove a Member from a Lobby](https://docs.discord.com/developers/resources/lobby#remove-a-member-from-a-lobby).
    pub fn remove_lobby_member(&self, lobby: LobbyId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_LOBBY_MEMBER.at(&[&lobby, &user]))
    }

    /// Invites a user, once and within an hour, to the guild's channel that a lobby is linked to: [Create Lobby Channel Invite for User](https://docs.discord.com/developers/resources/lobby#create-lobby-channel-invite-for-user).
    pub fn create_lobby_channel_invite_for_user(
        &self,
        lobby: LobbyId,
        user: UserId,
    ) -> Result<LobbyInvite, Error> {
        self.fetch(route::CREATE_LOBBY_CHANNEL_INVITE_FOR_USER.at(&[&lobby, &user]))
    }

    /// Tells the game what moderation found out about a lobby's message: [Update Lobby Message Moderation Metadata](https://docs.discord.com/developers/resources/lobby#update-lobby-message-moderation-metadata).
    ///
    /// At most 5 keys of at most 1,024 characters, with values of at most 2,000.
    pub fn update_lobby_message_moderation_metadata(
        &self,
        lobby: LobbyId,
        message: MessageId,
        metadata: &BTreeMap<String, String>,
    ) -> Result<(), Error> {
        let route = route::UPDATE_LOBBY_MESSAGE_MODERATION_METADATA.at(&[&lobby, &message]);
        self.perform_with(route, &Moderation(metadata))
    }
}
