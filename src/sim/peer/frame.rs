//! Frames as text, in Discord's usual order or in any other that JSON allows.

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
    /// As Discord writes it: `t`, `s`, `op`, `d`, all of them.
    pub(super) fn usual(self) -> String {
        let [t, s, op, d] = self.fields().map(|(_, value)| value.unwrap_or_else(|| "null".into()));
        format!(r#"{{"t":{t},"s":{s},"op":{op},"d":{d}}}"#)
    }

    /// As it could be written just as well.
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
        for (at, (key, value)) in fields.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
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
