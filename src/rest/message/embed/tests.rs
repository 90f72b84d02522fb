#![allow(clippy::unwrap_used)]

use super::check_all;
use crate::model::{Color, Embed, EmbedAuthor, EmbedFooter};

fn x(count: usize) -> String {
    "x".repeat(count)
}

#[test]
fn values_at_the_limits_are_valid() {
    let fields = |embed: Embed, count| (0..count).fold(embed, |e, _| e.field("é", "x"));
    for embed in [
        Embed::new().title(x(256)),
        Embed::new().title(format!("  {}  ", x(256))),
        Embed::new().description("é".repeat(4096)),
        Embed::new().footer(x(2048)),
        Embed::new().author(x(256)),
        fields(Embed::new(), 25),
        Embed::new().field(x(256), x(1024)),
        Embed::new().image("attachment://a.png"),
        Embed::new().title("x").color(Color(0xff_ffff)),
    ] {
        assert!(check_all(std::slice::from_ref(&embed)).is_ok(), "{embed:?}");
    }
}

#[test]
fn values_beyond_a_limit_are_invalid() {
    let many = (0..26).fold(Embed::new(), |embed, _| embed.field("x", "x"));
    for (embed, expected) in [
        (Embed::new().title(x(257)), "embeds[0].title: at most 256 characters, and this has 257"),
        (
            Embed::new().description(x(4097)),
            "embeds[0].description: at most 4096 characters, and this has 4097",
        ),
        (Embed::new().footer(x(2049)), "embeds[0].footer.text: 1 to 2048 characters, and this has 2049"),
        (Embed::new().author(x(257)), "embeds[0].author.name: 1 to 256 characters, and this has 257"),
        (many, "embeds[0].fields: at most 25 elements, and this has 26"),
        (Embed::new().field("x", "x").field(x(257), "x"), "embeds[0].fields[1].name: 1 to 256 characters"),
        (
            Embed::new().field("x", x(1025)),
            "embeds[0].fields[0].value: 1 to 1024 characters, and this has 1025",
        ),
        (Embed::new().field("x", " "), "embeds[0].fields[0].value: 1 to 1024 characters, and this has 0"),
        (Embed::new().title("x").url(x(2049)), "embeds[0].url: 1 to 2048 characters"),
        (Embed::new().image(x(2049)), "embeds[0].image.url: 1 to 2048 characters"),
        (Embed::new().thumbnail(""), "embeds[0].thumbnail.url: 1 to 2048 characters"),
        (Embed::new().footer(EmbedFooter::new("x").icon_url(x(2049))), "embeds[0].footer.icon_url: "),
        (Embed::new().author(EmbedAuthor::new("x").url(x(2049))), "embeds[0].author.url: "),
        (Embed::new().author(EmbedAuthor::new("x").icon_url(x(2049))), "embeds[0].author.icon_url: "),
        (
            Embed::new().title("x").color(Color(0x100_0000)),
            "embeds[0].color: from #000000 to #ffffff, and this is #1000000",
        ),
        (Embed::new().title(" ").color(Color(1)), "embeds[0]: is empty: "),
    ] {
        let problem = check_all(&[embed]).unwrap_err().to_string();
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}

#[test]
fn the_embeds_of_a_message_share_six_thousand_characters() {
    let embed =
        |count| Embed::new().description(x(count)).title("éé").footer("xx").author("xx").field("x", " x ");
    assert!(check_all(&[embed(2992), embed(2992)]).is_ok());
    let problem = check_all(&[embed(2992), embed(2993)]).unwrap_err().to_string();
    assert_eq!(problem, "embeds: at most 6000 characters together, and these have 6001 (nothing was sent)");
}
