//! A server on a free port, and a client that writes bytes.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use codecanvas_engine::{OnLive, RunError, Watcher};
use codecanvas_protocol::{Ceilings, JobSpec, LanguageInfo, Report, Usage};
use codecanvas_server::{Runner, ServerConfig};
use tokio::sync::{Notify, oneshot};

/// How much a `long` job writes, in bytes: more than the kernel's buffers of both sides hold.
pub(crate) const LONG: usize = 16 << 20;

/// A runner whose jobs do what their source says: `wait` until released, `panic`, write a `long` answer, find it `busy`.
#[derive(Clone, Default)]
pub(crate) struct Jobs(pub(crate) Arc<Counts>);

#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) started: AtomicUsize,
    pub(crate) dropped: AtomicUsize,
    pub(crate) checks: AtomicUsize,
    pub(crate) release: Notify,
}

struct Guard<'a>(&'a Counts);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

impl Runner for Jobs {
    fn languages(&self) -> Vec<LanguageInfo> {
        ["python3", "rust"].map(language).to_vec()
    }

    async fn run(&self, spec: JobSpec) -> Result<Report, RunError> {
        self.0.started.fetch_add(1, Ordering::SeqCst);
        let _guard = Guard(&self.0);
        match spec.source.as_deref() {
            Some("wait") => self.0.release.notified().await,
            Some("panic") => panic!("a secret path: /etc/shadow"),
            Some("busy") => return Err(RunError::Busy { retry_after: Duration::from_secs(2) }),
            Some("stopping") => return Err(RunError::ShuttingDown),
            Some("long") => return Ok(report("x".repeat(LONG))),
            _ => {}
        }
        Ok(report(String::new()))
    }

    async fn watch(&self, spec: JobSpec, _watcher: Watcher) -> Result<Report, RunError> {
        self.run(spec).await
    }

    async fn interact(&self, spec: JobSpec, _watcher: Watcher, _on_live: OnLive) -> Result<Report, RunError> {
        self.run(spec).await
    }

    fn ceilings(&self) -> Ceilings {
        serde_json::from_value(serde_json::json!({
            "run": {"defaults": {}, "ceilings": {}},
            "compile": {"defaults": {}, "ceilings": {}},
            "interactive": {"wall_time_ms": 1000, "idle_ms": 1000, "sessions": 1},
            "network": false,
            "max_body_bytes": 0,
            "weaker": [],
        }))
        .expect("they are all")
    }

    fn metrics(&self) -> codecanvas_engine::Metrics {
        codecanvas_engine::Metrics::default()
    }

    async fn ready(&self) -> Result<(), RunError> {
        self.0.checks.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    async fn drain(&self) {
        while self.0.started.load(Ordering::SeqCst) > self.0.dropped.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn language(id: &str) -> LanguageInfo {
    LanguageInfo {
        file: "main.x".to_owned(),
        sample: None,
        limits: Default::default(),
        shell: false,
        id: id.to_owned(),
        name: id.to_owned(),
        aliases: Vec::new(),
        extensions: Vec::new(),
        compiled: false,
        available: id == "python3",
        version: None,
        reason: None,
        install: None,
    }
}

fn report(stdout: String) -> Report {
    Report {
        stdout,
        stderr: String::new(),
        error: String::new(),
        outcome: codecanvas_protocol::Outcome::Exited { code: 0 },
        usage: Usage::default(),
        truncated: false,
        output: Default::default(),
        phases: Vec::new(),
        language: "python3".to_owned(),
        version: String::new(),
        weaker: Vec::new(),
    }
}

/// A running server. Dropping it stops it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) counts: Arc<Counts>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start() -> Server {
        Server::with(ServerConfig::default())
    }

    pub(crate) fn with(config: ServerConfig) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let jobs = Jobs::default();
        let counts = jobs.0.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            let shutdown = async { drop(stopped.await) };
            runtime.block_on(codecanvas_server::serve(jobs, config, listener, shutdown)).unwrap();
        });
        Server { address, counts, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Sends these bytes on a new connection and reads one answer.
    pub(crate) fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_ref()).unwrap();
        Answer::read(&mut stream)
    }

    /// Posts a job.
    pub(crate) fn post(&self, body: &str) -> Answer {
        self.ask(run_request(body, ""))
    }

    pub(crate) fn started(&self) -> usize {
        self.counts.started.load(Ordering::SeqCst)
    }

    pub(crate) fn dropped(&self) -> usize {
        self.counts.dropped.load(Ordering::SeqCst)
    }

    /// Tells the server to stop, without waiting for it.
    pub(crate) fn stop(&mut self) {
        self.stop.take();
    }

    /// Waits until the server has ended.
    pub(crate) fn join(&mut self) {
        self.thread.take().unwrap().join().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
        self.counts.release.notify_waiters();
    }
}

/// The bytes of `POST /api/v1/run`.
pub(crate) fn run_request(body: &str, more_headers: &str) -> String {
    let length = body.len();
    format!(
        "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         {more_headers}\r\n{body}"
    )
}

/// The bytes of a GET.
pub(crate) fn get(path: &str, more_headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{more_headers}\r\n")
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// Reads an answer whose length is told by Content-Length.
    pub(crate) fn read(stream: &mut TcpStream) -> Answer {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            let count = stream.read(&mut byte).unwrap();
            assert_ne!(count, 0, "closed after {:?}", String::from_utf8_lossy(&bytes));
            bytes.push(byte[0]);
        }
        let head = String::from_utf8(bytes).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        answer.body = String::from_utf8(body).unwrap();
        answer
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body as JSON; every answer must be that.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        assert!(self.body.ends_with('\n'), "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }

    /// Checks that this is a problem of this kind.
    #[track_caller]
    pub(crate) fn check_problem(&self, status: u16, kind: &str) {
        let json = self.json();
        assert_eq!((self.status, json["type"].as_str()), (status, Some(format!("about:blank#{kind}").as_str())), "{self:?}");
        assert_eq!(json["status"], status);
        assert_eq!(json["error"], json["detail"]);
        assert_eq!(json["request_id"].as_str(), self.header("x-request-id"));
    }
}

/// Whether the other side has closed the connection, within this time.
pub(crate) fn is_closed_within(stream: &mut TcpStream, limit: Duration) -> bool {
    stream.set_read_timeout(Some(limit)).unwrap();
    match stream.read(&mut [0; 1024]) {
        Ok(count) => count == 0,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

/// Waits until the condition holds; fails after this time.
#[track_caller]
pub(crate) fn within(limit: Duration, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + limit;
    while !condition() {
        assert!(Instant::now() < deadline, "not within {limit:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Closes only the sending side.
pub(crate) fn half_close(stream: &TcpStream) {
    stream.shutdown(Shutdown::Write).unwrap();
}
