use std::fmt;

use crate::json::transparent;
use serde::Serialize;

/// An RGB color, as Discord sends it: `0xRRGGBB`.
#[doc(alias = "colour")]
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Color(pub u32);

transparent!(Color);

impl Color {
    /// Creates a color from red, green and blue.
    ///
    /// ```
    /// use syncord::model::Color;
    ///
    /// assert_eq!(Color::from_rgb(0x58, 0x65, 0xf2), Color(0x5865f2));
    /// assert_eq!(Color(0x5865f2).to_string(), "#5865f2");
    /// ```
    pub const fn from_rgb(red: u8, green: u8, blue: u8) -> Self {
        Color(u32::from_be_bytes([0, red, green, blue]))
    }

    /// Returns red, green and blue.
    pub const fn to_rgb(self) -> (u8, u8, u8) {
        let [_, red, green, blue] = self.0.to_be_bytes();
        (red, green, blue)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

impl fmt::Debug for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
