//! A service of our own: stateful, on a loopback port. It shares no code with the client.
//!
//! A request comes in through the `server`, is admitted by `gateway`, handled by one of the `operations` and wrapped by
//! `answers`. What the operations change is the `fleet` of `instance`s, each of which lives its own `life`.

mod answers;
mod change;
mod clock;
mod cloud;
mod draw;
mod fleet;
mod gateway;
mod generation;
mod instance;
mod life;
mod operations;
mod row;
mod server;
mod settings;
#[cfg(test)]
mod tests;

pub use change::{Change, MAIN_TENANT, UnknownInstance};
pub use clock::VirtualClock;
pub use server::Simulator;
pub use settings::{InvalidSetting, PageFields, Settings};
