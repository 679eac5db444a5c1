//! Times a preview by requests, as a browser would see it: until the first page is
//! ready, and from an edit until its page shows it.

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use ureq::Agent;

use super::edit::Subject;
use super::process;

/// The timeout for anything.
const PATIENCE: Duration = Duration::from_secs(600);

/// The pause before requesting a page again.
const PAUSE: Duration = Duration::from_millis(2);

/// The pause before the next edit.
const THOUGHT: Duration = Duration::from_secs(1);

/// No further edit is started after this time.
const ENOUGH: Duration = Duration::from_secs(60);

/// The times of a preview, in seconds.
#[derive(Debug)]
pub(crate) struct Timed {
    /// From start to the first page.
    pub(crate) first: f64,
    /// From start to a paper's page, requested after the first page.
    pub(crate) paper: f64,
    /// From each edit until its page showed it, shortest first.
    pub(crate) edits: Vec<f64>,
    /// Its peak memory in bytes.
    pub(crate) peak: Option<u64>,
}

impl Timed {
    /// The median edit.
    pub(crate) fn median(&self) -> Option<f64> {
        let edits = &self.edits;
        let (low, high) = (
            edits.get(edits.len().checked_sub(1)? / 2)?,
            edits.get(edits.len() / 2)?,
        );
        Some(f64::midpoint(*low, *high))
    }
}

/// A free port.
pub(crate) fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok(address.port())
}

/// Starts a preview at an address, requests its front page and a paper's page,
/// makes some edits, and stops it.
pub(crate) fn time(
    command: &mut Command,
    root: &str,
    papers: &[Subject],
    edits: usize,
) -> Result<Timed, String> {
    let paper = papers.first().ok_or("there is no paper to look at")?;
    let start = Instant::now();
    let mut preview = Preview::start(command, root)?;
    preview.wait_for("", "</html>")?;
    let first = start.elapsed().as_secs_f64();
    preview.wait_for(&paper.page, "</html>")?;
    let mut timed = Timed {
        first,
        paper: start.elapsed().as_secs_f64(),
        edits: Vec::new(),
        peak: None,
    };
    let start = Instant::now();
    for (n, subject) in papers.iter().take(edits).enumerate() {
        if start.elapsed() > ENOUGH {
            break;
        }
        // People who edit a paper have its page open.
        preview.wait_for(&subject.page, "</html>")?;
        sleep(THOUGHT);
        let sentence = format!("This is edit number {n} of the benchmark.");
        let edited = Instant::now();
        subject.add(&sentence)?;
        preview.wait_for(&subject.page, &sentence)?;
        timed.edits.push(edited.elapsed().as_secs_f64());
    }
    timed.edits.sort_by(f64::total_cmp);
    timed.peak = process::high_water(preview.child.id());
    Ok(timed)
}

/// A running preview, stopped on drop.
struct Preview {
    child: Child,
    root: String,
    agent: Agent,
}

impl Preview {
    fn start(command: &mut Command, root: &str) -> Result<Self, String> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{command:?}: {error}"))?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            // It is local, so no proxy.
            .proxy(None)
            .build();
        Ok(Self {
            child,
            root: root.to_owned(),
            agent: config.into(),
        })
    }

    /// Requests a page until it contains a text.
    fn wait_for(&mut self, page: &str, text: &str) -> Result<(), String> {
        let address = format!("{}{page}", self.root);
        let start = Instant::now();
        loop {
            let last = match self.get(&address) {
                Ok((200, page)) if page.contains(text) => return Ok(()),
                Ok((status, _)) => format!("the last answer had the status {status}"),
                Err(error) => error.to_string(),
            };
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the preview at {address} has ended: {status}"));
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{address} never showed “{text}”: {last}"));
            }
            sleep(PAUSE);
        }
    }

    fn get(&self, address: &str) -> Result<(u16, String), ureq::Error> {
        let mut answer = self.agent.get(address).call()?;
        let text = answer.body_mut().read_to_string()?;
        Ok((answer.status().as_u16(), text))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
