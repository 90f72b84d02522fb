//! Clients that the web server of a bot has to stand: slow ones, and those that send nonsense.

use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};

use crate::over_http::{ping_bot, status};
use crate::scene::discord;

/// A client that announces a body, and does not send it.
fn slow_client(address: SocketAddr) -> TcpStream {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(b"POST / HTTP/1.1\r\nHost: bot\r\nContent-Length: 2000\r\n\r\n").unwrap();
    socket
}

#[test]
fn slow_clients_do_not_keep_interactions_waiting() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let bot = ping_bot(&discord);
    let handle = bot.handle();
    bot.during(|| {
        let address = handle.http_address().unwrap();
        let _slow: Vec<TcpStream> = (0..100).map(|_| slow_client(address)).collect();
        let _silent: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(address).unwrap()).collect();
        assert_eq!(status(address, "GET", "", b""), "HTTP/1.1 405 Method Not Allowed");
        assert_eq!(ann.uses(&general, "/ping")?.reply()?.content, "pong");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_body_that_is_announced_as_larger_than_the_memory_is_refused() {
    let discord = discord().start().unwrap();
    let bot = ping_bot(&discord);
    let handle = bot.handle();
    bot.during(|| {
        let address = handle.http_address().unwrap();
        for (method, status) in [("POST", "413 Content Too Large"), ("GET", "405 Method Not Allowed")] {
            for length in [1_u64 << 50, u64::MAX] {
                let mut socket = TcpStream::connect(address).unwrap();
                write!(socket, "{method} / HTTP/1.1\r\nContent-Length: {length}\r\n\r\nbody").unwrap();
                assert_eq!(first_line(socket), format!("HTTP/1.1 {status}"), "{length}");
            }
        }
        assert_eq!(status(address, "POST", "", b""), "HTTP/1.1 401 Unauthorized");
        Ok(())
    })
    .unwrap();
}

/// The first line of the response. The connection may stay open.
fn first_line(socket: TcpStream) -> String {
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(socket), &mut line).unwrap();
    line.trim_end().to_owned()
}

#[test]
fn the_port_is_free_once_a_bot_has_ended() {
    let discord = discord().start().unwrap();
    for _ in 0..10 {
        let bot = ping_bot(&discord);
        let handle = bot.handle();
        let mut slow = None;
        bot.during(|| {
            slow = Some(slow_client(handle.http_address().unwrap()));
            // Now the slow request is being read.
            assert_eq!(
                status(handle.http_address().unwrap(), "GET", "", b""),
                "HTTP/1.1 405 Method Not Allowed"
            );
            Ok(())
        })
        .unwrap();
        TcpListener::bind(handle.http_address().unwrap()).unwrap();
    }
}
