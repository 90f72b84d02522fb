//! Opens files on other paths than the API's, without the token.

use std::fmt;
use std::io::{self, Read};
use std::time::Duration;

use ureq::http::header::CONTENT_LENGTH;
use ureq::http::{Request as HttpRequest, Uri};
use ureq::{Agent, BodyReader};

use super::exchange::Failure;
use crate::error::{Error, HttpError};
use crate::rest::cut::{Call, CutSwitch};
use crate::rest::route::{Endpoint, Method};
use crate::rest::transport::{MASKED, invert};

/// What the calls of a client in flight show of a download.
const FILE: Endpoint = Endpoint::new(Method::Get, "(file)", false);

/// A file whose content follows.
pub(in crate::rest) struct Opened {
    call: Call,
    body: BodyReader<'static>,
    size: Option<u64>,
    is_masked: bool,
}

impl Opened {
    /// The size in bytes, if the server said it.
    pub(in crate::rest) fn size(&self) -> Option<u64> {
        self.size
    }

    /// Reads some of the content. An error may be an [`Error`].
    pub(in crate::rest) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.call.run(|| self.body.read(buffer));
        match result {
            Ok(count) => {
                if self.is_masked {
                    invert(&mut buffer[..count]);
                }
                Ok(count)
            }
            Err(_) if self.call.is_cut() => Err(io::Error::other(Error::Stopped)),
            Err(error) => Err(error),
        }
    }
}

/// Opens a file. The caller has checked the URL. `shown` is what errors show of it.
pub(super) fn open(
    agent: &Agent,
    connect: Duration,
    url: &Uri,
    shown: &str,
    deadline: Option<Duration>,
    cut: Option<&CutSwitch>,
) -> Result<Opened, Error> {
    let call = Call::begin(cut, FILE)?;
    let doing = || format!("download {shown}");
    let request = HttpRequest::get(url.clone()).body(()).map_err(|e| Error::network(doing(), e))?;
    let request = agent
        .configure_request(request)
        .timeout_global(deadline)
        .timeout_resolve(Some(connect))
        .timeout_connect(Some(connect))
        .build();
    let response = call.run(|| agent.run(request)).map_err(|error| match Failure::from(error) {
        _ if call.is_cut() => Error::Stopped,
        Failure::Invalid(error) => error,
        Failure::Network { error, .. } => Error::network(doing(), error),
    })?;
    let (parts, body) = response.into_parts();
    if !parts.status.is_success() {
        let problem = "the file could not be downloaded; the URL of an attachment expires after some time";
        return Err(HttpError::new(format!("GET {shown}"), parts.status.as_u16(), problem).into());
    }
    let size = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    Ok(Opened { call, body: body.into_reader(), size, is_masked: parts.headers.contains_key(MASKED) })
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("size", &self.size).finish_non_exhaustive()
    }
}
