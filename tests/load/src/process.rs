//! Another process of this machine: how much processor and memory it has used, as Linux tells it in `/proc`.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::Context;

/// Linux counts processor time for programs in hundredths of a second, whatever its own clock does.
const TICKS_PER_SECOND: u64 = 100;

/// A running process.
pub struct Process {
    folder: PathBuf,
}

/// What a process has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Processor time, of all threads.
    pub cpu: Duration,
    /// Memory in use now (resident).
    pub memory_bytes: u64,
}

impl Process {
    /// The process with an id.
    ///
    /// # Errors
    /// There is none.
    pub fn new(pid: u32) -> anyhow::Result<Self> {
        let process = Self {
            folder: PathBuf::from(format!("/proc/{pid}")),
        };
        process.usage().context("--pid: no such process")?;
        Ok(process)
    }

    /// What it has used so far.
    ///
    /// # Errors
    /// It is over.
    pub fn usage(&self) -> anyhow::Result<Usage> {
        let stat = fs::read_to_string(self.folder.join("stat"))?;
        let status = fs::read_to_string(self.folder.join("status"))?;
        Ok(Usage {
            cpu: cpu(&stat).context("cannot read /proc/PID/stat")?,
            memory_bytes: resident(&status).context("cannot read /proc/PID/status")?,
        })
    }
}

/// User and system time: fields 14 and 15, counted from 1. The second field is a name that may contain anything, in parentheses.
fn cpu(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let ticks = times.next()?.ok()? + times.next()?.ok()?;
    Some(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
}

fn resident(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proc_files_are_read() {
        let stat = "42 (a) b) S 1 2 3 4 5 6 7 8 9 10 250 150 0 0 20 0 4 0 1 2 3";
        assert_eq!(cpu(stat), Some(Duration::from_secs(4)));
        assert_eq!(
            resident("Name:\ta\nVmRSS:\t    2048 kB\nThreads:\t4\n"),
            Some(2 << 20)
        );
        assert_eq!(cpu("nonsense"), None);
    }
}
