//! The server's life: accept until told to stop, then let what runs end.

use std::{io, net, sync::Arc, time::Duration};

use axum::Router;
use tokio::{
    net::TcpListener,
    task::JoinSet,
    time::{sleep, timeout},
};
use tracing::{info, warn};

use crate::{
    Runner, ServerConfig,
    connection::{self, slots::Slots},
    descriptors,
    guard::Rules,
    router::router,
    signal::{Signal, Speaker, signal},
};

/// How long accepting pauses when the process has run out of descriptors or memory.
const PAUSE: Duration = Duration::from_millis(100);

/// How long dropped runs may take to die after the grace is over.
const LAST_DRAIN: Duration = Duration::from_secs(5);

/// Serves clients on `listener` until `shutdown` ends. Then it stops accepting, closes idle connections, lets running jobs end
/// within `config.shutdown_grace`, drops the rest, and returns.
///
/// # Errors
///
/// The listener cannot be used, or a value of the configuration makes no sense. Nothing that a client does is an error.
pub async fn serve<R: Runner>(
    runner: R,
    config: ServerConfig,
    listener: net::TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    config.check()?;
    let rules = Rules::new(&config, listener.local_addr()?)?;
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let grace = config.shutdown_grace;
    let mut connections = Connections::new(runner.clone(), config, rules);

    tokio::select! {
        () = connections.accept(&listener) => {}
        () = shutdown => {}
    }
    drop(listener);
    connections.end(&runner, grace).await;
    Ok(())
}

/// Every open connection.
struct Connections {
    router: Router,
    config: Arc<ServerConfig>,
    slots: Slots,
    tasks: JoinSet<()>,
    /// Has connections answer what was asked and then end.
    stop: Speaker,
    stopping: Signal,
    /// Ends what outlives its connection's task: WebSockets.
    end: Speaker,
}

impl Connections {
    fn new<R: Runner>(runner: R, config: ServerConfig, rules: Rules) -> Connections {
        let config = Arc::new(config);
        let (stop, stopping) = signal();
        let (end, ended) = signal();
        Connections {
            router: router(runner, config.clone(), rules, ended),
            slots: Slots::new(descriptors::connections(config.max_connections), config.max_connections_per_address),
            config,
            stop,
            stopping,
            end,
            tasks: JoinSet::new(),
        }
    }

    /// Accepts for ever.
    async fn accept(&mut self, listener: &TcpListener) {
        loop {
            while self.tasks.try_join_next().is_some() {}
            let (stream, client) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) if is_of_one_connection(&error) => continue,
                Err(error) => {
                    warn!(%error, "cannot accept connections");
                    sleep(PAUSE).await;
                    continue;
                }
            };
            let Some(slot) = self.slots.take(client.ip()).await else {
                warn!(address = %client.ip(), "an address has as many connections as it may have");
                continue;
            };
            // Answers are written whole; waiting for more to send would only delay them.
            let _ = stream.set_nodelay(true);
            let (router, config, stopping) = (self.router.clone(), self.config.clone(), self.stopping.clone());
            self.tasks.spawn(connection::serve(stream, router, config, stopping, slot));
        }
    }

    /// Lets what runs end, within `grace`.
    async fn end(mut self, runner: &impl Runner, grace: Duration) {
        info!("stopping: no new connections");
        self.stop.say();
        let slots = self.slots.clone();
        let ended = async {
            let answered = async { while self.tasks.join_next().await.is_some() {} };
            tokio::join!(answered, runner.drain());
            // A WebSocket outlives its connection's task, and has the end of its run still to tell.
            slots.all_free().await;
        };
        if timeout(grace, ended).await.is_ok() {
            return;
        }
        warn!(?grace, "stopping: what still runs is killed");
        // A connection that is dropped drops its request's handler, and that kills the run.
        self.end.say();
        self.tasks.shutdown().await;
        let _ = timeout(LAST_DRAIN, async { tokio::join!(runner.drain(), slots.all_free()) }).await;
    }
}

/// Whether the error is about the connection that was to be accepted, and the next one may be fine (accept(2), "Error
/// handling").
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
