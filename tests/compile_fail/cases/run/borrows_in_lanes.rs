use syncord::Lanes;
use syncord::tree::command;

fn main() {
    let mut counted = 0;
    let work = Lanes::new(2);
    let _ = command("count", "Counts").run_in(&work, |cx| {
        counted += 1;
        cx.reply(format!("{counted}"))
    });
}
