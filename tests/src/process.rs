//! Programs that a test starts, and that never outlive it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::needs;

/// How long a program may take to say what a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running program with what it has printed so far. Dropping it kills it, also while a test panics.
pub struct Process {
    child: Child,
    output: Arc<Output>,
}

#[derive(Default)]
struct Output {
    said: Mutex<Said>,
    changed: Condvar,
}

#[derive(Default)]
struct Said {
    lines: Vec<String>,
    streams_ended: usize,
}

impl Output {
    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The product's binary, as `cargo test --workspace` built it beside this test; none: the test is skipped, loudly.
#[must_use]
pub fn saldo() -> Option<Command> {
    let binary = needs::target().join("debug/saldo");
    if !binary.exists() {
        needs::missing("target/debug/saldo (cargo build --workspace --bins --tests)");
        return None;
    }
    let mut command = Command::new(binary);
    command
        .env_clear()
        .envs(std::env::vars().filter(|(name, _)| !name.starts_with("SALDO_") && name != "DATABASE_URL"));
    Some(command)
}

impl Process {
    /// Starts a program without standard input and gathers both its streams.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let output = Arc::new(Output::default());
        gather(child.stdout.take().expect("piped"), &output);
        gather(child.stderr.take().expect("piped"), &output);
        Self { child, output }
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has printed so far, both streams.
    #[must_use]
    pub fn output(&self) -> String {
        self.output.said().lines.join("\n")
    }

    /// Waits until a line yields a value, for example the port that was chosen.
    ///
    /// # Panics
    /// When the program ends, or [`PATIENCE`] does, before such a line; with all that it printed.
    pub fn wait_for<T>(&self, mut read: impl FnMut(&str) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = 0;
        let mut said = self.output.said();
        loop {
            while let Some(line) = said.lines.get(seen) {
                if let Some(value) = read(line) {
                    return value;
                }
                seen += 1;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && said.streams_ended < 2, "it never said so:\n{}", said.lines.join("\n"));
            said = self.output.changed.wait_timeout(said, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Asks it to stop (SIGTERM) and waits for its end.
    ///
    /// # Panics
    /// When it cannot be asked.
    pub fn terminate(mut self) -> ExitStatus {
        let asked = signal("TERM", self.id());
        assert!(asked, "kill -TERM {}", self.id());
        self.child.wait().expect("a child can be waited for")
    }

    /// Waits for its end by itself.
    ///
    /// # Panics
    /// When it cannot be waited for.
    pub fn wait(&mut self) -> ExitStatus {
        let status = self.child.wait().expect("a child can be waited for");
        let ended = self.output.changed.wait_while(self.output.said(), |said| said.streams_ended < 2);
        drop(ended);
        status
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it at once (SIGKILL), as a power cut would, and waits for its end.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal (`TERM`, `STOP`, `CONT`; `0` only asks whether it lives). The shell's own `kill`: a slim Debian has no other.
#[must_use]
pub fn signal(name: &str, id: u32) -> bool {
    let script = format!("kill -{name} {id} 2>/dev/null");
    Command::new("sh").args(["-c", &script]).status().is_ok_and(|status| status.success())
}

fn gather(stream: impl Read + Send + 'static, output: &Arc<Output>) {
    let output = Arc::clone(output);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            output.said().lines.push(line);
            output.changed.notify_all();
        }
        output.said().streams_ended += 1;
        output.changed.notify_all();
    });
}
