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
    /// Pages that brought something new, and those since that did not.
    fruitful: i64,
    barren: i64,
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
            fruitful: 0,
            barren: 0,
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
        if number == 1 && 0 < rows && rows < self.page_size && self.total.is_none_or(|total| total > rows) {
            self.page_size = rows; // the service caps its pages: ask for what it gives, so that no row is skipped
        }
        self.next = number + 1;
        self.done = rows == 0 || self.total.is_some_and(|total| number.saturating_mul(self.page_size) >= total);
        page.items.retain(|row| self.seen.insert(row.key().to_owned()));
        Ok(self.is_worth_giving(&page, number).then_some(page))
    }

    /// Whether a page has anything new, or is the first. Rows that came in front of those that were read already push
    /// at most as many pages of known rows behind them; more come only from a service that never ends.
    fn is_worth_giving(&mut self, page: &Page<T>, number: i64) -> bool {
        if page.items.is_empty() {
            self.barren += 1;
            self.done |= self.barren > self.fruitful + 1;
            return number == 1 && self.steps_back == 0;
        }
        (self.fruitful, self.barren) = (self.fruitful + 1, 0);
        true
    }

    /// Goes back when rows were removed: those behind them moved into pages that were read already.
    fn step_back(&mut self, number: i64, fell: i64) -> bool {
        // A total that swings up and down for ever must not keep the pass from ending.
        if number == 1 || self.steps_back > number + 10 {
            return false;
        }
        self.steps_back += 1;
        self.barren = 0;
        self.next = (number - pages(fell, self.page_size)).max(1);
        true
    }
}

/// How many pages that many rows take.
fn pages(rows: i64, page_size: i64) -> i64 {
    if rows > 0 { (rows - 1) / page_size + 1 } else { 0 }
}

#[cfg(test)]
mod tests;
