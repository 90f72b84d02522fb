//! Limits on the fields of each kind of component.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::error::{Error, Limit};
use crate::model::component::{
    Button, ButtonStyle, CheckboxGroup, EntitySelect, FileUpload, GroupOption, SelectOption, StringSelect,
    TextInput, UnfurledMediaItem,
};
use crate::model::limits::{
    MAX_BUTTON_LABEL, MAX_CUSTOM_ID, MAX_FILE_TYPES, MAX_SELECT_OPTIONS, MAX_TEXT_DISPLAY, MAX_URL,
};
use crate::model::{Component, Emoji};
use crate::rest::check::{self, at_field, chars, elements, invalid, number};

/// Maximum number of selected values of a select.
const MAX_SELECTED: u32 = 25;

/// Maximum number of options of a group, and of selected options or uploaded files.
const MAX_GROUP_OPTIONS: usize = 10;
const MAX_GROUP_SELECTED: u32 = 10;

/// Maximum number of items of a gallery.
const MAX_GALLERY_ITEMS: usize = 10;

const MAX_DESCRIPTION: usize = 1024;
const MAX_LABEL: usize = 45;
const MAX_OPTION: usize = 100;
const MAX_PLACEHOLDER: usize = 150;
const MAX_INPUT: u32 = 4000;

/// The ID of a component.
pub(super) fn id(component: &Component) -> Option<i32> {
    match component {
        Component::ActionRow(c) => c.id,
        Component::Button(c) => c.id,
        Component::StringSelect(c) => c.id,
        Component::TextInput(c) => c.id,
        Component::UserSelect(c)
        | Component::RoleSelect(c)
        | Component::MentionableSelect(c)
        | Component::ChannelSelect(c) => c.id,
        Component::Section(c) => c.id,
        Component::TextDisplay(c) => c.id,
        Component::Thumbnail(c) => c.id,
        Component::MediaGallery(c) => c.id,
        Component::File(c) => c.id,
        Component::Separator(c) => c.id,
        Component::Container(c) => c.id,
        Component::Label(c) => c.id,
        Component::FileUpload(c) => c.id,
        Component::RadioGroup(c) => c.id,
        Component::CheckboxGroup(c) => c.id,
        Component::Checkbox(c) => c.id,
        Component::Unknown(_) => None,
    }
}

/// The custom ID of a component, if its kind has one.
pub(super) fn custom_id(component: &Component) -> Option<&str> {
    match component {
        Component::Button(c) => c.custom_id.as_deref(),
        Component::StringSelect(c) => Some(&c.custom_id),
        Component::TextInput(c) => Some(&c.custom_id),
        Component::UserSelect(c)
        | Component::RoleSelect(c)
        | Component::MentionableSelect(c)
        | Component::ChannelSelect(c) => Some(&c.custom_id),
        Component::FileUpload(c) => Some(&c.custom_id),
        Component::RadioGroup(c) => Some(&c.custom_id),
        Component::CheckboxGroup(c) => Some(&c.custom_id),
        Component::Checkbox(c) => Some(&c.custom_id),
        _ => None,
    }
}

pub(super) fn check_custom_id(custom_id: &str) -> Result<(), Error> {
    text("custom_id", Some(custom_id), 1..=MAX_CUSTOM_ID)
}

/// Checks the fields of a component without its children.
pub(super) fn check(component: &Component, in_modal: bool) -> Result<(), Error> {
    match component {
        Component::Button(c) => button(c),
        Component::StringSelect(c) => string_select(c, in_modal),
        Component::ChannelSelect(c) => {
            no_duplicates("channel_types", &c.channel_types)?;
            entity_select(c, in_modal)
        }
        Component::UserSelect(c) | Component::RoleSelect(c) | Component::MentionableSelect(c) => {
            if !c.channel_types.is_empty() {
                return invalid("channel_types", "only a channel select can have them");
            }
            entity_select(c, in_modal)
        }
        Component::TextInput(c) => text_input(c),
        Component::TextDisplay(c) => text("content", Some(&c.content), 1..=MAX_TEXT_DISPLAY),
        Component::Thumbnail(c) => media(&c.media, c.description.as_deref()),
        Component::MediaGallery(c) => {
            elements("items", c.items.len(), &(1..=MAX_GALLERY_ITEMS))?;
            for (place, item) in c.items.iter().enumerate() {
                let result = media(&item.media, item.description.as_deref());
                at_field(result, || format!("items[{place}]"))?;
            }
            Ok(())
        }
        Component::File(c) if !c.file.url.starts_with("attachment://") => {
            invalid("file.url", "is not attachment:// and the name of a file of the same message")
        }
        Component::File(c) => text("file.url", Some(&c.file.url), 1..=MAX_URL),
        Component::Container(c) => {
            let color = c.accent_color.as_ref();
            color.map_or(Ok(()), |color| at_field(check::color(color), || "accent_color".to_owned()))
        }
        Component::Label(c) => {
            text("label", Some(&c.label), 1..=MAX_LABEL)?;
            text("description", c.description.as_deref(), 1..=MAX_OPTION)
        }
        Component::FileUpload(c) => file_upload(c),
        Component::RadioGroup(c) => {
            elements("options", c.options.len(), &(2..=MAX_GROUP_OPTIONS))?;
            group_options(&c.options, 1)
        }
        Component::CheckboxGroup(c) => checkbox_group(c),
        Component::ActionRow(_)
        | Component::Section(_)
        | Component::Separator(_)
        | Component::Checkbox(_)
        | Component::Unknown(_) => Ok(()),
    }
}

