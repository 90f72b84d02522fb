use syncord::prelude::*;

fn main() {
    let names = vec!["ann"];
    let lanes = Lanes::new(2);
    let _ = command("names", "Lists names").run_in(&lanes, |cx| cx.reply(names.join(", ")));
}
