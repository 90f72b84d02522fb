//! The application ([page](https://docs.discord.com/developers/resources/application)).

use serde_json::{Value, json};

use super::collection::{APPLICATION_COLLECTIONS, ENTITLEMENTS, set_known_fields};
use super::rejection::{Rejection, invalid_file, not_found};
use super::{RestRequest, RestResponse, World};

/// The fields that are absent when they are not set.
const OPTIONAL_FIELDS: [&str; 2] = ["custom_install_url", "install_params"];

impl World {
    /// Answers the routes below `/applications/{application}`, except those of commands.
    pub(super) fn application_route(
        &mut self,
        request: &RestRequest,
        application: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("GET", []) => Ok(RestResponse::ok(self.application_body(application))),
            ("PATCH", []) => {
                #[cfg(feature = "http-interactions")]
                self.edit_endpoints(request, application)?;
                let mut body = self.application_body(application);
                set_known_fields(&mut body, &request.body);
                for key in OPTIONAL_FIELDS {
                    match (request.body.get(key), body.as_object_mut()) {
                        (Some(Value::Null), Some(fields)) => drop(fields.remove(key)),
                        (Some(value), Some(fields)) => drop(fields.insert(key.to_owned(), value.clone())),
                        _ => {}
                    }
                }
                self.set_setting(application, "application", body.clone());
                Ok(RestResponse::ok(body))
            }
            ("GET" | "PUT", ["role-connections", "metadata"]) => {
                if request.method == "PUT" {
                    self.set_setting(application, "role connections", request.body.clone());
                }
                Ok(RestResponse::ok(
                    self.setting(application, "role connections").cloned().unwrap_or_else(|| json!([])),
                ))
            }
            ("GET", ["skus"]) => Ok(RestResponse::ok(json!([]))),
            ("GET", ["activity-instances", _]) => Err(not_found()),
            ("POST", ["attachment"]) => {
                let Some(file) = request.files.first() else {
                    return Err(invalid_file());
                };
                let id = self.next_id(request.now);
                let mut attachment = self.attachment(id, 0, file);
                attachment["ephemeral"] = json!(true);
                Ok(RestResponse::ok(json!({"attachment": attachment})))
            }
            ("POST", ["entitlements"]) => {
                let owner = if request.body["owner_type"] == 1 { "guild_id" } else { "user_id" };
                let mut body = json!({"sku_id": request.body["sku_id"]});
                body[owner] = request.body["owner_id"].clone();
                let request = RestRequest { body, ..request.clone() };
                self.collection_route(&request, application, &ENTITLEMENTS, &[])
            }
            ("POST", ["entitlements", id, "consume"]) => {
                let index = self.index_of(application, &ENTITLEMENTS, id)?;
                self.list_mut(application, "entitlements")[index]["consumed"] = json!(true);
                Ok(RestResponse::no_content(Vec::new()))
            }
            _ => {
                let mut collections = APPLICATION_COLLECTIONS.iter();
                let collection = collections.find(|one| rest.starts_with(one.path)).ok_or_else(not_found)?;
                self.collection_route(request, application, collection, &rest[collection.path.len()..])
            }
        }
    }
}
