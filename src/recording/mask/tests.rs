use super::{Mask, token};

fn mask() -> Mask {
    let words = ["!roll".to_owned()].into();
    Mask { words, choices: ["red".to_owned()].into(), ..Mask::default() }
}

#[test]
fn a_masked_text_has_the_same_words_and_lengths() {
    for (text, masked) in [
        ("Hello, world 42!", "Xxxxx, xxxxx 00!"),
        ("mail ann@example.org now", "xxxx xxx@xxxxxxx.xxx xxx"),
        ("Grüße 👋", "Xxxxx x"),
        ("!roll Two", "!roll Xxx"),
        ("!rolling", "!xxxxxxx"),
        ("+49 151 23456789", "+00 000 00000000"),
        ("4111111111111111", "0000000000000000"),
        ("", ""),
        ("a  b\n", "x  x\n"),
    ] {
        assert_eq!(mask().text(text), masked, "{text}");
        assert_eq!(mask().text(masked), masked, "masked twice: {text}");
    }
}

#[test]
fn ids_and_mentions_stay() {
    for text in [
        "175928847299117063",
        "<@175928847299117063>",
        "<@!175928847299117063>,<#175928847299117063>",
        "<:rope:175928847299117063>",
        "<a:rope:175928847299117063>",
        "</roll:175928847299117063>",
    ] {
        assert_eq!(mask().text(text), text);
    }
    assert_eq!(mask().text("<@ann> <b> 1<2"), "<@xxx> <x> 0<0");
}

#[test]
fn a_field_that_discord_adds_is_masked() {
    let masked = mask().json(r#"{"new":{"field":"secret 1","list":["Ann"]},"count":7,"on":true}"#);
    assert_eq!(masked.as_str(), r#"{"new":{"field":"xxxxxx 0","list":["Xxx"]},"count":7,"on":true}"#);
}

#[test]
fn what_decides_what_a_bot_does_stays() {
    let interaction = r#"{"id":"175928847299117063","locale":"de","data":{"name":"paint","options":[{"name":"wall","options":[{"name":"color","type":3,"value":"red"},{"name":"why","type":3,"value":"blue"}]}],"custom_id":"again:7","values":["a"],"resolved":{"users":{"1":{"username":"ann"}}}}}"#;
    let masked = mask().json(interaction);
    let expected = interaction.replace("\"blue\"", "\"xxxx\"").replace("\"ann\"", "\"xxx\"");
    assert_eq!(masked.as_str(), expected);
    let message =
        r#"{"timestamp":"2026-01-01T00:00:00.000000+00:00","emoji":{"id":null,"name":"👍"},"name":"ann"}"#;
    assert_eq!(mask().json(message).as_str(), message.replace("ann", "xxx"));
}

#[test]
fn tokens_are_masked_even_if_texts_are_not() {
    let with_content = Mask { has_content: true, ..Mask::default() };
    for masked in [
        with_content.json(r#"{"token":"aW50","content":"hi"}"#),
        with_content.own_json(r#"{"token":"aW50","content":"hi"}"#),
    ] {
        assert_eq!(masked.as_str(), format!(r#"{{"token":"{}","content":"hi"}}"#, token("aW50")));
    }
    let path = with_content
        .path("/interactions/{interaction_id}/{interaction_token}/callback", "/interactions/7/aW50/callback");
    assert_eq!(path, format!("/interactions/7/{}/callback", token("aW50")));
    let webhook = r#"{"url":"https://discord.com/api/webhooks/175928847299117063/aW50?wait=true"}"#;
    assert_eq!(with_content.json(webhook).as_str(), webhook.replace("aW50", &token("aW50")));
    assert_eq!(token(&token("aW50")), token("aW50"));
    assert_ne!(token("aW50"), token("aW51"));
}

#[test]
fn the_texts_of_a_query_are_masked() {
    let path = "/guilds/7/members/search?query=ann&limit=1&with_counts=true";
    let masked = mask().path("/guilds/{guild_id}/members/search", path);
    assert_eq!(masked, path.replace("ann", "xxx"));
    assert_eq!(mask().path("/invites/{code}", "/invites/aB3"), "/invites/xX0");
}

#[test]
fn something_that_is_not_json_is_masked_as_a_text() {
    assert_eq!(mask().json(r#"{"content":"secret"#).as_str(), r#"{"xxxxxxx":"xxxxxx"#);
}
