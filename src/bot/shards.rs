//! Which shards a bot runs.

use std::ops::Range;

/// Which [shards](https://docs.discord.com/developers/events/gateway#sharding) a bot runs: see
/// [`Bot::shards`](super::Bot::shards).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shards {
    /// All, as many as Discord recommends.
    #[default]
    Auto,
    /// All, and this is their number.
    Count(u32),
    /// Some of them. Other processes run the others, with the same total.
    Range {
        /// The shards of this process, such as `0..16`.
        shards: Range<u32>,
        /// The number of shards of all processes.
        total: u32,
    },
}

impl Shards {
    /// The shards of this process and the total. `recommended` is Discord's advice.
    pub(crate) fn choose(&self, recommended: u32) -> (Range<u32>, u32) {
        match self {
            Shards::Auto => (0..recommended.max(1), recommended.max(1)),
            Shards::Count(count) => (0..*count, *count),
            Shards::Range { shards, total } => (shards.clone(), *total),
        }
    }

    /// What to set, if Discord recommends more shards than there are.
    pub(crate) fn advice(&self, recommended: u32) -> Option<String> {
        let (_, total) = self.choose(recommended);
        let set = match self {
            Shards::Range { .. } => format!(
                "divide {recommended} among the processes: Shards::Range {{ .., total: {recommended} }}"
            ),
            _ => format!(
                "set bot.shards({recommended}), or leave bot.shards(..) out to follow Discord's advice"
            ),
        };
        let few = format!("Discord recommends {recommended} shards, and the bot has {total}");
        (total < recommended)
            .then(|| format!("{few}: {set}; with too few, Discord refuses the bot when it is in more guilds"))
    }

    /// What is wrong with the numbers.
    pub(crate) fn problem(&self) -> Option<String> {
        match self {
            Shards::Count(0) => Some("bot.shards(0) leaves nothing to connect: give it 1 or more".to_owned()),
            Shards::Range { shards, total } if shards.is_empty() || shards.end > *total => Some(format!(
                "the shards {}..{} of {total} leave nothing to connect, or are more than there are: give a range within \
                 0..{total}",
                shards.start, shards.end
            )),
            _ => None,
        }
    }
}

/// This number of shards, all in this process.
impl From<u32> for Shards {
    fn from(count: u32) -> Shards {
        Shards::Count(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Shards;

    #[test]
    fn discords_advice_counts_only_where_no_number_is_given() {
        assert_eq!(Shards::Auto.choose(16), (0..16, 16));
        assert_eq!(Shards::Auto.choose(0), (0..1, 1));
        assert_eq!(Shards::Count(2).choose(16), (0..2, 2));
        assert_eq!(Shards::Range { shards: 4..6, total: 8 }.choose(16), (4..6, 8));
    }

    #[test]
    fn too_few_shards_are_advised_what_to_set() {
        let advice = |shards: Shards| shards.advice(16).unwrap_or_default();
        let count = advice(Shards::Count(4));
        assert!(
            count.contains("recommends 16 shards, and the bot has 4: set bot.shards(16), or leave"),
            "{count}"
        );
        let range = advice(Shards::Range { shards: 2..4, total: 8 });
        assert!(range.contains("the bot has 8: divide 16") && range.contains("total: 16"), "{range}");
        assert_eq!([advice(Shards::Auto), advice(Shards::Count(16)), advice(Shards::Count(20))], [""; 3]);
    }

    #[test]
    fn numbers_that_do_not_fit_are_a_problem() {
        for (start, end) in [(0, 0), (3, 2), (3, 5)] {
            let problem = Shards::Range { shards: start..end, total: 4 }.problem().unwrap_or_default();
            assert!(problem.contains("0..4"), "{problem}");
        }
        assert_eq!(Shards::Range { shards: 3..4, total: 4 }.problem(), None);
        assert_eq!(Shards::Auto.problem(), None);
    }
}
