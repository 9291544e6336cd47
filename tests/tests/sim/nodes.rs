//! What nodes do by themselves: they take events in, work on jobs, look at what time brings, and die.

use jiff::SignedDuration;
use saldo_app::flows::receive_event;
use saldo_app::{App, Failure, jobs};

use crate::points::{Act, Said};
use crate::post::Mail;
use crate::till::NAME;
use crate::world::{World, told};

/// The provider delivers an event, any of those on their way. One that is not answered with success comes again.
pub fn deliver(world: &mut World, place: usize) -> Act {
    let bank = world.shared.bank.clone();
    let count = bank.till().letters.len();
    let letter = world.chance.place(count)?;
    let letter = bank.till().letters.remove(letter);
    let app = world.nodes[place].app.clone();
    // Only the answer takes it off the provider's list: who dies before that gets it again.
    let back = Returned { bank, letter: Some(letter) };
    Some(("takes an event in", Box::pin(receive(app, back))))
}

/// An event that goes back to the provider unless it was answered.
struct Returned {
    bank: std::sync::Arc<crate::provider::Bank>,
    letter: Option<crate::till::Letter>,
}

impl Drop for Returned {
    fn drop(&mut self) {
        if let Some(letter) = self.letter.take() {
            self.bank.till().letters.push(letter);
        }
    }
}

async fn receive(app: App, mut back: Returned) -> Said {
    let (creditor, body) = match &back.letter {
        Some(letter) => (letter.creditor, letter.body.clone()),
        None => return Said::default(),
    };
    match receive_event::receive(&app, NAME, creditor, Some("sim"), &body).await {
        Ok(()) | Err(Failure::Refused(_)) => {
            back.letter = None;
            Said::new("answered")
        }
        Err(failure) => Said::new(told(&failure)),
    }
}

/// Jobs, what time brings, or the end of the node.
pub fn act(world: &mut World, place: usize) -> Act {
    let app = world.nodes[place].app.clone();
    match world.chance.below(100) {
        0..60 => {
            script_mail(world);
            Some(("works", Box::pin(work(app))))
        }
        60..96 => Some(("looks what time brings", Box::pin(tick(app)))),
        _ => {
            world.nodes[place].restart();
            world.note(format!("node {place} is restarted"));
            None
        }
    }
}

fn script_mail(world: &mut World) {
    let fares = [Mail::Busy, Mail::Mute, Mail::Dead, Mail::Refused, Mail::Taken];
    let next = match world.chance.one_in(4) {
        true => (0..world.chance.below(4)).filter_map(|_| world.chance.pick(&fares).copied()).collect(),
        false => Vec::new(),
    };
    world.shared.post.script(next);
}

/// Works on what is due.
pub async fn work(app: App) -> Said {
    match jobs::run_due(&app).await {
        Ok(jobs) => Said { jobs, ..Said::new(format!("{jobs} jobs")) },
        Err(failure) => Said::new(told(&failure)),
    }
}

/// One look at what time brings.
pub async fn tick(app: App) -> Said {
    Said::new(jobs::tick(&app).await.map_or_else(|failure| told(&failure), |()| "looked".to_owned()))
}

/// From seconds to days.
pub fn let_time_pass(world: &mut World) {
    let time = match world.chance.below(10) {
        0..3 => SignedDuration::from_secs(world.chance.between(1, 90)),
        3..7 => SignedDuration::from_mins(world.chance.between(2, 45)),
        7..9 => SignedDuration::from_hours(world.chance.between(1, 12)),
        _ => SignedDuration::from_hours(24 * world.chance.between(1, 4)),
    };
    world.pass(time);
    world.note(format!("{time:?} pass"));
}
