#![allow(clippy::unwrap_used)]

use super::{check_message, check_modal};
use crate::id::{RoleId, SkuId, UserId};
use crate::model::component::{
    ActionRow, Button, ButtonStyle, Checkbox, CheckboxGroup, Container, EntitySelect, FileDisplay,
    FileUpload, GroupOption, Label, MediaGallery, MediaGalleryItem, RadioGroup, Section, SelectOption,
    Separator, StringSelect, TextDisplay, TextInput, Thumbnail,
};
use crate::model::{ChannelType, Color, Component};

fn x(count: usize) -> String {
    "x".repeat(count)
}

fn button(custom_id: &str) -> Button {
    Button::primary(custom_id, "A")
}

fn text() -> TextDisplay {
    TextDisplay::new("x")
}

fn options(count: usize) -> StringSelect {
    StringSelect::new("s").options((0..count).map(|n| SelectOption::new("A", n.to_string())))
}

fn group(count: usize) -> Vec<GroupOption> {
    (0..count).map(|n| GroupOption::new("A", n.to_string())).collect()
}

fn users() -> EntitySelect {
    EntitySelect::new("u")
}

/// The problem of a component at the top level of a message, of the second version unless it is a row.
fn problem(component: impl Into<Component>) -> String {
    let components = [component.into()];
    let is_v2 = !matches!(components[0], Component::ActionRow(_));
    check_message(&components, is_v2).map_or_else(|error| error.to_string(), |()| "fine".to_owned())
}

/// The problem of a component in a label of a modal.
fn modal_problem(component: impl Into<Component>) -> String {
    let result = check_modal(&[Label::new("A", component).into()]);
    result.map_or_else(|error| error.to_string(), |()| "fine".to_owned())
}

