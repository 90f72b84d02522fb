//! Discord's objects.
