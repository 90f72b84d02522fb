//! Frames as text: in Discord's usual form, or in any other form that JSON allows.

use fastrand::Rng;

/// The parts of a frame.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame<'a> {
    pub(super) op: u8,
    pub(super) seq: Option<u64>,
    pub(super) name: Option<&'a str>,
    /// JSON text.
    pub(super) data: Option<&'a str>,
}

impl Frame<'_> {
    /// Discord's usual form: `t`, `s`, `op` and `d`, in this order.
    pub(super) fn usual(self) -> String {
        let [t, s, op, d] = self.fields().map(|(_, value)| value.unwrap_or_else(|| "null".into()));
        format!(r#"{{"t":{t},"s":{s},"op":{op},"d":{d}}}"#)
    }

    /// Another form with the same content.
    pub(super) fn varied(self, rng: &mut Rng) -> String {
        let mut fields: Vec<(&str, String)> = Vec::with_capacity(5);
        for (key, value) in self.fields() {
            match value {
                Some(value) => fields.push((key, value)),
                None if rng.bool() => fields.push((key, "null".into())),
                None => {}
            }
        }
        if rng.u8(..8) == 0 {
            fields.push(("_new", r#"{"op":99,"s":[1,"}"]}"#.into()));
        }
        rng.shuffle(&mut fields);
        let mut text = format!("{}{{", space(rng));
        for (index, (key, value)) in fields.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            text +=
                &format!("{comma}{}\"{key}\"{}:{}{value}{}", space(rng), space(rng), space(rng), space(rng));
        }
        text + "}" + space(rng)
    }

    fn fields(self) -> [(&'static str, Option<String>); 4] {
        [
            ("t", self.name.map(|name| format!("\"{name}\""))),
            ("s", self.seq.map(|seq| seq.to_string())),
            ("op", Some(self.op.to_string())),
            ("d", self.data.map(str::to_owned)),
        ]
    }
}

fn space(rng: &mut Rng) -> &'static str {
    ["", "", "", " ", "\n", "\t", " \r\n "][rng.usize(..7)]
}
