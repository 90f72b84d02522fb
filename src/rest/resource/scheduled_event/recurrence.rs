//! What Discord takes of a [recurrence rule](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object):
//! less than such a rule can say.

use crate::error::Error;
use crate::model::{RecurrenceFrequency, RecurrenceRule, RecurrenceWeekday};
use crate::rest::check::{at_field, invalid, number};

/// Days of the week on which something may be, several times a week. The order is of no account.
const KNOWN_SETS: [&[RecurrenceWeekday]; 6] = {
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
            return invalid(field, "cannot be set: Discord only tells it");
        }
    }
    let most = if rule.frequency == RecurrenceFrequency::WEEKLY { 2 } else { 1 };
    at_field(number(1..=most)(&rule.interval), || "interval".to_owned())?;
    fits(rule)?;
    match rule.frequency {
        RecurrenceFrequency::YEARLY => {
            one("by_month", rule.by_month.as_deref().unwrap_or_default())?;
            one("by_month_day", rule.by_month_day.as_deref().unwrap_or_default())
        }
        RecurrenceFrequency::MONTHLY => rule.by_n_weekday.as_deref().map_or(Ok(()), |days| {
            one("by_n_weekday", days)?;
            days.iter().try_for_each(|day| at_field(number(1..=5)(&day.n), || "by_n_weekday[0].n".to_owned()))
        }),
        RecurrenceFrequency::WEEKLY => {
            rule.by_weekday.as_deref().map_or(Ok(()), |days| one("by_weekday", days))
        }
        RecurrenceFrequency::DAILY => rule.by_weekday.as_deref().map_or(Ok(()), known_set),
        _ => Ok(()),
    }
}

/// Each way to say on which days goes with some frequencies, which also keeps them apart.
fn fits(rule: &RecurrenceRule) -> Result<(), Error> {
    use RecurrenceFrequency as Often;
    for (field, is_set, with) in [
        ("by_weekday", rule.by_weekday.is_some(), &[Often::DAILY, Often::WEEKLY][..]),
        ("by_n_weekday", rule.by_n_weekday.is_some(), &[Often::MONTHLY]),
        ("by_month", rule.by_month.is_some(), &[Often::YEARLY]),
        ("by_month_day", rule.by_month_day.is_some(), &[Often::YEARLY]),
    ] {
        if is_set && !with.contains(&rule.frequency) {
            let with: Vec<_> = with.iter().filter_map(|often| often.name()).collect();
            return invalid(
                field,
                format!("only with {}, and this is {:?}", with.join(" or "), rule.frequency),
            );
        }
    }
    Ok(())
}

fn one<T>(field: &str, list: &[T]) -> Result<(), Error> {
    match list {
        [_] => Ok(()),
        list => invalid(field, format!("exactly 1 element, and this has {}", list.len())),
    }
}

fn known_set(days: &[RecurrenceWeekday]) -> Result<(), Error> {
    let mut days = days.to_vec();
    days.sort_unstable();
    if KNOWN_SETS.contains(&days.as_slice()) {
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
        RecurrenceFrequency as Often, RecurrenceMonth as Month, RecurrenceRule as Rule,
        RecurrenceWeekday as Day, Timestamp,
    };

    fn start() -> Timestamp {
        Timestamp::new("2026-05-02T09:00:00+00:00")
    }

    /// The examples of Discord's page, and the sets that it lists.
    #[test]
    fn what_discord_shows_is_taken() {
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
    fn what_discord_does_not_take_is_named() {
        let changed = |mut rule: Rule, change: fn(&mut Rule)| {
            change(&mut rule);
            rule
        };
        let daily = || Rule::daily(start());
        let table = [
            (changed(daily(), |rule| rule.count = Some(3)), "count: cannot be set: Discord only tells it"),
            (
                changed(daily(), |rule| rule.end = Some(rule.start.clone())),
                "end: cannot be set: Discord only tells it",
            ),
            (
                changed(daily(), |rule| rule.by_year_day = Some(vec![1].into())),
                "by_year_day: cannot be set: Discord only tells it",
            ),
            (Rule::new(start(), Often::DAILY, 2), "interval: from 1 to 1, and this is 2"),
            (Rule::weekly(start(), 3, Day::MONDAY), "interval: from 1 to 2, and this is 3"),
            (
                changed(Rule::weekly(start(), 1, Day::MONDAY), |rule| rule.by_weekday = Some(vec![].into())),
                "by_weekday: exactly 1 element, and this has 0",
            ),
            (
                changed(Rule::weekly(start(), 1, Day::MONDAY), |rule| {
                    rule.by_weekday = Some(vec![Day::MONDAY, Day::FRIDAY].into());
                }),
                "by_weekday: exactly 1 element, and this has 2",
            ),
            (
                changed(Rule::monthly(start(), 1, Day::MONDAY), |rule| rule.by_month = Some(vec![].into())),
                "by_month: only with YEARLY, and this is MONTHLY",
            ),
            (
                changed(Rule::daily_on(start(), [Day::FRIDAY]), |rule| rule.frequency = Often::YEARLY),
                "by_weekday: only with DAILY or WEEKLY, and this is YEARLY",
            ),
            (Rule::monthly(start(), 6, Day::MONDAY), "by_n_weekday[0].n: from 1 to 5, and this is 6"),
            (
                changed(Rule::yearly(start(), Month::MAY, 2), |rule| rule.by_month_day = None),
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
