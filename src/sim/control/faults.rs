//! Faults and rate limits as JSON.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::call::{Call, arguments, done};
use super::problem::Problem;
use crate::sim::fault::{ErrorBody, Fault, RateLimitScope};
use crate::sim::hub::{Hub, State};

/// The default wait in a 429.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Makes something go wrong.
pub(super) fn fault(call: &Call<'_>) -> Result<Value, Problem> {
    happen(call)?;
    Ok(done())
}

/// Makes something go wrong, as the action `fault` with these arguments: `http_status&status=503&times=2`.
pub(in crate::sim) fn fault_by_text(hub: &Arc<Hub>, text: &str) -> Result<(), String> {
    let arguments = arguments(&format!("fault={text}"), b"");
    let result = arguments.and_then(|arguments| happen(&Call::new(hub, Duration::ZERO, &arguments)));
    result.map_err(|problem| problem.body()["error"].as_str().unwrap_or_default().to_owned())
}

fn happen(call: &Call<'_>) -> Result<(), Problem> {
    let fault = read(call)?;
    match call.optional_text("route") {
        Some(route) => {
            let turn = count(call, "turn", 1)?;
            call.hub.change(|state, _| state.schedule.add(route, turn, fault));
        }
        None => call.hub.change(|state, now| state.fault(now, fault, None)),
    }
    Ok(())
}

/// Ends all faults.
pub(super) fn clear(call: &Call<'_>) -> Result<Value, Problem> {
    call.hub.change(State::clear_faults);
    Ok(done())
}

/// Sets the rate limit of a route, or of all routes together.
pub(super) fn rate_limit(call: &Call<'_>) -> Result<Value, Problem> {
    let limit = count(call, "limit", 1)?;
    let window = call.optional_seconds("window")?.unwrap_or(RETRY_AFTER);
    let scope = scope(call)?;
    match call.optional_text("route") {
        Some(route) => call.hub.change(|state, _| state.limits.set(route, limit, window, scope)),
        None => call.hub.change(|state, _| state.limits.set_global(limit, window)),
    }
    Ok(done())
}

fn read(call: &Call<'_>) -> Result<Fault, Problem> {
    let times = count(call, "times", 1)?;
    let on = call.flag("on").unwrap_or(true);
    Ok(match call.text("fault")? {
        "drop_socket" => Fault::DropSocket,
        "black_hole" => Fault::BlackHole(call.optional_seconds("seconds")?),
        "mute_acks" => Fault::MuteAcks(on),
        "reconnect" => Fault::Reconnect,
        "invalid_session" => Fault::InvalidSession { resumable: call.flag("resumable").unwrap_or(false) },
        "close" => {
            let code = call.optional_count("code")?.and_then(|code| u16::try_from(code).ok()).unwrap_or(4000);
            Fault::Close(code, call.optional_text("reason").unwrap_or_default().to_owned())
        }
        "forget_sessions" => Fault::ForgetSessions,
        "request_heartbeat" => Fault::RequestHeartbeat,
        "invalid_json" => Fault::InvalidJson,
        "binary_frame" => Fault::BinaryFrame,
        "oversized_frame" => Fault::OversizedFrame,
        "slow_bytes" => Fault::SlowBytes {
            per_chunk: usize::try_from(call.optional_count("per_chunk")?.unwrap_or(1)).unwrap_or(usize::MAX),
            pause: call.optional_seconds("pause")?.unwrap_or(Duration::from_millis(1)),
        },
        "http_status" => Fault::HttpStatus {
            status: call
                .optional_count("status")?
                .and_then(|status| u16::try_from(status).ok())
                .ok_or_else(|| Problem::arguments("\"status\" is missing: an HTTP status"))?,
            body: match call.optional_text("body").unwrap_or("json") {
                "json" => ErrorBody::Json,
                "html" => ErrorBody::Html,
                "empty" => ErrorBody::Empty,
                other => {
                    return Err(Problem::arguments(format!(
                        "\"body\" is json, html or empty, not {other:?}"
                    )));
                }
            },
            retry_after: call.optional_seconds("retry_after")?,
            times,
        },
        "http_429" => Fault::Http429 {
            retry_after: call.optional_seconds("retry_after")?.unwrap_or(RETRY_AFTER),
            scope: scope(call)?,
            times,
        },
        "delay" => Fault::Delay(call.optional_seconds("seconds")?.unwrap_or_default()),
        "refuse_connections" => Fault::RefuseConnections(on),
        "refuse_upgrade" => Fault::RefuseUpgrade {
            status: call
                .optional_count("status")?
                .and_then(|status| u16::try_from(status).ok())
                .unwrap_or(503),
            times,
        },
        "accept_then_close" => Fault::AcceptThenClose { times },
        other => return Err(Problem::arguments(format!("there is no fault {other:?}"))),
    })
}

fn scope(call: &Call<'_>) -> Result<RateLimitScope, Problem> {
    match call.optional_text("scope").unwrap_or("user") {
        "user" => Ok(RateLimitScope::User),
        "global" => Ok(RateLimitScope::Global),
        "shared" => Ok(RateLimitScope::Shared),
        other => Err(Problem::arguments(format!("\"scope\" is user, global or shared, not {other:?}"))),
    }
}

fn count(call: &Call<'_>, name: &str, default: u32) -> Result<u32, Problem> {
    Ok(call.optional_count(name)?.map_or(default, |count| u32::try_from(count).unwrap_or(u32::MAX)))
}
