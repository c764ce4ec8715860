//! Panics on the workers: told to nobody but the caller they concern.

use std::{
    cell::{Cell, RefCell},
    panic,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes panics of this thread write nothing; all other threads keep the hook that was there.
pub fn silence_this_thread() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                // The message stays untold, since it may quote what must not be shown.
                PLACE.set(info.location().map(ToString::to_string).unwrap_or_default());
            } else {
                before(info);
            }
        }));
    });
    QUIET.set(true);
}

/// Where in the source this thread's last panic was.
pub fn last_place() -> String {
    PLACE.take()
}

static ASKED: AtomicBool = AtomicBool::new(false);

/// Makes the next request panic: the only way to show from outside what a panic does.
pub fn panic_at_next_request() {
    ASKED.store(true, Ordering::SeqCst);
}

/// Panics when that was asked for.
pub(super) fn provoke_if_asked() {
    assert!(!ASKED.load(Ordering::Relaxed) || !ASKED.swap(false, Ordering::SeqCst), "a panic was asked for");
}
