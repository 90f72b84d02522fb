//! The application ([page](https://docs.discord.com/developers/resources/application)).

use serde_json::{Value, json};

use super::collection::{APPLICATION_COLLECTIONS, ENTITLEMENTS, set_known_fields};
use super::objects;
use super::rejection::{Rejection, not_found, rejection};
use super::{RestRequest, RestResponse, World};

/// The fields that are absent when they are not set.
const OPTIONAL_FIELDS: [&str; 2] = ["custom_install_url", "install_params"];

impl World {
    /// Answers the routes below `/applications/{application}`, except those of commands.
    pub(super) fn application_route(
        &mut self,
        request: &RestRequest,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("GET", []) => Ok(self.show_application()),
            ("PATCH", []) => {
                let mut application = self.application_body();
                set_known_fields(&mut application, &request.body);
                for key in OPTIONAL_FIELDS {
                    match (request.body.get(key), application.as_object_mut()) {
                        (Some(Value::Null), Some(fields)) => drop(fields.remove(key)),
                        (Some(value), Some(fields)) => drop(fields.insert(key.to_owned(), value.clone())),
                        _ => {}
                    }
                }
                self.settings.insert("application", application.clone());
                Ok(RestResponse::ok(application))
            }
            ("GET" | "PUT", ["role-connections", "metadata"]) => {
                if request.method == "PUT" {
                    self.settings.insert("role connections", request.body.clone());
                }
                Ok(RestResponse::ok(
                    self.settings.get("role connections").cloned().unwrap_or_else(|| json!([])),
                ))
            }
            ("GET", ["skus"]) => Ok(RestResponse::ok(json!([]))),
            ("GET", ["activity-instances", _]) => Err(not_found()),
            ("POST", ["attachment"]) => {
                let Some(file) = request.files.first() else {
                    return Err(rejection(400, 50046, "Invalid file uploaded"));
                };
                let mut attachment = objects::attachment(self.next_id(request.now), 0, file);
                attachment["ephemeral"] = json!(true);
                Ok(RestResponse::ok(json!({"attachment": attachment})))
            }
            ("POST", ["entitlements"]) => {
                let owner = if request.body["owner_type"] == 1 { "guild_id" } else { "user_id" };
                let mut body = json!({"sku_id": request.body["sku_id"]});
                body[owner] = request.body["owner_id"].clone();
                let request = RestRequest { body, ..request.clone() };
                self.collection_route(&request, &ENTITLEMENTS, &[])
            }
            ("POST", ["entitlements", id, "consume"]) => {
                let index = self.index_of(&ENTITLEMENTS, id)?;
                self.list_mut("entitlements")[index]["consumed"] = json!(true);
                Ok(RestResponse::no_content(Vec::new()))
            }
            _ => {
                let mut collections = APPLICATION_COLLECTIONS.iter();
                let collection = collections.find(|one| rest.starts_with(one.path)).ok_or_else(not_found)?;
                self.collection_route(request, collection, &rest[collection.path.len()..])
            }
        }
    }
}
