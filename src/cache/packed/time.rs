//! A time in 16 bytes.

use crate::model::{ExactTime, Timestamp};

/// A timestamp whose text can be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Exact(ExactTime),
    /// Text in a form that Discord does not use.
    Text(Box<Timestamp>),
}

impl Time {
    pub(super) fn pack(time: &Timestamp) -> Time {
        time.exact().map_or_else(|| Time::Text(Box::new(time.clone())), Time::Exact)
    }

    pub(super) fn unpack(&self) -> Timestamp {
        match self {
            Time::Exact(time) => Timestamp::from_exact(*time),
            Time::Text(time) => Timestamp::clone(time),
        }
    }

    /// Whether it is the same text.
    pub(super) fn is(&self, time: &Timestamp) -> bool {
        match self {
            Time::Exact(own) => time.exact() == Some(*own),
            Time::Text(own) => **own == *time,
        }
    }
}

/// Whether both are absent, or the same text.
pub(super) fn is_same(own: Option<&Time>, other: Option<&Timestamp>) -> bool {
    match (own, other) {
        (None, None) => true,
        (Some(own), Some(other)) => own.is(other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Time;
    use crate::model::Timestamp;

    #[test]
    fn every_text_is_made_again() {
        for text in [
            "2026-05-02T09:14:37.412000+00:00",
            "2026-05-02T09:14:37.000001+00:00",
            "2026-05-02T09:14:37+00:00",
            "1969-12-31T23:59:59.999999+00:00",
            "2026-05-02T09:14:37.412+00:00",
            "2026-05-02T09:14:37.412000+02:00",
            "2026-05-02 09:14:37.412000+00:00",
            "2026-05-02T09:14:60.412000+00:00",
            "2026-05-02T09:14:37Z",
            "",
            "yesterday",
        ] {
            let time = Timestamp::new(text);
            let packed = Time::pack(&time);
            assert_eq!(packed.unpack().as_str(), text);
            assert!(packed.is(&time));
        }
        let usual = Time::pack(&Timestamp::new("2026-05-02T09:14:37.412000+00:00"));
        assert!(matches!(usual, Time::Exact(_)), "{usual:?}");
        assert!(!usual.is(&Timestamp::new("2026-05-02T09:14:37.412+00:00")));
        assert_eq!(size_of::<Option<Time>>(), 16);
    }
}
