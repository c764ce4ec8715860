//! What the service offers: one file a resource. A new operation is one declaration here.

pub mod ids;
pub mod instances;
pub mod jobs;
mod lookup;
mod preparation;
pub mod streaming;
pub mod times;
