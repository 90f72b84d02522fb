//! Which fields an object has. An event that leaves a field out says nothing about it.

use crate::json;

/// Calls `found` with the name of each field of an object.
pub(super) fn each(data: &str, mut found: impl FnMut(&str)) {
    // The data was read before, so it is an object.
    let _ = json::read_with(data, |reader| {
        let mut rest = reader.object()?;
        while let Some(name) = reader.next_field(&mut rest)? {
            found(&name);
            reader.raw()?;
        }
        Ok(())
    });
}

/// Whether an object has all these fields, at most 64.
pub(super) fn has_all(data: &str, names: &[&str]) -> bool {
    let mut found = 0_u64;
    each(data, |name| {
        if let Some(at) = names.iter().position(|known| *known == name) {
            found |= 1 << at;
        }
    });
    found.count_ones() as usize == names.len()
}

#[cfg(test)]
mod tests {
    use super::{each, has_all};

    #[test]
    fn the_fields_of_the_object_itself_are_found() {
        let data = r#"{"id":"1","nick":null,"user":{"avatar":1},"roles":[{"x":2}]}"#;
        let mut names = Vec::new();
        each(data, |name| names.push(name.to_owned()));
        assert_eq!(names, ["id", "nick", "user", "roles"]);
        assert!(has_all(data, &["roles", "nick"]));
        assert!(!has_all(data, &["roles", "avatar"]));
    }
}
