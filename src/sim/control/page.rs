//! The web page of the playground, which is a client of the control interface.

use crate::sim::http::Response;
use crate::sim::playground::web;

/// The folder of the page, below the secret.
const FOLDER: &str = "playground/";

/// The response with a file of the page. `path` is that of the request, `action` what follows the secret in it.
pub(super) fn response(path: &str, action: &str) -> Option<Response> {
    if action == FOLDER.trim_end_matches('/') {
        return Some(Response::new(308, "").with("Location", format!("{path}/")));
    }
    let file = web::file(action.strip_prefix(FOLDER)?)?;
    Some(
        Response::new(200, file.text)
            .with("Content-Type", file.content_type)
            .with("Content-Security-Policy", web::SECURITY_POLICY)
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer")
            .with("Cache-Control", "no-store"),
    )
}

/// The address of the page, from that of the control interface.
pub(in crate::sim) fn url(control_url: &str) -> String {
    format!("{control_url}/{FOLDER}")
}
