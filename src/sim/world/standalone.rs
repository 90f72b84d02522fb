//! Routes that belong to no object: voice regions, sticker packs, default sounds, OAuth2, SKUs, the partner SDK.

use serde_json::{Value, json};

use super::objects::{self, path_id};
use super::rejection::{Rejection, not_found, rejection};
use super::{RestRequest, RestResponse, World};

/// The IDs of the only sticker pack and its only sticker.
const PACK_ID: u64 = 847_199_849_233_514_549;
const STICKER_ID: u64 = 749_054_660_769_218_631;

/// The voice regions.
pub(super) fn regions() -> Value {
    let region = |id: &str, name: &str, optimal: bool| json!({"id": id, "name": name, "optimal": optimal, "deprecated": false, "custom": false});
    json!([region("rotterdam", "Rotterdam", true), region("us-east", "US East", false)])
}

fn sticker() -> Value {
    json!({"id": STICKER_ID.to_string(), "name": "Wave", "description": "Wumpus waves hello", "tags": "wumpus, hello",
        "type": 1, "format_type": 3, "pack_id": PACK_ID.to_string(), "sort_value": 12})
}

fn pack() -> Value {
    json!({"id": PACK_ID.to_string(), "stickers": [sticker()], "name": "Wumpus Beyond", "sku_id": "847199849233514547",
        "cover_sticker_id": STICKER_ID.to_string(), "description": "Say hello to Wumpus!",
        "banner_asset_id": "761773777976819732"})
}

impl World {
    /// Whether there is a sticker with this ID, of Discord or of a guild.
    pub(super) fn is_known_sticker(&self, id: u64) -> bool {
        self.known_sticker(id).is_some()
    }

    fn known_sticker(&self, id: u64) -> Option<Value> {
        if id == STICKER_ID {
            return Some(sticker());
        }
        let (owner, index) = self.find_item("stickers", "id", &id.to_string())?;
        self.list(owner, "stickers").get(index).cloned()
    }

    /// The [sticker items](https://docs.discord.com/developers/resources/sticker#sticker-item-object) for the IDs of a request.
    pub(super) fn sticker_items(&self, ids: &Value) -> Vec<Value> {
        let ids = ids.as_array().into_iter().flatten().filter_map(objects::id);
        let stickers = ids.filter_map(|id| self.known_sticker(id));
        stickers
            .map(|one| json!({"id": one["id"], "name": one["name"], "format_type": one["format_type"]}))
            .collect()
    }

    /// Answers the routes that belong to no object.
    pub(super) fn standalone_route(
        &mut self,
        request: &RestRequest,
        path: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), path) {
            ("GET", ["voice", "regions"]) => Ok(RestResponse::ok(regions())),
            ("GET", ["sticker-packs"]) => Ok(RestResponse::ok(json!({"sticker_packs": [pack()]}))),
            ("GET", ["sticker-packs", id]) if path_id(id) == PACK_ID => Ok(RestResponse::ok(pack())),
            ("GET", ["sticker-packs", _]) => Err(rejection(404, 10061, "Unknown Sticker Pack")),
            ("GET", ["stickers", id]) if path_id(id) == STICKER_ID => Ok(RestResponse::ok(sticker())),
            ("GET", ["stickers", id]) => match self.find_item("stickers", "id", id) {
                Some((guild, index)) => Ok(RestResponse::ok(self.list(guild, "stickers")[index].clone())),
                None => Err(rejection(404, 10060, "Unknown sticker")),
            },
            ("GET", ["soundboard-default-sounds"]) => {
                Ok(RestResponse::ok(json!([{"sound_id": "1", "name": "quack",
                "volume": 1.0, "emoji_id": null, "emoji_name": "🦆", "available": true}])))
            }
            ("GET", ["oauth2", "applications", "@me"]) => {
                Ok(RestResponse::ok(self.application_body(request.actor())))
            }
            ("GET", ["oauth2", "keys"]) => Ok(RestResponse::ok(json!({"keys": []}))),
            ("GET", ["skus", _, "subscriptions"]) => Ok(RestResponse::ok(json!([]))),
            ("GET", ["skus", _, "subscriptions", _]) => Err(rejection(404, 100_027, "Unknown Subscription")),
            ("PUT", ["partner-sdk", "dms", _, _, "messages", _, "moderation-metadata"])
            | ("POST", ["partner-sdk", "provisional-accounts", "unmerge", "bot"]) => {
                Ok(RestResponse::no_content(Vec::new()))
            }
            ("POST", ["partner-sdk", "token", "bot"]) => Ok(RestResponse::ok(json!({"token_type": "Bearer",
                "access_token": "provisional", "expires_in": 604_800, "scope": "sdk.social_layer",
                "id_token": "provisional", "refresh_token": null, "scopes": ["sdk.social_layer"],
                "expires_at_s": request.now.as_secs() + 604_800}))),
            _ => Err(not_found()),
        }
    }
}
