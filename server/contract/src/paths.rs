//! Every path of the API. `{…}` are parameters in the form that axum and OpenAPI share.

/// The creditor's own record.
pub const CREDITOR: &str = "/v1/creditor";
/// Debtors.
pub const DEBTORS: &str = "/v1/debtors";
/// One debtor.
pub const DEBTOR: &str = "/v1/debtors/{debtor_id}";
/// One debtor's statement.
pub const DEBTOR_STATEMENT: &str = "/v1/debtors/{debtor_id}/statement";
/// Invoices.
pub const INVOICES: &str = "/v1/invoices";
/// One invoice.
pub const INVOICE: &str = "/v1/invoices/{invoice_id}";
/// Claims that are reduced.
pub const CREDIT_NOTES: &str = "/v1/credit-notes";
/// Claims that are given up.
pub const WRITE_OFFS: &str = "/v1/write-offs";
/// Money that came by bank.
pub const BANK_PAYMENTS: &str = "/v1/bank-payments";
/// Pays a debtor's items with its credit.
pub const USE_CREDIT: &str = "/v1/debtors/{debtor_id}/use-credit";
/// Imports of files.
pub const IMPORTS: &str = "/v1/imports";
/// One import.
pub const IMPORT: &str = "/v1/imports/{import_id}";
/// Access links.
pub const ACCESS_LINKS: &str = "/v1/access-links";
/// Withdraws a link.
pub const ACCESS_LINK_REVOKE: &str = "/v1/access-links/{access_link_id}/revoke";
/// Replaces a link by a fresh one.
pub const ACCESS_LINK_RENEW: &str = "/v1/access-links/{access_link_id}/renew";
/// Payments.
pub const PAYMENTS: &str = "/v1/payments";
/// One payment.
pub const PAYMENT: &str = "/v1/payments/{payment_id}";
/// Policies of all kinds.
pub const POLICIES: &str = "/v1/policies";
/// One version of a policy.
pub const POLICY: &str = "/v1/policies/{policy_id}";
/// Begins the next version of a policy.
pub const POLICY_REVISE: &str = "/v1/policies/{policy_id}/revise";
/// Publishes a draft.
pub const POLICY_PUBLISH: &str = "/v1/policies/{policy_id}/publish";
/// Takes a policy back.
pub const POLICY_WITHDRAW: &str = "/v1/policies/{policy_id}/withdraw";
/// What a discount policy would have done.
pub const POLICY_REPLAY: &str = "/v1/policies/replay";
/// What an invoice would promise before it is issued.
pub const PREVIEWS: &str = "/v1/previews";
/// What a message template would say.
pub const MESSAGE_PREVIEWS: &str = "/v1/message-previews";
/// Refunds.
pub const REFUNDS: &str = "/v1/refunds";
/// One refund.
pub const REFUND: &str = "/v1/refunds/{refund_id}";
/// Payment plans.
pub const PAYMENT_PLANS: &str = "/v1/payment-plans";
/// One payment plan.
pub const PAYMENT_PLAN: &str = "/v1/payment-plans/{plan_id}";
/// Agrees to one for the creditor.
pub const PAYMENT_PLAN_APPROVE: &str = "/v1/payment-plans/{plan_id}/approve";
/// Refuses one that waits for approval.
pub const PAYMENT_PLAN_REJECT: &str = "/v1/payment-plans/{plan_id}/reject";
/// Ends one.
pub const PAYMENT_PLAN_CANCEL: &str = "/v1/payment-plans/{plan_id}/cancel";
/// Disputes.
pub const DISPUTES: &str = "/v1/disputes";
/// One dispute.
pub const DISPUTE: &str = "/v1/disputes/{dispute_id}";
/// Decides a dispute.
pub const DISPUTE_RESOLVE: &str = "/v1/disputes/{dispute_id}/resolve";
/// A file of a claim.
pub const ATTACHMENT: &str = "/v1/attachments/{attachment_id}";
/// Promises to pay.
pub const PROMISES: &str = "/v1/promises";
/// Takes a promise back.
pub const PROMISE_CANCEL: &str = "/v1/promises/{promise_id}/cancel";
/// Declared bank transfers.
pub const TRANSFERS: &str = "/v1/transfers";
/// One declared transfer.
pub const TRANSFER: &str = "/v1/transfers/{transfer_id}";
/// The money came.
pub const TRANSFER_MATCH: &str = "/v1/transfers/{transfer_id}/match";
/// The money did not come.
pub const TRANSFER_REJECT: &str = "/v1/transfers/{transfer_id}/reject";
/// How a debtor may be reached.
pub const DEBTOR_CONSENTS: &str = "/v1/debtors/{debtor_id}/consents";
/// Manual holds.
pub const HOLDS: &str = "/v1/holds";
/// Ends a hold.
pub const HOLD_END: &str = "/v1/holds/{hold_id}/end";
/// Settlement offers.
pub const SETTLEMENT_OFFERS: &str = "/v1/settlement-offers";
/// Takes an offer back.
pub const SETTLEMENT_OFFER_WITHDRAW: &str = "/v1/settlement-offers/{offer_id}/withdraw";
/// Grants an extra discount.
pub const INVOICE_DISCOUNT: &str = "/v1/invoices/{invoice_id}/discount";
/// Journal entries.
pub const JOURNAL: &str = "/v1/journal";
/// The audit log.
pub const AUDIT: &str = "/v1/audit";
/// Reminders.
pub const REMINDERS: &str = "/v1/reminders";
/// Rehearsals of dunning policies.
pub const REHEARSALS: &str = "/v1/rehearsals";
/// One rehearsal.
pub const REHEARSAL: &str = "/v1/rehearsals/{rehearsal_id}";
/// The messages of one.
pub const REHEARSAL_MESSAGES: &str = "/v1/rehearsals/{rehearsal_id}/messages";
/// What one of them would say.
pub const REHEARSAL_TEXT: &str = "/v1/rehearsals/{rehearsal_id}/text";
/// What goes out next.
pub const UPCOMING: &str = "/v1/upcoming";
/// Brings a debtor's next step forward.
pub const SEND_NOW: &str = "/v1/debtors/{debtor_id}/send-now";
/// Why something was sent or held.
pub const DECISIONS: &str = "/v1/decisions";
/// What followed messages.
pub const EFFECT: &str = "/v1/effect";
/// Calls to make.
pub const CALL_TASKS: &str = "/v1/call-tasks";
/// Gives one to a member.
pub const CALL_TASK_ASSIGN: &str = "/v1/call-tasks/{task_id}/assign";
/// Begins a call.
pub const CALL_TASK_CALLS: &str = "/v1/call-tasks/{task_id}/calls";
/// What came of a call.
pub const CALL_REPORT: &str = "/v1/calls/{call_id}/report";
/// Messages that left.
pub const MESSAGES: &str = "/v1/messages";
/// One of them, once more.
pub const MESSAGE_SEND_AGAIN: &str = "/v1/messages/{message_id}/send-again";
/// Provider events, those that matched nothing included.
pub const INBOUND_EVENTS: &str = "/v1/inbound-events";
/// Where a provider posts its events.
pub const WEBHOOK: &str = "/v1/webhooks/{provider}/{creditor_id}";
/// Makes a token for a widget.
pub const WIDGET_SESSIONS: &str = "/v1/widget-sessions";
/// What widgets show.
pub const WIDGET_VIEW: &str = "/v1/widget/view";
/// Tells when what widgets show has changed.
pub const WIDGET_EVENTS: &str = "/v1/widget/events";
/// The debtor does not want to see a reminder.
pub const WIDGET_DISMISSALS: &str = "/v1/widget/dismissals";
/// From a widget to our own page: a form's target.
pub const WIDGET_OPEN: &str = "/widgets/v1/open";
/// Keys with which a creditor signs tokens for widgets.
pub const WIDGET_KEYS: &str = "/v1/widget-keys";
/// One of them.
pub const WIDGET_KEY: &str = "/v1/widget-keys/{widget_key_id}";
/// Who is told of events.
pub const SUBSCRIBERS: &str = "/v1/subscribers";
/// One of them.
pub const SUBSCRIBER: &str = "/v1/subscribers/{subscriber_id}";
/// Gives one a new secret.
pub const SUBSCRIBER_ROTATE: &str = "/v1/subscribers/{subscriber_id}/rotate";
/// Tells one again.
pub const SUBSCRIBER_ENABLE: &str = "/v1/subscribers/{subscriber_id}/enable";
/// Tells one nothing more.
pub const SUBSCRIBER_DISABLE: &str = "/v1/subscribers/{subscriber_id}/disable";
/// Sends one an event that means nothing.
pub const SUBSCRIBER_TEST: &str = "/v1/subscribers/{subscriber_id}/test";
/// What one was told.
pub const SUBSCRIBER_DELIVERIES: &str = "/v1/subscribers/{subscriber_id}/deliveries";
/// Tells one again what happened.
pub const SUBSCRIBER_REPLAY: &str = "/v1/subscribers/{subscriber_id}/replay";
/// What happened.
pub const EVENTS: &str = "/v1/events";
/// The process runs.
pub const HEALTHZ: &str = "/healthz";
/// The process can do its work.
pub const READYZ: &str = "/readyz";
/// Figures for Prometheus.
pub const METRICS: &str = "/metrics";
/// The OpenAPI document.
pub const OPENAPI: &str = "/openapi.json";
/// The page that shows it.
pub const API_DOCS: &str = "/docs/api";
