//! Lists that come in pages: every row once, whatever the fleet does meanwhile.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use tokio::task::JoinHandle;

use super::{
    Error, Result,
    envelope::{Envelope, PageFields, Reply},
    error::Cause,
    panics,
    wire::Wire,
};

/// One page as the service gave it.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// What the service said of it.
    pub fields: PageFields,
    /// The ID of the request that it answered.
    pub request_id: Option<String>,
}

/// A row that can be told from others.
pub trait Row: Wire + Send + Sync + 'static {
    /// What tells it.
    fn key(&self) -> &str;
}

impl<T: Row> Reply for Page<T> {
    fn read(envelope: &Envelope<'_>) -> std::result::Result<Self, String> {
        let fields = envelope.page_fields()?;
        let request_id = Some(envelope.answers.clone());
        match (envelope.read_field("result")?, fields.total_count) {
            (None, Some(1..)) => Err("data.result: missing, though total_count says that there are rows".into()),
            (items, _) => Ok(Self { items: items.unwrap_or_default(), fields, request_id }),
        }
    }
}

/// Fetches the page of that number and size.
pub type Fetch<T> = Arc<dyn Fn(i64, i64) -> BoxFuture<'static, Result<Page<T>>> + Send + Sync>;

/// One reading of a list, from its first page to its last.
pub struct Pass<T> {
    fetch: Fetch<T>,
    operation: &'static str,
    /// How many pages are fetched before they are asked for; 1 until the total is known.
    window: usize,
    page_size: i64,
    next: i64,
    done: bool,
    total: Option<i64>,
    seen: HashSet<String>,
    last_keys: Vec<String>,
    steps_back: i64,
    ahead: VecDeque<(i64, Ahead<T>)>,
}

/// A page that is fetched before it is asked for; dropping it ends the request.
struct Ahead<T>(JoinHandle<Result<Page<T>>>);

impl<T> Drop for Ahead<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T: Row> Pass<T> {
    /// Begins one; nothing is fetched yet.
    pub fn new(operation: &'static str, page_size: i64, window: usize, fetch: Fetch<T>) -> Self {
        Self {
            fetch,
            operation,
            window,
            page_size,
            next: 1,
            done: false,
            total: None,
            seen: HashSet::new(),
            last_keys: Vec::new(),
            steps_back: 0,
            ahead: VecDeque::new(),
        }
    }

    /// How many rows there are, as the last page said.
    pub fn total(&self) -> Option<i64> {
        self.total
    }

