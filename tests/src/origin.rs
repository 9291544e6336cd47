//! A web origin that a test serves itself, on a free port.

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A served router; dropping it closes the port.
pub struct Origin {
    /// `http://127.0.0.1:PORT`, without a slash.
    pub url: String,
    task: JoinHandle<()>,
}

impl Origin {
    /// Serves a router until this value is dropped.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn serve(router: Router) -> Self {
        Self::serve_as(|_| router).await
    }

    /// Serves a router that knows its own address until this value is dropped.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn serve_as(router: impl FnOnce(&str) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let service = router(&url).into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, service).await;
        });
        Self { url, task }
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.task.abort();
    }
}
