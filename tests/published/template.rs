//! Compares the path of a request with the template of a route.

/// The number of segments that the template itself names. `None` if it is another path.
pub(crate) fn fit(template: &str, path: &[String]) -> Option<usize> {
    let template: Vec<&str> = template.trim_start_matches('/').split('/').collect();
    if template.len() != path.len() {
        return None;
    }
    let mut own = 0;
    for (slot, segment) in template.iter().zip(path) {
        if slot == segment {
            own += 1;
        } else if !slot.starts_with('{') {
            return None;
        }
    }
    Some(own)
}
