//! Objects of [OAuth2](https://docs.discord.com/developers/topics/oauth2).

use std::time::Duration;

use serde::Serialize;

use super::{List, Secret, duration};
use crate::json::object;

/// The public keys of the OpenID Connect tokens that Discord signs: a
/// [JSON Web Key Set](https://www.rfc-editor.org/rfc/rfc7517#section-5).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PublicKeys {
    /// The keys.
    pub keys: List<PublicKey>,
}

object! { PublicKeys {
    keys,
} }

/// A [JSON Web Key](https://www.rfc-editor.org/rfc/rfc7517#section-4) of Discord. The fields have the names of the standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicKey {
    /// The type of key: `RSA`.
    pub kty: String,
    /// The use of the key: `sig` for signatures; `use` in JSON.
    #[serde(rename = "use")]
    pub usage: String,
    /// The key ID, as in the header of a token.
    pub kid: String,
    /// The modulus, in base64url.
    pub n: String,
    /// The exponent, in base64url.
    pub e: String,
    /// The algorithm: `RS256`.
    pub alg: String,
}

object! { PublicKey {
    kty, usage = "use", kid: required, n, e, alg,
} }

/// The token of a player with a [provisional account](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/bot-token-endpoint#bot-token-endpoint-response).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ProvisionalToken {
    /// The token type: `Bearer`.
    pub token_type: String,
    /// The access token for the game.
    pub access_token: Secret,
    /// The time until the token expires.
    #[serde(serialize_with = "duration::seconds::serialize")]
    pub expires_in: Duration,
    /// The OAuth2 scopes, separated by spaces.
    pub scope: String,
    /// The OpenID Connect token that identifies the player.
    pub id_token: Secret,
    /// The refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
}

object! { ProvisionalToken {
    token_type, access_token: required, expires_in: with(duration::seconds::read), scope, id_token,
    refresh_token,
} }
