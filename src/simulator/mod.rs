//! A KooPhone of our own: a stateful service on a loopback port. It shares no code with the client.
