//! How a call travels; knows no Python and no operation.
