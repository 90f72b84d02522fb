use crate::error::Error;
use crate::id::AttachmentId;
use crate::model::component::{Container, FileDisplay, MediaGallery, Section, TextDisplay, Thumbnail};
use crate::model::{Embed, EmbedAuthor, EmbedFooter};
use crate::rest::check::problem;
use crate::rest::{CreateMessage, EditMessage, InteractionMessage, Upload};

fn file(name: &str) -> Upload {
    Upload::bytes(name, "x")
}

/// The field of the problem; empty if there is none.
fn field(result: Result<(), Error>) -> String {
    match result {
        Ok(()) => String::new(),
        Err(Error::Invalid { field, .. }) => field,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn each_reference_of_an_embed_needs_its_file() {
    let url = "attachment://chart.png";
    for (embed, path) in [
        (Embed::new().image(url), "embeds[1].image.url"),
        (Embed::new().thumbnail(url), "embeds[1].thumbnail.url"),
        (Embed::new().title("x").footer(EmbedFooter::new("x").icon_url(url)), "embeds[1].footer.icon_url"),
        (Embed::new().title("x").author(EmbedAuthor::new("x").icon_url(url)), "embeds[1].author.icon_url"),
    ] {
        let message = || CreateMessage::new().embed(Embed::new().title("first")).embed(embed.clone());
        assert_eq!(field(message().check()), path);
        assert_eq!(field(message().file(file("other.png")).check()), path);
        assert_eq!(field(message().file(file("other.png")).file(file("chart.png")).check()), "");
    }
    let text = problem(CreateMessage::new().embed(Embed::new().image(url)).file(file("a.png")).check());
    assert!(text.contains(url) && text.contains("\"a.png\""), "{text}");
}

#[test]
fn each_reference_of_a_component_needs_its_file() {
    let url = "attachment://chart.png";
    let text = || TextDisplay::new("x");
    for (message, path) in [
        (CreateMessage::new().component(FileDisplay::new(url)), "components[0].file.url"),
        (
            CreateMessage::new().component(MediaGallery::new(["https://a.example/b.png", url])),
            "components[0].items[1].media.url",
        ),
        (
            CreateMessage::new().component(Section::new([text()], Thumbnail::new(url))),
            "components[0].accessory.media.url",
        ),
        (
            CreateMessage::new()
                .component(text())
                .component(Container::new().component(text()).component(FileDisplay::new(url))),
            "components[1].components[1].file.url",
        ),
    ] {
        assert_eq!(field(message.clone().check()), path);
        assert_eq!(field(message.file(file("chart.png")).check()), "");
    }
}

#[test]
fn a_file_that_no_component_shows_is_a_problem_only_with_components_of_the_second_version() {
    let shown = || CreateMessage::new().component(FileDisplay::new("a.txt")).file(file("a.txt"));
    assert_eq!(field(shown().file(file("b.txt")).check()), "files[1]");
    assert_eq!(field(shown().file(file("b.txt")).component(FileDisplay::new("b.txt")).check()), "");
    assert_eq!(field(CreateMessage::text("x").file(file("b.txt")).check()), "");
    let edit = EditMessage::new().component(TextDisplay::new("x"));
    assert_eq!(field(edit.clone().check()), "");
    assert_eq!(field(edit.file(file("a.txt")).check()), "files[0]");
}

#[test]
fn an_edit_may_refer_to_files_that_the_message_has() {
    let edit = || EditMessage::new().embed(Embed::new().image("attachment://old.png"));
    assert_eq!(field(edit().check()), "");
    assert_eq!(field(edit().keep_attachment(AttachmentId::new(7)).check()), "");
    assert_eq!(field(edit().drop_attachments().check()), "embeds[0].image.url");
    assert_eq!(field(edit().drop_attachments().file(file("old.png")).check()), "");
}

#[test]
fn characters_that_discord_changes_are_not_compared() {
    for (name, reference) in [
        ("a b(1).png", "attachment://a_b1.png"),
        ("a b(1).png", "attachment://a b(1).png"),
        ("a b(1).png", "attachment://a%20b(1).png"),
        ("é.png", "attachment://%C3%A9.png"),
    ] {
        let embed = Embed::new().image(reference);
        let message = InteractionMessage::new().embed(embed).file(file(name));
        assert_eq!(field(message.check()), "", "{name}");
    }
}
