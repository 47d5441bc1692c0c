//! The thread that owns the connection. Jobs wait in a bounded queue; all that wait share the next transaction, so that a
//! thousand classes cost hardly more commits than one.

use std::{
    io,
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::{error::StorageError, journal::Answer};

/// Jobs that may wait. A job that finds no room is refused at once: whoever asked can say so, memory stays bounded.
const QUEUE: usize = 1024;

/// Most jobs in one transaction: bounds how long the first of them waits for its answer to some 10 ms.
const BATCH: usize = 256;

/// What has to be done before a job may be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The commit: survives the death of the process.
    Commit,
    /// Also moving the log into the file and emptying it: survives a power loss, and deleted bytes are gone.
    Checkpoint,
}

/// Tells the one who asked, once it is known whether what had to be done after the work succeeded.
type Settle = Box<dyn FnOnce(Result<(), StorageError>)>;

/// Runs in the transaction, or learns why there is none.
type Work = Box<dyn FnOnce(Result<&mut Transaction, StorageError>) -> Done + Send>;

/// What is left of a job when its work was tried.
struct Done {
    failure: Option<StorageError>,
    settle: Settle,
}

struct Job {
    after: After,
    work: Work,
}

pub(super) struct Writer {
    queue: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> io::Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || run(connection, &jobs))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Queues `work`. It sees everything that earlier jobs did, and leaves nothing behind when it fails.
    pub(super) fn submit<T: Send + 'static>(
        &self,
        after: After,
        work: impl FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    ) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(
            move |transaction: Result<&mut Transaction, StorageError>| -> Done {
                let outcome = transaction.and_then(|transaction| in_savepoint(transaction, work));
                Done {
                    failure: outcome.as_ref().err().cloned(),
                    // Nobody may be waiting for the answer any more; the work counts all the same.
                    settle: Box::new(move |committed| drop(reply.send(committed.and(outcome)))),
                }
            },
        );
        let queue = self
            .queue
            .as_ref()
            .expect("the queue exists until the writer is dropped");
        let queued = queue
            .try_send(Job { after, work })
            .map_err(|error| match error {
                TrySendError::Full(_) => StorageError::Clogged,
                TrySendError::Disconnected(_) => StorageError::Closed,
            });
        Box::pin(async move {
            queued?;
            answer.await.unwrap_or(Err(StorageError::Closed))
        })
    }
}

impl Drop for Writer {
    /// Without a queue the thread ends after the last job.
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(Err(_)) = self.thread.take().map(JoinHandle::join) {
            tracing::error!("the journal's thread panicked");
        }
    }
}

fn in_savepoint<T>(
    transaction: &mut Transaction,
    work: impl FnOnce(&Connection) -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    let savepoint = transaction.savepoint()?;
    let outcome = work(&savepoint)?;
    savepoint.commit()?;
    Ok(outcome)
}

fn run(mut connection: Connection, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let batch: Vec<Job> = std::iter::once(first)
            .chain(jobs.try_iter())
            .take(BATCH)
            .collect();
        write(&mut connection, batch);
    }
}

fn write(connection: &mut Connection, batch: Vec<Job>) {
    let checkpoints = batch.iter().any(|job| job.after == After::Checkpoint);
    let (settles, committed) = commit(connection, batch);
    if let Err(error) = &committed {
        tracing::error!(%error, "the journal could not commit");
    }
    let checkpointed = match &committed {
        Ok(()) if checkpoints => checkpoint(connection),
        other => other.clone(),
    };
    for (after, settle) in settles {
        settle(match after {
            After::Commit => committed.clone(),
            After::Checkpoint => checkpointed.clone(),
        });
    }
}

fn commit(
    connection: &mut Connection,
    batch: Vec<Job>,
) -> (Vec<(After, Settle)>, Result<(), StorageError>) {
    let mut transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(StorageError::from);
    let mut settles = Vec::with_capacity(batch.len());
    for job in batch {
        let done = (job.work)(transaction.as_mut().map_err(|error| error.clone()));
        settles.push((job.after, done.settle));
        // SQLite answers a full or broken disk by rolling the whole transaction back by itself. What ran after that would be
        // kept on its own, though the batch is answered as failed; so it does not run.
        if let (Ok(open), Some(failure)) = (&transaction, done.failure)
            && open.is_autocommit()
        {
            transaction = Err(failure);
        }
    }
    let committed = transaction.and_then(|open| open.commit().map_err(StorageError::from));
    (settles, committed)
}

/// Moves the log into the file and empties it.
fn checkpoint(connection: &Connection) -> Result<(), StorageError> {
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0))?;
    if busy {
        Err(StorageError::failed(io::Error::other("the log is in use")))
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
