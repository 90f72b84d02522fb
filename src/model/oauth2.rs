//! What Discord says about [OAuth2](https://docs.discord.com/developers/topics/oauth2) and its tokens.

use std::time::Duration;

use serde::Serialize;

use super::{List, Secret, duration};
use crate::json::object;

/// The keys that Discord signs OpenID Connect tokens with, as a
/// [JSON Web Key Set](https://www.rfc-editor.org/rfc/rfc7517#section-5).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PublicKeys {
    /// The keys.
    pub keys: List<PublicKey>,
}

object! { PublicKeys {
    keys,
} }

/// A [JSON Web Key](https://www.rfc-editor.org/rfc/rfc7517#section-4) of Discord's, by the names it has there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicKey {
    /// What kind of key it is: `RSA`.
    pub kty: String,
    /// What it is for: `sig`, to check signatures.
    #[serde(rename = "use")]
    pub usage: String,
    /// Its id, which a token's header names.
    pub kid: String,
    /// The modulus, in base64url.
    pub n: String,
    /// The exponent, in base64url.
    pub e: String,
    /// The algorithm: `RS256`.
    pub alg: String,
}

object! { PublicKey {
    kty: required, usage = "use", kid: required, n, e, alg,
} }

/// What lets a game act for one of its players who has a [provisional account](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/bot-token-endpoint#bot-token-endpoint-response).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ProvisionalToken {
    /// How it is sent: `Bearer`.
    pub token_type: String,
    /// The token to give to the game.
    pub access_token: Secret,
    /// For how long it can be used.
    #[serde(serialize_with = "duration::seconds::serialize")]
    pub expires_in: Duration,
    /// What may be done with it, as OAuth2 scopes with spaces between them.
    pub scope: String,
    /// Who the player is, as an OpenID Connect token.
    pub id_token: Secret,
    /// What gives the next token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
}

object! { ProvisionalToken {
    token_type, access_token: required, expires_in: required_with(duration::seconds::read), scope, id_token,
    refresh_token,
} }
