//! Threads, ports and connections end when a simulator does.

use super::caller::{Caller, PREPARE};
use crate::simulator::{Settings, Simulator};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;

fn connected(cloud: &Simulator, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(cloud.address()).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

/// Reads until the peer has closed, politely or not.
fn rest_of(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
    bytes
}

#[test]
fn closing_ends_idle_connections_and_requests_in_flight() {
    let cloud = Simulator::start(Settings::default()).unwrap();
    let mut kept_alive = connected(&cloud, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_ne!(kept_alive.read(&mut [0; 4096]).unwrap(), 0);
    let half = format!("POST {PREPARE} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
    let mut in_flight = connected(&cloud, half.as_bytes());
    // The interim answer tells that the request has reached its operation.
    assert_ne!(in_flight.read(&mut [0; 4096]).unwrap(), 0);
    let silent = connected(&cloud, b"");
    cloud.close();
    assert!(rest_of(kept_alive).is_empty());
    assert!(rest_of(in_flight).is_empty());
    assert!(rest_of(silent).is_empty());
    assert_eq!(TcpStream::connect(cloud.address()).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn closing_twice_and_dropping_afterwards_are_fine() {
    let cloud = Simulator::start(Settings::default()).unwrap();
    let ids = cloud.instance_ids();
    cloud.close();
    cloud.close();
    assert_eq!(cloud.instance_ids(), ids);
}

#[test]
fn dropping_closes() {
    let cloud = Simulator::start(Settings::default()).unwrap();
    let address = cloud.address();
    drop(cloud);
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn hundreds_live_side_by_side_and_leave_no_thread_behind() {
    let callers: Vec<Caller> =
        (0..200).map(|seed| Caller::new(Settings { seed, instances: 1, ..Settings::default() })).collect();
    for caller in &callers {
        let page = caller.list(&[("page_no", "1"), ("page_size", "1")]).await;
        assert_eq!(page.ids(), caller.cloud.instance_ids());
    }
    let addresses: Vec<_> = callers.iter().map(|caller| caller.cloud.address()).collect();
    drop(callers);
    for address in addresses {
        assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}

#[test]
fn a_simulator_serves_from_any_thread() {
    fn shared<T: Send + Sync>(_: &T) {}
    let cloud = Simulator::start(Settings::default()).unwrap();
    shared(&cloud);
    shared(&cloud.clock());
    let counts = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| cloud.instance_ids().len())).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(counts, [200; 4]);
}
