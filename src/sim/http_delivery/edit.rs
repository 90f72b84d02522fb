//! Verifies the endpoints that a bot sets itself
//! ([Edit Current Application](https://docs.discord.com/developers/resources/application#edit-current-application)).

use super::endpoint::verify;
use crate::sim::error::SimError;
use crate::sim::http::{Request, Response};
use crate::sim::hub::Hub;
use crate::sim::observed::{Exchange, Observed};
use crate::sim::rest;
use crate::sim::world::{Endpoint, form_error};

/// Verifies the URLs in a request that changes an application. Returns the response that refuses them. It takes as long as the
/// endpoints do, so it is not part of the routes, which hold the lock.
pub(in crate::sim) fn refuse_edit(hub: &Hub, request: &Request) -> Option<Response> {
    let segments = rest::segments(&request.path);
    let ("PATCH", ["applications", id]) = (request.method.as_str(), &segments[..]) else { return None };
    // Without a right token it is refused later, by the route.
    let token = request.header("authorization")?.strip_prefix("Bot ")?;
    let application = hub.read(|state| state.world.bot_of_token(token))?;
    if *id != "@me" && *id != application.to_string() {
        return None;
    }
    let body = request.json();
    for endpoint in Endpoint::ALL {
        let url = body[endpoint.field()].as_str().unwrap_or_default();
        let is_old = hub.read(|state| state.world.endpoint(application, endpoint) == Some(url));
        if url.is_empty() || is_old {
            continue;
        }
        if let Err(error) = verify(hub, application, endpoint, url) {
            return Some(refuse(hub, request, endpoint, &error));
        }
    }
    None
}

fn refuse(hub: &Hub, request: &Request, endpoint: Endpoint, why: &SimError) -> Response {
    let message = format!("The specified URL could not be verified: {why}");
    let (status, body) = form_error(endpoint.field(), "URL_TYPE_INVALID_URL", &message);
    let response = Response::json(status, &body);
    hub.change(|state, now| {
        state.record(request, now);
        if let Some(recorded) = state.requests.back_mut() {
            recorded.status = Some(response.status);
        }
        state.observe(|| Observed::Response(Box::new(Exchange::new(request, &response))));
    });
    response
}
