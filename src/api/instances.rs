//! Instances: list, look up, reset, delete.

use super::{
    ids::{InstanceId, InstanceIds},
    jobs::Job,
    lookup,
    times::{EndTime, Moment, OptionalMoment, StartTime},
};
use crate::{
    http::{paging::Row, wire},
    python::{
        int_enum, model, operations,
        returned::{Nothing, Plain},
        work::plain,
    },
};

operations! {
    /// Lists the instances of the project (ListInstances).
    ///
    /// Nothing is sent before the first page is asked for. While one page is read, the next is being fetched.
    ///
    /// Args:
    ///     instance_id: Only this instance, at most 32 characters.
    ///     instance_name: Only instances with this name.
    ///     start_time: Only instances from then on; a naive time is taken as UTC.
    ///     end_time: Only instances until then; a naive time is taken as UTC.
    ///     pool_scene_tag: Only this scene, `"CLOUD_APP"` or `"CLOUD_PHONE"`.
    ///     pool_name: Only this node group.
    ///     order: `"asc"` or `"desc"`.
    ///     order_by: The field to sort by.
    ///     page_size: How many instances to ask for at a time, 1 to 200. The service may give fewer.
    ///
    /// Returns:
    ///     A pager: iterate over it, over its `pages()`, or `collect()` it.
    ///
    /// Raises:
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An argument can never be right.
    ///     KooPhoneError: While reading: a page could not be had.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=3) as cloud, cloud.client() as client:
    ///     ...     [phone.instance_name for phone in client.list_instances()]
    ///     ['demo-00001', 'demo-00002', 'demo-00003']
    fn list_instances(;
        instance_id: Option<InstanceId> = None,
        instance_name: Option<String> = None,
        #[serde(rename = "query_start_time")] start_time: Option<StartTime> = None,
        #[serde(rename = "query_end_time")] end_time: Option<EndTime> = None,
        pool_scene_tag: Option<String> = None,
        pool_name: Option<String> = None,
        order: Option<String> = None,
        order_by: Option<String> = None,
    ) -> Pager<Instance> = GET "/v1/instances/batch-query", id_in_query;

    /// Gives the one instance with exactly this ID (ListInstances, with the ID as filter).
    ///
    /// Args:
    ///     instance_id: The instance, at most 32 characters.
    ///
    /// Raises:
    ///     NotFoundError: There is none, with `code` None and `status` 200.
    ///     KooPhoneError: The list could not be had.
    ///     ValueError: The ID can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=3) as cloud, cloud.client() as client:
    ///     ...     client.get_instance(cloud.instance_ids[1]).instance_name
    ///     'demo-00002'
    fn get_instance(instance_id: InstanceId) -> Plain<Instance>
        = |session| Ok(Work::new("get_instance", lookup::find(session, instance_id), plain));

    /// Resets instances: each goes back to its initial state, and its user's data is gone (BatchResetInstance).
    ///
    /// A request is sent for each 100 instances.
    ///
    /// Args:
    ///     instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.
    ///
    /// Returns:
    ///     A `Job` for each instance; without `task_id` and `job_id` where the service tells none.
    ///
    /// Raises:
    ///     BatchError: Some of several requests failed; `.result` tells what became of every ID.
    ///     KooPhoneError: The only request failed; it has `.result`, too.
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An ID can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=3) as cloud, cloud.client() as client:
    ///     ...     client.reset_instances(cloud.instance_ids[:2])
    ///     <BatchResult: 2 succeeded, 0 failed>
    fn reset_instances(instance_ids: InstanceIds) -> Batch<Job> = POST "/v1/instances/batch-reset", limit 100;

    /// Deletes (unsubscribes) yearly/monthly instances for good (DeleteInstance).
    ///
    /// A request is sent for each 100 instances.
    ///
    /// Args:
    ///     instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.
    ///
    /// Returns:
    ///     None for each instance that was deleted.
    ///
    /// Raises:
    ///     BatchError: Some of several requests failed; `.result` tells what became of every ID.
    ///     KooPhoneError: The only request failed; it has `.result`, too. `ConflictError` for pay-per-use instances.
    ///     TypeError: An argument has the wrong type.
    ///     ValueError: An ID can never be right.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=3) as cloud, cloud.client() as client:
    ///     ...     result = client.delete_instances(cloud.instance_ids[:2])
    ///     ...     len(result), len(client.list_instances().collect())
    ///     (2, 1)
    fn delete_instances(#[serde(rename = "instanceIdList")] instance_ids: InstanceIds) -> Batch<Nothing>
        = POST "/v1/instances/delete", limit 100;
}

model! {
    /// A cloud phone, as lists show it. What the service leaves out is None.
    ///
    /// Example:
    ///     >>> from koophone.testing import Simulator
    ///     >>> with Simulator(instances=1) as cloud, cloud.client() as client:
    ///     ...     match client.get_instance(cloud.instance_ids[0]):
    ///     ...         case koophone.Instance(frozen_status=koophone.FrozenStatus.NORMAL, instance_name=name):
    ///     ...             name
    ///     'demo-00001'
    pub struct Instance {
        required {
            /// Its ID.
            instance_id: String,
        }
        optional {
            /// Its name.
            instance_name: String,
            /// The ID of its region, as `"cn-north-4"`.
            region: String,
            /// What it is, for people to read; no SKU ID.
            instance_sku: String,
            /// Whether it is frozen.
            frozen_status: FrozenStatus,
            /// Whether it runs.
            running_status: RunningStatus,
            /// Whether somebody is logged in.
            login_status: LoginStatus,
            /// Whether it is assigned to a user.
            assign_status: AssignStatus,
            /// The ID of that user.
            assign_user: String,
            /// How it is paid, a digit.
            billing_mode: String,
            /// The ID of its project.
            project_id: String,
            /// The name of its project.
            project_name: String,
            /// The physical phone that it occupies; None while it has none.
            phone_id: String => wire::TextOrNull,
            /// The member that it belongs to.
            member_name: String,
            /// The account that it belongs to.
            account_name: String,
            /// Its region, for people to read.
            region_name: String,
            /// Its region, for people to read, in English.
            region_name_en: String,
            /// How its last backup is.
            backup_status: TransferStatus,
            /// When it was last backed up, UTC.
            backup_time: Moment => OptionalMoment,
            /// How its last restoration is.
            restore_status: TransferStatus,
            /// When it was last restored, UTC.
            restore_time: Moment => OptionalMoment,
        }
    }
}

impl Row for Instance {
    fn key(&self) -> &str {
        &self.instance_id
    }
}

int_enum!(AssignStatus, FrozenStatus, LoginStatus, RunningStatus, TransferStatus);
