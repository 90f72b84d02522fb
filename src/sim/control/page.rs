//! The web page of the playground, which is a client of the control interface.

use crate::sim::http::Response;
use crate::sim::hub::Hub;
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

/// The response with the picture of an emoji or a sticker. It is empty if the world has none: an error would be in the
/// console of the browser.
pub(super) fn picture(hub: &Hub, id: &str) -> Response {
    let picture = hub.read(|state| {
        let (content, kind) = state.world.file_at(&format!("/emojis/{id}.png"))?;
        Some(Response::new(200, content).with("Content-Type", kind))
    });
    let response = picture.unwrap_or_else(|| Response::new(204, ""));
    response.with("X-Content-Type-Options", "nosniff").with("Cache-Control", "no-store")
}

/// The address of the page, from that of the control interface.
pub(in crate::sim) fn url(control_url: &str) -> String {
    format!("{control_url}/{FOLDER}")
}
