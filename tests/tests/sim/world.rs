//! One seed's world: a creditor, debtors, a provider, a mail server and three nodes over one database, on one thread.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use saldo_app::Failure;
use saldo_app::ambient::{Clock, SteppedClock};
use sea_orm::DatabaseConnection;
use tokio::runtime::Runtime;

use crate::auditor::{Auditor, Verdict};
use crate::bank;
use crate::chance::{Chance, Hash};
use crate::imports::Line;
use crate::node::{Node, Shared};
use crate::points::{self, Fate, Ran, Said, Work};
use crate::seat::Seat;
use crate::tally::Tally;
use crate::{debtors, feed, finance, nodes};

/// How many of the last steps a failure shows.
const SHOWN: usize = 30;
/// In which order the clock is wrong on the nodes, in seconds.
pub const SKEWS: [i64; 3] = [0, 90, -150];

/// A failure as the trace tells it; a fault is never an expected answer.
pub fn told(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => format!("refused: {}", refusal.code()),
        Failure::Fault(fault) => format!("FAULT: {fault}"),
    }
}

pub struct World {
    pub runtime: Runtime,
    pub seed: u64,
    pub clock: Arc<SteppedClock>,
    pub nodes: Vec<Node>,
    pub shared: Shared,
    pub seats: Vec<Seat>,
    pub chance: Chance,
    pub auditor: Auditor,
    pub tally: Tally,
    pub hash: Hash,
    pub number: u64,
    /// The invoices of the files that were imported.
    pub lines: Vec<Line>,
    trace: VecDeque<String>,
    tells_all: bool,
    pub database: DatabaseConnection,
    read_up_to: i64,
    captures: usize,
    /// Nodes that stand still in the middle of something.
    pub standing: Vec<usize>,
    focus: Option<usize>,
    latest: usize,
}

