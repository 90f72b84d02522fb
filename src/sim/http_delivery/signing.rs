//! The signatures of what Discord sends over HTTP
//! ([headers](https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers)).
//! Pure.

use std::time::Duration;

use ed25519_dalek::{Signer, SigningKey};

/// The first bytes of each secret key. The others are the ID of the application.
const KEY_PREFIX: &[u8; 24] = b"simulated application   ";

/// What Discord signs a request with.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Signature {
    Right,
    /// Another signature, as Discord sends it to see whether signatures are verified.
    Wrong,
}

/// The headers that prove that a request comes from Discord.
pub(super) struct SignatureHeaders {
    /// `X-Signature-Ed25519`
    pub(super) signature: String,
    /// `X-Signature-Timestamp`
    pub(super) timestamp: String,
}

/// The public key of an application, in hexadecimal digits: `verify_key`. It depends only on the application's ID.
pub(in crate::sim) fn public_key(application: u64) -> String {
    hex(signing_key(application).verifying_key().as_bytes())
}

/// Signs a body. `time` is the time since the Unix epoch.
pub(super) fn sign(application: u64, time: Duration, body: &[u8], signature: Signature) -> SignatureHeaders {
    let timestamp = time.as_secs().to_string();
    let mut bytes = signing_key(application).sign(&[timestamp.as_bytes(), body].concat()).to_bytes();
    if signature == Signature::Wrong {
        bytes[0] ^= 1;
    }
    SignatureHeaders { signature: hex(&bytes), timestamp }
}

fn signing_key(application: u64) -> SigningKey {
    let mut secret = [0; 32];
    let (prefix, id) = secret.split_at_mut(KEY_PREFIX.len());
    prefix.copy_from_slice(KEY_PREFIX);
    id.copy_from_slice(&application.to_be_bytes());
    SigningKey::from_bytes(&secret)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
