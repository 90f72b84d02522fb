//! Sends interactions to the endpoint of their application, and carries out the answers.

use std::sync::Weak;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::client::{self, Answer};
use super::signing::Signature;
use crate::id::{InteractionId, UserId};
use crate::sim::http::{Request, Response};
use crate::sim::hub::{Hub, State};
use crate::sim::observed::{Exchange, Observed};
use crate::sim::rest;
use crate::sim::world::{Endpoint, RestRequest};

/// An interaction on its way to an endpoint.
struct Delivery {
    url: String,
    application: UserId,
    interaction: InteractionId,
    /// The token of the interaction.
    token: String,
    body: Vec<u8>,
    timeout: Duration,
    /// The number of restarts before it.
    restarts: u64,
}

impl State {
    /// Sends an interaction to the endpoint of its application, on a thread of its own. Returns false if it has none, and for
    /// other events: they are sent over the gateway.
    pub(in crate::sim) fn deliver_over_http(&mut self, name: &str, data: &Value) -> bool {
        if name != "INTERACTION_CREATE" {
            return false;
        }
        let text = |key: &str| data[key].as_str().unwrap_or_default();
        let (Ok(application), Ok(interaction)) = (text("application_id").parse(), text("id").parse()) else {
            return false;
        };
        let Some(url) = self.world.endpoint(application, Endpoint::Interactions).map(str::to_owned) else {
            return false;
        };
        let delivery = Delivery {
            url,
            application,
            interaction,
            token: text("token").to_owned(),
            body: data.to_string().into_bytes(),
            timeout: self.world.interaction_timeout(),
            restarts: self.restarts,
        };
        let hub = self.own_hub.clone();
        let thread = thread::Builder::new().name("syncord-sim-delivery".to_owned());
        match thread.spawn(move || delivery.run(&hub)) {
            Ok(_) => self.in_flight += 1,
            Err(error) => {
                self.world.fail_delivery(interaction, format!("the system gives no thread for it: {error}"));
            }
        }
        true
    }

    /// Carries out the answer to a delivery. Returns why the interaction has failed, if it has.
    fn delivered(
        &mut self,
        now: Duration,
        delivery: &Delivery,
        answer: &Result<Answer, String>,
    ) -> Option<String> {
        let problem = match answer {
            Ok(answer) => {
                self.observe_delivery(delivery, answer);
                match answer.status {
                    202 if answer.body.is_empty() => None,
                    202 => {
                        self.violations.push(format!("an interaction was answered with {answer}"));
                        None
                    }
                    200 => self.respond_inline(now, delivery, answer).err(),
                    _ => Some(answer.to_string()),
                }
            }
            Err(problem) => Some(problem.clone()),
        }?;
        self.world.fail_delivery(delivery.interaction, problem.clone());
        Some(problem)
    }

    /// Handles an answer with a response in it as a request to the callback route.
    fn respond_inline(&mut self, now: Duration, delivery: &Delivery, answer: &Answer) -> Result<(), String> {
        let path = format!("/api/v10/interactions/{}/{}/callback", delivery.interaction, delivery.token);
        let request = request(path, &answer.content_type, &answer.body);
        let Some(read) = rest::read(&request, self.clock.time()) else {
            return Err(format!("a response that is no JSON: {answer}"));
        };
        let response = self.world.handle(&RestRequest { user: Some(delivery.application), ..read });
        self.dispatch(now, response.events);
        if response.status < 300 {
            return Ok(());
        }
        Err(format!("a response that Discord rejects with {}: {}", response.status, response.body))
    }

    /// Shows the observers a delivery and its answer.
    fn observe_delivery(&mut self, delivery: &Delivery, answer: &Answer) {
        let sent = request(delivery.url.clone(), "application/json", &delivery.body);
        let response =
            Response::new(answer.status, answer.body.clone()).with("Content-Type", &*answer.content_type);
        self.observe(|| Observed::Response(Box::new(Exchange::new(&sent, &response))));
    }
}

impl Delivery {
    fn run(self, hub: &Weak<Hub>) {
        let application = self.application.get();
        let answer = client::post(&self.url, application, &self.body, Signature::Right, self.timeout);
        let Some(hub) = hub.upgrade() else { return };
        let problem = hub.change(|state, now| {
            state.in_flight -= 1;
            state.last_activity = Instant::now();
            // IDs repeat after a restart.
            let is_of_this_world = state.restarts == self.restarts;
            is_of_this_world.then(|| state.delivered(now, &self, &answer)).flatten()
        });
        if let Some(problem) = problem {
            log::warn!(
                "the interaction {} failed: expected {} to accept it, but got {problem}",
                self.interaction,
                self.url
            );
        }
    }
}

/// A POST as the log and the routes read it.
fn request(path: String, content_type: &str, body: &[u8]) -> Request {
    Request {
        method: "POST".to_owned(),
        path,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: body.to_vec(),
        at: Duration::ZERO,
        status: None,
    }
}
