//! Lobbies ([page](https://docs.discord.com/developers/resources/lobby)).

use serde_json::{Value, json};

use super::collection::LOBBIES;
use super::rejection::{Rejection, not_found};
use super::{RestRequest, RestResponse, World};

impl World {
    /// Answers the routes below `/lobbies`.
    pub(super) fn lobby_route(
        &mut self,
        request: &RestRequest,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let [lobby, below @ ..] = rest else {
            return match request.method.as_str() {
                "POST" => self.collection_route(request, request.actor(), &LOBBIES, rest),
                _ => Err(not_found()),
            };
        };
        if below.is_empty() {
            return self.collection_route(request, request.actor(), &LOBBIES, rest);
        }
        let index = self.index_of(request.actor(), &LOBBIES, lobby)?;
        let updates: Vec<Value> = match (request.method.as_str(), below) {
            ("POST", ["members", "bulk"]) => request.body.as_array().cloned().unwrap_or_default(),
            ("PUT", ["members", user]) => {
                vec![
                    json!({"id": user, "metadata": request.body["metadata"], "flags": request.body["flags"]}),
                ]
            }
            ("DELETE", ["members", user]) => vec![json!({"id": user, "remove_member": true})],
            ("POST", ["members", _, "invites"]) => return Ok(RestResponse::ok(json!({"code": "lobby"}))),
            ("PUT", ["messages", _, "moderation-metadata"]) => {
                return Ok(RestResponse::no_content(Vec::new()));
            }
            _ => return Err(not_found()),
        };
        let lobby = &mut self.list_mut(request.actor(), "lobbies")[index];
        let mut members = lobby["members"].as_array().cloned().unwrap_or_default();
        let mut changed = Vec::new();
        for update in updates {
            members.retain(|member| member["id"] != update["id"]);
            if update["remove_member"] != true {
                let flags = update["flags"].as_u64().unwrap_or(0);
                let member = json!({"id": update["id"], "metadata": update["metadata"], "flags": flags});
                members.push(member.clone());
                changed.push(member);
            }
        }
        lobby["members"] = json!(members);
        match (request.method.as_str(), changed.pop()) {
            ("POST", last) => {
                changed.extend(last);
                Ok(RestResponse::ok(json!(changed)))
            }
            ("PUT", Some(member)) => Ok(RestResponse::ok(member)),
            _ => Ok(RestResponse::no_content(Vec::new())),
        }
    }
}
