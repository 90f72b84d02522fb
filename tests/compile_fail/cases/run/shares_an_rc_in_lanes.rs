use std::rc::Rc;

use syncord::prelude::*;

fn main() {
    let names = Rc::new(vec!["ann"]);
    let lanes = Lanes::new(2);
    let _ = command("names", "Lists names").run_in(&lanes, move |cx| cx.reply(names.join(", ")));
}
