//! What stands by itself: regions, packs, keys, lobbies, the bot's own application and user.

use serde_json::{Value, json};

use super::collection::{LOBBIES, OF_APPLICATION, take_over};
use super::form::{Form, Rejection, not_found, rejection};
use super::routes::number;
use super::{Answer, Call, World, shapes};

/// The one pack of stickers that there is.
const PACK: u64 = 847_199_849_233_514_549;
const STICKER: u64 = 749_054_660_769_218_631;

/// The regions for voice.
pub(super) fn regions() -> Value {
    let region = |id: &str, name: &str, optimal: bool| json!({"id": id, "name": name, "optimal": optimal, "deprecated": false, "custom": false});
    json!([region("rotterdam", "Rotterdam", true), region("us-east", "US East", false)])
}

fn sticker() -> Value {
    json!({"id": STICKER.to_string(), "name": "Wave", "description": "Wumpus waves hello", "tags": "wumpus, hello",
        "type": 1, "format_type": 3, "pack_id": PACK.to_string(), "sort_value": 12})
}

fn pack() -> Value {
    json!({"id": PACK.to_string(), "stickers": [sticker()], "name": "Wumpus Beyond", "sku_id": "847199849233514547",
        "cover_sticker_id": STICKER.to_string(), "description": "Say hello to Wumpus!",
        "banner_asset_id": "761773777976819732"})
}

impl World {
    /// Answers the routes that belong to nothing: regions, packs, default sounds, keys.
    pub(super) fn standalone(&mut self, call: &Call, path: &[&str]) -> Result<Answer, Rejection> {
        match (call.method.as_str(), path) {
            ("GET", ["voice", "regions"]) => Ok(Answer::ok(regions())),
            ("GET", ["sticker-packs"]) => Ok(Answer::ok(json!({"sticker_packs": [pack()]}))),
            ("GET", ["sticker-packs", id]) if number(id) == PACK => Ok(Answer::ok(pack())),
            ("GET", ["sticker-packs", _]) => Err(rejection(404, 10061, "Unknown Sticker Pack")),
            ("GET", ["stickers", id]) if number(id) == STICKER => Ok(Answer::ok(sticker())),
            ("GET", ["stickers", id]) => match self.item("stickers", number(id)) {
                Some(sticker) => Ok(Answer::ok(sticker.clone())),
                None => Err(rejection(404, 10060, "Unknown sticker")),
            },
            ("GET", ["soundboard-default-sounds"]) => {
                Ok(Answer::ok(json!([{"sound_id": "1", "name": "quack",
                "volume": 1.0, "emoji_id": null, "emoji_name": "🦆", "available": true}])))
            }
            ("GET", ["oauth2", "applications", "@me"]) => Ok(self.show_application()),
            ("GET", ["oauth2", "keys"]) => Ok(Answer::ok(json!({"keys": []}))),
            ("GET", ["skus", _, "subscriptions"]) => Ok(Answer::ok(json!([]))),
            ("GET", ["skus", _, "subscriptions", _]) => Err(rejection(404, 100_027, "Unknown Subscription")),
            ("PUT", ["partner-sdk", "dms", _, _, "messages", _, "moderation-metadata"])
            | ("POST", ["partner-sdk", "provisional-accounts", "unmerge", "bot"]) => {
                Ok(Answer::done(Vec::new()))
            }
            ("POST", ["partner-sdk", "token", "bot"]) => Ok(Answer::ok(json!({"token_type": "Bearer",
                "access_token": "provisional", "expires_in": 604_800, "scope": "sdk.social_layer",
                "id_token": "provisional", "refresh_token": null, "scopes": ["sdk.social_layer"],
                "expires_at_s": call.now.as_secs() + 604_800}))),
            _ => Err(not_found()),
        }
    }

