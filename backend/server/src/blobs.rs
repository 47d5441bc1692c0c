//! Blobs: immutable answers at an address of content, each produced and compressed once however many ask, kept within a byte
//! budget. What a blob contains is its producer's matter.

use std::sync::Arc;

use bytes::Bytes;
use moka::future::Cache;
use tokio::sync::Semaphore;

use crate::{encoding::Encoding, refusal::Refusal};

/// A blob in one encoding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    encoding: Encoding,
}

/// Blobs that were asked for lately.
#[derive(Clone)]
pub struct Blobs {
    cache: Cache<Key, Bytes>,
    /// As many compressions at a time as there are cores: web threads keep their share of the processor.
    compressing: Arc<Semaphore>,
}

/// What an entry costs beside its bytes: key, bookkeeping and allocation.
const OVERHEAD_BYTES: usize = 256;

impl Blobs {
    /// None yet, at most `budget_bytes` of them.
    #[must_use]
    pub fn new(budget_bytes: u64, cores: usize) -> Self {
        let weigh = |_: &Key, bytes: &Bytes| {
            u32::try_from(bytes.len() + OVERHEAD_BYTES).unwrap_or(u32::MAX)
        };
        Self {
            cache: Cache::builder()
                .max_capacity(budget_bytes)
                .weigher(weigh)
                .build(),
            compressing: Arc::new(Semaphore::new(cores)),
        }
    }

    /// The blob at `address` in `encoding`; `produce` makes its raw bytes when it is not here.
    ///
    /// # Errors
    /// What `produce` answers; nothing is kept then.
    pub async fn get(
        &self,
        address: &str,
        encoding: Encoding,
        produce: impl Future<Output = Result<Bytes, Refusal>>,
    ) -> Result<Bytes, Refusal> {
        let key = Key {
            address: address.to_owned(),
            encoding,
        };
        let fill = async {
            metrics::counter!("convocation_blob_misses_total").increment(1);
            self.compress(produce.await?, encoding).await
        };
        metrics::counter!("convocation_blob_requests_total").increment(1);
        self.cache
            .try_get_with(key, fill)
            .await
            .map_err(|refusal| Refusal::clone(&refusal))
    }

    async fn compress(&self, raw: Bytes, encoding: Encoding) -> Result<Bytes, Refusal> {
        if encoding == Encoding::Identity {
            return Ok(raw);
        }
        let _turn = self
            .compressing
            .acquire()
            .await
            .map_err(|_| Refusal::Internal)?;
        tokio::task::spawn_blocking(move || encoding.encode(raw))
            .await
            .map_err(|_| Refusal::Internal)
    }

    /// Bytes kept now.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.cache.weighted_size()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn however_many_ask_a_blob_is_produced_once() {
        let blobs = Blobs::new(1 << 20, 1);
        let produced = AtomicU32::new(0);
        let ask = || {
            blobs.get("a", Encoding::Gzip, async {
                produced.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok(Bytes::from(vec![7; 1000]))
            })
        };
        let (a, b, c) = tokio::join!(ask(), ask(), ask());
        assert_eq!(a.unwrap(), b.unwrap());
        assert!(c.unwrap().len() < 100);
        assert_eq!(produced.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_refusal_is_not_kept() {
        let blobs = Blobs::new(1 << 20, 1);
        let refused = blobs
            .get("a", Encoding::Identity, async { Err(Refusal::Busy) })
            .await;
        assert_eq!(refused, Err(Refusal::Busy));
        let answered = blobs
            .get("a", Encoding::Identity, async {
                Ok(Bytes::from_static(b"x"))
            })
            .await;
        assert_eq!(answered, Ok(Bytes::from_static(b"x")));
    }

    #[tokio::test]
    async fn the_budget_holds() {
        const BUDGET_BYTES: u64 = 100_000;
        let blobs = Blobs::new(BUDGET_BYTES, 1);
        for i in 0..100 {
            let bytes = Bytes::from(vec![0; 10_000]);
            blobs
                .get(&i.to_string(), Encoding::Identity, async { Ok(bytes) })
                .await
                .unwrap();
            blobs.cache.run_pending_tasks().await;
            assert!(blobs.bytes() <= BUDGET_BYTES);
        }
    }
}
