//! Which of the addresses that a server names for a resume are used.

use crate::gateway::socket::{self, OpenError};

/// Checks the address that READY named. `is_secured`: the main address has TLS.
///
/// The address may be any other host and port, as Discord's are. But a resume contains the token, so a session is never
/// resumed without TLS where the main address has it.
///
/// # Errors
///
/// Why the address is not used.
pub(super) fn check(url: &str, is_secured: bool, allow_plaintext: bool) -> Result<(), String> {
    socket::check(url, allow_plaintext).map_err(|e: OpenError| e.to_string())?;
    if is_secured && !is_secure(url) {
        return Err("it has no TLS, and the main address has TLS".to_owned());
    }
    Ok(())
}

/// Whether a valid address has TLS.
pub(super) fn is_secure(url: &str) -> bool {
    url.get(.."wss:".len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case("wss:"))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_session_with_tls_is_resumed_only_with_tls() {
        for url in ["wss://other.example", "WSS://other.example:444/", "wss://127.0.0.1:444/path?v=9"] {
            assert_eq!(check(url, true, false), Ok(()), "{url}");
        }
        for url in ["ws://127.0.0.1:81", "WS://localhost", "ws://[::1]:81", "ws://other.example"] {
            assert!(check(url, true, false).is_err(), "{url}");
            assert!(check(url, true, true).is_err(), "{url}: other plaintext addresses may be allowed");
        }
    }

    #[test]
    fn a_session_without_tls_is_resumed_where_it_could_be_opened() {
        for url in ["ws://127.0.0.1:81", "wss://other.example"] {
            assert_eq!(check(url, false, false), Ok(()), "{url}");
        }
        assert!(check("ws://192.0.2.1", false, false).is_err());
        assert_eq!(check("ws://192.0.2.1", false, true), Ok(()));
    }

    #[test]
    fn what_is_not_a_gateway_address_is_refused() {
        let long = format!("wss://{}.example", "x".repeat(100_000));
        let odd = [
            "",
            " ",
            "/",
            "//other.example",
            "other.example",
            "wss:",
            "wss://",
            "wss:///path",
            "wss://:443",
            "https://other.example",
            "http://127.0.0.1",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "wss://user@other.example",
            "wss://user:secret@other.example",
            "wss://gateway.discord.gg@other.example",
            "wss://other.example:99999",
            "wss://other.example:x",
            "wss://other.example:-1",
            "wss://other example",
            "wss://other.example\r\nX: y",
            "wss://other.example\0",
            "wss://[::1",
            "wss://\u{fc}.example",
            &long,
        ];
        for url in odd {
            let problem = check(url, true, true).err().unwrap_or_else(|| panic!("{url:?} is accepted"));
            assert!(!problem.contains("secret") && problem.len() < 300, "{problem}");
        }
    }
}
