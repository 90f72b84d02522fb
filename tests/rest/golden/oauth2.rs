use syncord::rest::Client;

use super::book::Book;

#[test]
fn oauth2() {
    let mut book = Book::open("oauth2");
    let application = r#"{"id":"7","name":"Tidekeeper","icon":null,"description":"","verify_key":"1e0a"}"#;
    let application = book.call("current_bot_application", application, Client::current_bot_application);
    assert_eq!(application.id.get(), 7);
    let keys = r#"{"keys":[{"kty":"RSA","use":"sig","kid":"8ab1","n":"4VOL","e":"AQAB","alg":"RS256"}]}"#;
    let keys = book.call("public_keys", keys, Client::public_keys);
    assert_eq!((keys.keys[0].kid.as_str(), keys.keys[0].usage.as_str()), ("8ab1", "sig"));
    book.close();
}
