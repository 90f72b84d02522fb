use std::time::{Duration, SystemTime};

use super::pages::{LOOK_AT_STATUS, STATUS};
use crate::bot::diagnose::facts::{Asked, CallFailure, ClockReading, Login, Network, Reach, Unreached};
use crate::bot::diagnose::finding::{Finding, FindingKind};
use crate::rest::{NetworkFailure, with_version};

/// A clock that is wrong by less than this is good enough. The time of a response has whole seconds.
const MAX_CLOCK_ERROR: Duration = Duration::from_secs(5);

/// A call that takes longer leaves little of the three seconds in which an interaction has to be responded to.
const SLOW_CALL: Duration = Duration::from_secs(1);

/// Judges the way to the API, and the time that it takes.
pub(super) fn judge(network: &Network, login: Option<&Asked<Login>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &network.proxy {
        Ok(None) => findings.push(Finding::ok(FindingKind::Proxy, "none: the bot connects directly")),
        Ok(Some(address)) => {
            findings
                .push(Finding::ok(FindingKind::Proxy, format!("REST and the gateway go through {address}")));
        }
        Err(problem) => {
            let cure = "the environment: correct HTTPS_PROXY, ALL_PROXY or HTTP_PROXY, or unset it";
            findings.push(Finding::error(FindingKind::Proxy, problem.as_str(), cure));
        }
    }
    if let (Some(problem), Ok(_)) = (&network.unusable, &network.proxy) {
        let cure = "the program or the environment: correct bot.api_url or DISCORD_API_URL, or leave it out";
        findings.push(Finding::error(FindingKind::Address, problem.as_str(), cure));
    }
    if network.unusable.is_none() {
        findings.push(tls(network));
    }
    findings.extend(network.reach.as_ref().map(|reach| reached(network, reach)));
    match login {
        None => {}
        Some(Ok(login)) => {
            findings.push(latency(network, login));
            findings.extend(login.clock.map(|reading| clock(&reading)));
        }
        Some(Err(failure)) => findings.extend(call(network, failure)),
    }
    findings
}

fn tls(network: &Network) -> Finding {
    let added = match network.added_roots {
        0 => String::new(),
        1 => ", and one that the program adds".to_owned(),
        count => format!(", and {count} that the program adds"),
    };
    match (network.is_tls, network.is_loopback) {
        (true, _) => Finding::ok(
            FindingKind::Tls,
            format!("TLS 1.2 or later, with the certificate authorities of the system{added}"),
        ),
        (false, true) => {
            Finding::ok(FindingKind::Tls, format!("none: {} is on this machine", network.api_url))
        }
        (false, false) => Finding::warning(
            FindingKind::Tls,
            format!("none: the token crosses the network to {} unencrypted", network.api_url),
            "the address: use one that begins with https://, and leave bot.allow_plaintext(..) out",
        ),
    }
}

fn reached(network: &Network, Reach { peer, result }: &Reach) -> Finding {
    let is_proxy = matches!(network.proxy, Ok(Some(_)));
    let of_proxy = if is_proxy { "the proxy " } else { "" };
    match result {
        Ok(elapsed) => {
            Finding::ok(FindingKind::Connection, format!("to {of_proxy}{peer} in {}", milliseconds(*elapsed)))
        }
        Err(Unreached::NoAddress(problem)) => Finding::error(
            FindingKind::Lookup,
            format!("the name of {of_proxy}{peer} cannot be looked up: {problem}"),
            if is_proxy {
                "the proxy: correct its address (HTTPS_PROXY, or bot.proxy)"
            } else if network.is_own_url {
                "the address: correct bot.api_url or DISCORD_API_URL; otherwise the DNS of this machine"
            } else {
                "the network of this machine: check that it is connected, and its DNS (on Linux /etc/resolv.conf); in a \
                 network that has a proxy, set HTTPS_PROXY"
            },
        ),
        Err(Unreached::NoConnection(problem)) => Finding::error(
            FindingKind::Connection,
            format!("none to {of_proxy}{peer}: {problem}"),
            if is_proxy {
                "the proxy: check that it runs, and its address and port (HTTPS_PROXY, or bot.proxy)"
            } else if network.is_own_url {
                "the address: check that a server runs there (bot.api_url or DISCORD_API_URL)"
            } else {
                "the network of this machine: let connections to port 443 out through its firewall, or set HTTPS_PROXY"
            },
        ),
    }
}