/// A button's style determines which fields it needs, and which it cannot have.
fn button(button: &Button) -> Result<(), Error> {
    text("label", button.label.as_deref(), 0..=MAX_BUTTON_LABEL)?;
    text("url", button.url.as_deref(), 1..=512)?;
    let has = [
        ("custom_id", button.custom_id.is_some()),
        ("url", button.url.is_some()),
        ("sku_id", button.sku_id.is_some()),
        ("label", button.label.is_some()),
        ("emoji", button.emoji.is_some()),
    ];
    let (required, forbidden): (_, &[&str]) = match button.style {
        ButtonStyle::LINK => ("url", &["custom_id", "sku_id"]),
        ButtonStyle::PREMIUM => ("sku_id", &["custom_id", "url", "label", "emoji"]),
        ButtonStyle(0) => return invalid("style", "is missing"),
        _ => ("custom_id", &["url", "sku_id"]),
    };
    let is_set = |field| has.iter().any(|(name, is_set)| *name == field && *is_set);
    if !is_set(required) {
        return invalid(required, format!("is missing: a button of style {:?} needs it", button.style));
    }
    if let Some(field) = forbidden.iter().copied().find(|field| is_set(field)) {
        return invalid(field, format!("a button of style {:?} cannot have it", button.style));
    }
    if button.style != ButtonStyle::PREMIUM && !is_set("label") && !is_set("emoji") {
        return invalid("label", "is missing: a button shows a label, an emoji, or both");
    }
    emoji(button.emoji.as_ref())
}

fn emoji(emoji: Option<&Emoji>) -> Result<(), Error> {
    match emoji {
        Some(emoji) if emoji.id.is_none() && emoji.name.as_deref().is_none_or(str::is_empty) => {
            invalid("emoji", "has neither id nor name")
        }
        _ => Ok(()),
    }
}

fn string_select(select: &StringSelect, in_modal: bool) -> Result<(), Error> {
    elements("options", select.options.len(), &(1..=MAX_SELECT_OPTIONS))?;
    text("placeholder", select.placeholder.as_deref(), 0..=MAX_PLACEHOLDER)?;
    let required = in_modal && select.required.unwrap_or(true);
    selected_range(select.min_values, select.max_values, length(&select.options), 1, required)?;
    not_disabled(select.disabled, in_modal)?;
    let mut values = HashSet::new();
    for (place, option) in select.options.iter().enumerate() {
        at_field(select_option(option, &mut values), || format!("options[{place}]"))?;
    }
    let defaults = select.options.iter().filter(|option| option.default).count();
    at_most_selected("options", defaults, select.max_values)
}

fn select_option<'a>(option: &'a SelectOption, values: &mut HashSet<&'a str>) -> Result<(), Error> {
    text("label", Some(&option.label), 1..=MAX_OPTION)?;
    text("value", Some(&option.value), 1..=MAX_OPTION)?;
    text("description", option.description.as_deref(), 0..=MAX_OPTION)?;
    unique(&option.value, values)?;
    emoji(option.emoji.as_ref())
}

fn entity_select(select: &EntitySelect, in_modal: bool) -> Result<(), Error> {
    text("placeholder", select.placeholder.as_deref(), 0..=MAX_PLACEHOLDER)?;
    let required = in_modal && select.required.unwrap_or(true);
    selected_range(select.min_values, select.max_values, MAX_SELECTED, 1, required)?;
    not_disabled(select.disabled, in_modal)?;
    let defaults = select.default_values.len();
    let min = select.min_values.unwrap_or(1) as usize;
    if defaults > 0 && defaults < min {
        return invalid("default_values", format!("at least min_values ({min}), and this has {defaults}"));
    }
    at_most_selected("default_values", defaults, select.max_values)
}

