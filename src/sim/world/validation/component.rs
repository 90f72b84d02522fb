//! Components ([reference](https://docs.discord.com/developers/components/reference)).

use std::collections::BTreeSet;

use serde_json::Value;

use super::embed::check_address;
use crate::sim::types::component_type::*;
use crate::sim::world::component::for_each;
use crate::sim::world::rejection::FormErrors;

/// Which types may be where.
const IN_MESSAGE: &[u64] = &[ACTION_ROW];
const IN_V2_MESSAGE: &[u64] = &[ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER];
const IN_CONTAINER: &[u64] = &[ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR];
const IN_ROW: &[u64] = &[BUTTON, STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT];
const IN_MODAL: &[u64] = &[ACTION_ROW, TEXT_DISPLAY, LABEL];
const IN_MODAL_ROW: &[u64] = &[TEXT_INPUT];
const IN_LABEL: &[u64] = &[
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
    ROLE_SELECT,
    MENTIONABLE_SELECT,
    CHANNEL_SELECT,
    FILE_UPLOAD,
    RADIO_GROUP,
    CHECKBOX_GROUP,
    CHECKBOX,
];
const IN_SECTION: &[u64] = &[TEXT_DISPLAY];
const ACCESSORIES: &[u64] = &[BUTTON, THUMBNAIL];

/// Styles of buttons without a custom ID.
const LINK: u64 = 5;
const PREMIUM: u64 = 6;

/// Maximum number of components of a message with `IS_COMPONENTS_V2`, nested ones included, and of characters of their texts.
const MAX_COMPONENTS: usize = 40;
const MAX_TEXT: usize = 4000;

/// Checks the components of a message.
pub(in crate::sim::world) fn check_message_components(
    errors: &mut FormErrors,
    components: &Value,
    is_v2: bool,
) {
    let allowed = if is_v2 { IN_V2_MESSAGE } else { IN_MESSAGE };
    let max = if is_v2 { MAX_COMPONENTS } else { 5 };
    let mut check = Check { errors, ids: BTreeSet::new(), is_modal: false };
    check.list("components", components, allowed, 0, max);
    let (mut count, mut text) = (0, 0);
    for_each(components, &mut |component| {
        count += 1;
        if component["type"] == TEXT_DISPLAY {
            text += component["content"].as_str().map_or(0, |text| text.chars().count());
        }
    });
    if is_v2 && count > MAX_COMPONENTS {
        let message = format!("The maximum number of components is {MAX_COMPONENTS}");
        check.errors.add("components", "MAX_COMPONENTS_EXCEEDED", &message);
    }
    if is_v2 && text > MAX_TEXT {
        let message = format!("The total text of all components must be {MAX_TEXT} or fewer in length.");
        check.errors.add("components", "MAX_COMPONENT_TEXT_EXCEEDED", &message);
    }
}

/// Checks a modal ([modal](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal)).
pub(in crate::sim::world) fn check_modal(errors: &mut FormErrors, modal: &Value) {
    errors.text("data.title", &modal["title"], 1, 45);
    errors.text("data.custom_id", &modal["custom_id"], 1, 100);
    let mut check = Check { errors, ids: BTreeSet::new(), is_modal: true };
    check.list("data.components", &modal["components"], IN_MODAL, 1, 5);
}

struct Check<'e> {
    errors: &'e mut FormErrors,
    /// The custom IDs so far.
    ids: BTreeSet<String>,
    is_modal: bool,
}

