//! Reads and writes Discord's objects: single values, and all fixtures if they exist.
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
