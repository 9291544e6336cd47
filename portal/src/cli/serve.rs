use super::{Outcome, Role, boot};
use axum::Router;
use saldo_app::config::Config;
use saldo_app::flows::steady_clock;
use saldo_app::{App, jobs};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

/// Serves until it is told to stop.
pub async fn serve(config: Config, role: Role) -> Outcome {
    log("info");
    let bind = config.server.bind.clone();
    let app = boot::app(config).await?;
    let listener = TcpListener::bind(&bind).await.map_err(|error| format!("{bind} cannot be bound: {error}"))?;
    tracing::info!(bind, "serving");
    run(app, role, vec![(listener, None)]).await
}

/// Logs to standard error: `SALDO_LOG` chooses what, in the form of `tracing`'s filters.
pub fn log(usual: &str) {
    let filter = EnvFilter::try_from_env("SALDO_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Serves on listeners (the app's own pages where no other are given) and works on jobs, until the process is told to
/// stop; then what has begun is finished.
pub async fn run(app: App, role: Role, listeners: Vec<(TcpListener, Option<Router>)>) -> Outcome {
    let (stop, stopped) = watch::channel(false);
    let stopping = app.clone();
    let mut tasks = JoinSet::new();
    if role != Role::Api {
        tasks.spawn(jobs::serve(app.clone(), stopped.clone()));
        tasks.spawn(tick(app.clone(), stopped.clone()));
        tasks.spawn(jobs::serve_events(app.clone(), stopped.clone()));
    }
    tasks.spawn(steady(app.clone(), stopped.clone()));
    if app.sandbox().is_some() {
        tasks.spawn(carry(app.clone(), stopped.clone()));
    }
    for (listener, other) in listeners {
        let pages = match (other, role) {
            (Some(other), _) => other,
            (None, Role::Worker) => saldo_app::http::health_router(app.clone()),
            (None, _) => saldo_portal::routes::router(app.clone()),
        };
        let mut stopped = stopped.clone();
        tasks.spawn(async move {
            let service = pages.into_make_service_with_connect_info::<SocketAddr>();
            let until = async move {
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
                tracing::error!(%error, "a listener ended");
            }
        });
    }
    told_to_stop().await?;
    stop.send_replace(true);
    stopping.watchers().stop();
    let finished = tokio::time::timeout(Duration::from_secs(20), async { while tasks.join_next().await.is_some() {} });
    if finished.await.is_err() {
        tracing::warn!("what had begun did not finish in time; its leases run out and another node takes it up");
    }
    Ok(())
}

async fn told_to_stop() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

async fn tick(app: App, mut stopped: watch::Receiver<bool>) {
    let pause = Duration::from_secs(u64::from(app.config().reminders.tick_seconds.max(1)));
    while !*stopped.borrow() {
        if let Err(failure) = jobs::tick(&app).await {
            tracing::error!(%failure, "a tick failed");
        }
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Between two looks at the database's clock.
const CLOCK_PAUSE: Duration = Duration::from_secs(30);

async fn steady(app: App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(CLOCK_PAUSE) => {
                if let Err(failure) = steady_clock::steady(&app).await {
                    tracing::warn!(%failure, "the clock could not be compared");
                }
            }
        }
    }
}

async fn carry(app: App, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let carried = jobs::deliver_sandbox_events(&app).await;
        if let Err(failure) = &carried {
            tracing::error!(%failure, "the sandbox's events could not be carried");
        }
        let pause = Duration::from_millis(if carried.is_ok() { 300 } else { 2_000 });
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
