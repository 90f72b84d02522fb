//! Asks an HTTP proxy for a tunnel ([RFC 9110, 9.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6)).

use std::io::{ErrorKind, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::tcp::TIMED_OUT;

/// Maximum size of the head of the proxy's response.
const MAX_HEAD: usize = 8 * 1024;
/// Maximum number of characters of the status line that are shown.
const MAX_SHOWN: usize = 100;

/// Opens a tunnel to an address, within the deadline of the stream. `credentials` are a user name and a password, with a
/// colon between them.
///
/// # Errors
///
/// Why there is no tunnel.
pub(super) fn open(
    stream: &mut (impl Read + Write),
    address: &str,
    credentials: Option<&str>,
) -> Result<(), String> {
    let mut request = format!("CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n");
    if let Some(credentials) = credentials {
        request += &format!("Proxy-Authorization: Basic {}\r\n", STANDARD.encode(credentials));
    }
    request += "\r\n";
    let explain = |e: std::io::Error| match e.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => TIMED_OUT.to_owned(),
        _ => e.to_string(),
    };
    stream.write_all(request.as_bytes()).and_then(|()| stream.flush()).map_err(explain)?;
    // Byte by byte: what follows the head belongs to the tunnel.
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(0) => return Err("it closed the connection without a response".to_owned()),
            Ok(_) => head.push(byte[0]),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(explain(e)),
        }
        if head.len() > MAX_HEAD {
            return Err("its response is not HTTP".to_owned());
        }
    }
    let head = String::from_utf8_lossy(&head);
    let line = head.lines().next().unwrap_or_default();
    let mut words = line.split(' ');
    let is_http = words.next().is_some_and(|version| version.starts_with("HTTP/1."));
    let status: u16 = words.next().and_then(|status| status.parse().ok()).filter(|_| is_http).unwrap_or(0);
    let shown: String = line.chars().filter(|char| !char.is_control()).take(MAX_SHOWN).collect();
    match status {
        200..=299 => Ok(()),
        407 => Err(format!("it asks for another user name or password ({shown})")),
        0 => Err(format!("its response is not HTTP ({shown})")),
        _ => Err(format!("it refused the tunnel ({shown})")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{self, Cursor, Read, Write};

    use super::open;

    /// A proxy that sends this response, whatever it receives.
    struct Fake {
        received: Vec<u8>,
        response: Cursor<Vec<u8>>,
    }

    impl Read for Fake {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.response.read(buffer)
        }
    }

    impl Write for Fake {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.received.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn asks(response: &str, credentials: Option<&str>) -> (Result<(), String>, Fake) {
        let mut fake = Fake { received: Vec::new(), response: Cursor::new(response.as_bytes().to_vec()) };
        (open(&mut fake, "gateway.discord.gg:443", credentials), fake)
    }

    #[test]
    fn the_request_has_the_address_and_the_credentials_and_no_byte_of_the_tunnel_is_lost() {
        let (opened, mut fake) = asks("HTTP/1.1 200 OK\r\nVia: x\r\n\r\nhello", Some("ann:p@ss"));
        assert_eq!(opened, Ok(()));
        let expected = "CONNECT gateway.discord.gg:443 HTTP/1.1\r\nHost: gateway.discord.gg:443\r\n\
            Proxy-Authorization: Basic YW5uOnBAc3M=\r\n\r\n";
        assert_eq!(String::from_utf8_lossy(&fake.received), expected);
        let mut rest = String::new();
        assert_eq!((fake.read_to_string(&mut rest).ok(), rest.as_str()), (Some(5), "hello"));
    }

    #[test]
    fn each_refusal_says_what_the_proxy_said() {
        for (response, expected) in [
            (
                "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
                "another user name or password (HTTP/1.1 407",
            ),
            ("HTTP/1.0 403 Forbidden\r\n\r\n", "refused the tunnel (HTTP/1.0 403 Forbidden)"),
            ("SSH-2.0-x\r\n\r\n", "not HTTP (SSH-2.0-x)"),
            ("", "closed the connection"),
            (&"x".repeat(9000), "not HTTP"),
        ] {
            let error = asks(response, None).0.unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
