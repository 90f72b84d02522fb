//! Guides: what takes more than a page of the reference.

#[doc = include_str!("../docs/operations.md")]
pub mod operations {}

#[doc = include_str!("../docs/translations.md")]
pub mod translations {}
