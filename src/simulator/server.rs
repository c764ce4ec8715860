//! A simulator on a thread and a port of its own.

use super::change::{Change, UnknownInstance};
use super::clock::{VirtualClock, date};
use super::cloud::Cloud;
use super::operations::routes;
use super::settings::Settings;
use axum::serve::ListenerExt;
use chrono::{DateTime, Utc};
use futures_util::future::select;
use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::{mem, process};
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

/// Connections that wait to be accepted; with the usual 128 a burst of clients would lose a second to lost packets.
const BACKLOG: u32 = 1024;

/// A running simulator; it stops when closed or dropped.
pub struct Simulator {
    cloud: Arc<Cloud>,
    address: SocketAddr,
    endpoint: String,
    running: Mutex<Option<Running>>,
    process: u32,
}

struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Simulator {
    /// Generates a fleet and serves it.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for settings that cannot be, otherwise what the operating system says about the port.
    pub fn start(settings: Settings) -> io::Result<Self> {
        settings.check().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = listen(&runtime, SocketAddr::new(settings.host, settings.port))?;
        let address = listener.local_addr()?;
        let cloud = Arc::new(Cloud::new(settings));
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&cloud);
        let thread = thread::Builder::new()
            .name("koophone-simulator".into())
            .spawn(move || serve(runtime, listener, shared, stopped))?;
        let running = Mutex::new(Some(Running { stop, thread }));
        Ok(Self { cloud, address, endpoint: format!("http://{address}"), running, process: process::id() })
    }

    /// The base of every operation's address.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Where the simulator listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token that it accepts.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.cloud.token
    }

    /// The main tenant's IDs as they are now, in the order of a listing.
    #[must_use]
    pub fn instance_ids(&self) -> Vec<String> {
        self.cloud.fleet().listed_ids().map(str::to_owned).collect()
    }

    /// The virtual date.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        date(self.cloud.clock.now())
    }

    /// The virtual time.
    #[must_use]
    pub fn clock(&self) -> VirtualClock {
        self.cloud.clock.clone()
    }

    /// Changes one instance, of whatever tenant it is.
    ///
    /// # Errors
    ///
    /// No instance has this ID.
    pub fn change_instance(&self, id: &str, change: Change) -> Result<(), UnknownInstance> {
        self.cloud.fleet().change(id, change, self.cloud.clock.now())
    }

    /// Whether this process got the simulator by a fork: it runs in the parent, so nothing here can look into it.
    #[must_use]
    pub fn is_inherited(&self) -> bool {
        process::id() != self.process
    }

    /// Stops at once: closes the port and every connection, whatever is in flight, and ends the thread.
    /// In a forked child it does nothing.
    pub fn close(&self) {
        if self.is_inherited() {
            return;
        }
        // The lock is kept while the thread ends, so that a second caller returns no earlier than the first.
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Running { stop, thread }) = running.take() {
            drop(stop);
            // A panic has been reported already; closing has nothing to add to it.
            let _ = thread.join();
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if self.is_inherited() {
            // The thread is the parent's; here there is nothing to wake or to join.
            mem::forget(self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take());
        }
        self.close();
    }
}

fn listen(runtime: &Runtime, address: SocketAddr) -> io::Result<TcpListener> {
    let _context = runtime.enter();
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `stopped` resolves.
fn serve(runtime: Runtime, listener: TcpListener, cloud: Arc<Cloud>, stopped: oneshot::Receiver<()>) {
    let listener = listener.tap_io(|stream| {
        // Without it an answer of several packets could wait for an acknowledgement; it is as right with the delay.
        let _ = stream.set_nodelay(true);
    });
    runtime.block_on(async { drop(select(axum::serve(listener, routes(cloud)).into_future(), stopped).await) });
    // With the runtime go the connections, idle and busy ones alike.
    drop(runtime);
}
