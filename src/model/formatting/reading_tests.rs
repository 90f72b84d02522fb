//! Reading durations, links, mentions and timestamps from texts.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use super::{
    Mention, MessageLink, TimestampStyle, find_mentions, find_message_links, find_timestamps,
    format_duration, format_timestamp, invite_code, parse_duration, parse_timestamp,
};

#[test]
fn durations_are_read_in_all_their_spellings() {
    for (text, millis) in [
        ("90s", 90_000),
        ("1h30m", 5_400_000),
        (" 1H 30 Min ", 5_400_000),
        ("1w 2d", 777_600_000),
        ("2 days and 4 hours", 187_200_000),
        ("2 days, 4 hours, and 1 second", 187_201_000),
        ("1.5h", 5_400_000),
        ("250ms", 250),
        ("30m 1h", 5_400_000),
        ("0", 0),
        ("0s", 0),
    ] {
        assert_eq!(parse_duration(text), Ok(Duration::from_millis(millis)), "{text}");
    }
}

#[test]
fn other_texts_are_no_durations() {
    let long = format!("{}s", "9".repeat(50));
    for text in [
        "",
        " ",
        "90",
        "s",
        "h1",
        "1x",
        "1h 1h",
        "-1h",
        "1h -1m",
        "1..5h",
        "1.h",
        ".5h",
        "1h and",
        "and 1h",
        "1h, , 1m",
        "1 month",
        "1y",
        "0.0000000001s",
        "18446744073709551616s",
        &long,
        "1h30",
        "١h",
        "ſ",
    ] {
        let error = parse_duration(text).expect_err(text);
        assert_eq!(error.to_string(), "expected a duration such as `90s`, `1h 30m` or `2 days`");
    }
}

#[test]
fn a_formatted_duration_is_read_as_the_same() {
    let mut random = fastrand::Rng::with_seed(9);
    for _ in 0..20_000 {
        let bits = random.u32(1..60);
        let duration = Duration::from_millis(random.u64(..1 << bits));
        assert_eq!(parse_duration(&format_duration(duration)), Ok(duration));
    }
    assert_eq!(format_duration(Duration::from_millis(694_861_001)), "1w 1d 1h 1m 1s 1ms");
}

#[test]
fn message_links_are_read_from_every_client() {
    let link = |guild: Option<u64>| MessageLink {
        guild_id: guild.map(Into::into),
        channel_id: 2.into(),
        message_id: 3.into(),
    };
    for (text, guild) in [
        ("https://discord.com/channels/1/2/3", Some(1)),
        ("https://canary.discord.com/channels/1/2/3/", Some(1)),
        ("https://ptb.discord.com/channels/1/2/3?a=b", Some(1)),
        ("http://DISCORDAPP.com/channels/@me/2/3", None),
        ("<https://discord.com/channels/1/2/3>", Some(1)),
    ] {
        assert_eq!(text.parse(), Ok(link(guild)), "{text}");
    }
    for text in [
        "",
        "discord.com/channels/1/2/3",
        "https://discord.com.example/channels/1/2/3",
        "https://evil-discord.com/channels/1/2/3",
        "https://discord.com/channels/1/2",
        "https://discord.com/channels/1/2/3/4",
        "https://discord.com/channels/1/2/x",
        "https://discord.com/channels/0/2/3",
        "https://discord.com/channels/1/+2/3",
    ] {
        assert!(text.parse::<MessageLink>().is_err(), "{text}");
    }
    let text = "(https://discord.com/channels/1/2/3), **https://discord.com/channels/@me/2/3**. https://discord.com/x";
    assert_eq!(find_message_links(text), [link(Some(1)), link(None)]);
}

#[test]
fn invite_codes_are_read_from_links() {
    for (text, code) in [
        ("https://discord.gg/Harbour-7", Some("Harbour-7")),
        ("discord.gg/harbour/", Some("harbour")),
        ("https://www.discord.com/invite/harbour?event=1", Some("harbour")),
        ("<https://discordapp.com/invite/harbour>", Some("harbour")),
        ("harbour", Some("harbour")),
        ("https://discord.com/channels/1", None),
        ("https://discord.gg/", None),
        ("https://discord.gg/a/b", None),
        ("https://example.com/invite/harbour", None),
        ("", None),
    ] {
        assert_eq!(invite_code(text), code, "{text}");
    }
}

#[test]
fn mentions_are_read_in_order() {
    let text = "<@1> <@!2> <@&3> <#4> </tide rota:5> <@x> <@0> @everyone <<@6>> <:a:7> > <@8";
    let expected = [
        Mention::User(1.into()),
        Mention::User(2.into()),
        Mention::Role(3.into()),
        Mention::Channel(4.into()),
        Mention::Command(5.into()),
        Mention::User(6.into()),
    ];
    assert_eq!(find_mentions(text), expected);
    assert_eq!(
        "@7".parse::<Mention>().unwrap_err().to_string(),
        "expected a mention, as `<@7>`, `<@&7>`, `<#7>` or `</name:7>`"
    );
}

#[test]
fn timestamps_are_read_as_they_are_written() {
    for seconds in [0, 7, 1_618_953_630] {
        let since = Duration::from_secs(seconds);
        for time in [SystemTime::UNIX_EPOCH + since, SystemTime::UNIX_EPOCH - since] {
            for style in TimestampStyle::ALL {
                assert_eq!(parse_timestamp(&format_timestamp(time, style)), Ok((time, style)));
            }
        }
    }
    let minute = SystemTime::UNIX_EPOCH + Duration::from_secs(60);
    assert_eq!(parse_timestamp("<t:60>"), Ok((minute, TimestampStyle::DateAndTime)));
    for text in
        ["<t:>", "<t:x>", "<t:60:x>", "<t:60:Rt>", "<t:+60>", "<t:99999999999999999999>", "t:60", "<t:--6>"]
    {
        assert!(parse_timestamp(text).is_err(), "{text}");
    }
    let style = |style| (minute, style);
    let found = find_timestamps("<t:60:R>, <t:60> <t:60:y>");
    assert_eq!(found, [style(TimestampStyle::Relative), style(TimestampStyle::DateAndTime)]);
}
