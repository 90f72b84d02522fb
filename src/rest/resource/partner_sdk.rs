//! The server calls of the [Social SDK](https://docs.discord.com/developers/discord-social-sdk/overview).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Error;
use crate::id::{MessageId, UserId};
use crate::model::ProvisionalToken;
use crate::rest::check::{at_field, chars};
use crate::rest::options::{Options, options};
use crate::rest::resource::lobby::ModerationMetadata;
use crate::rest::{Client, route};

/// Maximum length of a player's ID, in characters.
const MAX_ID: usize = 1024;

options! {
    /// Options to get a token for a game's player: [Bot Token Endpoint](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/bot-token-endpoint).
    PartnerSdkToken(external_user_id: impl Into<String>) {
        /// The game's own ID of the player, 1-1,024 characters.
        external_user_id: String [into] => chars(1..=MAX_ID),
        /// The player's display name, 1-32 characters.
        preferred_global_name: String [into] => chars(1..=32),
    }
}

/// The body of Unmerge Provisional Account.
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
    /// Returns a token for a game's player, and creates a provisional account if the player has none: [Bot Token Endpoint](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/bot-token-endpoint).
    ///
    /// ```
    /// use syncord::rest::PartnerSdkToken;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// let player = PartnerSdkToken::new("player-12").preferred_global_name("Twindly Shimmerleaf");
    /// let token = client.partner_sdk_token(&player)?;
    /// println!("the token expires in {:?}", token.expires_in);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn partner_sdk_token(&self, player: &PartnerSdkToken) -> Result<ProvisionalToken, Error> {
        self.change(route::PARTNER_SDK_TOKEN.at(&[]), player)
    }

    /// Separates a player's Discord account from the game's, and creates a new provisional account: [Unmerging with Bot Token Endpoint](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/unmerging-accounts#unmerging-with-bot-token-endpoint).
    ///
    /// All tokens of the player become invalid.
    pub fn unmerge_provisional_account(&self, external_user_id: &str) -> Result<(), Error> {
        self.perform_with(route::UNMERGE_PROVISIONAL_ACCOUNT.at(&[]), &Unmerge { external_user_id })
    }

    /// Sets the moderation metadata of a direct message, which Discord sends to the game: [Integrate Moderation](https://docs.discord.com/developers/discord-social-sdk/how-to/integrate-moderation#server-side-chat-moderation).
    ///
    /// Maximum 5 keys of up to 1,024 characters, with values of up to 2,000 characters.
    pub fn update_user_message_external_moderation_metadata(
        &self,
        (first, second): (UserId, UserId),
        message: MessageId,
        metadata: &BTreeMap<String, String>,
    ) -> Result<(), Error> {
        let route = route::UPDATE_USER_MESSAGE_EXTERNAL_MODERATION_METADATA.at(&[&first, &second, &message]);
        self.perform_with(route, &ModerationMetadata(metadata))
    }
}
