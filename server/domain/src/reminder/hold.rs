use serde::{Deserialize, Serialize};

/// Why nothing is sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// A payment is under way.
    PendingPayment,
    /// Not at this local hour or on this weekday.
    OutsideHours,
    /// Not on this holiday.
    Holiday,
    /// The next rung is still to come.
    NotYetDue,
    /// As many messages as one day may have have gone.
    DailyCap,
    /// As many messages as one week may have have gone.
    WeeklyCap,
    /// The last message is too recent.
    MinimumGap,
    /// Another channel was used this week.
    OneChannelAWeek,
    /// A plan is in good standing: its next instalment is still to come.
    PaymentPlan,
    /// The debtor named a date that has not passed.
    Promise,
    /// The debtor says that it made a transfer.
    DeclaredTransfer,
    /// Finance asked for silence.
    Manual,
    /// What is known of the creditor's books is too old.
    StaleData,
    /// Not at the hours that the debtor asked for.
    PreferredHours,
}

impl Hold {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::PendingPayment,
        Self::OutsideHours,
        Self::Holiday,
        Self::NotYetDue,
        Self::DailyCap,
        Self::WeeklyCap,
        Self::MinimumGap,
        Self::OneChannelAWeek,
        Self::PaymentPlan,
        Self::Promise,
        Self::DeclaredTransfer,
        Self::Manual,
        Self::StaleData,
        Self::PreferredHours,
    ];

    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::OutsideHours => "outside_hours",
            Self::Holiday => "holiday",
            Self::NotYetDue => "not_yet_due",
            Self::DailyCap => "daily_cap",
            Self::WeeklyCap => "weekly_cap",
            Self::MinimumGap => "minimum_gap",
            Self::OneChannelAWeek => "one_channel_a_week",
            Self::PaymentPlan => "payment_plan",
            Self::Promise => "promise",
            Self::DeclaredTransfer => "declared_transfer",
            Self::Manual => "manual",
            Self::StaleData => "stale_data",
            Self::PreferredHours => "preferred_hours",
        }
    }
}

/// Why nothing will be sent until something changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// Nothing is owed.
    Paid,
    /// Every open item is contested.
    Disputed,
    /// No channel is left that the debtor allows.
    OptedOut,
    /// No address on any channel of the ladder.
    NoAddress,
    /// The last rung has been sent.
    LadderEnded,
    /// No dunning policy in force is for this debtor.
    NoPolicy,
    /// Less is owed than any coming rung asks for.
    BelowMinimum,
}

impl StopReason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Paid,
        Self::Disputed,
        Self::OptedOut,
        Self::NoAddress,
        Self::LadderEnded,
        Self::NoPolicy,
        Self::BelowMinimum,
    ];

    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Disputed => "disputed",
            Self::OptedOut => "opted_out",
            Self::NoAddress => "no_address",
            Self::LadderEnded => "ladder_ended",
            Self::NoPolicy => "no_policy",
            Self::BelowMinimum => "below_minimum",
        }
    }
}
