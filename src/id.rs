//! Typed snowflakes.
