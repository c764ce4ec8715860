//! The service's operations: one file and one route each.

mod arguments;
mod delete;
mod listing;
mod page_query;
mod prepare;
mod progress;
mod reset;

use super::cloud::Cloud;
use super::gateway::{no_such_api, operation};
use axum::Router;
use axum::routing::MethodFilter;
use std::sync::Arc;

pub(super) fn routes(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/v1/instances/batch-query", operation(MethodFilter::GET, listing::list_instances))
        .route("/v1/instances/prepare", operation(MethodFilter::POST, prepare::prepare_instances))
        .route("/v1/instances/prepare-progress", operation(MethodFilter::POST, progress::show_progress))
        .route("/v1/instances/batch-reset", operation(MethodFilter::POST, reset::reset_instances))
        .route("/v1/instances/delete", operation(MethodFilter::POST, delete::delete_instances))
        .fallback(no_such_api)
        .method_not_allowed_fallback(no_such_api)
        .with_state(cloud)
}
