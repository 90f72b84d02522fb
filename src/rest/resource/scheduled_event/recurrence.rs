//! The checks of a [recurrence rule](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object).
//! Discord accepts only some of the rules that the object can express.

use crate::error::Error;
use crate::model::{RecurrenceFrequency, RecurrenceRule, RecurrenceWeekday};
use crate::rest::check::{at_field, invalid, number};

/// The sets of days that a daily rule can have, in any order.
const WEEKDAY_SETS: [&[RecurrenceWeekday]; 6] = {
    const MONDAY: RecurrenceWeekday = RecurrenceWeekday::MONDAY;
    const TUESDAY: RecurrenceWeekday = RecurrenceWeekday::TUESDAY;
    const WEDNESDAY: RecurrenceWeekday = RecurrenceWeekday::WEDNESDAY;
    const THURSDAY: RecurrenceWeekday = RecurrenceWeekday::THURSDAY;
    const FRIDAY: RecurrenceWeekday = RecurrenceWeekday::FRIDAY;
    const SATURDAY: RecurrenceWeekday = RecurrenceWeekday::SATURDAY;
    const SUNDAY: RecurrenceWeekday = RecurrenceWeekday::SUNDAY;
    [
        &[MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY],
        &[TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY],
        &[MONDAY, TUESDAY, WEDNESDAY, THURSDAY, SUNDAY],
        &[FRIDAY, SATURDAY],
        &[SATURDAY, SUNDAY],
        &[MONDAY, SUNDAY],
    ]
};

pub(super) fn check(rule: &RecurrenceRule) -> Result<(), Error> {
    for (field, is_set) in [
        ("end", rule.end.is_some()),
        ("count", rule.count.is_some()),
        ("by_year_day", rule.by_year_day.is_some()),
    ] {
        if is_set {
            return invalid(field, "cannot be set: the field is read-only");
        }
    }
    let max_interval = if rule.frequency == RecurrenceFrequency::WEEKLY { 2 } else { 1 };
    at_field(number(1..=max_interval)(&rule.interval), || "interval".to_owned())?;
    check_frequency(rule)?;
    match rule.frequency {
        RecurrenceFrequency::YEARLY => {
            check_one("by_month", rule.by_month.as_deref().unwrap_or_default())?;
            check_one("by_month_day", rule.by_month_day.as_deref().unwrap_or_default())
        }
        RecurrenceFrequency::MONTHLY => rule.by_n_weekday.as_deref().map_or(Ok(()), |days| {
            check_one("by_n_weekday", days)?;
            days.iter().try_for_each(|day| at_field(number(1..=5)(&day.n), || "by_n_weekday[0].n".to_owned()))
        }),
        RecurrenceFrequency::WEEKLY => {
            rule.by_weekday.as_deref().map_or(Ok(()), |days| check_one("by_weekday", days))
        }
        RecurrenceFrequency::DAILY => rule.by_weekday.as_deref().map_or(Ok(()), check_weekday_set),
        _ => Ok(()),
    }
}

/// Checks that each field is used with its frequencies. This also excludes combinations of fields.
fn check_frequency(rule: &RecurrenceRule) -> Result<(), Error> {
    use RecurrenceFrequency as Frequency;
    for (field, is_set, allowed) in [
        ("by_weekday", rule.by_weekday.is_some(), &[Frequency::DAILY, Frequency::WEEKLY][..]),
        ("by_n_weekday", rule.by_n_weekday.is_some(), &[Frequency::MONTHLY]),
        ("by_month", rule.by_month.is_some(), &[Frequency::YEARLY]),
        ("by_month_day", rule.by_month_day.is_some(), &[Frequency::YEARLY]),
    ] {
        if is_set && !allowed.contains(&rule.frequency) {
            let allowed: Vec<_> = allowed.iter().filter_map(|frequency| frequency.name()).collect();
            return invalid(
                field,
                format!("only with {}, and this is {:?}", allowed.join(" or "), rule.frequency),
            );
        }
    }
    Ok(())
}

fn check_one<T>(field: &str, list: &[T]) -> Result<(), Error> {
    match list {
        [_] => Ok(()),
        list => invalid(field, format!("exactly 1 element, and this has {}", list.len())),
    }
}

