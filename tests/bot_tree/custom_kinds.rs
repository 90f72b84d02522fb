//! Option kinds of the bot's own, whose errors the user sees.

use std::time::Duration;

use syncord::tree::{
    Argument, ArgumentError, OptionKind, OptionSpec, command, duration, string, with_autocomplete,
};

use crate::scene::{Scene, ephemeral_reply};

/// A time of day, as `7:30`.
struct TimeOfDay;

impl OptionKind for TimeOfDay {
    type Value = (u8, u8);

    fn spec(&self) -> OptionSpec {
        string().max_length(5).spec()
    }

    fn read(&self, argument: Argument<'_>) -> Result<(u8, u8), ArgumentError> {
        let time =
            argument.text()?.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
        time.filter(|(h, m)| *h < 24 && *m < 60).ok_or_else(|| ArgumentError::invalid("Write it as 7:30."))
    }
}

#[test]
fn the_error_of_a_custom_kind_is_an_ephemeral_reply() {
    let scene = Scene::new();
    let mut reminded = 0;
    let mut bot = scene.bot();
    bot.command(
        command("remind", "Reminds you")
            .option("at", "When", with_autocomplete(TimeOfDay, |_, typed| [format!("{typed}:00")]))
            .option("until", "How long", TimeOfDay.optional())
            .run(|cx, (hour, minute), until| {
                reminded += 1;
                cx.reply(format!("{hour} h {minute} {until:?}"))
            }),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/remind at:7:30")?, "7 h 30 None");
        let invalid = scene.ann.uses(&scene.general, "/remind at:7:30 until:noon")?;
        assert_eq!(ephemeral_reply(&invalid)?, "`until`: Write it as 7:30.");
        assert_eq!(scene.ann.autocompletes(&scene.general, "/remind at:12")?[0].name, "12:00");
        Ok(())
    });
    assert_eq!(reminded, 1);
}

#[test]
fn slash_and_text_commands_take_durations_and_say_what_they_expect() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let in_a_week = duration(Duration::from_secs(60)..=Duration::from_secs(7 * 24 * 3600));
    bot.text_prefix("!").help().command(
        command("remind", "Reminds you")
            .option("in", "When", in_a_week)
            .option("then", "How often", duration(..).optional())
            .text()
            .run(|cx, first, then| {
                cx.reply(format!("{} {:?}", first.as_secs(), then.map(|then| then.as_secs())))
            }),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/remind in:1h30m")?, "5400 None");
        assert_eq!(scene.ann_uses("/remind in:2 days then:90s")?, "172800 Some(90)");
        let said = |text: &str| {
            scene.ann.says(&scene.general, text);
            Ok::<_, syncord::Error>(scene.general.next_message()?.content)
        };
        assert_eq!(said("!remind 90s 1h 30m")?, "90 Some(5400)");
        let expected =
            "`in`: Expected a duration of at least 1m and at most 1w, such as `90s`, `1h 30m` or `2 days`.";
        for wrong in ["2 weeks", "59s", "soon", "90"] {
            let refused = scene.ann.uses(&scene.general, &format!("/remind in:{wrong}"))?;
            assert_eq!(ephemeral_reply(&refused)?, expected, "{wrong}");
        }
        assert!(said("!remind soon")?.starts_with(expected));
        let a_duration = "a duration, such as `90s`, `1h 30m` or `2 days`";
        assert!(said("!remind")?.starts_with(&format!("`in`: Expected {a_duration}.")));
        let help = said("!help remind")?;
        assert!(help.contains(&format!("When ({})", a_duration.replace('`', "'"))), "{help}");
        let refused = scene.ann.uses(&scene.general, "/remind in:60s then:x")?;
        assert_eq!(
            ephemeral_reply(&refused)?,
            "`then`: Expected a duration, such as `90s`, `1h 30m` or `2 days`."
        );
        Ok(())
    });
}
