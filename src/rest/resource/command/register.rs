//! Registering commands without reading the responses: a body that cannot be read is no failure, because Discord has
//! registered the command.

use super::{CommandBody, CommandChanges, ListBody, SingleBody};
use crate::error::Error;
use crate::id::{ApplicationId, CommandId, GuildId};
use crate::rest::request::Request;
use crate::rest::{Client, route};

/// Commands of a guild, or global ones without a guild.
impl Client {
    /// Creates a command, or replaces the one of the same type and name.
    pub(crate) fn register_command(
        &self,
        application: ApplicationId,
        guild: Option<GuildId>,
        command: &impl CommandBody,
    ) -> Result<(), Error> {
        let route = match guild {
            Some(guild) => route::CREATE_GUILD_APPLICATION_COMMAND.at(&[&application, &guild]),
            None => route::CREATE_GLOBAL_APPLICATION_COMMAND.at(&[&application]),
        };
        // A repeated request replaces the command with the same one.
        self.perform_request(Request::new(route).json(&SingleBody(command))?.repeatable())
    }

    /// Changes a command.
    pub(crate) fn update_command(
        &self,
        application: ApplicationId,
        guild: Option<GuildId>,
        command: CommandId,
        changes: &impl CommandChanges,
    ) -> Result<(), Error> {
        let route = match guild {
            Some(guild) => route::EDIT_GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]),
            None => route::EDIT_GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]),
        };
        self.perform_with(route, &SingleBody(changes))
    }

    /// Replaces all commands.
    pub(crate) fn replace_commands(
        &self,
        application: ApplicationId,
        guild: Option<GuildId>,
        commands: &[impl CommandBody],
    ) -> Result<(), Error> {
        let route = match guild {
            Some(guild) => route::BULK_OVERWRITE_GUILD_APPLICATION_COMMANDS.at(&[&application, &guild]),
            None => route::BULK_OVERWRITE_GLOBAL_APPLICATION_COMMANDS.at(&[&application]),
        };
        self.perform_with(route, &ListBody(commands))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use crate::error::Error;
    use crate::rest::{Client, CreateApplicationCommand};
    use crate::token::Token;

    /// A client of a server that sends this body in every response.
    fn client(body: &'static str) -> Client {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                let lines: Vec<_> =
                    reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
                let length = lines.iter().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
                reader.read_exact(&mut vec![0; length.parse().unwrap()]).unwrap();
                let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}", body.len());
                write!(reader.get_mut(), "{head}\r\n\r\n{body}").unwrap();
            }
        });
        Client::builder(Token::new("token").unwrap()).api_url(url).build().unwrap()
    }

    fn register(body: &'static str) -> [Result<(), Error>; 3] {
        let (client, application) = (client(body), 1.into());
        let roll = CreateApplicationCommand::new("roll").description("Rolls dice");
        [
            client.register_command(application, None, &roll),
            client.update_command(application, Some(2.into()), 3.into(), &roll),
            client.replace_commands(application, None, std::slice::from_ref(&roll)),
        ]
    }

    #[test]
    fn the_response_to_a_registration_is_not_read() {
        for body in ["", "[", "null", "OK", r#"{"id":{"name":5},"options":7}"#, "\u{1}"] {
            assert!(register(body).iter().all(Result::is_ok), "{body:?}: {:?}", register(body));
        }
    }

    #[test]
    fn a_web_page_is_no_success() {
        for result in register(" <html><title>Log in to the hotel's network</title>") {
            let error = result.unwrap_err();
            assert!(error.is_temporary() && error.to_string().contains("hotel"), "{error}");
        }
    }
}
