//! Runs `offprint serve` on its own port until the test ends.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The timeout for things that should be instant.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running preview.
#[derive(Debug)]
pub struct Preview {
    child: Child,
    lines: Receiver<String>,
    /// Its host and port, for example `127.0.0.1:4000`.
    pub address: String,
}

impl Preview {
    /// Starts the preview of a site and waits for its first build.
    #[track_caller]
    pub fn start(site: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
            .current_dir(site)
            .args(["serve", "--port", "0"])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let (said, lines) = channel();
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    break;
                }
            }
        });
        let mut preview = Self {
            child,
            lines,
            address: String::new(),
        };
        let line = preview.wait_for("serving at http://");
        let address = line.split("http://").nth(1).unwrap_or_default();
        preview.address = address.split('/').next().unwrap_or_default().to_owned();
        preview.wait_for(" ready in ");
        preview
    }

    /// Waits for a line of output that contains a text.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        while let Ok(line) = self
            .lines
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            if line.contains(text) {
                return line;
            }
            seen.push(line);
        }
        panic!("the preview never said “{text}”, but {seen:#?}");
    }

    /// Requests a path with a `Host` header, and returns the whole response.
    pub fn get(&self, path: &str, host: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Sends a text and returns everything received until the connection closes.
    pub fn send(&self, text: &str) -> String {
        let mut stream = self.connect();
        // The request may be refused before all of it is sent.
        let _ = stream.write_all(text.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// An open connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the preview listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a time can be set");
        stream
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
