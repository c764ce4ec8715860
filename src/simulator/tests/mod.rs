//! What the simulator promises, over real sockets.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod caller;
mod deleting;
mod determinism;
mod gateway;
mod life;
mod lifetime;
mod listing;
mod preparing;
mod resetting;
mod shapes;
mod starting;
