//! The opcode part of the gateway.
