//! Server-sent events: that something has changed, and nothing of what.

use super::widget_views::{Text, origin};
use crate::App;
use crate::failure::Failure;
use crate::flows::widgets::{self, Heard, Listening};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream};
use saldo_contract::problem::Problem;
use saldo_contract::widget_view::WatchWidget;
use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior, Sleep};

/// Between two signs of life.
const BEAT: Duration = Duration::from_secs(20);
/// The longest that one stream is held open.
const LONGEST: Duration = Duration::from_secs(300);

/// Tells when what widgets show has changed: `event: changed`. A comment comes every 20 seconds; after five minutes the
/// stream ends, at the token's end with `event: expired`. At most eight pages listen for one debtor on one node.
#[utoipa::path(post, path = "/v1/widget/events", tag = "widgets", params(("origin" = String, Header)),
    request_body(content = WatchWidget, content_type = "text/plain"),
    responses((status = 200, description = "text/event-stream", body = String, content_type = "text/event-stream"),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 429, body = Problem)))]
pub async fn events(
    State(app): State<App>,
    headers: HeaderMap,
    Text(wish): Text<WatchWidget>,
) -> Result<Response, Failure> {
    let listening = widgets::listen(&app, origin(&headers), &wish).await?;
    let left = listening.entry.expires_at.duration_since(app.now());
    let left = Duration::try_from(left).unwrap_or(Duration::ZERO);
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        // Proxies that gather answers would hold events back.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(lines(listening, left))).into_response())
}

struct Streaming {
    listening: Listening,
    beat: Interval,
    end: Pin<Box<Sleep>>,
    /// Whether the end is the token's.
    expires: bool,
    over: bool,
}

fn lines(listening: Listening, left: Duration) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let end = Box::pin(tokio::time::sleep(left.min(LONGEST)));
    let streaming = Streaming { listening, beat, end, expires: left <= LONGEST, over: false };
    stream::unfold(streaming, |mut streaming| async move {
        if streaming.over {
            return None;
        }
        let line = streaming.next().await;
        line.map(|line| (Ok(Bytes::from(line)), streaming))
    })
}

impl Streaming {
    async fn next(&mut self) -> Option<String> {
        tokio::select! {
            biased;
            () = &mut self.end => {
                self.over = true;
                self.expires.then(|| "event: expired\ndata: {}\n\n".to_owned())
            }
            heard = self.listening.next() => match heard {
                Heard::Mark(mark) => Some(format!("event: changed\ndata: {{\"revision\":\"{mark}\"}}\n\n")),
                Heard::Stopping => None,
            },
            // The first beat comes at once: the page knows that it is heard.
            _ = self.beat.tick() => Some(": saldo\n\n".to_owned()),
        }
    }
}