    /// Answers the routes below `/applications/{application}`, but for the commands.
    pub(super) fn application_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(self.show_application()),
            ("PATCH", []) => {
                let mut changed = self.application_body();
                take_over(&mut changed, &call.body);
                self.settings.insert("application", changed.clone());
                Ok(Answer::ok(changed))
            }
            ("GET" | "PUT", ["role-connections", "metadata"]) => {
                if call.method == "PUT" {
                    self.settings.insert("role connections", call.body.clone());
                }
                Ok(Answer::ok(self.settings.get("role connections").cloned().unwrap_or_else(|| json!([]))))
            }
            ("GET", ["skus"]) => Ok(Answer::ok(json!([]))),
            ("GET", ["activity-instances", _]) => Err(not_found()),
            ("POST", ["attachment"]) => {
                let Some(file) = call.files.first() else {
                    return Err(rejection(400, 50046, "Invalid file uploaded"));
                };
                let mut attachment = shapes::attachment(self.next_id(call.now), 0, file);
                attachment["ephemeral"] = json!(true);
                Ok(Answer::ok(json!({"attachment": attachment})))
            }
            ("POST", ["entitlements"]) => {
                let owner = if call.body["owner_type"] == 1 { "guild_id" } else { "user_id" };
                let mut body = json!({"sku_id": call.body["sku_id"]});
                body[owner] = call.body["owner_id"].clone();
                let call = Call { body, ..call.clone() };
                self.collection(&call, &OF_APPLICATION[1], &[])
            }
            ("POST", ["entitlements", id, "consume"]) => {
                let at = self.place_of(&OF_APPLICATION[1], id)?;
                self.list_mut("entitlements")[at]["consumed"] = json!(true);
                Ok(Answer::done(Vec::new()))
            }
            _ => {
                let kind =
                    OF_APPLICATION.iter().find(|kind| rest.starts_with(kind.place)).ok_or_else(not_found)?;
                self.collection(call, kind, &rest[kind.place.len()..])
            }
        }
    }

    /// Answers the routes below `/users`.
    pub(super) fn user_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        match (call.method.as_str(), rest) {
            ("GET", ["@me"]) => Ok(self.show_bot()),
            ("PATCH", ["@me"]) => {
                let mut form = Form::default();
                if !call.body["username"].is_null() {
                    form.text("username", &call.body["username"], 2, 32);
                }
                form.done()?;
                let name = call.body["username"].as_str().map(str::to_owned);
                if let (Some(name), Some(bot)) = (name, self.users.get_mut(&self.bot)) {
                    bot.name = name;
                }
                let shown = self.show_bot();
                Ok(Answer::new(200, shown.body.clone(), vec![("USER_UPDATE", shown.body)]))
            }
            ("POST", ["@me", "channels"]) => {
                let with = shapes::id(&call.body["recipient_id"]).unwrap_or(0);
                Ok(self.dm_channel(call.now, with))
            }
            ("GET", ["@me", "guilds"]) => {
                let guild = self.guild_body();
                let own = self.owner() == self.bot;
                let mut shown =
                    json!({"owner": own, "permissions": self.permissions(self.bot, None).to_string()});
                for key in ["id", "name", "icon", "banner", "features"] {
                    shown[key] = guild[key].clone();
                }
                if call.asks("with_counts") {
                    shown["approximate_member_count"] = json!(self.present_users().count());
                    shown["approximate_presence_count"] = json!(1);
                }
                let inside =
                    call.number("after", 0) < self.guild && call.number("before", u64::MAX) > self.guild;
                Ok(Answer::ok(if inside { json!([shown]) } else { json!([]) }))
            }
            ("DELETE", ["@me", "guilds", guild]) if number(guild) == self.guild => {
                Ok(Answer::done(vec![("GUILD_DELETE", json!({"id": self.guild.to_string()}))]))
            }
            ("DELETE", ["@me", "guilds", _]) => Err(rejection(404, 10004, "Unknown Guild")),
            ("GET", [user]) if self.users.contains_key(&number(user)) => {
                Ok(Answer::ok(self.user_body(number(user))))
            }
            ("GET", [_]) => Err(rejection(404, 10013, "Unknown User")),
            _ => Err(not_found()),
        }
    }

    /// Answers the routes below `/lobbies`.
    pub(super) fn lobby_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        let [lobby, inner @ ..] = rest else {
            return match call.method.as_str() {
                "POST" => self.collection(call, &LOBBIES, rest),
                _ => Err(not_found()),
            };
        };
        if inner.is_empty() {
            return self.collection(call, &LOBBIES, rest);
        }
        let at = self.place_of(&LOBBIES, lobby)?;
        let wanted: Vec<Value> = match (call.method.as_str(), inner) {
            ("POST", ["members", "bulk"]) => call.body.as_array().cloned().unwrap_or_default(),
            ("PUT", ["members", user]) => {
                vec![json!({"id": user, "metadata": call.body["metadata"], "flags": call.body["flags"]})]
            }
            ("DELETE", ["members", user]) => vec![json!({"id": user, "remove_member": true})],
            ("POST", ["members", _, "invites"]) => return Ok(Answer::ok(json!({"code": "lobby"}))),
            ("PUT", ["messages", _, "moderation-metadata"]) => return Ok(Answer::done(Vec::new())),
            _ => return Err(not_found()),
        };
        let lobby = &mut self.list_mut("lobbies")[at];
        let mut members = lobby["members"].as_array().cloned().unwrap_or_default();
        let mut changed = Vec::new();
        for one in wanted {
            members.retain(|member| member["id"] != one["id"]);
            if one["remove_member"] != true {
                let flags = one["flags"].as_u64().unwrap_or(0);
                let member = json!({"id": one["id"], "metadata": one["metadata"], "flags": flags});
                members.push(member.clone());
                changed.push(member);
            }
        }
        lobby["members"] = json!(members);
        match (call.method.as_str(), changed.pop()) {
            ("POST", last) => {
                changed.extend(last);
                Ok(Answer::ok(json!(changed)))
            }
            ("PUT", Some(member)) => Ok(Answer::ok(member)),
            _ => Ok(Answer::done(Vec::new())),
        }
    }
}
