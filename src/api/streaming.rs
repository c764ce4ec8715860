//! Making instances ready to stream: prepare, follow the preparation, wait.

use super::{
    ids::{InstanceId, InstanceIds, UserId},
    preparation,
};
use crate::{
    http::{
        batch::Rows,
        envelope::{Envelope, Reply},
    },
    python::{int_enum, model, operations, returned::PrepareReport, waits::Manner},
};

operations! {
    /// Brings instances to a state in which a user can stream them (BatchPrepareInstances).
    ///
    /// It only begins the preparation: `wait_until_ready` follows it, `prepare_and_wait` does both.
    /// A request is sent for each 100 instances.
    ///
    /// Args:
    ///     instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.
    ///     user_id: The user, at most 32 characters.
    ///
    /// Returns:
    ///     The state of each instance.
    ///
    /// Raises:
    ///     BatchError: Some of several requests failed; `.result` tells what became of every ID.
    ///     KooPhoneError: The only request failed; it has `.result`, too. `NotFoundError` for an unknown instance.
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An ID can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=2) as cloud, cloud.client() as client:
    ///     ...     client.prepare_instances(cloud.instance_ids, user_id="1008600000104285462")
    ///     <BatchResult: 2 succeeded, 0 failed>
    fn prepare_instances(instance_ids: InstanceIds; user_id: UserId) -> Batch<InstancePreparation>
        = POST "/v1/instances/prepare", limit preparation::LIMIT;

    /// Tells how far the preparation of one instance is (ShowProgress).
    ///
    /// Args:
    ///     instance_id: The instance, at most 32 characters.
    ///     user_id: The user that it is prepared for, at most 32 characters.
    ///
    /// Raises:
    ///     NotFoundError: There is no such instance.
    ///     KooPhoneError: The request failed.
    ///     ValueError: An ID can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=1, speed=100) as cloud, cloud.client() as client:
    ///     ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
    ///     ...     client.get_prepare_progress(cloud.instance_ids[0], user_id="1008600000104285462").status
    ///     <ProgressStatus.NORMAL: 0>
    fn get_prepare_progress(instance_id: InstanceId; user_id: UserId) -> PrepareProgress
        = POST "/v1/instances/prepare-progress";

    /// Prepares instances and waits until each is ready or has failed (BatchPrepareInstances, then ShowProgress).
    ///
    /// Instances that fail do not stop the others. One scheduler in the core follows them all.
    ///
    /// Args:
    ///     instance_ids: Any number of IDs, each at most 32 characters.
    ///     user_id: The user, at most 32 characters.
    ///     timeout: Seconds until the wait is given up, preparing included.
    ///     poll_interval: Seconds between two polls of one instance.
    ///     progress: Whether to draw a bar: tqdm's if that is installed, otherwise a line on stderr.
    ///     on_progress: Called with a `WaitProgress` when something changed, at most every 0.2 seconds, and at the end;
    ///         with `AsyncClient` it may be an `async def`. An exception from it ends the wait.
    ///
    /// Returns:
    ///     What became of each instance.
    ///
    /// Raises:
    ///     PrepareFailedError: Some instances failed, the others are ready; `.report` tells of each.
    ///     WaitTimeoutError: The time was up; `.report` tells of each.
    ///     AuthenticationError: The token was not accepted; `.report` tells of each.
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An argument can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=20, speed=100) as cloud, cloud.client() as client:
    ///     ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
    ///     >>> report.ok, len(report.ready)
    ///     (True, 20)
    fn prepare_and_wait(instance_ids: InstanceIds; user_id: UserId,
        timeout: f64 as timeout: "float" = 900.0, poll_interval: f64 as poll_interval: "float" = 3.0,
        progress: bool = false, on_progress: Option<OnProgress> = None,
    ) -> PrepareReport = |session| {
        let manner = Manner { timeout, poll_interval, progress, on_progress };
        preparation::work("prepare_and_wait", &session, instance_ids, user_id, true, &manner)
    };

    /// Waits until instances that are being prepared are ready or have failed (ShowProgress).
    ///
    /// The service keeps the state, so that another process can go on waiting where one ended.
    ///
    /// Args:
    ///     instance_ids: Any number of IDs, each at most 32 characters.
    ///     user_id: The user, at most 32 characters.
    ///     timeout: Seconds until the wait is given up.
    ///     poll_interval: Seconds between two polls of one instance.
    ///     progress: Whether to draw a bar: tqdm's if that is installed, otherwise a line on stderr.
    ///     on_progress: Called with a `WaitProgress` when something changed, at most every 0.2 seconds, and at the end;
    ///         with `AsyncClient` it may be an `async def`. An exception from it ends the wait.
    ///
    /// Returns:
    ///     What became of each instance.
    ///
    /// Raises:
    ///     PrepareFailedError: Some instances failed, the others are ready; `.report` tells of each.
    ///     WaitTimeoutError: The time was up; `.report` tells of each.
    ///     AuthenticationError: The token was not accepted; `.report` tells of each.
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An argument can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=20, speed=100) as cloud, cloud.client() as client:
    ///     ...     _ = client.prepare_instances(cloud.instance_ids, user_id="1008600000104285462")
    ///     ...     report = client.wait_until_ready(cloud.instance_ids, user_id="1008600000104285462")
    ///     >>> report.ok
    ///     True
    fn wait_until_ready(instance_ids: InstanceIds; user_id: UserId,
        timeout: f64 as timeout: "float" = 900.0, poll_interval: f64 as poll_interval: "float" = 3.0,
        progress: bool = false, on_progress: Option<OnProgress> = None,
    ) -> PrepareReport = |session| {
        let manner = Manner { timeout, poll_interval, progress, on_progress };
        preparation::work("wait_until_ready", &session, instance_ids, user_id, false, &manner)
    };
}

model! {
    /// What prepare answers for one instance.
    ///
    /// Example:
    ///     >>> koophone.InstancePreparation(instance_id="a44uhlf7", status=koophone.PrepareStatus.READY)
    ///     InstancePreparation(instance_id='a44uhlf7', status=<PrepareStatus.READY: 0>)
    pub struct InstancePreparation {
        required {
            /// The instance.
            instance_id: String,
            /// Its state.
            status: PrepareStatus,
        }
        optional {}
    }
}

impl Reply for Rows<InstancePreparation> {
    fn read(envelope: &Envelope<'_>) -> Result<Self, String> {
        let rows: Vec<InstancePreparation> = envelope.read_field("status_list")?.ok_or("data.status_list: missing")?;
        Ok(Self::Each(rows.into_iter().map(|row| (row.instance_id.clone(), row)).collect()))
    }
}

model! {
    /// How far the preparation of an instance is.
    ///
    /// Example:
    ///     >>> koophone.PrepareProgress(status=koophone.ProgressStatus.QUEUING, waiting_count=2).to_dict()
    ///     {'status': 1, 'waiting_count': 2, 'extra': {}}
    pub struct PrepareProgress {
        required {
            /// The state; `NORMAL` is ready.
            status: ProgressStatus,
        }
        optional {
            /// What the service says of the queue; it does not say in which unit.
            waiting_count: i64 = "waitingCount",
        }
    }
}

int_enum!(PrepareStatus, ProgressStatus);

impl PrepareStatus {
    /// Nothing is left to do.
    pub const READY: Self = Self(0);
    /// The service gave up on it.
    pub const EXPIRY_BACKUP_RESTORE_FAILED: Self = Self(9);
}

impl ProgressStatus {
    /// Nothing is left to do.
    pub const NORMAL: Self = Self(0);
    /// The service gave up on it.
    pub const FAILED: Self = Self(-1);
}
