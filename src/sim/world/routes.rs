//! Routes REST requests.

use serde_json::json;

use super::audit_log::AuditEntry;
use super::auto_moderation_triggers::check_patterns;
use super::collection::STAGE_INSTANCES;
use super::objects::{self, path_id};
use super::rejection::{Rejection, form_error, not_found, not_in_dm, only_bots, rejection, unknown_webhook};
use super::validation;
use super::{RestRequest, RestResponse, World};
use crate::id::UserId;
use crate::sim::types::audit_action;
use crate::sim::types::channel_type::GUILD_STAGE_VOICE;

impl World {
    /// Answers a request.
    pub fn handle(&mut self, request: &RestRequest) -> RestResponse {
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        if request.user.is_some() {
            return self.answer(request, &path);
        }
        let request = RestRequest { user: Some(UserId::new(self.first_bot())), ..request.clone() };
        self.answer(&request, &path)
    }

    fn answer(&mut self, request: &RestRequest, path: &[&str]) -> RestResponse {
        let response = self.route(request, path).unwrap_or_else(RestResponse::from);
        if response.status < 300 {
            self.has_spoken(request, path);
        }
        response
    }

    fn route(&mut self, request: &RestRequest, path: &[&str]) -> Result<RestResponse, Rejection> {
        let is_for_bots = matches!(path, ["applications", ..] | ["oauth2", "applications", ..]);
        if is_for_bots && !self.applications.contains_key(&request.actor()) {
            return Err(only_bots());
        }
        self.check_access(request, path)?;
        self.check_speaking(request, path)?;
        validation::check_fields(request, path)?;
        check_patterns(request, path)?;
        self.check_counts(request, path)?;
        match path {
            ["applications", "@me"] => self.application_route(request, request.actor(), &[]),
            ["applications", application, rest @ ..] => {
                let application = path_id(application);
                if application != request.actor() {
                    let message = "You are not authorized to perform this action on this application";
                    return Err(rejection(403, 20012, message));
                }
                match rest {
                    ["commands", rest @ ..] => self.command_route(request, application, None, rest),
                    ["guilds", guild, "commands", rest @ ..] => {
                        self.command_route(request, application, Some(path_id(guild)), rest)
                    }
                    _ => self.application_route(request, application, rest),
                }
            }
            ["channels", channel, rest @ ..] => self.channel_route(request, path_id(channel), rest),
            ["guilds", guild, rest @ ..] => self.guild_route(request, guild, rest),
            ["interactions", id, token, "callback"] if request.method == "POST" => {
                self.callback(request, id, token)
            }
            ["invites", code, rest @ ..] => self.invite_route(request, code, rest),
            ["lobbies", rest @ ..] => self.lobby_route(request, rest),
            ["stage-instances", rest @ ..] => self.stage_route(request, rest),
            ["users", rest @ ..] => self.user_route(request, rest),
            ["webhooks", id, token, rest @ ..] if self.applications.contains_key(&path_id(id)) => {
                match self.interaction_of_token(token) {
                    Some(interaction) => self.interaction_webhook(request, interaction, rest),
                    None => Err(unknown_webhook()),
                }
            }
            ["webhooks", id, rest @ ..] => self.webhook_route(request, id, rest),
            _ => self.standalone_route(request, path),
        }
    }

    fn channel_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let me = request.actor();
        match (request.method.as_str(), rest) {
            ("GET", []) => self.known_channel(channel).map(|_| RestResponse::ok(self.channel_body(channel))),
            ("PATCH", []) => self.modify_channel(request, channel),
            ("DELETE", []) => self.delete_channel(request, channel),
            // The older routes of pins. Other clients still use them.
            ("GET", ["pins"]) => self.pinned_messages(me, channel),
            (_, ["pins", message]) => self.messages_route(request, channel, &["pins", message]),
            ("POST", ["followers"]) => self.follow_channel(request, channel),
            ("GET" | "POST", ["invites"]) => self.channel_invite_route(request, channel),
            (_, ["messages", rest @ ..]) => self.messages_route(request, channel, rest),
            (_, ["permissions", id]) => self.overwrite_route(request, channel, id),
            (_, ["polls", message, rest @ ..]) => self.poll_route(request, channel, path_id(message), rest),
            (_, ["recipients", _]) => Err(not_in_dm()),
            ("POST", ["send-soundboard-sound"]) => {
                self.known_channel(channel).map(|_| RestResponse::no_content(Vec::new()))
            }
            (_, ["thread-members", rest @ ..]) => self.thread_member_route(request, channel, rest),
            ("POST", ["threads"]) => self.start_thread(request, channel, None),
            ("GET", ["threads", "archived", "public"]) => self.archived_threads(request, channel, false),
            (
                "GET",
                ["threads", "archived", "private"] | ["users", "@me", "threads", "archived", "private"],
            ) => self.archived_threads(request, channel, true),
            ("GET", ["threads", "search"]) => self.search_threads(request, channel),
            ("POST", ["typing"]) => self.type_in(request.now, me, channel),
            ("PUT", ["voice-status"]) => {
                let guild = self.known_guild_of(channel)?;
                let status = &request.body["status"];
                let is_removed = status.as_str().is_none_or(str::is_empty);
                let action = if is_removed {
                    audit_action::VOICE_CHANNEL_STATUS_DELETE
                } else {
                    audit_action::VOICE_CHANNEL_STATUS_UPDATE
                };
                let mut entry = AuditEntry::new(action).target(channel);
                if !is_removed {
                    entry = entry.options(json!({"status": status}));
                }
                let audit = self.audit(request, guild, entry);
                let event = self.set_voice_status(channel, &request.body["status"]);
                Ok(RestResponse::no_content(vec![event, audit]))
            }
            ("GET" | "POST", ["webhooks"]) => self.channel_webhook_route(request, channel),
            _ => Err(not_found()),
        }
    }

    fn stage_route(&mut self, request: &RestRequest, rest: &[&str]) -> Result<RestResponse, Rejection> {
        if rest.is_empty() && request.method == "GET" {
            return Err(not_found());
        }
        let channel = match rest {
            [] => objects::id(&request.body["channel_id"]).unwrap_or(0),
            [channel, ..] => path_id(channel),
        };
        let guild = match self.known_guild_of(channel) {
            Err(_) if request.method != "POST" => {
                return Err(rejection(404, 10067, "Unknown Stage Instance"));
            }
            guild => guild?,
        };
        if request.method == "POST" {
            if self.known_channel(channel)?.body["type"] != GUILD_STAGE_VOICE {
                return Err(form_error("channel_id", "CHANNEL_TYPE_INVALID", "Invalid channel type"));
            }
            if self.index_of(guild, &STAGE_INSTANCES, &channel.to_string()).is_ok() {
                return Err(rejection(400, 150_006, "The Stage is already open"));
            }
        }
        self.collection_route(request, guild, &STAGE_INSTANCES, rest)
    }
}