    /// The next page, without rows that came before; `None` after the last.
    ///
    /// # Errors
    /// Its request failed; the same page can be asked for again.
    pub async fn next_page(&mut self) -> Result<Option<Page<T>>> {
        while !self.done {
            let number = self.next;
            let page = match self.take_ahead(number) {
                Some(mut ahead) => (&mut ahead.0).await.unwrap_or_else(|_| self.panicked())?,
                None => (self.fetch)(number, self.page_size).await?,
            };
            if let Some(page) = self.accept(number, page)? {
                self.look_ahead();
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    fn take_ahead(&mut self, number: i64) -> Option<Ahead<T>> {
        if self.ahead.front().is_some_and(|(ahead, _)| *ahead != number) {
            self.ahead.clear(); // what was fetched ahead was cut at other places of the list
        }
        self.ahead.pop_front().map(|(_, ahead)| ahead)
    }

    fn look_ahead(&mut self) {
        let last = match self.total {
            Some(total) => pages(total, self.page_size),
            None => self.next, // the end is unknown: one page at a time
        };
        let from = self.ahead.back().map_or(self.next, |(number, _)| number + 1);
        let room = i64::try_from(self.window - self.ahead.len().min(self.window)).unwrap_or(i64::MAX);
        for number in from..from.saturating_add(room).min(last.saturating_add(1)) {
            if !self.done {
                self.ahead.push_back((number, Ahead(tokio::spawn((self.fetch)(number, self.page_size)))));
            }
        }
    }

    fn panicked(&self) -> Result<Page<T>> {
        Err(Error::new(self.operation, Cause::Internal(panics::last_place())))
    }

    /// Takes a page in; `None` when it is to be left out: the list ended, or has to be read again from further back.
    fn accept(&mut self, number: i64, mut page: Page<T>) -> Result<Option<Page<T>>> {
        let rows = i64::try_from(page.items.len()).unwrap_or(i64::MAX);
        if number == 1 && rows == 0 && page.fields.total_count.is_some_and(|total| total > 0) && self.steps_back == 0 {
            let text = "data.result: empty, though total_count says that there are rows".into();
            return Err(Error::new(self.operation, Cause::Undecodable { text, status: 200 }));
        }
        if page.fields.total_count.is_some_and(|total| total < rows) {
            page.fields.total_count = None; // a total that the page itself exceeds says nothing
        }
        let fell = self.total.zip(page.fields.total_count).map_or(0, |(before, now)| before - now);
        self.total = page.fields.total_count.or(self.total);
        if fell > 0 && self.step_back(number, fell) {
            return Ok(None);
        }
        let keys: Vec<String> = page.items.iter().map(|row| row.key().to_owned()).collect();
        if number == 1 && 0 < rows && rows < self.page_size && self.total.is_none_or(|total| total > rows) {
            self.page_size = rows; // the service caps its pages: ask for what it gives, so that no row is skipped
        }
        self.next = number + 1;
        self.done = rows == 0 || self.total.is_some_and(|total| number.saturating_mul(self.page_size) >= total);
        if number > 1 && (rows == 0 || keys == self.last_keys) {
            self.done = true; // nothing more, or a service that gives the same page for every number
            return Ok(None);
        }
        page.items.retain(|row| self.seen.insert(row.key().to_owned()));
        self.last_keys = keys;
        Ok(Some(page))
    }

    /// Goes back when rows were removed: those behind them moved into pages that were read already.
    fn step_back(&mut self, number: i64, fell: i64) -> bool {
        // A total that swings up and down for ever must not keep the pass from ending.
        if number == 1 || self.steps_back > number + 10 {
            return false;
        }
        self.steps_back += 1;
        self.next = (number - pages(fell, self.page_size)).max(1);
        self.last_keys.clear();
        true
    }
}

/// How many pages that many rows take.
fn pages(rows: i64, page_size: i64) -> i64 {
    if rows > 0 { (rows - 1) / page_size + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug)]
    struct Name(String);

    impl Wire for Name {
        fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
            String::read(deserializer).map(Self)
        }
    }

    impl Row for Name {
        fn key(&self) -> &str {
            &self.0
        }
    }

    /// Reads a list whose page of a number and size, at the nth request, is what `serve` says.
    async fn read(
        window: usize,
        serve: impl Fn(i64, i64, usize) -> (Vec<usize>, Option<i64>) + Send + Sync + 'static,
    ) -> (Vec<String>, usize) {
        let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let (serve, count) = (Arc::new(serve), asked.clone());
        let fetch: Fetch<Name> = Arc::new(move |number, size| {
            let (serve, count) = (serve.clone(), count.clone());
            Box::pin(async move {
                let nth = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let (rows, total_count) = serve(number, size, nth);
                let items = rows.into_iter().map(|row| Name(row.to_string())).collect();
                Ok(Page { items, fields: PageFields { total_count, ..PageFields::default() }, request_id: None })
            })
        });
        let mut pass = Pass::new("list", 10, window, fetch);
        let mut names = Vec::new();
        while let Some(page) = pass.next_page().await.unwrap() {
            names.extend(page.items.into_iter().map(|name| name.0));
        }
        (names, asked.load(std::sync::atomic::Ordering::SeqCst))
    }

    fn cut(fleet: &[usize], number: i64, size: i64) -> Vec<usize> {
        let (number, size) = (usize::try_from(number).unwrap(), usize::try_from(size).unwrap());
        fleet.iter().skip((number - 1) * size).take(size).copied().collect()
    }

    fn texts(rows: impl IntoIterator<Item = usize>) -> Vec<String> {
        rows.into_iter().map(|row| row.to_string()).collect()
    }

    #[tokio::test]
    async fn side_by_side_keeps_the_order() {
        let fleet: Vec<usize> = (0..95).collect();
        let (names, asked) = read(4, move |number, size, _| (cut(&fleet, number, size), Some(95))).await;
        assert_eq!((names, asked), (texts(0..95), 10));
    }

    #[tokio::test]
    async fn a_capped_page_size_skips_nothing() {
        for total in [Some(25), None] {
            let fleet: Vec<usize> = (0..25).collect();
            let (names, _) = read(1, move |number, size, _| (cut(&fleet, number, size.min(4)), total)).await;
            assert_eq!(names, texts(0..25));
        }
    }

    #[tokio::test]
    async fn a_total_that_cannot_be_right_is_passed_over() {
        for total in [Some(0), Some(-1), Some(7)] {
            let fleet: Vec<usize> = (0..25).collect();
            let (names, _) = read(4, move |number, size, _| (cut(&fleet, number, size), total)).await;
            assert_eq!(names, texts(0..25), "{total:?}");
        }
    }

    #[tokio::test]
    async fn rows_that_move_forward_are_found_by_going_back() {
        let (before, after): (Vec<usize>, Vec<usize>) = ((0..40).collect(), (3..40).collect());
        let (names, _) = read(1, move |number, size, nth| match nth {
            0 => (cut(&before, number, size), Some(40)),
            _ => (cut(&after, number, size), Some(37)),
        })
        .await;
        assert_eq!(names, texts(0..40));
    }

    #[tokio::test]
    async fn a_service_that_never_ends_is_left() {
        let (names, asked) = read(1, |_, _, _| ((0..10).collect(), None)).await;
        assert_eq!((names, asked), (texts(0..10), 2));
        let (names, _) = read(1, |number, size, nth| {
            let fleet: Vec<usize> = (0..100).collect();
            (cut(&fleet, number, size), Some(if nth % 2 == 0 { 100 } else { 99 }))
        })
        .await;
        assert_eq!(names, texts(0..100));
    }
}
