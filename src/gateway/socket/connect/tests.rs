#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn an_address_is_parsed() {
    for (url, request, host, port, tls) in [
        ("wss://gateway.discord.gg", "wss://gateway.discord.gg/", "gateway.discord.gg", 443, true),
        ("wss://a.b/?v=10", "wss://a.b/?v=10", "a.b", 443, true),
        ("wss://a.b?v=10&x=y", "wss://a.b/?v=10&x=y", "a.b", 443, true),
        ("ws://127.0.0.1:81/p?q", "ws://127.0.0.1:81/p?q", "127.0.0.1", 81, false),
        ("ws://[::1]:81", "ws://[::1]:81/", "::1", 81, false),
        ("ws://LocalHost", "ws://LocalHost/", "LocalHost", 80, false),
    ] {
        let target = Target::parse(url, false).unwrap();
        assert_eq!(
            (target.request.as_str(), target.host.as_str(), target.port, target.tls),
            (request, host, port, tls),
            "{url}"
        );
    }
}

#[test]
fn an_invalid_address_is_a_permanent_error() {
    for (url, problem) in [
        ("", "could not use the gateway address given: "),
        ("/path", "could not use the gateway address given: it has no host"),
        ("https://a.b", "could not use the gateway address a.b: it does not begin with wss://"),
        ("ws://a.b/?q", "could not use the gateway address a.b: ws:// would send the token unencrypted"),
        ("ws://10.0.0.1", "could not use the gateway address 10.0.0.1: ws:// would send"),
        ("wss://user:secret@a.b", "could not use the gateway address a.b: it has a user name"),
        ("wss://a.b:70000", "could not use the gateway address a.b: it has no valid port"),
        ("wss://a.b:", "could not use the gateway address a.b: it has no valid port"),
        ("ws://127.0.0.1.a.b", "could not use the gateway address 127.0.0.1.a.b: ws:// would send"),
    ] {
        let e = Target::parse(url, false).unwrap_err();
        assert!(e.is_permanent());
        assert!(e.to_string().starts_with(problem), "{url:?}: {e}");
    }
}

#[test]
fn plaintext_to_another_machine_is_refused_however_it_is_written() {
    for url in [
        "ws://gateway.discord.gg",
        "WS://192.0.2.1",
        "ws://192.0.2.1:127",
        "ws://127.0.0.1.example",
        "ws://localhost.example",
        "ws://example.localhost.example:81",
        "ws://127.0.0.1@192.0.2.1",
        "ws://127.0.0.1:81@192.0.2.1",
        "ws://[::ffff:192.0.2.1]",
        "ws://[2001:db8::1]",
        "ws://0.0.0.0",
        "ws://[::]",
        "ws://3221225985",
        "ws://0xc0000201",
        "ws://192.0.2.1/127.0.0.1",
        "ws://192.0.2.1?localhost",
        "ws://192.0.2.1#localhost",
        "ws://localhost%2eexample",
    ] {
        let e = Target::parse(url, false).unwrap_err();
        assert!(e.is_permanent(), "{url}");
    }
    // A name that has an address of another machine is used with the others only.
    let target = Target::parse("ws://localhost", false).unwrap();
    assert!(target.loopback_only);
}

#[test]
fn plaintext_to_any_host_is_possible_when_it_is_allowed() {
    assert_eq!(Target::parse("ws://a.b", true).unwrap().request, "ws://a.b/");
}
