use crate::{Dialect, Store};
use sea_orm::DatabaseConnection;
use sea_orm::sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The channel of PostgreSQL's NOTIFY that a trigger on the jobs rings.
const CHANNEL: &str = "saldo_jobs";
/// Before a lost connection is tried again. Whoever waits polls meanwhile.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Rings when another node has written a job. On SQLite it never does: whoever waits polls.
#[derive(Debug)]
pub struct Bell {
    rung: Arc<Notify>,
    listening: Option<JoinHandle<()>>,
}

impl Store {
    /// Begins to listen for new jobs, over one connection of the pool that is made again when it is lost.
    pub fn bell(&self) -> Bell {
        let rung = Arc::new(Notify::new());
        let listening = match self.dialect() {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(tokio::spawn(listen(self.connection(), Arc::clone(&rung)))),
        };
        Bell { rung, listening }
    }
}

impl Bell {
    /// Waits for the next ring, at most for `patience`. A ring while nobody waited counts.
    pub async fn wait(&self, patience: Duration) {
        let _ = tokio::time::timeout(patience, self.rung.notified()).await;
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

async fn listen(connection: DatabaseConnection, rung: Arc<Notify>) {
    let pool = connection.get_postgres_connection_pool();
    while !pool.is_closed() {
        if let Ok(mut listener) = PgListener::connect_with(pool).await
            && listener.listen(CHANNEL).await.is_ok()
        {
            // What was written while nobody listened has rung for nobody.
            rung.notify_one();
            while listener.recv().await.is_ok() {
                rung.notify_one();
            }
        }
        if !pool.is_closed() {
            tracing::warn!("the connection that hears of new jobs is lost; polling until it is back");
            tokio::time::sleep(AGAIN_AFTER).await;
        }
    }
}
