//! Checks what is sent, with Discord's [error tree](https://docs.discord.com/developers/reference#error-messages).
//!
//! `fields` is a table of the simple fields and query parameters of all routes, `counts` one of the maximum numbers of objects.
//! Embeds and components have their own rules.

mod component;
mod counts;
mod embed;
mod fields;

pub(super) use self::component::{check_message_components, check_modal};
pub(super) use self::embed::check_embeds;
pub(super) use self::fields::check_fields;
