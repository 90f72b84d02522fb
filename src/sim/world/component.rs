//! The components of messages and modals ([reference](https://docs.discord.com/developers/components/reference)).

use serde_json::{Value, json};

use super::rejection::FormErrors;

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

/// Checks the components of a message or a modal. `max` is the maximum number of top-level components.
pub(super) fn check(errors: &mut FormErrors, components: &Value, max: usize) {
    errors.list("components", components, max);
    let mut ids: Vec<&Value> = Vec::new();
    for_each(components, &mut |component| {
        let id = &component["custom_id"];
        let needs_id = matches!(component["type"].as_u64(), Some(3..=8 | 19 | 21..=23))
            || component["type"] == 2 && !matches!(component["style"].as_u64(), Some(5 | 6));
        if needs_id || !id.is_null() {
            errors.text("components.custom_id", id, 1, 100);
        }
        if !id.is_null() && ids.contains(&id) {
            errors.add(
                "components.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        ids.push(id);
    });
}

/// Checks a modal ([modal](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal)).
pub(super) fn check_modal(errors: &mut FormErrors, modal: &Value) {
    errors.text("data.title", &modal["title"], 1, 45);
    errors.text("data.custom_id", &modal["custom_id"], 1, 100);
    if modal["components"].as_array().is_none_or(Vec::is_empty) {
        errors.add("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    check(errors, &modal["components"], 5);
}
