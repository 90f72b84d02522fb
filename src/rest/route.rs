//! Where requests go: Discord's routes as a table, and a path made from a row of it.

use std::fmt::{self, Display, Write};

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Method {
    Delete,
    Get,
    Post,
    Put,
}

impl Method {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Method::Delete => "DELETE",
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }

    /// Whether sending it twice does no more than sending it once.
    pub(crate) const fn is_idempotent(self) -> bool {
        !matches!(self, Method::Post)
    }
}

/// A row of the table: a method and a path with placeholders, as Discord's documentation writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
}

const fn endpoint(method: Method, template: &'static str) -> Endpoint {
    Endpoint { method, template }
}

// In the order of their paths.
pub(crate) const CURRENT_APPLICATION: Endpoint = endpoint(Method::Get, "/applications/@me");
pub(crate) const CHANNEL: Endpoint = endpoint(Method::Get, "/channels/{channel.id}");
pub(crate) const CREATE_MESSAGE: Endpoint = endpoint(Method::Post, "/channels/{channel.id}/messages");
pub(crate) const MESSAGE: Endpoint = endpoint(Method::Get, "/channels/{channel.id}/messages/{message.id}");
pub(crate) const DELETE_MESSAGE: Endpoint =
    endpoint(Method::Delete, "/channels/{channel.id}/messages/{message.id}");
pub(crate) const CREATE_REACTION: Endpoint =
    endpoint(Method::Put, "/channels/{channel.id}/messages/{message.id}/reactions/{emoji.id}/@me");
pub(crate) const DELETE_OWN_REACTION: Endpoint =
    endpoint(Method::Delete, "/channels/{channel.id}/messages/{message.id}/reactions/{emoji.id}/@me");
pub(crate) const TRIGGER_TYPING: Endpoint = endpoint(Method::Post, "/channels/{channel.id}/typing");
pub(crate) const GATEWAY_BOT: Endpoint = endpoint(Method::Get, "/gateway/bot");
pub(crate) const CURRENT_USER: Endpoint = endpoint(Method::Get, "/users/@me");

/// The resources whose id divides a rate limit, where it is the first thing in the path.
///
/// See [rate limits](https://docs.discord.com/developers/topics/rate-limits).
const MAJOR: [&str; 3] = ["/channels/{", "/guilds/{", "/webhooks/{"];

impl Endpoint {
    /// The path with its placeholders filled, in order, percent-encoded.
    pub(crate) fn at(self, values: &[&dyn Display]) -> Route {
        let mut path = String::with_capacity(self.template.len() + 16 * values.len());
        let mut major = 0;
        let mut rest = self.template;
        let mut values = values.iter();
        let has_major = MAJOR.iter().any(|prefix| self.template.starts_with(prefix));
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            path.push_str(before);
            if let Some(value) = values.next() {
                // Writing to a `String` does not fail.
                let _ = write!(Encoder(&mut path), "{value}");
            }
            // A webhook's token divides it further.
            if has_major && (major == 0 || name == "webhook.token") {
                major = path.len();
            }
            rest = after;
        }
        path.push_str(rest);
        Route { endpoint: self, path, major }
    }
}

impl Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.name(), self.template)
    }
}

/// Where one request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) endpoint: Endpoint,
    pub(crate) path: String,
    /// How far the part of the path reaches that divides the rate limit.
    major: usize,
}

impl Route {
    /// The part of the path that divides the rate limit; empty when none does.
    pub(crate) fn major(&self) -> &str {
        &self.path[..self.major]
    }
}

/// Percent-encodes all but the characters that need none anywhere in a path.
struct Encoder<'a>(&'a mut String);

impl Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@') {
                self.0.push(char::from(byte));
            } else {
                write!(self.0, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{CREATE_REACTION, CURRENT_USER, Endpoint, GATEWAY_BOT, Method};

    #[test]
    fn placeholders_are_filled_in_order_and_encoded() {
        let route = CREATE_REACTION.at(&[&7, &8, &"👍"]);
        assert_eq!(route.path, "/channels/7/messages/8/reactions/%F0%9F%91%8D/@me");
        assert_eq!(
            CREATE_REACTION.at(&[&7, &8, &"lul:9"]).path,
            "/channels/7/messages/8/reactions/lul%3A9/@me"
        );
    }

    #[test]
    fn the_first_resource_divides_the_limit_and_others_do_not() {
        assert_eq!(CREATE_REACTION.at(&[&7, &8, &"x"]).major(), "/channels/7");
        assert_eq!(CURRENT_USER.at(&[]).major(), "");
        assert_eq!(GATEWAY_BOT.at(&[]).path, "/gateway/bot");
        let webhook = Endpoint { method: Method::Post, template: "/webhooks/{webhook.id}/{webhook.token}" };
        assert_eq!(webhook.at(&[&5, &"t"]).major(), "/webhooks/5/t");
        let users = Endpoint { method: Method::Get, template: "/users/{user.id}" };
        assert_eq!(users.at(&[&5]).major(), "");
    }

    #[test]
    fn a_value_cannot_leave_its_place_in_the_path() {
        let route = CREATE_REACTION.at(&[&7, &8, &"../../x?y#z"]);
        assert_eq!(route.path, "/channels/7/messages/8/reactions/..%2F..%2Fx%3Fy%23z/@me");
    }
}
