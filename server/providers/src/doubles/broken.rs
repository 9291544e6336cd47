//! An answer that breaks off.

use bytes::Bytes;
use hyper::body::{Body, Frame};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Begins a JSON object and fails before its end.
#[derive(Debug, Default)]
pub(super) struct Broken {
    begun: bool,
}

impl Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let frame = match std::mem::replace(&mut self.begun, true) {
            false => Ok(Frame::data(Bytes::from_static(b"{\"id\": \"cs_"))),
            true => Err(io::ErrorKind::ConnectionReset.into()),
        };
        Poll::Ready(Some(frame))
    }
}
