//! Proxies of the environment.

use crate::assert_contains;
use crate::program::EchoBot;

#[test]
fn a_proxy_that_is_not_supported_ends_the_start_with_its_address_and_what_to_set() {
    let token = "MTE.Gabcde.a-token-of-the-right-shape-for-tests-123";
    let environment = [("DISCORD_TOKEN", token), ("ALL_PROXY", "socks5://ann:secret@127.0.0.1:1")];
    let ended = EchoBot::start(&environment, "").ended();
    assert!(!ended.status.success());
    assert_contains(&ended.stderr, &["socks5://127.0.0.1:1", "not supported", "NO_PROXY"]);
    assert!(!ended.stderr.contains("secret"), "{}", ended.stderr);
}
