//! What a simulator says of itself, and the settings it refuses.

use crate::simulator::{Settings, Simulator};
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

fn refusal(settings: Settings) -> String {
    let error = Simulator::start(settings).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    error.to_string()
}

#[test]
fn settings_that_cannot_be_are_refused_by_name() {
    let usual = Settings::default;
    assert!(refusal(Settings { instances: usize::MAX, ..usual() }).starts_with("instances "));
    for speed in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e7] {
        assert!(refusal(Settings { speed, ..usual() }).starts_with("speed "));
    }
    for host in [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED), [192, 168, 0, 1].into()] {
        assert!(refusal(Settings { host, ..usual() }).starts_with("host "));
    }
    assert!(refusal(Settings { business_status: 500, ..usual() }).starts_with("business_status "));
    for max_page_size in [0, 201] {
        assert!(refusal(Settings { max_page_size, ..usual() }).starts_with("max_page_size "));
    }
}

#[test]
fn a_port_in_use_is_an_error_and_a_closed_one_is_free_again() {
    let first = Simulator::start(Settings::default()).unwrap();
    let same = || Simulator::start(Settings { port: first.address().port(), ..Settings::default() });
    assert_eq!(same().err().unwrap().kind(), ErrorKind::AddrInUse);
    first.close();
    assert_eq!(same().unwrap().address(), first.address());
}

#[test]
fn the_endpoint_names_host_and_port() {
    let cloud = Simulator::start(Settings::default()).unwrap();
    assert_eq!(cloud.endpoint(), format!("http://127.0.0.1:{}", cloud.address().port()));
    assert_ne!(cloud.address().port(), 0);
}

#[test]
fn a_fleet_can_be_empty() {
    assert!(Simulator::start(Settings { instances: 0, ..Settings::default() }).unwrap().instance_ids().is_empty());
}

#[test]
fn virtual_time_starts_in_2026_and_runs_at_its_speed() {
    let cloud = Simulator::start(Settings { speed: 1e6, ..Settings::default() }).unwrap();
    let start = chrono::DateTime::from_timestamp(1_767_225_600, 0).unwrap();
    assert_eq!(start.to_rfc3339(), "2026-01-01T00:00:00+00:00");
    while cloud.now() < start + chrono::TimeDelta::hours(1) {}
    assert!(cloud.clock().now() >= Duration::from_secs(3600));
    assert_eq!(cloud.clock().wall(Duration::from_secs(1000)), Duration::from_millis(1));
}
