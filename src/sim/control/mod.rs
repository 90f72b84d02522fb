#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../../guide/links.md"))]
#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../../guide/links_with_sim.md"))]
#![doc = include_str!("../../../docs/syncord-sim.md")]

mod bot;
mod call;
#[cfg(feature = "http-interactions")]
mod endpoints;
mod faults;
mod page;
mod people;
mod portal;
mod problem;
mod secret;
mod stream;
mod view;

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::Value;

pub(super) use self::faults::fault_by_text;
pub(super) use self::page::url as page_url;
pub(super) use self::people::role_by_text;
pub(super) use self::secret::Secret;
pub(super) use self::stream::{Viewer, stream};

use self::call::Call;
use self::problem::Problem;
use super::http::{Request, Response};
use super::hub::Hub;

/// The start of all paths of the control interface. The secret follows.
const PREFIX: &str = "/sim/";

/// The address of the control interface.
pub(super) fn url(address: SocketAddr, secret: &Secret) -> String {
    format!("http://{address}{PREFIX}{secret}")
}

/// Whether a path is one of the control interface.
pub(super) fn is_control_path(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// What the server does with a request to the control interface.
pub(super) enum Answer {
    Respond(Response),
    /// Sends what happens until the client leaves.
    Stream(Viewer),
}

/// Answers a request to the control interface.
pub(super) fn answer(hub: &Arc<Hub>, request: &Request) -> Answer {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let (secret, action) = path[PREFIX.len()..].split_once('/').unwrap_or((&path[PREFIX.len()..], ""));
    let timeout =
        hub.read(|state| state.control.as_ref().filter(|own| own.secret.is(secret)).map(|own| own.timeout));
    let Some(timeout) = timeout else {
        let text = "The control interface is off, or the secret in the address is another one.";
        return Answer::Respond(Response::new(404, text).with("Content-Type", "text/plain"));
    };
    if request.method == "GET" {
        if action == "events" {
            return match stream::Viewer::of(hub, query) {
                Ok(viewer) => Answer::Stream(viewer),
                Err(problem) => Answer::Respond(Response::json(problem.status(), &problem.body())),
            };
        }
        if let Some(id) = action.strip_prefix("picture/") {
            return Answer::Respond(page::picture(hub, id));
        }
        if let Some(response) = page::response(path, action) {
            return Answer::Respond(response);
        }
    }
    let result = call::arguments(query, &request.body)
        .and_then(|arguments| act(&request.method, action, &Call::new(hub, timeout, &arguments)));
    Answer::Respond(match result {
        Ok(body) => Response::json(200, &body),
        Err(problem) => Response::json(problem.status(), &problem.body()),
    })
}

/// Carries out an action. What only reads may be a GET.
fn act(method: &str, action: &str, call: &Call<'_>) -> Result<Value, Problem> {
    if !matches!(method, "GET" | "POST") {
        return Err(Problem::arguments("use GET to read and POST to act"));
    }
    match read(action, call) {
        Some(result) => result,
        None if method == "GET" => Err(Problem::NoSuchAction(format!("GET {action:?}"))),
        None => change(action, call),
    }
}

/// An action that only reads; `None` if there is none of this name.
fn read(action: &str, call: &Call<'_>) -> Option<Result<Value, Problem>> {
    Some(match action {
        "" => view::addresses(call),
        "state" => view::state(call),
        "messages" => view::messages(call),
        "commands" => view::commands(call),
        "direct" => view::direct(call),
        "interaction" => bot::interaction(call),
        "interactions" => bot::interactions(call),
        "history" => view::history(call),
        "transcript" => view::transcript(call),
        "snapshot" => view::snapshot(call),
        "requests" => bot::requests(call),
        "log" => bot::log(call),
        "bots" => bot::bots(call),
        _ => return None,
    })
}

/// An action that changes something, or waits for it.
fn change(action: &str, call: &Call<'_>) -> Result<Value, Problem> {
    match action {
        "channel" => people::channel(call),
        "join" => people::join(call),
        "role" => people::role(call),
        "say" => people::say(call),
        "edit" => people::edit(call),
        "delete" => people::delete(call),
        "react" => people::react(call),
        "unreact" => people::unreact(call),
        "type" => people::start_typing(call),
        "join_voice" => people::join_voice(call),
        "leave_voice" => people::leave_voice(call),
        "request" => people::request(call),
        "vote" => people::vote(call),
        "leave" => people::leave(call),
        "set" => people::set(call),
        "use" => people::use_command(call),
        "autocomplete" => people::autocomplete(call),
        "click" => people::click(call),
        "select" => people::select(call),
        "submit" => people::submit(call),
        "next_message" => bot::next_message(call),
        "next_change" => bot::next_change(call),
        "next_ephemeral_message" => bot::next_ephemeral_message(call),
        "next_modal" => bot::next_modal(call),
        "reply" => bot::reply(call),
        "wait_until_ready" => bot::wait_until_ready(call),
        "advance" => bot::advance(call),
        "settle" => bot::settle(call),
        "stays_silent" => bot::stays_silent(call),
        "dispatch" => bot::dispatch(call),
        "fault" => faults::fault(call),
        "clear_faults" => faults::clear(call),
        "rate_limit" => faults::rate_limit(call),
        "intent" => portal::intent(call),
        "permission" => portal::permission(call),
        #[cfg(feature = "http-interactions")]
        "interactions_endpoint" => endpoints::interactions(call),
        #[cfg(feature = "http-interactions")]
        "webhook_events_endpoint" => endpoints::webhook_events(call),
        #[cfg(feature = "http-interactions")]
        "webhook_event" => endpoints::webhook_event(call),
        "reset" => bot::reset(call),
        "shutdown" => bot::shutdown(call),
        _ => Err(Problem::NoSuchAction(format!("POST {action:?}"))),
    }
}
