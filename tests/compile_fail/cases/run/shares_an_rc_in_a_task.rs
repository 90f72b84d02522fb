use std::rc::Rc;

use syncord::prelude::*;

fn main() {
    let names = Rc::new(vec!["ann"]);
    let _ = command("names", "Lists names").run(move |cx| {
        let names = Rc::clone(&names);
        cx.spawn(move |task| task.reply(names.join(", ")))?;
        Ok(())
    });
}
