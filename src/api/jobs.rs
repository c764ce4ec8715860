//! Jobs: what the service goes on with after it has answered.

use crate::{
    http::{
        batch::Rows,
        envelope::{Envelope, Reply},
    },
    python::model::{Extra, model},
};

model! {
    /// A job that the service carries out for one instance.
    ///
    /// Example:
    ///     >>> koophone.Job(instance_id="a44uhlf7", task_id="RM_1", job_id="2")
    ///     Job(instance_id='a44uhlf7', task_id='RM_1', job_id='2')
    pub struct Job {
        required {
            /// The instance.
            instance_id: String,
        }
        optional {
            /// The task that the job belongs to; None if the service did not tell.
            task_id: String,
            /// The job; None if the service did not tell.
            job_id: String,
        }
    }
}

impl Reply for Rows<Job> {
    /// Older editions of the service answer without data, later ones with a task and a job for each instance.
    fn read(envelope: &Envelope<'_>) -> Result<Self, String> {
        let task_id: Option<String> = envelope.read_field("task_id")?;
        let of_task = move |job: Job| Job { task_id: job.task_id.or_else(|| task_id.clone()), ..job };
        Ok(match envelope.read_field::<Vec<Job>>("cmd_jobs")? {
            None => Self::Alike(Box::new(move |id| of_task(Job::of(id)))),
            Some(jobs) => Self::Each(jobs.into_iter().map(|job| (job.instance_id.clone(), of_task(job))).collect()),
        })
    }
}

impl Job {
    fn of(instance_id: &str) -> Self {
        Self { instance_id: instance_id.to_owned(), task_id: None, job_id: None, unnamed: Extra::default() }
    }
}