fn check_weekday_set(days: &[RecurrenceWeekday]) -> Result<(), Error> {
    let mut days = days.to_vec();
    days.sort_unstable();
    if WEEKDAY_SETS.contains(&days.as_slice()) {
        return Ok(());
    }
    invalid(
        "by_weekday",
        format!(
            "Monday, Tuesday or Sunday and the four days after it, or Friday, Saturday or Sunday and the day after it, and this is {days:?}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::model::{
        RecurrenceFrequency as Frequency, RecurrenceMonth as Month, RecurrenceRule as Rule,
        RecurrenceWeekday as Day, Timestamp,
    };

    fn start() -> Timestamp {
        Timestamp::new("2026-05-02T09:00:00+00:00")
    }

    /// The examples and the sets of days in Discord's documentation.
    #[test]
    fn documented_rules_are_accepted() {
        let workdays = [Day::MONDAY, Day::TUESDAY, Day::WEDNESDAY, Day::THURSDAY, Day::FRIDAY];
        let rules = [
            Rule::daily(start()),
            Rule::daily_on(start(), workdays),
            Rule::daily_on(start(), [Day::SUNDAY, Day::MONDAY, Day::TUESDAY, Day::WEDNESDAY, Day::THURSDAY]),
            Rule::daily_on(start(), [Day::SUNDAY, Day::MONDAY]),
            Rule::daily_on(start(), [Day::SATURDAY, Day::FRIDAY]),
            Rule::weekly(start(), 1, Day::WEDNESDAY),
            Rule::weekly(start(), 2, Day::WEDNESDAY),
            Rule::monthly(start(), 4, Day::WEDNESDAY),
            Rule::yearly(start(), Month::JULY, 24),
        ];
        for rule in rules {
            assert!(check(&rule).is_ok(), "{rule:?}");
        }
    }

    #[test]
    fn rules_that_discord_rejects_are_rejected_with_the_field() {
        let with = |mut rule: Rule, change: fn(&mut Rule)| {
            change(&mut rule);
            rule
        };
        let daily = || Rule::daily(start());
        let table = [
            (with(daily(), |rule| rule.count = Some(3)), "count: cannot be set: the field is read-only"),
            (
                with(daily(), |rule| rule.end = Some(rule.start.clone())),
                "end: cannot be set: the field is read-only",
            ),
            (
                with(daily(), |rule| rule.by_year_day = Some(vec![1].into())),
                "by_year_day: cannot be set: the field is read-only",
            ),
            (Rule::new(start(), Frequency::DAILY, 2), "interval: from 1 to 1, and this is 2"),
            (Rule::weekly(start(), 3, Day::MONDAY), "interval: from 1 to 2, and this is 3"),
            (
                with(Rule::weekly(start(), 1, Day::MONDAY), |rule| rule.by_weekday = Some(vec![].into())),
                "by_weekday: exactly 1 element, and this has 0",
            ),
            (
                with(Rule::weekly(start(), 1, Day::MONDAY), |rule| {
                    rule.by_weekday = Some(vec![Day::MONDAY, Day::FRIDAY].into());
                }),
                "by_weekday: exactly 1 element, and this has 2",
            ),
            (
                with(Rule::monthly(start(), 1, Day::MONDAY), |rule| rule.by_month = Some(vec![].into())),
                "by_month: only with YEARLY, and this is MONTHLY",
            ),
            (
                with(Rule::daily_on(start(), [Day::FRIDAY]), |rule| rule.frequency = Frequency::YEARLY),
                "by_weekday: only with DAILY or WEEKLY, and this is YEARLY",
            ),
            (Rule::monthly(start(), 6, Day::MONDAY), "by_n_weekday[0].n: from 1 to 5, and this is 6"),
            (
                with(Rule::yearly(start(), Month::MAY, 2), |rule| rule.by_month_day = None),
                "by_month_day: exactly 1 element, and this has 0",
            ),
            (
                Rule::daily_on(start(), [Day::MONDAY, Day::WEDNESDAY]),
                "by_weekday: Monday, Tuesday or Sunday and the four days after it, or Friday, Saturday or Sunday and the day after it, and this is [MONDAY, WEDNESDAY]",
            ),
        ];
        for (rule, expected) in table {
            let problem = check(&rule).map_or_else(|error| error.to_string(), |()| "fine".to_owned());
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
