//! Webhooks ([page](https://docs.discord.com/developers/resources/webhook)).

use serde_json::{Value, json};

use super::collection::take_over;
use super::form::{Form, Rejection, not_found, rejection};
use super::message::{Draft, unknown_message};
use super::routes::number;
use super::{Answer, Call, Event, World, shapes};

impl World {
    /// Answers `/channels/{channel}/webhooks`.
    pub(super) fn channel_webhooks(&mut self, call: &Call, channel: u64) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        if call.method == "GET" {
            let mut hooks = self.list("webhooks").to_vec();
            hooks.retain(|hook| shapes::is(&hook["channel_id"], channel));
            return Ok(Answer::ok(json!(hooks)));
        }
        let mut form = Form::default();
        form.text("name", &call.body["name"], 1, 80);
        form.done()?;
        let mut hook = self.fill(
            call,
            r#"{"id":"$id","type":1,"guild_id":"$guild","channel_id":null,"user":"$user",
            "name":null,"avatar":null,"token":"$code","application_id":"$bot"}"#,
        );
        take_over(&mut hook, &json!({"name": call.body["name"], "avatar": call.body["avatar"]}));
        hook["channel_id"] = json!(channel.to_string());
        hook["token"] = json!(format!("token-of-webhook-{}", hook["token"].as_str().unwrap_or_default()));
        hook["url"] = json!(format!(
            "https://discord.com/api/webhooks/{}/{}",
            hook["id"].as_str().unwrap_or_default(),
            hook["token"].as_str().unwrap_or_default()
        ));
        self.list_mut("webhooks").push(hook.clone());
        let audit = self.audit(call, 50, hook["id"].as_str());
        Ok(Answer::new(200, hook, vec![self.webhooks_update(channel), audit]))
    }

    /// Answers `/channels/{channel}/followers`.
    pub(super) fn follow(&mut self, call: &Call, channel: u64) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        let to = shapes::id(&call.body["webhook_channel_id"]).unwrap_or(0);
        self.known_channel(to)?;
        let mut hook = self.fill(
            call,
            r#"{"id":"$id","type":2,"guild_id":"$guild","channel_id":null,"user":"$user",
            "name":null,"avatar":null,"application_id":null,"source_guild":null,"source_channel":null}"#,
        );
        let about = self.channel_body(channel);
        hook["channel_id"] = json!(to.to_string());
        hook["name"] = about["name"].clone();
        hook["source_channel"] = json!({"id": about["id"], "name": about["name"]});
        hook["source_guild"] =
            json!({"id": self.guild.to_string(), "name": self.guild_body()["name"], "icon": null});
        self.list_mut("webhooks").push(hook.clone());
        let body = json!({"channel_id": channel.to_string(), "webhook_id": hook["id"]});
        Ok(Answer::new(200, body, vec![self.webhooks_update(to)]))
    }

    /// Answers the routes below `/webhooks/{webhook}`, with its token or as the bot.
    pub(super) fn webhook_route(
        &mut self,
        call: &Call,
        id: &str,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        let found = self.list("webhooks").iter().position(|hook| hook["id"] == id);
        let at = found.ok_or_else(|| rejection(404, 10015, "Unknown Webhook"))?;
        let hook = self.list("webhooks")[at].clone();
        let channel = shapes::id(&hook["channel_id"]).unwrap_or(0);
        let (opened, rest) = match rest {
            [token, rest @ ..] if hook["token"] == *token => (true, rest),
            [] => (false, rest),
            _ => return Err(rejection(401, 50027, "Invalid Webhook Token")),
        };
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(Answer::ok(shown(hook, opened))),
            ("PATCH", []) => {
                let mut form = Form::default();
                if call.body.get("name").is_some() {
                    form.text("name", &call.body["name"], 1, 80);
                }
                form.done()?;
                let mut changes =
                    json!({"name": hook["name"], "avatar": hook["avatar"], "channel_id": hook["channel_id"]});
                let before = changes["channel_id"].clone();
                take_over(&mut changes, &call.body);
                if opened {
                    changes["channel_id"] = before;
                }
                let mut changed = hook;
                shapes::merge(&mut changed, &changes);
                self.list_mut("webhooks")[at] = changed.clone();
                let audit = self.audit(call, 51, Some(id));
                Ok(Answer::new(200, shown(changed, opened), vec![self.webhooks_update(channel), audit]))
            }
            ("DELETE", []) => {
                self.list_mut("webhooks").remove(at);
                let audit = self.audit(call, 52, Some(id));
                Ok(Answer::done(vec![self.webhooks_update(channel), audit]))
            }
            ("POST", []) if opened => self.execute(call, &hook, channel, &call.body),
            ("POST", ["slack"]) if opened => {
                let text = json!({"content": call.body["text"], "username": call.body["username"]});
                let answer = self.execute(call, &hook, channel, &text)?;
                Ok(Answer::new(200, json!("ok"), answer.events))
            }
            ("POST", ["github"]) if opened => Ok(Answer::done(Vec::new())),
            (method, ["messages", message]) if opened => {
                self.webhook_message(call, method, number(id), number(message))
            }
            _ => Err(not_found()),
        }
    }

    fn execute(
        &mut self,
        call: &Call,
        hook: &Value,
        channel: u64,
        body: &Value,
    ) -> Result<Answer, Rejection> {
        let channel = match call.query("thread_id") {
            Some(thread) => number(thread),
            None => channel,
        };
        self.known_channel(channel)?;
        let mut form = Form::default();
        if !body["username"].is_null() {
            form.text("username", &body["username"], 1, 80);
        }
        form.done()?;
        let id = shapes::id(&hook["id"]).unwrap_or(0);
        let name = if body["username"].is_string() { &body["username"] } else { &hook["name"] };
        let fixed = json!({
            "webhook_id": hook["id"],
            "application_id": hook["application_id"],
            "author": {
                "id": hook["id"],
                "bot": true,
                "username": name,
                "avatar": hook["avatar"],
                "discriminator": "0000",
                "public_flags": 0,
                "flags": 0,
                "global_name": null,
            },
        });
        let mut body = body.clone();
        if body["allowed_mentions"].is_null() {
            body["allowed_mentions"] = json!({"parse": ["users"]});
        }
        let draft = Draft {
            author: id,
            channel,
            body: &body,
            files: &call.files,
            fixed,
            only_for: None,
            loading: false,
        };
        let (message, events) = self.add_message(call.now, &draft)?;
        if call.asks("wait") {
            return Ok(Answer::new(200, self.message(message).unwrap_or_default(), events));
        }
        Ok(Answer::done(events))
    }

    fn webhook_message(
        &mut self,
        call: &Call,
        method: &str,
        hook: u64,
        id: u64,
    ) -> Result<Answer, Rejection> {
        let own = self.messages.get(&id).is_some_and(|message| message.author == hook);
        if !own {
            return Err(unknown_message());
        }
        match method {
            "GET" => self.message(id).map(Answer::ok).ok_or_else(unknown_message),
            "PATCH" => {
                let events = self.edit_message(call.now, id, &call.body, &call.files)?;
                Ok(Answer::new(200, self.message(id).unwrap_or_default(), events))
            }
            "DELETE" => Ok(Answer::done(self.delete_message(id))),
            _ => Err(not_found()),
        }
    }

    fn webhooks_update(&self, channel: u64) -> Event {
        ("WEBHOOKS_UPDATE", json!({"guild_id": self.guild.to_string(), "channel_id": channel.to_string()}))
    }
}

/// A webhook as it is shown: without its maker to those who have only its token.
fn shown(mut hook: Value, opened: bool) -> Value {
    if let (true, Some(fields)) = (opened, hook.as_object_mut()) {
        fields.remove("user");
    }
    hook
}
