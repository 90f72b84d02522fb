use std::time::Duration;

use crate::proxy::{Proxy, ProxyChoice};
use crate::tls::Tls;

/// How a websocket is opened, and its limits.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SocketConfig {
    /// The certificates to trust.
    pub tls: Tls,
    pub(crate) proxy: ProxyChoice,
    /// Whether `ws://` may be used to other machines. The token then crosses the network unencrypted.
    pub allow_plaintext: bool,
    /// The timeout to connect to one address. The name lookup and all addresses together have twice this time, which the
    /// addresses share.
    pub connect_timeout: Duration,
    /// The timeout of the TLS handshake, and then of the websocket handshake.
    pub handshake_timeout: Duration,
    /// The timeout of a write to a peer that does not read.
    pub write_timeout: Duration,
    /// The maximum size of a message. A GUILD_CREATE of a big guild has tens of megabytes.
    ///
    /// A message of several frames takes up to twice this memory while it is received. A compressed message has at most
    /// this size after decompression, too.
    pub max_message_bytes: usize,
    /// The compression of what the gateway sends. The address must ask for it, as [`ShardConfig`] does.
    ///
    /// [`ShardConfig`]: crate::gateway::shard::ShardConfig
    pub compression: Compression,
}

/// The [transport compression](https://docs.discord.com/developers/events/gateway#transport-compression) of what the gateway
/// sends.
///
/// The default is none. The traffic of a bot is small for a network, and decompressing zlib costs twice the CPU time of
/// everything else that is done with an event. For each event of the gateway benchmark, of which 60 % are messages, and with
/// one connection:
///
/// | | bytes | instructions, each event read as its type | memory |
/// |---|---|---|---|
/// | `None` | 1,096 | 18,700 | |
/// | `Zlib` | 220 | 57,600; with the feature `zlib-rs` 44,900 | + 0.2 MiB |
/// | `Zstd` | 198 | 31,600 | + 2.7 MiB |
///
/// So 100 events per second are 110 KB/s or 22 KB/s. Compression is for lines that are slow or paid for by their traffic.
#[doc(alias = "zlib")]
#[doc(alias = "zstd")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// No compression.
    #[default]
    None,
    /// `zlib-stream`.
    Zlib,
    /// `zstd-stream`.
    #[cfg(feature = "zstd")]
    Zstd,
}

impl Compression {
    /// The parameter of the gateway's address that asks for it. `None` for no compression.
    pub fn parameter(self) -> Option<&'static str> {
        match self {
            Compression::None => None,
            Compression::Zlib => Some("zlib-stream"),
            #[cfg(feature = "zstd")]
            Compression::Zstd => Some("zstd-stream"),
        }
    }
}

impl SocketConfig {
    /// Connects through this proxy, or directly for `None`. Default: the [proxy](Proxy) of the environment.
    pub fn proxy(&mut self, proxy: Option<Proxy>) -> &mut Self {
        self.proxy = proxy.map_or(ProxyChoice::Direct, ProxyChoice::Given);
        self
    }
}

impl Default for SocketConfig {
    fn default() -> Self {
        SocketConfig {
            tls: Tls::new(),
            proxy: ProxyChoice::default(),
            allow_plaintext: false,
            connect_timeout: Duration::from_secs(10),
            handshake_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            max_message_bytes: 64 << 20,
            compression: Compression::None,
        }
    }
}
