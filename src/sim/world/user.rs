//! The bot's user and other users ([page](https://docs.discord.com/developers/resources/user)).

use serde_json::json;

use super::objects::{self, path_id};
use super::rejection::{FormErrors, Rejection, not_found, rejection};
use super::{RestRequest, RestResponse, World};

impl World {
    /// Answers the routes below `/users`.
    pub(super) fn user_route(
        &mut self,
        request: &RestRequest,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("GET", ["@me"]) => Ok(self.show_bot()),
            ("PATCH", ["@me"]) => {
                let mut errors = FormErrors::default();
                if !request.body["username"].is_null() {
                    errors.text("username", &request.body["username"], 2, 32);
                }
                errors.finish()?;
                let name = request.body["username"].as_str().map(str::to_owned);
                if let (Some(name), Some(bot)) = (name, self.users.get_mut(&self.bot)) {
                    bot.name = name;
                }
                let user = self.show_bot().body;
                Ok(RestResponse::new(200, user.clone(), vec![("USER_UPDATE", user)]))
            }
            ("POST", ["@me", "channels"]) => {
                let recipient = objects::id(&request.body["recipient_id"]).unwrap_or(0);
                Ok(self.dm_channel(request.now, recipient))
            }
            ("GET", ["@me", "guilds"]) => {
                let guild = self.guild_body();
                let is_owner = self.owner() == self.bot;
                let mut partial =
                    json!({"owner": is_owner, "permissions": self.permissions(self.bot, None).to_string()});
                for key in ["id", "name", "icon", "banner", "features"] {
                    partial[key] = guild[key].clone();
                }
                if request.flag("with_counts") {
                    partial["approximate_member_count"] = json!(self.member_ids().count());
                    partial["approximate_presence_count"] = json!(1);
                }
                let is_in_page = request.number("after", 0) < self.guild
                    && request.number("before", u64::MAX) > self.guild;
                Ok(RestResponse::ok(if is_in_page { json!([partial]) } else { json!([]) }))
            }
            ("DELETE", ["@me", "guilds", guild]) if path_id(guild) == self.guild => {
                Ok(RestResponse::no_content(vec![("GUILD_DELETE", json!({"id": self.guild.to_string()}))]))
            }
            ("DELETE", ["@me", "guilds", _]) => Err(rejection(404, 10004, "Unknown Guild")),
            ("GET", [user]) if self.users.contains_key(&path_id(user)) => {
                Ok(RestResponse::ok(self.user_body(path_id(user))))
            }
            ("GET", [_]) => Err(rejection(404, 10013, "Unknown User")),
            _ => Err(not_found()),
        }
    }
}
