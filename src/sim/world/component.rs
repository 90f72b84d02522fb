//! The components of messages and modals ([reference](https://docs.discord.com/developers/components/reference)).

use serde_json::{Value, json};

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
