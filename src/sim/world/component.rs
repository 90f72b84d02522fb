//! The components of messages and modals ([reference](https://docs.discord.com/developers/components/reference)).

use serde_json::{Value, json};

use super::objects;
use crate::sim::types::component_type::{CONTAINER, FILE, SELECTS, SEPARATOR, THUMBNAIL};

/// Calls `visit` for each component, with outer components first.
pub(super) fn for_each<'c>(components: &'c Value, visit: &mut impl FnMut(&'c Value)) {
    for component in components.as_array().into_iter().flatten() {
        visit_one(component, visit);
    }
}

fn visit_one<'c>(component: &'c Value, visit: &mut impl FnMut(&'c Value)) {
    visit(component);
    for_each(&component["components"], visit);
    for key in ["component", "accessory"] {
        if component[key].is_object() {
            visit_one(&component[key], visit);
        }
    }
}

/// The component with this custom ID.
pub(super) fn find<'c>(components: &'c Value, custom_id: &str) -> Option<&'c Value> {
    let mut found = None;
    for_each(components, &mut |component| {
        if component["custom_id"] == custom_id {
            found = Some(component);
        }
    });
    found
}

/// Fields that Discord fills in if they are not sent: the types of components, and the fields with their values.
const DEFAULTS: [(&[u64], &str); 5] = [
    (&SELECTS, r#"{"min_values":1,"max_values":1}"#),
    (&[THUMBNAIL], r#"{"description":null,"spoiler":false}"#),
    (&[FILE], r#"{"name":null,"size":null,"spoiler":false}"#),
    (&[SEPARATOR], r#"{"divider":true,"spacing":1}"#),
    (&[CONTAINER], r#"{"accent_color":null,"spoiler":false}"#),
];

/// The same for an item of a media gallery.
const ITEM_DEFAULTS: &str = r#"{"description":null,"spoiler":false}"#;

/// The components of a message as Discord returns them: with an ID each, and with the fields that were not sent.
pub(super) fn completed(sent: &Value) -> Value {
    let mut components = json!(sent.as_array().map_or(&[][..], Vec::as_slice));
    assign_ids(&mut components);
    components.as_array_mut().into_iter().flatten().for_each(complete);
    components
}

fn complete(component: &mut Value) {
    let kind = component["type"].as_u64().unwrap_or(0);
    for (_, fields) in DEFAULTS.iter().filter(|(kinds, _)| kinds.contains(&kind)) {
        objects::add_missing(component, fields);
    }
    let items = component.get_mut("items").and_then(Value::as_array_mut);
    items.into_iter().flatten().for_each(|item| objects::add_missing(item, ITEM_DEFAULTS));
    let children = component.get_mut("components").and_then(Value::as_array_mut);
    children.into_iter().flatten().for_each(complete);
    component.get_mut("accessory").into_iter().for_each(complete);
}

/// Assigns an ID to each component without one: the next number that is not used.
pub(super) fn assign_ids(components: &mut Value) {
    let mut used = Vec::new();
    for_each(components, &mut |component| used.extend(component["id"].as_u64()));
    let mut free = (1..).filter(|id| !used.contains(id));
    assign_ids_from(components, &mut free);
}

fn assign_ids_from(components: &mut Value, free: &mut impl Iterator<Item = u64>) {
    for component in components.as_array_mut().into_iter().flatten() {
        assign_id_from(component, free);
    }
}

fn assign_id_from(component: &mut Value, free: &mut impl Iterator<Item = u64>) {
    if component["id"].as_u64().unwrap_or(0) == 0 {
        component["id"] = json!(free.next());
    }
    for key in ["components", "component", "accessory"] {
        match component.get_mut(key) {
            Some(list @ Value::Array(_)) => assign_ids_from(list, free),
            Some(inner @ Value::Object(_)) => assign_id_from(inner, free),
            _ => {}
        }
    }
}
