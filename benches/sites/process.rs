//! Measures a process from outside: wall time, CPU time and peak memory. The latter
//! two come from `/proc` and are available only on Linux.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The cost of a process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// CPU time of all cores.
    pub(crate) cpu: Option<Cpu>,
    /// Peak memory in bytes.
    pub(crate) peak: Option<u64>,
}

/// CPU time of all cores, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cpu {
    /// In user mode.
    pub(crate) user: f64,
    /// In the kernel.
    pub(crate) system: f64,
}

impl Cpu {
    /// The sum of both.
    pub(crate) fn all(self) -> f64 {
        self.user + self.system
    }
}

/// Ticks per second in `/proc/*/stat`; fixed by the kernel's interface.
const TICKS: f64 = 100.0;

/// Runs a command to its end and returns its standard output.
pub(crate) fn run(command: &mut Command) -> Result<(Vec<u8>, Usage), String> {
    let name = format!("{command:?}");
    let start = Instant::now();
    let out = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let err = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let reopen = |file: &tempfile::NamedTempFile| file.reopen().map_err(|error| error.to_string());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(reopen(&out)?)
        .stderr(reopen(&err)?)
        .spawn()
        .map_err(|error| format!("{name}: {error}"))?;
    let id = child.id();
    let mut peak = None;
    // A process that has ended keeps its times until it is waited for, but not its
    // memory.
    let cpu = loop {
        if let Some(bytes) = high_water(id) {
            peak = Some(bytes);
        }
        match times(id) {
            Some((true, cpu)) => break Some(cpu),
            Some((false, _)) => std::thread::sleep(Duration::from_millis(2)),
            None => break None,
        }
    };
    let wall = start.elapsed().as_secs_f64();
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() {
        let said = |file: &tempfile::NamedTempFile| {
            let text = std::fs::read_to_string(file.path()).unwrap_or_default();
            text.chars().take(2_000).collect::<String>()
        };
        return Err(format!("{name}: {status}\n{}{}", said(&out), said(&err)));
    }
    let wall = if cpu.is_some() {
        wall
    } else {
        start.elapsed().as_secs_f64()
    };
    let written = std::fs::read(out.path()).map_err(|error| error.to_string())?;
    Ok((written, Usage { wall, cpu, peak }))
}

/// Whether a process has ended, and its CPU time.
fn times(id: u32) -> Option<(bool, Cpu)> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in brackets, may contain anything.
    let rest = &stat[stat.rfind(')')? + 2..];
    let fields: Vec<&str> = rest.split(' ').collect();
    let seconds = |field: usize| Some(fields.get(field)?.parse::<f64>().ok()? / TICKS);
    let cpu = Cpu {
        user: seconds(11)?,
        system: seconds(12)?,
    };
    Some((*fields.first()? == "Z", cpu))
}

/// The peak memory of a running process, in bytes.
pub(crate) fn high_water(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
