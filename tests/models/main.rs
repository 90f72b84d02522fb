//! What Discord sends, read into types and written again: by value, and all fixtures where they are at hand.
#![allow(clippy::unwrap_used)]

mod compare;
mod events;
mod fixtures;
mod interactions;
mod objects;
mod pages;
mod readings;
mod unreadable;
mod values;
