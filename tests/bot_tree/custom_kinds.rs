//! Option kinds of the bot's own, whose errors the user sees.

use syncord::tree::{Argument, ArgumentError, OptionKind, OptionSpec, command, string, with_autocomplete};

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