fn text_input(input: &TextInput) -> Result<(), Error> {
    if input.style.0 == 0 {
        return invalid("style", "is missing");
    }
    text("label", input.label.as_deref(), 1..=MAX_LABEL)?;
    text("value", input.value.as_deref(), 0..=MAX_TEXT_DISPLAY)?;
    text("placeholder", input.placeholder.as_deref(), 0..=MAX_OPTION)?;
    ranged("min_length", input.min_length, 0..=MAX_INPUT)?;
    ranged("max_length", input.max_length, 1..=MAX_INPUT)?;
    in_order("min_length", input.min_length, "max_length", input.max_length)
}

fn file_upload(upload: &FileUpload) -> Result<(), Error> {
    elements("file_types", upload.file_types.len(), &(0..=MAX_FILE_TYPES))?;
    selected_range(
        upload.min_values,
        upload.max_values,
        MAX_GROUP_SELECTED,
        1,
        upload.required.unwrap_or(true),
    )
}

fn checkbox_group(group: &CheckboxGroup) -> Result<(), Error> {
    elements("options", group.options.len(), &(1..=MAX_GROUP_OPTIONS))?;
    let all = length(&group.options);
    let required = group.required.unwrap_or(true);
    selected_range(group.min_values, group.max_values, MAX_GROUP_SELECTED, all, required)?;
    let max_selected = group.max_values.map_or(group.options.len(), |max| max as usize);
    group_options(&group.options, max_selected)
}

/// Checks the options of a group, of which at most `max_selected` are selected by default.
fn group_options(options: &[GroupOption], max_selected: usize) -> Result<(), Error> {
    let mut values = HashSet::new();
    for (place, option) in options.iter().enumerate() {
        let mut check = || {
            text("label", Some(&option.label), 1..=MAX_OPTION)?;
            text("value", Some(&option.value), 1..=MAX_OPTION)?;
            text("description", option.description.as_deref(), 0..=MAX_OPTION)?;
            unique(&option.value, &mut values)
        };
        at_field(check(), || format!("options[{place}]"))?;
    }
    let defaults = options.iter().filter(|option| option.default).count();
    if defaults > max_selected {
        let limit = Limit::Elements { min: 0, max: max_selected, actual: defaults };
        let problem = format!("at most {max_selected} can be selected by default, and {defaults} are");
        return Err(Error::outside("options", limit, problem));
    }
    Ok(())
}

fn media(item: &UnfurledMediaItem, description: Option<&str>) -> Result<(), Error> {
    text("media.url", Some(&item.url), 1..=MAX_URL)?;
    text("description", description, 0..=MAX_DESCRIPTION)
}

/// Checks how many values can be selected. `default_max` applies if there is no `max`.
fn selected_range(
    min: Option<u32>,
    max: Option<u32>,
    limit: u32,
    default_max: u32,
    required: bool,
) -> Result<(), Error> {
    ranged("min_values", min, 0..=limit)?;
    ranged("max_values", max, 1..=limit)?;
    if required && min == Some(0) {
        return invalid("min_values", "at least 1 if a value is required, and this is 0");
    }
    in_order("min_values", min, "max_values", max.or(Some(default_max)))
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn no_duplicates<T: PartialEq>(field: &str, list: &[T]) -> Result<(), Error> {
    let is_duplicate = |(place, element): (usize, &T)| list[..place].contains(element);
    if list.iter().enumerate().any(is_duplicate) { invalid(field, "has an element twice") } else { Ok(()) }
}

fn at_most_selected(field: &str, defaults: usize, max: Option<u32>) -> Result<(), Error> {
    let max = max.unwrap_or(1) as usize;
    if defaults <= max {
        return Ok(());
    }
    let limit = Limit::Elements { min: 0, max, actual: defaults };
    let problem = format!("at most max_values ({max}) can be selected by default, and {defaults} are");
    Err(Error::outside(field, limit, problem))
}

fn not_disabled(disabled: bool, in_modal: bool) -> Result<(), Error> {
    if disabled && in_modal {
        invalid("disabled", "a component of a modal cannot be disabled")
    } else {
        Ok(())
    }
}

fn unique<'a>(value: &'a str, values: &mut HashSet<&'a str>) -> Result<(), Error> {
    if values.insert(value) {
        return Ok(());
    }
    invalid("value", format!("{value:?} is the value of another option too"))
}

fn in_order(min_field: &str, min: Option<u32>, max_field: &str, max: Option<u32>) -> Result<(), Error> {
    match (min, max) {
        (Some(min), Some(max)) if min > max => {
            invalid(min_field, format!("at most {max_field} ({max}), and this is {min}"))
        }
        _ => Ok(()),
    }
}

fn text(field: &str, text: Option<&str>, range: RangeInclusive<usize>) -> Result<(), Error> {
    text.map_or(Ok(()), |text| at_field(chars(range)(text), || field.to_owned()))
}

fn ranged(field: &str, value: Option<u32>, range: RangeInclusive<u32>) -> Result<(), Error> {
    value.map_or(Ok(()), |value| at_field(number(range)(&value), || field.to_owned()))
}
