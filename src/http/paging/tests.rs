//! Lists read from services that cap, shrink, grow and never end.

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
async fn rows_that_come_in_front_hide_none_behind_them() {
    let (before, after): (Vec<usize>, Vec<usize>) = ((0..40).collect(), (1000..1020).chain(0..40).collect());
    let (names, _) = read(1, move |number, size, nth| match nth {
        0..2 => (cut(&before, number, size), Some(40)),
        _ => (cut(&after, number, size), Some(60)),
    })
    .await;
    assert_eq!(names, texts(0..40));
}

#[tokio::test]
async fn a_service_that_never_ends_is_left() {
    let (names, asked) = read(1, |_, _, _| ((0..10).collect(), None)).await;
    assert_eq!((names, asked), (texts(0..10), 4));
    let (names, _) = read(1, |number, size, nth| {
        let fleet: Vec<usize> = (0..100).collect();
        (cut(&fleet, number, size), Some(if nth % 2 == 0 { 100 } else { 99 }))
    })
    .await;
    assert_eq!(names, texts(0..100));
}