impl World {
    pub fn new(
        runtime: Runtime,
        seed: u64,
        shared: Shared,
        seats: Vec<Seat>,
        clock: Arc<SteppedClock>,
        database: DatabaseConnection,
    ) -> Self {
        let now = clock.now();
        let nodes = SKEWS.iter().map(|skew| Node::new(&shared, now, SignedDuration::from_secs(*skew))).collect();
        Self {
            runtime,
            seed,
            clock,
            nodes,
            shared,
            seats,
            chance: Chance::new(seed),
            auditor: Auditor::default(),
            tally: Tally::default(),
            hash: Hash::new(),
            number: 0,
            lines: Vec::new(),
            trace: VecDeque::new(),
            tells_all: std::env::var_os("SALDO_SIM_SEED").is_some(),
            database,
            read_up_to: 0,
            captures: 0,
            standing: Vec::new(),
            focus: None,
            latest: 0,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Time passes, for everybody.
    pub fn pass(&mut self, time: SignedDuration) {
        self.clock.advance(time);
        let now = self.now();
        self.nodes.iter().for_each(|node| node.set_time(now));
        self.shared.bank.till().settle(now, &mut self.chance);
    }

    pub fn note(&mut self, words: String) {
        self.hash.add(&words);
        if self.trace.len() == SHOWN && !self.tells_all {
            self.trace.pop_front();
        }
        self.trace.push_back(format!("{:>6} {} {words}", self.tally.operations, self.now()));
    }

    /// The first invoices, so that there is something to pay.
    pub fn open_the_shop(&mut self) -> Verdict {
        for place in 0..self.seats.len() * 2 {
            self.number += 1;
            let (seat, app) = (self.seats[place % self.seats.len()].clone(), self.nodes[0].app.clone());
            if let Some((label, work)) = finance::issue(&seat, app, &mut self.chance, self.number) {
                self.carry(0, label, work, Fate::default())?;
            }
        }
        Ok(())
    }

    /// Everything that chance lets happen next.
    pub fn operate(&mut self) -> Verdict {
        self.tally.operations += 1;
        self.number += 1;
        let place = self.free_node();
        match self.chance.below(1000) {
            0..360 => {
                let (seat, app) = (self.seat(), self.nodes[place].app.clone());
                let act = debtors::act(&seat, app, &mut self.chance);
                self.work(place, act)
            }
            360..430 => {
                let act = finance::act(self, place);
                self.work(place, act)
            }
            430..600 => {
                bank::act(self);
                Ok(())
            }
            600..720 => {
                let act = nodes::deliver(self, place);
                self.work(place, act)?;
                if self.chance.one_in(6) { self.die_after_the_answer(place) } else { Ok(()) }
            }
            720..880 => {
                let act = nodes::act(self, place);
                self.work(place, act)
            }
            _ => {
                nodes::let_time_pass(self);
                Ok(())
            }
        }
    }

    /// A debtor; while a node stands still mostly the one that it works for, who has become impatient.
    pub fn seat(&mut self) -> Seat {
        let place = match self.focus.filter(|_| !self.chance.one_in(3)) {
            Some(place) => place,
            None => self.chance.place(self.seats.len()).expect("somebody owes"),
        };
        if self.standing.is_empty() {
            self.focus = None;
            self.latest = place;
        }
        self.seats[place].clone()
    }

    /// A node that does not stand still.
    pub fn free_node(&mut self) -> usize {
        let free: Vec<usize> = (0..self.nodes.len()).filter(|place| !self.standing.contains(place)).collect();
        *self.chance.pick(&free).expect("one node goes on")
    }

    fn work(&mut self, place: usize, act: Option<(&'static str, Work)>) -> Verdict {
        let Some((label, work)) = act else { return Ok(()) };
        let mut fate = Fate::default();
        if self.chance.one_in(12) {
            fate.dies_at = Some(1 + u32::try_from(self.chance.below(9)).unwrap_or(0));
        } else if self.standing.is_empty() && self.chance.one_in(5) {
            fate.stands_at = Some(1 + u32::try_from(self.chance.below(6)).unwrap_or(0));
        }
        self.carry(place, label, work, fate)
    }

    /// Carries an operation to its end, with what others do while it stands still.
    pub fn carry(&mut self, place: usize, label: &'static str, work: Work, fate: Fate) -> Verdict {
        match points::run(&self.runtime, work, fate) {
            Ran::Done(said) => self.finish(place, label, said),
            Ran::Crashed(point) => self.crash(place, label, point),
            Ran::Parked(work, point) => {
                self.tally.stalls += 1;
                self.note(format!("node {place} {label}: stands still at {point}"));
                self.audit()?;
                self.standing.push(place);
                self.focus = Some(self.latest);
                // Often a moment, sometimes longer than a lease.
                let longest = if self.chance.one_in(3) { 400 } else { 20 };
                for _ in 0..1 + self.chance.below(4) {
                    let seconds = self.chance.between(0, longest);
                    self.pass(SignedDuration::from_secs(seconds));
                    self.operate()?;
                }
                self.standing.pop();
                self.focus = None;
                let dies_at = self.chance.one_in(6).then(|| 1 + u32::try_from(self.chance.below(6)).unwrap_or(0));
                self.carry(place, label, work, Fate { dies_at, stands_at: None })
            }
        }
    }

    fn crash(&mut self, place: usize, label: &str, point: &str) -> Verdict {
        self.tally.crashes += 1;
        self.nodes[place].restart();
        self.note(format!("node {place} {label}: dies at {point}"));
        self.audit()
    }

    /// A node dies when it has answered: what it has not written by then is gone.
    pub fn die_after_the_answer(&mut self, place: usize) -> Verdict {
        let idle: Work = Box::pin(async {
            for _ in 0..8 {
                tokio::task::yield_now().await;
            }
            Said::default()
        });
        points::run(&self.runtime, idle, Fate { dies_at: Some(1), stands_at: None });
        self.crash(place, "has answered", "rest")
    }

    pub fn finish(&mut self, place: usize, label: &str, said: Said) -> Verdict {
        self.note(format!("node {place} {label}: {}", said.text));
        let jobs = u64::try_from(said.jobs).unwrap_or(0);
        self.tally.jobs += jobs;
        self.tally.operations += jobs;
        if said.text.contains("FAULT") {
            return Err(format!("a flow broke: {}", said.text));
        }
        self.audit()?;
        match said.led {
            Some(attempt) => {
                let till = self.shared.bank.till();
                self.auditor.led(&attempt.0.simple().to_string(), &till)
            }
            None => Ok(()),
        }
    }

    /// The auditor takes in what was committed, charged and sent.
    pub fn audit(&mut self) -> Verdict {
        let changes = self.runtime.block_on(feed::read(&self.database, &mut self.read_up_to));
        for change in &changes {
            self.hash.add(&change.relation);
            self.hash.add(&change.row.to_string());
        }
        let till = self.shared.bank.till();
        self.auditor.take(self.tally.operations, &changes, &till)?;
        let captures: usize = till.sessions.iter().map(|session| session.captures.len()).sum();
        if captures != self.captures {
            self.captures = captures;
            self.auditor.charges(&till)?;
        }
        self.tally.movements = u64::try_from(till.movements.len()).unwrap_or(0);
        drop(till);
        let mut any = false;
        for left in self.shared.post.take_left() {
            self.hash.add(&left.message);
            self.auditor.left(&left.message, left.at)?;
            any = true;
        }
        self.tally.messages = self.auditor.left.values().map(|count| u64::from(*count)).sum();
        self.tally.changes = self.auditor.changes;
        if any { self.auditor.silence.caps() } else { Ok(()) }
    }

    /// Ends, and leaves its database for another.
    pub fn close(self) {
        self.runtime.block_on(async {
            self.shared.store.close().await.expect("it closes");
            self.database.close().await.expect("it closes");
        });
    }

    /// The last steps, for a failure.
    pub fn last_steps(&self) -> String {
        self.trace.iter().cloned().collect::<Vec<_>>().join("\n")
    }
}
