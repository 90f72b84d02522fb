//! Dice, and a button to roll again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use syncord::prelude::*;

/// The button's custom ID has the number of faces, so it works after a restart too.
const AGAIN: CustomId<(i64,)> = CustomId::new("dice/{sides}");

pub(crate) fn tree() -> Tree<'static> {
    Tree::new("dice")
        .add(
            command("roll", "Rolls a die")
                .option("sides", "Faces of the die", integer(2..=1000).optional())
                .run(|cx, sides| {
                    let sides = sides.unwrap_or(6);
                    let again = Button::secondary(AGAIN.with(sides)?, "Again");
                    cx.reply(InteractionMessage::text(rolled(sides)).component(ActionRow::new([again])))
                }),
        )
        .add(AGAIN.run(|cx, sides| cx.update(rolled(sides))))
}

fn rolled(sides: i64) -> String {
    let random = RandomState::new().build_hasher().finish(); // random keys, by the standard library
    format!("🎲 {} of {sides}", random % sides.unsigned_abs().max(1) + 1)
}
