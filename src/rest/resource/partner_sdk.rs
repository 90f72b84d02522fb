//! What the [Social SDK](https://docs.discord.com/developers/discord-social-sdk/overview) leaves to a game's server.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Error;
use crate::id::{MessageId, UserId};
use crate::model::ProvisionalToken;
use crate::rest::check::{at_field, chars};
use crate::rest::options::{Options, options};
use crate::rest::resource::lobby::Moderation;
use crate::rest::{Client, route};

/// The longest id of a player, in characters.
const MAX_ID: usize = 1024;

options! {
    /// The player of a game who wants to use Discord: [Bot Token Endpoint](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/bot-token-endpoint).
    PartnerSdkToken(external_user_id: impl Into<String>) {
        /// Sets the game's own id of the player: 1 to 1,024 characters.
        external_user_id: String [into] => chars(1..=MAX_ID),
        /// Sets what the player is called: 1 to 32 characters.
        preferred_global_name: String [into] => chars(1..=32),
    }
}

/// The player of a game who is no longer to have a Discord account.
#[derive(Serialize)]
struct Unmerge<'a> {
    external_user_id: &'a str,
}

impl Options for Unmerge<'_> {
    fn check(&self) -> Result<(), Error> {
        at_field(chars(1..=MAX_ID)(self.external_user_id), || "external_user_id".to_owned())
    }
}

impl Client {
    /// A token for the player of a game, with a provisional account if it has none yet: [Bot Token Endpoint](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/bot-token-endpoint).
    ///
    /// ```no_run
    /// use syncord::rest::PartnerSdkToken;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let player = PartnerSdkToken::new("player-12").preferred_global_name("Twindly Shimmerleaf");
    /// let token = client.partner_sdk_token(&player)?;
    /// println!("the game may use it for {:?}", token.expires_in);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn partner_sdk_token(&self, player: &PartnerSdkToken) -> Result<ProvisionalToken, Error> {
        self.change(route::PARTNER_SDK_TOKEN.at(&[]), player)
    }

    /// Parts a player's Discord account from the game's, and makes a new provisional one: [Unmerging with Bot Token Endpoint](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/unmerging-accounts#unmerging-with-bot-token-endpoint).
    ///
    /// No token of the player is of use after that.
    pub fn unmerge_provisional_account(&self, external_user_id: &str) -> Result<(), Error> {
        self.perform_with(route::UNMERGE_PROVISIONAL_ACCOUNT.at(&[]), &Unmerge { external_user_id })
    }

    /// Tells the game what moderation found out about a message between two users: [Integrate Moderation](https://docs.discord.com/developers/discord-social-sdk/how-to/integrate-moderation#server-side-chat-moderation).
    ///
    /// At most 5 keys of at most 1,024 characters, with values of at most 2,000.
    pub fn update_user_message_external_moderation_metadata(
        &self,
        (one, other): (UserId, UserId),
        message: MessageId,
        metadata: &BTreeMap<String, String>,
    ) -> Result<(), Error> {
        let route = route::UPDATE_USER_MESSAGE_EXTERNAL_MODERATION_METADATA.at(&[&one, &other, &message]);
        self.perform_with(route, &Moderation(metadata))
    }
}
