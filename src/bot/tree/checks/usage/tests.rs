use std::time::{Duration, Instant};

use super::Counts;

#[test]
fn uses_count_until_their_time_is_over_each_key_for_itself() {
    let (start, per) = (Instant::now(), Duration::from_secs(10));
    let at = |seconds| start + Duration::from_secs(seconds);
    let mut counts = Counts::default();
    assert_eq!(counts.count(at(0), (0, 1), 2, per), None);
    assert_eq!(counts.count(at(4), (0, 1), 2, per), None);
    assert_eq!(counts.count(at(5), (0, 1), 2, per), Some(Duration::from_secs(5)));
    assert_eq!(counts.count(at(5), (0, 2), 2, per), None, "another user");
    assert_eq!(counts.count(at(10), (0, 1), 2, per), None, "what was refused does not count");
    assert_eq!(counts.count(at(13), (0, 1), 2, per), Some(Duration::from_secs(1)));
    assert_eq!(counts.count(at(13), (0, 3), 0, per), Some(per), "never at all");
}

#[test]
fn outdated_keys_are_removed() {
    let (start, per) = (Instant::now(), Duration::from_secs(1));
    let mut counts = Counts::default();
    for key in 0..5000 {
        counts.count(start + per * u32::try_from(key).unwrap_or(0), (0, key), 1, per);
    }
    assert!(counts.uses.len() <= 1001, "{}", counts.uses.len());
}

#[test]
fn a_use_that_is_removed_no_longer_counts() {
    let (start, per) = (Instant::now(), Duration::from_secs(10));
    let at = |seconds| start + Duration::from_secs(seconds);
    let mut counts = Counts::default();
    assert_eq!(counts.count(at(0), (0, 1), 2, per), None);
    assert_eq!(counts.count(at(1), (0, 1), 2, per), None);
    counts.remove((0, 1), at(1));
    counts.remove((0, 1), at(2));
    counts.remove((0, 2), at(0));
    assert_eq!(counts.count(at(3), (0, 1), 2, per), None);
    assert_eq!(counts.count(at(4), (0, 1), 2, per), Some(Duration::from_secs(6)));
}