impl Check<'_> {
    fn list(&mut self, path: &str, list: &Value, allowed: &[u64], min: usize, max: usize) {
        let length = self.errors.list(path, list, usize::MAX).len();
        if length > max || length < min {
            let message = match min {
                0 => format!("Must be {max} or fewer in length."),
                _ => format!("Must be between {min} and {max} in length."),
            };
            let code = if min == 0 { "BASE_TYPE_MAX_LENGTH" } else { "BASE_TYPE_BAD_LENGTH" };
            self.errors.add(path, code, &message);
        }
        for (index, component) in list.as_array().into_iter().flatten().enumerate() {
            self.component(&format!("{path}.{index}"), component, allowed);
        }
    }

    fn component(&mut self, path: &str, component: &Value, allowed: &[u64]) {
        let kind = component["type"].as_u64().unwrap_or(0);
        if !allowed.contains(&kind) {
            let list = allowed.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            let message = format!("Value of field \"type\" must be one of ({list},).");
            self.errors.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", &message);
            return;
        }
        self.custom_id(path, component, kind);
        let children = format!("{path}.components");
        match kind {
            ACTION_ROW => self.row(path, component),
            BUTTON => self.button(path, component),
            kind if SELECTS.contains(&kind) => self.select(path, component, kind),
            TEXT_INPUT => self.text_input(path, component),
            SECTION => {
                self.list(&children, &component["components"], IN_SECTION, 1, 3);
                match &component["accessory"] {
                    Value::Null => self.errors.required(&format!("{path}.accessory")),
                    accessory => self.component(&format!("{path}.accessory"), accessory, ACCESSORIES),
                }
            }
            TEXT_DISPLAY => {
                self.errors.text(&format!("{path}.content"), &component["content"], 1, MAX_TEXT);
            }
            MEDIA_GALLERY => {
                let length = component["items"].as_array().map_or(0, Vec::len);
                if !(1..=10).contains(&length) {
                    let message = "Must be between 1 and 10 in length.";
                    self.errors.add(&format!("{path}.items"), "BASE_TYPE_BAD_LENGTH", message);
                }
            }
            CONTAINER => self.list(&children, &component["components"], IN_CONTAINER, 1, MAX_COMPONENTS),
            LABEL => {
                self.errors.text(&format!("{path}.label"), &component["label"], 1, 45);
                self.max_text(path, component, "description", 100);
                self.component(&format!("{path}.component"), &component["component"], IN_LABEL);
            }
            _ => {}
        }
    }

    fn row(&mut self, path: &str, row: &Value) {
        let children = format!("{path}.components");
        let (allowed, max) = if self.is_modal { (IN_MODAL_ROW, 1) } else { (IN_ROW, 5) };
        self.list(&children, &row["components"], allowed, 1, max);
        let list = row["components"].as_array().map_or(&[][..], Vec::as_slice);
        // A select fills a row.
        if list.len() > 1 && list.iter().any(|one| one["type"] != BUTTON) {
            let message = "The specified component exceeds the maximum width";
            self.errors.add(&format!("{children}.1"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
    }

    fn button(&mut self, path: &str, button: &Value) {
        let style = button["style"].as_u64().unwrap_or(0);
        self.errors.one_of(&format!("{path}.style"), &button["style"], &[1, 2, 3, 4, 5, 6]);
        self.max_text(path, button, "label", 80);
        if style == PREMIUM {
            if button["sku_id"].is_null() {
                self.errors.required(&format!("{path}.sku_id"));
            }
            return;
        }
        let has_label = button["label"].as_str().is_some_and(|label| !label.is_empty());
        if !has_label && !button["emoji"].is_object() {
            let message = "A button must have a label or emoji";
            self.errors.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
        }
        match (style == LINK, button["url"].as_str()) {
            (true, Some(url)) => {
                self.max_text(path, button, "url", 512);
                check_address(self.errors, &format!("{path}.url"), url);
            }
            (true, None) => self.errors.required(&format!("{path}.url")),
            (false, Some(_)) => {
                let message = "A url can only be set on link buttons";
                self.errors.add(&format!("{path}.url"), "BUTTON_COMPONENT_URL_NOT_ALLOWED", message);
            }
            (false, None) => {}
        }
    }

    fn select(&mut self, path: &str, select: &Value, kind: u64) {
        self.max_text(path, select, "placeholder", 150);
        for (field, min) in [("min_values", 0), ("max_values", 1)] {
            self.errors.number(&format!("{path}.{field}"), &select[field], min, 25);
        }
        if kind != STRING_SELECT {
            return;
        }
        let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
        if !(1..=25).contains(&options.len()) {
            let message = "Must be between 1 and 25 in length.";
            self.errors.add(&format!("{path}.options"), "BASE_TYPE_BAD_LENGTH", message);
        }
        let mut values = BTreeSet::new();
        for (index, option) in options.iter().enumerate() {
            let path = format!("{path}.options.{index}");
            self.errors.text(&format!("{path}.label"), &option["label"], 1, 100);
            self.errors.text(&format!("{path}.value"), &option["value"], 1, 100);
            self.max_text(&path, option, "description", 100);
            if !values.insert(option["value"].to_string()) {
                let message = "The specified option value is already used";
                let code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED";
                self.errors.add(&format!("{path}.value"), code, message);
            }
        }
    }

    fn text_input(&mut self, path: &str, input: &Value) {
        self.errors.one_of(&format!("{path}.style"), &input["style"], &[1, 2]);
        self.errors.number(&format!("{path}.min_length"), &input["min_length"], 0, 4000);
        self.errors.number(&format!("{path}.max_length"), &input["max_length"], 1, 4000);
        self.max_text(path, input, "label", 45);
        self.max_text(path, input, "placeholder", 100);
        self.max_text(path, input, "value", 4000);
    }

    /// Checks the custom ID, which most interactive components need, and that no other component has it.
    fn custom_id(&mut self, path: &str, component: &Value, kind: u64) {
        let id = &component["custom_id"];
        let path = format!("{path}.custom_id");
        let is_needed = match kind {
            BUTTON => !matches!(component["style"].as_u64(), Some(LINK | PREMIUM)),
            // Every input of a modal, and the selects of messages, which are among them.
            _ => IN_LABEL.contains(&kind),
        };
        if is_needed || !id.is_null() {
            self.errors.text(&path, id, 1, 100);
        }
        if id.as_str().is_some_and(|id| !self.ids.insert(id.to_owned())) {
            let message = "Component custom id cannot be duplicated";
            self.errors.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }

    fn max_text(&mut self, path: &str, component: &Value, field: &str, max: usize) {
        if !component[field].is_null() {
            self.errors.max_text(&format!("{path}.{field}"), &component[field], max);
        }
    }
}
