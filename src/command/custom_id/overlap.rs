//! Whether two templates have an id in common.

use std::collections::BTreeSet;

use super::template::{Template, is_plain};

/// What stands at one place of a template.
#[derive(Clone, Copy)]
enum Place {
    Is(char),
    /// Any value that can stand before this text.
    Hole(&'static str),
}

impl Place {
    fn takes(self, c: char) -> bool {
        match self {
            Place::Is(own) => own == c,
            Place::Hole(behind) => c == '%' || is_plain(c, behind),
        }
    }
}

fn places(template: Template) -> Vec<Place> {
    let mut places: Vec<_> = template.prefix().chars().map(Place::Is).collect();
    for behind in template.behind() {
        places.push(Place::Hole(behind));
        places.extend(behind.chars().map(Place::Is));
    }
    places
}

/// An id that fits both templates; what their values must be like is not looked at.
pub(super) fn example(one: Template, other: Template) -> Option<String> {
    let (one, other) = (places(one), places(other));
    let mut dead_ends = BTreeSet::new();
    let mut id = String::new();
    walk(&one, &other, &mut id, &mut dead_ends).then_some(id)
}

/// Goes through both at once; `id` is what both have taken.
fn walk(one: &[Place], other: &[Place], id: &mut String, dead_ends: &mut BTreeSet<(usize, usize)>) -> bool {
    if one.is_empty() && other.is_empty() {
        return true;
    }
    let here = (one.len(), other.len());
    if dead_ends.contains(&here) {
        return false;
    }
    let found = match (one.first(), other.first()) {
        (Some(Place::Hole(_)), _) if walk(&one[1..], other, id, dead_ends) => true,
        (_, Some(Place::Hole(_))) if walk(one, &other[1..], id, dead_ends) => true,
        (Some(Place::Is(c)), Some(place)) if place.takes(*c) => {
            let rest = if matches!(place, Place::Is(_)) { &other[1..] } else { other };
            take(*c, &one[1..], rest, id, dead_ends)
        }
        (Some(hole), Some(Place::Is(c))) if hole.takes(*c) => take(*c, one, &other[1..], id, dead_ends),
        _ => false,
    };
    if !found {
        dead_ends.insert(here);
    }
    found
}

fn take(
    c: char,
    one: &[Place],
    other: &[Place],
    id: &mut String,
    dead_ends: &mut BTreeSet<(usize, usize)>,
) -> bool {
    id.push(c);
    let found = walk(one, other, id, dead_ends);
    if !found {
        id.pop();
    }
    found
}
