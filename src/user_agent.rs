//! How the library names itself to a server.

/// Returns the user agent of every HTTP request, including the one that opens a websocket; see
/// [user agent](https://docs.discord.com/developers/reference#user-agent).
pub(crate) fn user_agent() -> String {
    let url = match env!("CARGO_PKG_REPOSITORY") {
        "" => "https://github.com/syncord/syncord",
        url => url,
    };
    format!("DiscordBot ({url}, {})", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::user_agent;

    #[test]
    fn it_has_an_address_and_a_version_and_can_be_a_header() {
        let text = user_agent();
        assert!(text.starts_with("DiscordBot (https://") && text.contains(", 0."), "{text}");
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text}");
    }
}
