//! A local server that plays a service: the test decides how to answer each
//! request, down to the bytes and broken connections.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A received request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path and query.
    pub path: String,
    /// The header lines.
    pub headers: String,
}

/// A server that runs until the test ends.
#[derive(Debug)]
pub struct Server {
    /// Its URL, without a final slash.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers each request with the bytes that a function returns for it and its
    /// number, starting at 0, and closes the connection.
    pub fn new(answer: impl Fn(&Asked, usize) -> Vec<u8> + Send + 'static) -> Self {
        Self::writing(move |asked, number, mut stream| {
            // The client may have gone.
            let _ = stream.write_all(&answer(asked, number));
        })
    }

    /// The same with a function that writes the response itself, as slowly as it
    /// likes.
    pub fn writing(answer: impl Fn(&Asked, usize, &TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!(
            "http://{}",
            listener.local_addr().expect("it has an address")
        );
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else {
                    continue;
                };
                let number = {
                    let mut log = log.lock().expect("nobody panicked with it");
                    log.push(request.clone());
                    log.len() - 1
                };
                answer(&request, number, &stream);
            }
        });
        Self { url, asked }
    }

    /// The requests received so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panicked with it").clone()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let headers: Vec<String> = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    Some(Asked {
        path,
        headers: headers.join("\n").to_lowercase(),
    })
}

/// A response with a status, headers and a body.
pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A successful response.
pub fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", "", body)
}
