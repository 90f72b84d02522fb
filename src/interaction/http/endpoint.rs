//! Verifies requests, and says how to respond to them.

use ed25519_dalek::{PUBLIC_KEY_LENGTH, SIGNATURE_LENGTH, Signature, VerifyingKey};

use super::payload::{Body, Payload};
use crate::error::Error;

// The headers of a request
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
const SIGNATURE: &str = "X-Signature-Ed25519";
const TIMESTAMP: &str = "X-Signature-Timestamp";

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";

/// The receiving end of an application's Interactions Endpoint URL and Webhook Events URL.
///
/// It verifies the signature of each request with the application's public key, as
/// [Discord requires](https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers):
/// it sends wrong signatures from time to time, and removes a URL that accepts one. See the [module](crate::interaction::http).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    key: VerifyingKey,
}

/// How to respond to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The header `Content-Type`. A response
    /// [to a ping](https://docs.discord.com/developers/events/webhook-events#setting-up-an-endpoint-acknowledging-ping-requests)
    /// needs it even without a body.
    pub content_type: &'static str,
    /// The body. It may be empty.
    pub body: &'static str,
}

impl HttpResponse {
    pub(crate) const fn json(status: u16, body: &'static str) -> HttpResponse {
        HttpResponse { status, content_type: JSON, body }
    }

    /// A refusal, with a reason for a person who reads the response.
    pub(crate) const fn refusal(status: u16, reason: &'static str) -> HttpResponse {
        HttpResponse { status, content_type: TEXT, body: reason }
    }
}

/// A request that was examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incoming<'b> {
    /// How to respond to the request, within 3 seconds: 200 to a ping, 202 to an interaction, 204 to a webhook event, and 400 or
    /// 401 to anything else.
    pub response: HttpResponse,
    /// What the program has to handle: nothing for a ping or a refused request.
    pub payload: Option<Payload<'b>>,
}

impl Endpoint {
    /// Creates an endpoint for the application with this public key, in hexadecimal. The page General Information in the
    /// [developer portal](https://discord.com/developers/applications) shows it, and
    /// [`Application::verify_key`](crate::model::Application::verify_key) contains it.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if it is not an ed25519 public key.
    pub fn new(public_key: &str) -> Result<Endpoint, Error> {
        let key = from_hex::<PUBLIC_KEY_LENGTH>(public_key.trim().as_bytes())
            .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
            .filter(|key| !key.is_weak());
        let key = key.ok_or_else(|| {
            Error::setup(format!(
                "{public_key:?} is not the public key of an application, which has 64 hexadecimal digits: copy Public Key from \
                 the page General Information at https://discord.com/developers/applications"
            ))
        })?;
        Ok(Endpoint { key })
    }

    /// Verifies a request, and says how to respond. `headers` are all headers of the request, in any order.
    ///
    /// The response to an interaction is 202 without a body: the program then responds through Discord's API, with an
    /// [`InteractionResponder`](crate::interaction::InteractionResponder) or
    /// [`create_interaction_response`](crate::rest::Client::create_interaction_response), within 3 seconds.
    pub fn receive<'b, N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &'b [u8],
    ) -> Incoming<'b> {
        if !self.is_signed(headers, body) {
            return refused(401, "The signature of the request is missing or wrong.");
        }
        match Body::read(body) {
            Some(Body::InteractionPing) => responded(HttpResponse::json(200, r#"{"type":1}"#)),
            Some(Body::WebhookPing) => responded(HttpResponse::json(204, "")),
            Some(Body::Payload(payload)) => {
                let status = match payload {
                    Payload::Interaction(_) => 202,
                    Payload::WebhookEvent(_) => 204,
                };
                Incoming { response: HttpResponse::json(status, ""), payload: Some(payload) }
            }
            None => refused(400, "The body is neither an interaction nor a webhook event."),
        }
    }

    /// Whether Discord has signed the request: the timestamp, followed by the body.
    fn is_signed<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> bool {
        let (mut signature, mut timestamp) = (None, None);
        for (name, value) in headers {
            let name = name.as_ref();
            if name.eq_ignore_ascii_case(SIGNATURE) {
                signature = from_hex::<SIGNATURE_LENGTH>(value.as_ref());
            } else if name.eq_ignore_ascii_case(TIMESTAMP) {
                timestamp = Some(value);
            }
        }
        let (Some(signature), Some(timestamp)) = (signature, timestamp) else { return false };
        let signed = [timestamp.as_ref(), body].concat();
        self.key.verify_strict(&signed, &Signature::from_bytes(&signature)).is_ok()
    }
}

fn responded(response: HttpResponse) -> Incoming<'static> {
    Incoming { response, payload: None }
}

fn refused(status: u16, reason: &'static str) -> Incoming<'static> {
    responded(HttpResponse::refusal(status, reason))
}

/// Reads bytes in hexadecimal, two digits each. `None` if it is not exactly `N` bytes.
fn from_hex<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        // Two digits make at most 255.
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}
