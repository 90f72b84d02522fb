//! TLS, one configuration for the gateway and for REST.
