//! What the simulator promises, over real sockets.

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