fn check(table: Vec<(String, &str)>) {
    for (problem, expected) in table {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}

#[test]
fn the_error_has_the_path_of_the_component() {
    let row = ActionRow::new([button("a"), button("b"), Button::primary("c", x(90))]);
    assert_eq!(
        problem(row.clone()),
        "components[0].components[2].label: at most 80 characters, and this has 90 (nothing was sent)"
    );
    assert_eq!(
        problem(Container::new().component(text()).component(row)),
        "components[0].components[1].components[2].label: at most 80 characters, and this has 90 (nothing was sent)"
    );
    assert_eq!(
        problem(Section::new([text()], Button::link(x(513), "A"))),
        "components[0].accessory.url: 1 to 512 characters, and this has 513 (nothing was sent)"
    );
}

#[test]
fn buttons_have_the_fields_that_their_style_requires() {
    let plain = |style| Button { style, label: Some("A".to_owned()), ..Button::default() };
    let row = |button: Button| problem(ActionRow::new([button]));
    check(vec![
        (row(Button::primary("a", "").emoji("👍")), "fine"),
        (row(Button::premium(SkuId::new(1))), "fine"),
        (row(Button::link("https://a.example", "A")), "fine"),
        (row(Button::default()), "components[0].components[0].style: is missing"),
        (
            row(plain(ButtonStyle::DANGER)),
            "components[0].components[0].custom_id: is missing: a button of style DANGER",
        ),
        (row(plain(ButtonStyle::LINK)), "components[0].components[0].url: is missing"),
        (
            row(Button { url: Some("x".to_owned()), ..button("a") }),
            "components[0].components[0].url: a button of style PRIMARY cannot",
        ),
        (
            row(Button { custom_id: Some("a".to_owned()), ..Button::link("x", "A") }),
            "components[0].components[0].custom_id: a button of style LINK cannot",
        ),
        (
            row(Button::premium(SkuId::new(1)).label("A")),
            "components[0].components[0].label: a button of style PREMIUM",
        ),
        (row(Button::primary("a", "")), "components[0].components[0].label: is missing"),
        (
            row(button("").label("A")),
            "components[0].components[0].custom_id: 1 to 100 characters, and this has 0",
        ),
        (
            row(button(&x(101))),
            "components[0].components[0].custom_id: 1 to 100 characters, and this has 101",
        ),
        (row(button("a").emoji("")), "components[0].components[0].emoji: has neither"),
    ]);
}

#[test]
fn rows_hold_five_buttons_or_one_select() {
    let buttons = |count: usize| ActionRow::new((0..count).map(|n| button(&n.to_string())));
    check(vec![
        (problem(buttons(5)), "fine"),
        (problem(buttons(0)), "components[0].components: 1 to 5 elements, and this has 0"),
        (
            problem(buttons(6)),
            "components[0].components: an action row has at most 5 buttons, and this has 6",
        ),
        (
            problem(ActionRow::new([Component::from(options(1)), button("a").into()])),
            "components[0].components: a select must be alone",
        ),
        (
            problem(ActionRow::new([text()])),
            "components[0].components[0].type: TEXT_DISPLAY is not allowed in a row",
        ),
        (
            problem(ActionRow::new([TextInput::short("a")])),
            "components[0].components[0].type: TEXT_INPUT is not allowed",
        ),
    ]);
}

#[test]
fn selects_have_limits_on_their_counts() {
    let row = |select: StringSelect| problem(ActionRow::new([select]));
    let with = |option: SelectOption| row(options(1).option(option));
    let of = |select: EntitySelect| problem(ActionRow::new([Component::MentionableSelect(select)]));
    check(vec![
        (row(options(25).min_values(0).max_values(25).placeholder(x(150))), "fine"),
        (row(options(0)), "components[0].components[0].options: 1 to 25 elements, and this has 0"),
        (row(options(26)), "components[0].components[0].options: 1 to 25 elements, and this has 26"),
        (row(options(1).placeholder(x(151))), "components[0].components[0].placeholder: at most 150"),
        (
            row(options(25).min_values(0).max_values(26)),
            "components[0].components[0].max_values: from 1 to 25, and this is 26",
        ),
        (
            row(options(25).min_values(0).max_values(0)),
            "components[0].components[0].max_values: from 1 to 25, and this is 0",
        ),
        (
            row(StringSelect { min_values: Some(3), max_values: Some(2), ..options(5) }),
            "components[0].components[0].min_values: at most max_values (2)",
        ),
        (
            row(options(1).min_values(1).max_values(3)),
            "components[0].components[0].max_values: from 1 to 1, and this is 3",
        ),
        (
            row(StringSelect { min_values: Some(2), ..options(5) }),
            "components[0].components[0].min_values: at most max_values (1), and this is 2",
        ),
        (
            of(users().channel_types([ChannelType::GUILD_TEXT])),
            "components[0].components[0].channel_types: only a channel select",
        ),
        (
            problem(ActionRow::new([Component::ChannelSelect(
                users().channel_types([ChannelType::GUILD_TEXT, ChannelType::GUILD_TEXT]),
            )])),
            "components[0].components[0].channel_types: has an element twice",
        ),
        (with(SelectOption::new("", "v")), "components[0].components[0].options[1].label: 1 to 100"),
        (with(SelectOption::new("A", x(101))), "components[0].components[0].options[1].value: 1 to 100"),
        (
            with(SelectOption::new("A", "v").description(x(101))),
            "components[0].components[0].options[1].description: at most 100",
        ),
        (
            with(SelectOption::new("A", "0")),
            "components[0].components[0].options[1].value: \"0\" is the value of another option too",
        ),
        (
            row(StringSelect::new("s").options(["a", "b"].map(|v| SelectOption::new(v, v).preselected(true)))),
            "components[0].components[0].options: at most max_values (1) can be selected by default, and 2 are",
        ),
        (
            of(users().default_user(UserId::new(1)).default_role(RoleId::new(2)).min_values(2).max_values(2)),
            "fine",
        ),
        (
            of(users().default_user(UserId::new(1)).default_role(RoleId::new(2))),
            "components[0].components[0].default_values: at most max_values (1)",
        ),
        (
            of(users().default_user(UserId::new(1)).min_values(2).max_values(3)),
            "components[0].components[0].default_values: at least min_values (2)",
        ),
        (of(users().placeholder(x(151))), "components[0].components[0].placeholder: at most 150"),
        (of(EntitySelect::new("")), "components[0].components[0].custom_id: 1 to 100"),
    ]);
}

#[test]
fn layouts_are_nested_as_documented() {
    let pictures = |count: usize| MediaGallery::new((0..count).map(|n| format!("https://a.example/{n}")));
    let boxed = |component: Component| problem(Container::new().component(component));
    check(vec![
        (boxed(Section::new([text(), text(), text()], Thumbnail::new("https://a.example")).into()), "fine"),
        (
            boxed(Container::new().component(text()).into()),
            "components[0].components[0].type: CONTAINER is not allowed in a container",
        ),
        (problem(Container::new()), "components[0].components: 1 to 40 elements, and this has 0"),
        (
            problem(Container::new().component(text()).accent_color(Color(0x100_0000))),
            "components[0].accent_color: from #000000 to #ffffff",
        ),
        (
            problem(button("a")),
            "components[0].type: BUTTON is not allowed in a message; put it into an ActionRow; allowed: ACTION_ROW, SECTION",
        ),
        (problem(Thumbnail::new("x")), "components[0].type: THUMBNAIL is not allowed"),
        (problem(Label::new("A", TextInput::short("a"))), "components[0].type: LABEL is not allowed"),
        (
            problem(Section::new([text(), text(), text(), text()], button("a"))),
            "components[0].components: 1 to 3 elements",
        ),
        (
            problem(Section::new([button("b")], button("a"))),
            "components[0].components[0].type: BUTTON is not allowed in a section",
        ),
        (
            problem(Section::new([text()], text())),
            "components[0].accessory.type: TEXT_DISPLAY is not allowed in the accessory",
        ),
        (
            problem(Section::new([text()], Thumbnail::new(x(2049)))),
            "components[0].accessory.media.url: 1 to 2048",
        ),
        (
            problem(Section::new([text()], Thumbnail::new("x").description(x(1025)))),
            "components[0].accessory.description: at most 1024",
        ),
        (problem(pictures(10)), "fine"),
        (problem(pictures(11)), "components[0].items: 1 to 10 elements, and this has 11"),
        (
            problem(MediaGallery::new([MediaGalleryItem::new("x").description(x(1025))])),
            "components[0].items[0].description: at most 1024",
        ),
        (problem(FileDisplay::new("a.txt").spoiler(true)), "fine"),
        (
            problem(FileDisplay {
                file: crate::model::component::UnfurledMediaItem::new("https://a.example"),
                ..FileDisplay::default()
            }),
            "components[0].file.url: is not attachment://",
        ),
        (problem(TextDisplay::new("")), "components[0].content: 1 to 4000 characters"),
        (problem(Separator::new()), "fine"),
    ]);
}

#[test]
fn a_message_has_five_rows_or_forty_components_and_four_thousand_characters() {
    let rows = |count: usize| -> Vec<Component> {
        (0..count).map(|n| ActionRow::new([button(&n.to_string())]).into()).collect()
    };
    assert!(check_message(&rows(5), false).is_ok());
    let problem = check_message(&rows(6), false).unwrap_err().to_string();
    assert!(problem.starts_with("components: at most 5 elements, and this has 6"), "{problem}");
    assert!(check_message(&rows(20), true).is_ok());
    let problem = check_message(&rows(21), true).unwrap_err().to_string();
    assert!(
        problem.starts_with("components: at most 40 including nested ones, and these are 42"),
        "{problem}"
    );
    // A section counts as three: itself, its text and its accessory.
    let mut sections: Vec<Component> =
        (0..13).map(|n| Section::new([text()], button(&n.to_string())).into()).collect();
    sections.push(text().into());
    assert!(check_message(&sections, true).is_ok());
    sections.push(text().into());
    let problem = check_message(&sections, true).unwrap_err().to_string();
    assert!(problem.contains("and these are 41"), "{problem}");

    let texts = |counts: [usize; 2]| counts.map(|count| Component::from(TextDisplay::new("é".repeat(count))));
    assert!(check_message(&texts([2000, 2000]), true).is_ok());
    let problem = check_message(&texts([2000, 2001]), true).unwrap_err().to_string();
    assert!(
        problem.starts_with("components: at most 4000 characters of text together, and these have 4001"),
        "{problem}"
    );
}

#[test]
fn ids_are_unique_within_a_message() {
    let twice = [ActionRow::new([button("a")]).into(), ActionRow::new([button("b"), button("a")]).into()];
    let problem = check_message(&twice, false).unwrap_err().to_string();
    assert_eq!(
        problem,
        "components[1].components[1].custom_id: \"a\" is the custom ID of another component too (nothing was sent)"
    );
    let numbered = |one, other| [text().id(one).into(), Container::new().component(text().id(other)).into()];
    let problem = check_message(&numbered(4, 4), true).unwrap_err().to_string();
    assert!(
        problem.starts_with("components[1].components[0].id: 4 is the ID of another component too"),
        "{problem}"
    );
    // Discord treats 0 as no ID.
    assert!(check_message(&numbered(0, 0), true).is_ok());
}

#[test]
fn unknown_components_are_not_checked() {
    let unknown: Component = serde_json::from_str(r#"{"type":99,"label":"x"}"#).unwrap();
    assert!(check_message(&[unknown.clone(), Container::new().component(unknown).into()], true).is_ok());
}

#[test]
fn components_of_modals_have_limits() {
    let chosen = |count: usize| group(3).into_iter().enumerate().map(move |(n, o)| o.preselected(n < count));
    check(vec![
        (
            modal_problem(
                TextInput::paragraph("a").min_length(0).max_length(4000).value(x(4000)).placeholder(x(100)),
            ),
            "fine",
        ),
        (
            modal_problem(TextInput::short("a").min_length(5).max_length(4)),
            "components[0].component.min_length: at most max_length (4)",
        ),
        (
            modal_problem(TextInput::short("a").min_length(0).max_length(4001)),
            "components[0].component.max_length: from 1 to 4000",
        ),
        (modal_problem(TextInput::short("a").value(x(4001))), "components[0].component.value: at most 4000"),
        (
            modal_problem(TextInput::short("a").placeholder(x(101))),
            "components[0].component.placeholder: at most 100",
        ),
        (modal_problem(TextInput::default()), "components[0].component.custom_id: 1 to 100"),
        (modal_problem(options(2).min_values(0).max_values(1).required(false)), "fine"),
        (
            modal_problem(options(2).min_values(0).max_values(1)),
            "components[0].component.min_values: at least 1 if a value is required",
        ),
        (
            modal_problem(options(2).disabled(true)),
            "components[0].component.disabled: a component of a modal cannot",
        ),
        (
            modal_problem(Component::UserSelect(users().disabled(true))),
            "components[0].component.disabled: a component of a modal cannot",
        ),
        (modal_problem(button("a")), "components[0].component.type: BUTTON is not allowed in a label"),
        (modal_problem(FileUpload::new("f").min_values(1).max_values(10)), "fine"),
        (
            modal_problem(FileUpload::new("f").min_values(1).max_values(11)),
            "components[0].component.max_values: from 1 to 10",
        ),
        (
            modal_problem(FileUpload::new("f").min_values(0).max_values(1)),
            "components[0].component.min_values: at least 1",
        ),
        (
            modal_problem(FileUpload::new("f").file_types((0..11).map(|n| format!(".{n}")))),
            "components[0].component.file_types: at most 10 elements, and this has 11",
        ),
        (
            modal_problem(RadioGroup::new("r", group(1))),
            "components[0].component.options: 2 to 10 elements, and this has 1",
        ),
        (
            modal_problem(RadioGroup::new("r", group(11))),
            "components[0].component.options: 2 to 10 elements, and this has 11",
        ),
        (modal_problem(RadioGroup::new("r", chosen(1))), "fine"),
        (
            modal_problem(RadioGroup::new("r", chosen(2))),
            "components[0].component.options: at most 1 can be selected",
        ),
        (modal_problem(CheckboxGroup::new("c", chosen(3))), "fine"),
        (
            modal_problem(CheckboxGroup::new("c", chosen(3)).min_values(1).max_values(2)),
            "components[0].component.options: at most 2",
        ),
        (
            modal_problem(CheckboxGroup { min_values: Some(4), ..CheckboxGroup::new("c", group(3)) }),
            "components[0].component.min_values: at most max_values (3), and this is 4",
        ),
        (
            modal_problem(FileUpload { min_values: Some(2), ..FileUpload::new("f") }),
            "components[0].component.min_values: at most max_values (1), and this is 2",
        ),
        (modal_problem(CheckboxGroup::new("c", group(0))), "components[0].component.options: 1 to 10"),
        (
            modal_problem(CheckboxGroup::new("c", [GroupOption::new("A", x(101))])),
            "components[0].component.options[0].value: 1 to 100",
        ),
        (modal_problem(Checkbox::new("c").preselected(true)), "fine"),
        (modal_problem(Checkbox::new("")), "components[0].component.custom_id: 1 to 100"),
    ]);
}

#[test]
fn a_modal_has_one_to_five_labels_or_texts() {
    let check = |components: Vec<Component>| {
        check_modal(&components).map_or_else(|error| error.to_string(), |()| "fine".to_owned())
    };
    let label = |text: &str, custom_id: &str| Component::from(Label::new(text, TextInput::short(custom_id)));
    let row = |inputs: Vec<TextInput>| vec![ActionRow::new(inputs).into()];
    for (components, expected) in [
        ((0..5).map(|n| label("A", &n.to_string())).collect(), "fine"),
        (vec![text().into(), label("A", "a")], "fine"),
        (Vec::new(), "components: 1 to 5 elements, and this has 0"),
        ((0..6).map(|n| label("A", &n.to_string())).collect(), "components: 1 to 5 elements, and this has 6"),
        (vec![label(&x(46), "a")], "components[0].label: 1 to 45 characters, and this has 46"),
        (vec![label("", "a")], "components[0].label: 1 to 45 characters, and this has 0"),
        (
            vec![Label::new("A", TextInput::short("a")).description(x(101)).into()],
            "components[0].description: 1 to 100",
        ),
        (vec![label("A", "a"), label("B", "a")], "components[1].component.custom_id: \"a\" is the custom ID"),
        (
            vec![TextInput::short("a").into()],
            "components[0].type: TEXT_INPUT is not allowed in a modal; put it into a Label; allowed: ",
        ),
        (row(vec![TextInput { label: Some("A".to_owned()), ..TextInput::short("a") }]), "fine"),
        (
            row(vec![TextInput::short("a"), TextInput::short("b")]),
            "components[0].components: exactly 1 element, and this has",
        ),
    ] {
        let problem = check(components);
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}
