use super::{HandedOver, MessageChannel, Outgoing};
use futures::StreamExt;
use saldo_domain::ids::CreditorId;

/// Hands messages over with a few requests at once; one answer for each, in their order.
pub(super) async fn at_once(
    channel: &dyn MessageChannel,
    messages: &[(CreditorId, Outgoing)],
    requests_max: usize,
) -> Vec<HandedOver> {
    let mut requests = Vec::with_capacity(messages.len());
    for (creditor, message) in messages {
        requests.push(channel.hand_over(*creditor, message));
    }
    futures::stream::iter(requests).buffered(requests_max).collect().await
}
