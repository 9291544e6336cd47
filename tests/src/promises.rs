//! The design's fourteen promises: the test of each, and how a planted bug shows in it.

use std::process::Command;

use saldo_domain::planted::Bug;

/// One promise, its test, and the bug that the test must catch.
pub struct Promise {
    /// The bug, which names the promise.
    pub bug: Bug,
    /// What Saldo promises.
    pub says: &'static str,
    /// What the bug does.
    pub planted: &'static str,
    /// The test binary that holds the test (`doors`, `sim`, `crashes`).
    pub binary: &'static str,
    /// The test's path in its binary.
    pub test: &'static str,
    /// What the test says when the promise is broken: a failure with other words is not the bug caught.
    pub caught: &'static str,
}

/// All fourteen, as far as they have their test.
pub const PROMISES: &[Promise] = &[
    Promise {
        bug: Bug::LegDroppedOnRefund,
        says: "Journal lines per creditor and currency sum to zero after every commit and never change",
        planted: "a leg dropped on refund",
        binary: "sim",
        test: "seeds::worlds_keep_every_promise",
        caught: "P1: journal lines",
    },
    Promise {
        bug: Bug::DedupeByEventId,
        says: "A provider movement is booked exactly once, whatever the order, repetition, delay or route",
        planted: "dedupe by event id",
        binary: "sim",
        test: "seeds::worlds_keep_every_promise",
        caught: "P2: ",
    },
    Promise {
        bug: Bug::AcknowledgeBeforeCommit,
        says: "Money taken at a provider is always booked; unknown is never guessed",
        planted: "acknowledge before commit",
        binary: "sim",
        test: "directed::an_acknowledged_event_is_kept_wherever_the_node_dies",
        caught: "P3: an acknowledged event is not kept",
    },
    Promise {
        bug: Bug::RowLockRemoved,
        says: "An amount due is charged at most once over tabs, clicks, retries, nodes; a second capture is visible credit",
        planted: "row lock removed",
        binary: "sim",
        test: "seeds::worlds_keep_every_promise",
        caught: "P4: attempts",
    },
    Promise {
        bug: Bug::CheckOutsideHandOver,
        says: "No message's hand-off starts after the payment's commit, nor in a hold, an opt-out or outside contact rules",
        planted: "check moved out of the transaction",
        binary: "sim",
        test: "directed::nothing_is_handed_over_after_a_payment_a_hold_or_an_opt_out",
        caught: "P5: handed over after",
    },
    Promise {
        bug: Bug::LeaseWithoutFencing,
        says: "One message per (debtor, step), also over crashes and three nodes",
        planted: "lease without fencing",
        binary: "sim",
        test: "directed::a_node_that_wakes_after_its_lease_sends_nothing_again",
        caught: "P6: two messages",
    },
    Promise {
        bug: Bug::OffsetFixedWhenScheduled,
        says: "Contact windows and caps hold in the person's local time over every zone and clock change",
        planted: "a zone's offset is fixed when the message is scheduled",
        binary: "doors",
        test: "windows::a_wait_over_a_clock_change_ends_within_the_hours_of_the_wall",
        caught: "P7: ",
    },
    Promise {
        bug: Bug::SynchronousNormal,
        says: "A killed node or a power cut loses no accepted request",
        planted: "`synchronous=NORMAL`",
        binary: "crashes",
        test: "power::an_acknowledged_request_survives_a_power_cut",
        caught: "P8: an acknowledged request is lost",
    },
    Promise {
        bug: Bug::CreditorFilterDropped,
        says: "One creditor's token never reads another's data; PostgreSQL holds where a filter is forgotten",
        planted: "the query of one invoice forgets the creditor",
        binary: "doors",
        test: "walls::a_key_reads_no_invoice_of_another_creditor",
        caught: "P9: a key has read another creditor's invoice",
    },
    Promise {
        bug: Bug::ConsumeOnGet,
        says: "Only genuine, live, intended tokens work, and opening a link changes nothing",
        planted: "the page behind a link begins the session by itself",
        binary: "doors",
        test: "tokens::whoever_only_reads_a_link_leaves_no_trace",
        caught: "P10: opening a link changed something",
    },
    Promise {
        bug: Bug::HostCheckedOnlyAtCreation,
        says: "Each event reaches each healthy subscriber at least once, signed, in order per object, \
               and never a private address",
        planted: "host checked only at creation",
        binary: "doors",
        test: "events::each_event_reaches_each_healthy_subscriber_signed_in_order_and_never_a_private_address",
        caught: "P11: a private address was asked",
    },
    Promise {
        bug: Bug::RoundingPerInstalment,
        says: "Splits conserve, no overflow, no float",
        planted: "rounding per instalment",
        binary: "sim",
        test: "seeds::worlds_keep_every_promise",
        caught: "P12: instalments",
    },
    Promise {
        bug: Bug::UnescapedNote,
        says: "Nothing that a user types runs as code, formula or header",
        planted: "a hold's reason goes out as it was typed",
        binary: "doors",
        test: "inject::shown::what_people_write_is_shown_and_never_run",
        caught: "P13: what was typed became part of",
    },
    Promise {
        bug: Bug::MigrationInPieces,
        says: "Restart, upgrade and restore keep every promise",
        planted: "migration without transaction",
        binary: "crashes",
        test: "upgrades::every_schema_upgrades_and_a_killed_upgrade_has_changed_nothing",
        caught: "P14: a killed migration left a part of step",
    },
];

/// Runs the test of each promise that this binary holds once more, in a process with the bug planted, and ends the test
/// unless each one fails with its own words.
///
/// # Panics
/// When a planted bug is not caught, or the binary holds no promise.
pub fn planted_bugs_are_caught(binary: &str) {
    let own: Vec<_> = PROMISES.iter().filter(|promise| promise.binary == binary).collect();
    assert!(!own.is_empty(), "no promise is tested in `{binary}`");
    for promise in own {
        let name = promise.bug.promise();
        let output = Command::new(std::env::current_exe().expect("a test knows its own path"))
            .args([promise.test, "--exact", "--test-threads=1"])
            .env("SALDO_PLANTED", name)
            .output()
            .expect("a test can be run again");
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(
            said.contains("1 failed") && said.contains(promise.caught),
            "{name} ({:?}) is planted, and {} does not say `{}`:\n{said}",
            promise.bug,
            promise.test,
            promise.caught
        );
    }
}
