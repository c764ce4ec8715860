//! What a simulator can be told before it starts.

use std::net::{IpAddr, Ipv4Addr};
use thiserror::Error;

/// A day in less than a tenth of a second; durations add up without overflow.
const GREATEST_SPEED: f64 = 1e6;

/// Where the answer of a listing has `page_no`, `page_size` and `total_count`; the service's documents disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFields {
    /// Inside `data`, as the documents' tables have it.
    Inside,
    /// Beside `data`, as the documents' samples have it.
    Beside,
    /// In both places.
    Both,
}

/// The size of the fleet, the pace of time, and the shapes that the service's documents disagree on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many instances the main tenant has at the start; at most 1,000,000.
    pub instances: usize,
    /// Fleet, durations and identifiers follow from it.
    pub seed: u64,
    /// Virtual seconds a second; above 0 and at most 1,000,000.
    pub speed: f64,
    /// A loopback address.
    pub host: IpAddr,
    /// 0 is any free port.
    pub port: u16,
    /// Where a listing's page fields are.
    pub page_fields: PageFields,
    /// HTTP status of business errors: 200, or 400 for the documented 4xx and 5xx.
    pub business_status: u16,
    /// Whether the answer of a reset has `data`.
    pub reset_data: bool,
    /// Whether the error code of a success is the number 0 and not the text.
    pub numeric_error_code: bool,
    /// Rows of a page at most, however many were asked for; 1 to 200.
    pub max_page_size: u32,
}

/// A setting that cannot be; its text begins with the setting's name.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidSetting {
    /// More instances than fit into a process with ease.
    #[error("instances must be at most {}", Settings::MOST_INSTANCES)]
    Instances,
    /// A speed at which time would stand still, run backwards or end.
    #[error("speed must be above 0 and at most {GREATEST_SPEED}")]
    Speed,
    /// An address that other machines could reach.
    #[error("host must be a loopback address: the simulator has no protection against strangers")]
    Host,
    /// Neither 200 nor 400.
    #[error("business_status must be 200 or 400")]
    BusinessStatus,
    /// A page that holds nothing, or more than the service's limit.
    #[error("max_page_size must be between 1 and {}", Settings::LARGEST_PAGE)]
    MaxPageSize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            instances: 200,
            seed: 0,
            speed: 1.0,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            page_fields: PageFields::Inside,
            business_status: 200,
            reset_data: true,
            numeric_error_code: false,
            max_page_size: Self::LARGEST_PAGE,
        }
    }
}

impl Settings {
    /// The largest fleet to start with.
    pub const MOST_INSTANCES: usize = 1_000_000;
    /// The service's own limit on the rows of a page.
    pub const LARGEST_PAGE: u32 = 200;

    /// Tells whether a simulator can start with these settings.
    ///
    /// # Errors
    ///
    /// The first setting that cannot be.
    pub fn check(&self) -> Result<(), InvalidSetting> {
        let rules = [
            (self.instances <= Self::MOST_INSTANCES, InvalidSetting::Instances),
            (self.speed > 0.0 && self.speed <= GREATEST_SPEED, InvalidSetting::Speed),
            (self.host.is_loopback(), InvalidSetting::Host),
            (matches!(self.business_status, 200 | 400), InvalidSetting::BusinessStatus),
            ((1..=Self::LARGEST_PAGE).contains(&self.max_page_size), InvalidSetting::MaxPageSize),
        ];
        rules.into_iter().find(|(kept, _)| !kept).map_or(Ok(()), |(_, broken)| Err(broken))
    }
}
