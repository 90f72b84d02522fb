//! The limit of all texts of a command together.

use std::collections::BTreeMap;

use super::check::{Node, check, group_named};
use super::command;
use crate::command::{self, CommandDefinition, choices, string};
use crate::model::Locale;

/// A command with this number of characters.
fn with_length(length: usize) -> CommandDefinition {
    let mut definition = command("a", "x").definition().clone();
    let mut left = length - 2;
    let full = choices((0..25).map(|n| (format!("{n:0>50}"), format!("{n:0>50}"))));
    let option = command("a", "x").option("o", "x", full).definition().options[0].clone();
    for n in 0..3 {
        let name = format!("o{n}");
        left -= 3 + 2500;
        definition.options.push(crate::model::CommandOptionDefinition { name, ..option.clone() });
    }
    for (n, part) in
        (3..).zip(std::iter::successors(Some(left), |left| left.checked_sub(100).filter(|l| *l > 0)))
    {
        let name = format!("o{n}");
        let description = "é".repeat(part.min(100) - name.len());
        definition.options.push(crate::model::CommandOptionDefinition {
            name,
            description,
            ..command("a", "x").option("o", "x", string()).definition().options[0].clone()
        });
    }
    definition
}

#[test]
fn a_command_has_at_most_8000_characters() {
    check(&with_length(8000), &[]);
    check(
        &with_length(8001),
        &["a: its names, descriptions and values have 8001 characters together; the maximum is 8000"],
    );
}

#[test]
fn only_the_longest_localization_of_a_text_counts() {
    let mut definition = with_length(7990);
    definition.description_localizations =
        BTreeMap::from([(Locale::DE, "é".repeat(11)), (Locale::FR, "é".repeat(10))]);
    check(&definition, &[]);
    definition.description_localizations.insert(Locale::IT, "é".repeat(12));
    check(
        &definition,
        &["a: its names, descriptions and values have 8001 characters together; the maximum is 8000"],
    );
}

#[test]
fn all_texts_of_a_command_count_on_every_level() {
    type Change = fn(&mut CommandDefinition);
    let too_many = "a: its names, descriptions and values have 8001 characters together; the maximum is 8000";
    let longer: [Change; 7] = [
        |c| c.name_localizations = [(Locale::DE, "xx".to_owned())].into(),
        |c| c.description.push('x'),
        |c| c.options[0].name.push('x'),
        |c| {
            let longer = format!("{}x", c.options[4].description);
            c.options[4].description.truncate(50);
            c.options[4].description_localizations = Some([(Locale::DE, longer)].into());
        },
        |c| c.options[0].name_localizations = Some([(Locale::DE, "xxx".to_owned())].into()),
        |c| {
            let choice = &mut c.options[0].choices[0];
            choice.name_localizations = Some([(Locale::DE, format!("{}x", choice.name))].into());
        },
        |c| {
            let part = command("x", "x").option("o", "x", choices(["x"])).definition().options[0].clone();
            c.options[0].choices[0].value = crate::model::OptionValue::String("é".repeat(47));
            c.options[0].options = vec![part].into();
        },
    ];
    for change in longer {
        let mut definition = with_length(8000);
        change(&mut definition);
        let problems = command::check([&definition]);
        assert!(problems.iter().any(|problem| problem.to_string() == too_many), "{problems}");
    }
}

#[test]
fn the_texts_of_subcommands_count() {
    let part = |n: usize| command(&format!("p{n}"), "x").option("o", "x", string()).definition().clone();
    let mut definition = group_named("a").add(group_named("b")).definition().clone();
    let inner: Vec<_> = (0..25)
        .map(|n| {
            let mut whole = group_named("x").add(Node(part(n))).definition().options[0].clone();
            whole.description = "é".repeat(100);
            let long = "é".repeat(100);
            whole.options = (0..3)
                .map(|n| crate::model::CommandOptionDefinition {
                    name: format!("o{n}"),
                    description: long.clone(),
                    ..whole.options[0].clone()
                })
                .collect();
            whole
        })
        .collect();
    definition.options[0].options = inner.into();
    // 4 characters of `a` and `b`, 25 subcommands of 100 and 3 options of 102, and the names of the subcommands.
    let size = 4 + 25 * (100 + 3 * 102) + 10 * 2 + 15 * 3;
    assert!(size > 8000);
    check(
        &definition,
        &[&format!(
            "a: its names, descriptions and values have {size} characters together; the maximum is 8000"
        )],
    );
}