/// A call that got no response, or not Discord's.
fn call(network: &Network, failure: &CallFailure) -> Option<Finding> {
    Some(match failure {
        // That is a finding about the token.
        CallFailure::Token | CallFailure::NoTime => return None,
        // The connection itself was reported.
        CallFailure::Network(..) if network.reach.as_ref().is_some_and(|reach| reach.result.is_err()) => {
            return None;
        }
        CallFailure::Network(NetworkFailure::Certificate, text) => Finding::error(
            FindingKind::Tls,
            text.as_str(),
            "the certificate: check the clock of this machine, and its certificates (on Debian: ca-certificates); if a \
             proxy inspects TLS, trust its authority with Tls::with_root and bot.tls",
        ),
        CallFailure::Network(NetworkFailure::Proxy, text) => Finding::error(
            FindingKind::Proxy,
            text.as_str(),
            "the proxy: check that it permits tunnels (CONNECT) to Discord, and its user name and password",
        ),
        CallFailure::Network(NetworkFailure::Other, text) => Finding::error(
            FindingKind::Api,
            text.as_str(),
            "the network of this machine: check its firewall and proxy; if others see it too, Discord's status",
        )
        .page(STATUS),
        CallFailure::NotDiscord(text) if network.is_own_url => Finding::error(
            FindingKind::Address,
            text.as_str(),
            address(network),
        ),
        CallFailure::Other(text) if network.is_own_url && with_version(&network.api_url).is_some() => {
            Finding::error(FindingKind::Address, text.as_str(), address(network))
        }
        CallFailure::NotDiscord(text) => Finding::error(
            FindingKind::Api,
            text.as_str(),
            "the network of this machine: look for a login page, a proxy or a firewall between it and Discord",
        ),
        CallFailure::Limited(text) => Finding::error(
            FindingKind::Api,
            text.as_str(),
            "this IP address: wait, and look for other programs behind it that send too many requests",
        )
        .page("https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans"),
        CallFailure::Forbidden(text) | CallFailure::Other(text) => {
            Finding::error(FindingKind::Api, text.as_str(), LOOK_AT_STATUS)
                .page(STATUS)
        }
    })
}

/// What to do about an address at which Discord's API is not.
fn address(network: &Network) -> String {
    let url = &network.api_url;
    match with_version(url) {
        Some(versioned) => {
            format!("the address {url}: it lacks the version of the API, and should be {versioned}")
        }
        None => format!("the address {url}: check that Discord's API is there"),
    }
}

fn latency(network: &Network, login: &Login) -> Finding {
    let Login { first_call, call, .. } = login;
    let typical = call.unwrap_or(*first_call);
    let found = format!(
        "{} responds in {} (the first call took {})",
        network.api_url,
        milliseconds(typical),
        milliseconds(*first_call)
    );
    if typical < SLOW_CALL {
        return Finding::ok(FindingKind::Api, found);
    }
    Finding::warning(
        FindingKind::Api,
        found,
        "the network of this machine: look for what slows it down; an interaction has to be responded to in 3 s",
    )
    .page("https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback")
}

/// Discord sends its time without the fraction of a second: it is half a second later on average, give or take as much.
const HALF_SECOND: Duration = Duration::from_millis(500);

fn clock(reading: &ClockReading) -> Finding {
    let ClockReading { theirs, sent, elapsed } = *reading;
    // Their time was taken in the middle of the call.
    let theirs = theirs + HALF_SECOND;
    let ours = sent + elapsed / 2;
    let (difference, direction) = difference(ours, theirs);
    let error = difference.saturating_sub(HALF_SECOND + elapsed / 2);
    if error < MAX_CLOCK_ERROR {
        return Finding::ok(FindingKind::Clock, "it agrees with Discord's");
    }
    Finding::warning(
        FindingKind::Clock,
        format!("the clock of this machine is {} {direction} Discord's", rounded(difference)),
        "the clock: set it, and keep it right with NTP (on Linux: timedatectl set-ntp true); certificates, timers at a \
         time of day and the ages of IDs depend on it",
    )
}

/// By how much our time differs, and in which direction.
fn difference(ours: SystemTime, theirs: SystemTime) -> (Duration, &'static str) {
    match theirs.duration_since(ours) {
        Ok(behind) => (behind, "behind"),
        Err(ahead) => (ahead.duration(), "ahead of"),
    }
}

/// A time in one unit.
fn rounded(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

pub(super) fn milliseconds(time: Duration) -> String {
    match time.as_millis() {
        0..10 => format!("{:.1} ms", time.as_secs_f64() * 1e3),
        milliseconds => format!("{milliseconds} ms"),
    }
}
