use syncord::Lanes;
use syncord::tree::command;

fn main() {
    let mut count = 0;
    let lanes = Lanes::new(2);
    let _ = command("count", "Counts").run_in(&lanes, |cx| {
        count += 1;
        cx.reply(format!("{count}"))
    });
}
