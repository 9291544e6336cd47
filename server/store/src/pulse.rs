//! Whether a PostgreSQL server is there at all. A pool goes on knocking for as long as anybody waits, and whoever waits
//! would learn nothing until the longest wait is over.

use sea_orm::sqlx::postgres::PgPool;
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use sea_orm::{DbErr, RuntimeErr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

/// How long a transaction waits for its turn before anybody wonders.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long the server has to answer somebody who knocks.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// One of all that wait knocks, once in a second, and all hear what it heard.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    round: AtomicU64,
    last: Mutex<Option<String>>,
}

impl Pulse {
    /// Ends once the server does not answer, with why.
    pub(crate) async fn lost(&self, pool: &PgPool) -> DbErr {
        loop {
            let round = self.round.load(Ordering::SeqCst);
            let mut last = self.last.lock().await;
            if self.round.load(Ordering::SeqCst) == round {
                sleep(PATIENCE).await;
                *last = knock(pool).await.err();
                self.round.fetch_add(1, Ordering::SeqCst);
            }
            if let Some(why) = &*last {
                return DbErr::Conn(RuntimeErr::Internal(why.clone()));
            }
        }
    }
}

async fn knock(pool: &PgPool) -> Result<(), String> {
    match timeout(ANSWER_WITHIN, pool.connect_options().connect()).await {
        Ok(Ok(connection)) => connection.close().await.map_err(|fault| fault.to_string()),
        // too_many_connections: it is there, and busy.
        Ok(Err(sqlx::Error::Database(told))) if told.code().as_deref() == Some("53300") => Ok(()),
        Ok(Err(fault)) => Err(fault.to_string()),
        Err(_) => Err("the server does not answer".to_owned()),
    }
}
