//! The components of messages and modals ([reference](https://docs.discord.com/developers/components/reference)).

use serde_json::{Value, json};

use super::form::Form;

/// Calls for each component, outer ones first.
pub(super) fn each<'c>(components: &'c Value, visit: &mut impl FnMut(&'c Value)) {
    for component in components.as_array().into_iter().flatten() {
        one(component, visit);
    }
}

fn one<'c>(component: &'c Value, visit: &mut impl FnMut(&'c Value)) {
    visit(component);
    each(&component["components"], visit);
    for key in ["component", "accessory"] {
        if component[key].is_object() {
            one(&component[key], visit);
        }
    }
}

/// The component with this custom id.
pub(super) fn find<'c>(components: &'c Value, custom_id: &str) -> Option<&'c Value> {
    let mut found = None;
    each(components, &mut |component| {
        if component["custom_id"] == custom_id {
            found = Some(component);
        }
    });
    found
}

/// Gives each component that has no id the next number that is free.
pub(super) fn number(components: &mut Value) {
    let mut taken = Vec::new();
    each(components, &mut |component| taken.extend(component["id"].as_u64()));
    let mut free = (1..).filter(|id| !taken.contains(id));
    fill(components, &mut free);
}

fn fill(components: &mut Value, free: &mut impl Iterator<Item = u64>) {
    for component in components.as_array_mut().into_iter().flatten() {
        fill_one(component, free);
    }
}

fn fill_one(component: &mut Value, free: &mut impl Iterator<Item = u64>) {
    if component["id"].as_u64().unwrap_or(0) == 0 {
        component["id"] = json!(free.next());
    }
    for key in ["components", "component", "accessory"] {
        match component.get_mut(key) {
            Some(list @ Value::Array(_)) => fill(list, free),
            Some(inner @ Value::Object(_)) => fill_one(inner, free),
            _ => {}
        }
    }
}

/// Checks what a message or a modal may not hold. `rows` is how many components may stand at the top.
pub(super) fn check(form: &mut Form, components: &Value, rows: usize) {
    form.list("components", components, rows);
    let mut ids: Vec<&Value> = Vec::new();
    each(components, &mut |component| {
        let id = &component["custom_id"];
        let needs_one = matches!(component["type"].as_u64(), Some(3..=8 | 19 | 21..=23))
            || component["type"] == 2 && !matches!(component["style"].as_u64(), Some(5 | 6));
        if needs_one || !id.is_null() {
            form.text("components.custom_id", id, 1, 100);
        }
        if !id.is_null() && ids.contains(&id) {
            form.wrong(
                "components.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        ids.push(id);
    });
}

/// Checks a modal ([modal](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal)).
pub(super) fn check_modal(form: &mut Form, modal: &Value) {
    form.text("data.title", &modal["title"], 1, 45);
    form.text("data.custom_id", &modal["custom_id"], 1, 100);
    if modal["components"].as_array().is_none_or(Vec::is_empty) {
        form.wrong("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    check(form, &modal["components"], 5);
}
