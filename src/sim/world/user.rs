//! The bot's user and other users ([page](https://docs.discord.com/developers/resources/user)).

use serde_json::{Value, json};

use super::objects::{self, path_id};
use super::rejection::{FormErrors, Rejection, not_found, rejection, unknown_guild, unknown_user};
use super::{RestRequest, RestResponse, World};

impl World {
    /// Answers the routes below `/users`.
    pub(super) fn user_route(
        &mut self,
        request: &RestRequest,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let me = request.actor();
        match (request.method.as_str(), rest) {
            ("GET", ["@me"]) => Ok(RestResponse::ok(self.own_user_body(me))),
            ("PATCH", ["@me"]) => {
                let mut errors = FormErrors::default();
                if !request.body["username"].is_null() {
                    errors.text("username", &request.body["username"], 2, 32);
                }
                errors.finish()?;
                let name = request.body["username"].as_str().map(str::to_owned);
                if let (Some(name), Some(user)) = (name, self.users.get_mut(&me)) {
                    user.name = name;
                }
                let user = self.own_user_body(me);
                Ok(RestResponse::new(200, user.clone(), vec![("USER_UPDATE", user)]))
            }
            ("POST", ["@me", "channels"]) => {
                let recipient = objects::id(&request.body["recipient_id"]).unwrap_or(0);
                self.open_dm(request.now, me, recipient)
            }
            ("GET", ["@me", "guilds"]) => {
                let (after, before) = (request.number("after", 0), request.number("before", u64::MAX));
                let limit = request.number("limit", 200);
                let mut page: Vec<u64> = self.guilds_of(me);
                page.retain(|guild| *guild > after && *guild < before);
                if request.query("before").is_some() {
                    page.drain(..page.len().saturating_sub(limit));
                }
                let guilds = page.into_iter().take(limit);
                Ok(RestResponse::ok(guilds.map(|guild| self.partial_guild(request, guild)).collect()))
            }
            ("DELETE", ["@me", "guilds", guild]) if self.is_member(path_id(guild), me) => {
                if self.guilds[&path_id(guild)].owner == me {
                    return Err(rejection(400, 50055, "Invalid Guild"));
                }
                Ok(RestResponse::no_content(self.remove_member(path_id(guild), me)))
            }
            ("DELETE", ["@me", "guilds", _]) => Err(unknown_guild()),
            ("GET", [user]) if self.users.contains_key(&path_id(user)) => {
                Ok(RestResponse::ok(self.user_body(path_id(user))))
            }
            ("GET", [_]) => Err(unknown_user()),
            _ => Err(not_found()),
        }
    }

    /// An element of the list of a user's guilds.
    fn partial_guild(&self, request: &RestRequest, guild: u64) -> Value {
        let body = self.guild_body(guild);
        let me = request.actor();
        let mut partial = json!({
            "owner": self.guilds[&guild].owner == me,
            "permissions": self.guild_permissions(guild, me).to_string(),
        });
        for key in ["id", "name", "icon", "banner", "features"] {
            partial[key] = body[key].clone();
        }
        if request.flag("with_counts") {
            partial["approximate_member_count"] = json!(self.member_ids(guild).count());
            partial["approximate_presence_count"] = json!(1);
        }
        partial
    }
}
