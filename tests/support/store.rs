//! A local S3-compatible server with one bucket.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};

use super::Tree;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a signed request is valid.
const HOLDS: Duration = Duration::from_secs(600);

/// A running server.
pub struct Store {
    child: Child,
    port: u16,
    bucket: Bucket,
    credentials: Credentials,
}

impl Store {
    /// Starts a server with an empty bucket `papers` that accepts any key.
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("there is a free port")
            .port();
        let program = program();
        let child = Command::new(&program)
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "{} cannot be started: {error}; scripts/test installs it (moto, from PyPI)",
                    program.display()
                )
            });
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(since.elapsed() < PATIENCE, "the store does not answer");
            std::thread::sleep(Duration::from_millis(100));
        }
        let endpoint = format!("http://127.0.0.1:{port}").parse().unwrap();
        let store = Self {
            child,
            port,
            bucket: Bucket::new(endpoint, UrlStyle::Path, "papers", "us-east-1").unwrap(),
            credentials: Credentials::new("key", "secret"),
        };
        let url = store.bucket.create_bucket(&store.credentials).sign(HOLDS);
        ureq::put(url.as_str())
            .send_empty()
            .expect("a bucket is made");
        store
    }

    /// The `[[publish]]` settings for it.
    pub fn settings(&self) -> String {
        format!(
            "type = \"s3\"\nbucket = \"papers\"\nendpoint = \"http://127.0.0.1:{}\"\n",
            self.port
        )
    }

    /// Puts an object.
    pub fn put(&self, name: &str, text: &str) {
        let url = (self.bucket.put_object(Some(&self.credentials), name)).sign(HOLDS);
        ureq::put(url.as_str())
            .send(text)
            .expect("an object is put");
    }

    /// A header of an object.
    pub fn header(&self, name: &str, header: &str) -> String {
        let url = (self.bucket.head_object(Some(&self.credentials), name)).sign(HOLDS);
        let answer = ureq::head(url.as_str()).call().expect("there is an object");
        let value = answer.headers().get(header);
        value.map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    }

    /// The bytes of an object.
    pub fn get(&self, name: &str) -> Vec<u8> {
        let url = (self.bucket.get_object(Some(&self.credentials), name)).sign(HOLDS);
        let mut answer = ureq::get(url.as_str()).call().expect("there is an object");
        answer.body_mut().read_to_vec().unwrap()
    }

    /// All objects.
    pub fn tree(&self) -> Tree {
        let mut files = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let mut list = self.bucket.list_objects_v2(Some(&self.credentials));
            if let Some(token) = &token {
                list.with_continuation_token(token.as_str());
            }
            let mut answer = ureq::get(list.sign(HOLDS).as_str()).call().unwrap();
            let text = answer.body_mut().read_to_string().unwrap();
            let listed = ListObjectsV2::parse_response(&text).unwrap();
            files.extend(listed.contents.into_iter().map(|object| object.key));
            token = listed.next_continuation_token;
            if token.is_none() {
                break;
            }
        }
        Tree::of(files.into_iter().map(|name| {
            let bytes = self.get(&name);
            (name, bytes)
        }))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server's executable: from `OFFPRINT_S3_SERVER`, installed by `scripts/test`,
/// or installed on the machine.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("OFFPRINT_S3_SERVER") {
        return named.into();
    }
    let installed = Path::new(env!("CARGO_BIN_EXE_offprint"))
        .ancestors()
        .nth(2)
        .map(|target| target.join("parsers/venv/bin/moto_server"));
    match installed {
        Some(program) if program.is_file() => program,
        _ => "moto_server".into(),
    }
}
