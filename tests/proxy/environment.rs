//! The proxy of the environment, which only a separate program can have.

use std::env;
use std::process::Command;
use std::time::Duration;

use syncord::gateway::socket::{Socket, SocketConfig};
use syncord::rest::Client;
use syncord::{Tls, Token};

use super::TestProxy;

const CHILD: &str = "SYNCORD_TEST_CHILD";

/// The tunnels that a program with these variables asks for, when it connects to a gateway and to REST.
fn tunnels_with(variables: &[(&str, &str)]) -> Vec<String> {
    let proxy = TestProxy::start();
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "environment::child_that_connects_to_a_gateway_and_to_rest"]).env(CHILD, "yes");
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        child.env_remove(name).env_remove(name.to_lowercase());
    }
    for (name, value) in variables {
        child.env(name, value.replace("PROXY", &format!("http://ann:p%40ss@127.0.0.1:{}", proxy.port)));
    }
    let output = child.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut tunnels = proxy.tunnels();
    tunnels.sort();
    tunnels.dedup();
    tunnels
}

/// Runs only as a child process of the tests below. No such hosts exist, so nothing is reached without a proxy.
#[test]
fn child_that_connects_to_a_gateway_and_to_rest() {
    if env::var_os(CHILD).is_none() {
        return;
    }
    Socket::open("wss://gateway.invalid", &SocketConfig::default()).unwrap_err();
    let client = Client::builder(Token::new("a.b.c").unwrap()).tls(Tls::new());
    let client =
        client.api_url("https://api.invalid/api/v10").deadline(Duration::from_secs(1)).build().unwrap();
    client.current_user().unwrap_err();
}

#[test]
fn the_proxy_of_the_environment_is_used_for_the_gateway_and_for_rest() {
    for name in ["HTTPS_PROXY", "all_proxy"] {
        assert_eq!(tunnels_with(&[(name, "PROXY")]), ["api.invalid:443", "gateway.invalid:443"], "{name}");
    }
}

#[test]
fn hosts_of_no_proxy_are_connected_to_directly() {
    let proxy = ("HTTPS_PROXY", "PROXY");
    assert_eq!(tunnels_with(&[proxy, ("NO_PROXY", "gateway.invalid")]), ["api.invalid:443"]);
    assert_eq!(tunnels_with(&[proxy, ("no_proxy", "x, .api.invalid")]), ["gateway.invalid:443"]);
    assert_eq!(tunnels_with(&[proxy, ("NO_PROXY", "*")]), [""; 0]);
}
