//! The dump: all papers in one compressed file, each as a line of JSON.

use std::io::Read;

use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::{Made, Pages};

/// The file.
pub(in crate::site) const DUMP: &str = "papers.jsonl.zst";

/// Its media type.
pub(super) const DUMP_TYPE: &str = "application/zstd";

impl Pages<'_> {
    /// The dump. A paper's line is made when the compressor asks for it, so that the
    /// whole is never in memory but compressed.
    pub(super) fn dump(&self) -> Made {
        let make = || {
            let lines = Lines {
                pages: self,
                next: 0,
                line: Vec::new(),
                at: 0,
            };
            compress_to_vec(lines, CompressionLevel::Fastest)
        };
        self.bytes_of(
            DUMP,
            |prints| {
                let papers = 0..self.library.papers.len();
                let papers = papers.map(|n| self.paper_inputs(prints, n));
                papers.collect::<Vec<_>>()
            },
            make,
        )
    }
}

/// The lines of all papers, one after the other.
struct Lines<'p, 'a> {
    pages: &'p Pages<'a>,
    next: usize,
    line: Vec<u8>,
    at: usize,
}

impl Read for Lines<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.line.len() {
            let Pages {
                library, settings, ..
            } = self.pages;
            let Some(entry) = library.papers.get(self.next) else {
                return Ok(0);
            };
            self.next += 1;
            self.at = 0;
            self.line.clear();
            let exported = library.exported(entry, &settings.base_url);
            serde_json::to_writer(&mut self.line, &exported)?;
            self.line.push(b'\n');
        }
        let rest = &self.line[self.at..];
        let taken = rest.len().min(out.len());
        out[..taken].copy_from_slice(&rest[..taken]);
        self.at += taken;
        Ok(taken)
    }
}
