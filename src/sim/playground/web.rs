//! The files of the playground's web page.

/// A file of the page.
pub(in crate::sim) struct File {
    pub(in crate::sim) content_type: &'static str,
    pub(in crate::sim) text: &'static str,
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// What the page may load: only files and answers of the server that it came from.
pub(in crate::sim) const SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The file of this name. The page itself has no name.
pub(in crate::sim) fn file(name: &str) -> Option<File> {
    let (content_type, text) = match name {
        "" => (HTML, include_str!("web/index.html")),
        "icon.svg" => (SVG, include_str!("web/icon.svg")),
        "layout.css" => (CSS, include_str!("web/layout.css")),
        "message.css" => (CSS, include_str!("web/message.css")),
        "panel.css" => (CSS, include_str!("web/panel.css")),
        "theme.css" => (CSS, include_str!("web/theme.css")),
        "api.js" => (SCRIPT, include_str!("web/api.js")),
        "command_form.js" => (SCRIPT, include_str!("web/command_form.js")),
        "components.js" => (SCRIPT, include_str!("web/components.js")),
        "composer.js" => (SCRIPT, include_str!("web/composer.js")),
        "dom.js" => (SCRIPT, include_str!("web/dom.js")),
        "embed.js" => (SCRIPT, include_str!("web/embed.js")),
        "emoji.js" => (SCRIPT, include_str!("web/emoji.js")),
        "forum.js" => (SCRIPT, include_str!("web/forum.js")),
        "json.js" => (SCRIPT, include_str!("web/json.js")),
        "list.js" => (SCRIPT, include_str!("web/list.js")),
        "main.js" => (SCRIPT, include_str!("web/main.js")),
        "markdown.js" => (SCRIPT, include_str!("web/markdown.js")),
        "media.js" => (SCRIPT, include_str!("web/media.js")),
        "message.js" => (SCRIPT, include_str!("web/message.js")),
        "modal.js" => (SCRIPT, include_str!("web/modal.js")),
        "panel.js" => (SCRIPT, include_str!("web/panel.js")),
        "panel_bot.js" => (SCRIPT, include_str!("web/panel_bot.js")),
        "panel_faults.js" => (SCRIPT, include_str!("web/panel_faults.js")),
        "panel_interactions.js" => (SCRIPT, include_str!("web/panel_interactions.js")),
        "panel_session.js" => (SCRIPT, include_str!("web/panel_session.js")),
        "panel_traffic.js" => (SCRIPT, include_str!("web/panel_traffic.js")),
        "popups.js" => (SCRIPT, include_str!("web/popups.js")),
        "portal.js" => (SCRIPT, include_str!("web/portal.js")),
        "select.js" => (SCRIPT, include_str!("web/select.js")),
        "session.js" => (SCRIPT, include_str!("web/session.js")),
        "sidebar.js" => (SCRIPT, include_str!("web/sidebar.js")),
        "store.js" => (SCRIPT, include_str!("web/store.js")),
        "suggest.js" => (SCRIPT, include_str!("web/suggest.js")),
        "text.js" => (SCRIPT, include_str!("web/text.js")),
        _ => return None,
    };
    Some(File { content_type, text })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::path::Path;

    use super::file;

    #[test]
    fn every_file_of_the_folder_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sim/playground/web");
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let served = if name == "index.html" { "" } else { &name };
            assert!(file(served).is_some(), "{name} is not served");
        }
    }
}
