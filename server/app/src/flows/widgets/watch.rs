//! Who listens for changes, and one look at all of them every two seconds.

use super::door::{Entry, enter};
use crate::App;
use crate::failure::{AppRefusal, Failure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use saldo_contract::widget_view::WatchWidget;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::{Across, Tx, widget_watch};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How many pages may listen for one debtor on one node.
const OF_ONE_MAX: usize = 8;
/// How many pages may listen on one node.
const ALL_MAX: usize = 2_000;
/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);

type Who = (CreditorId, DebtorId);

/// Everybody who listens on this node.
#[derive(Clone, Default)]
pub struct Watchers(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    heard: HashMap<Who, Watched>,
    count: usize,
    looking: bool,
    stopped: bool,
}

struct Watched {
    sender: watch::Sender<Heard>,
    count: usize,
}

/// What was last found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The mark of the debtor's rows.
    Mark(String),
    /// The node is about to stop.
    Stopping,
}

/// One page that listens; it stops when this is dropped.
pub struct Listening {
    watchers: Watchers,
    who: Who,
    known: String,
    receiver: watch::Receiver<Heard>,
    /// What the token is good for.
    pub entry: Entry,
}

impl Watchers {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends every stream: the node is about to stop.
    pub fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        for watched in state.heard.values() {
            watched.sender.send_replace(Heard::Stopping);
        }
    }

    /// A place for one more page; whether somebody has to begin to look.
    fn join(&self, who: Who, mark: &str) -> Option<(watch::Receiver<Heard>, bool)> {
        let mut state = self.state();
        if state.stopped || state.count >= ALL_MAX {
            return None;
        }
        let receiver = match state.heard.entry(who) {
            Place::Occupied(place) if place.get().count >= OF_ONE_MAX => return None,
            Place::Occupied(mut place) => {
                place.get_mut().count += 1;
                place.get().sender.subscribe()
            }
            Place::Vacant(place) => {
                let (sender, receiver) = watch::channel(Heard::Mark(mark.to_owned()));
                place.insert(Watched { sender, count: 1 });
                receiver
            }
        };
        state.count += 1;
        let begins = !state.looking;
        state.looking = true;
        Some((receiver, begins))
    }

    fn leave(&self, who: Who) {
        let mut state = self.state();
        state.count = state.count.saturating_sub(1);
        if let Place::Occupied(mut place) = state.heard.entry(who) {
            place.get_mut().count -= 1;
            if place.get().count == 0 {
                place.remove();
            }
        }
    }

    /// Who is to be looked at; none when nobody listens any more: then looking ends.
    fn wanted(&self) -> Option<Vec<Who>> {
        let mut state = self.state();
        if state.heard.is_empty() || state.stopped {
            state.looking = false;
            return None;
        }
        Some(state.heard.keys().copied().collect())
    }

    fn tell(&self, found: &widget_watch::Marks) {
        let state = self.state();
        for (who, watched) in &state.heard {
            let heard = Heard::Mark(short(found.get(who).map_or("", String::as_str)));
            watched.sender.send_if_modified(|known| {
                let differs = *known != heard && *known != Heard::Stopping;
                if differs {
                    known.clone_from(&heard);
                }
                differs
            });
        }
    }
}

impl Listening {
    /// The mark that the page does not know yet; it waits for one.
    pub async fn next(&mut self) -> Heard {
        loop {
            let heard = self.receiver.borrow_and_update().clone();
            match heard {
                Heard::Mark(mark) if mark == self.known => {}
                Heard::Mark(mark) => {
                    self.known.clone_from(&mark);
                    return Heard::Mark(mark);
                }
                Heard::Stopping => return Heard::Stopping,
            }
            if self.receiver.changed().await.is_err() {
                return Heard::Stopping;
            }
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.watchers.leave(self.who);
    }
}

/// Listens for a debtor. A page that names the revision on it is told at once where that is over.
///
/// # Errors
/// Those of the door; `too_many_requests` where as many listen as may.
pub async fn listen(app: &App, from: Option<&str>, wish: &WatchWidget) -> Result<Listening, Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let entry = enter(app, &tx, &wish.token, from).await?;
    let who = (entry.creditor_id, entry.debtor_id);
    let mark = mark_of(&tx, who.0, who.1).await?;
    drop(tx);
    let watchers = app.watchers().clone();
    let (receiver, begins) = watchers.join(who, &mark).ok_or(AppRefusal::TooManyRequests)?;
    let known = wish.known.as_deref().and_then(|known| known.split('.').next());
    let known = known.map_or_else(|| mark.clone(), ToOwned::to_owned);
    if begins {
        tokio::spawn(look(app.clone()));
    }
    Ok(Listening { watchers, who, known, receiver, entry })
}

/// Looks as long as anybody listens.
async fn look(app: App) {
    loop {
        tokio::time::sleep(PAUSE).await;
        let Some(wanted) = app.watchers().wanted() else { return };
        match marks(&app, &wanted).await {
            Ok(found) => app.watchers().tell(&found),
            Err(failure) => tracing::error!(%failure, "what widgets listen for could not be looked at"),
        }
    }
}

async fn marks(app: &App, wanted: &[Who]) -> Result<widget_watch::Marks, Failure> {
    let tx = app.store().read_across(Across::Operator).await?;
    let mut found = widget_watch::Marks::new();
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    for of_one in wanted.chunk_by(|one, next| one.0 == next.0) {
        tx.enter(of_one[0].0).await?;
        found.extend(widget_watch::marks(&tx, of_one).await?);
    }
    Ok(found)
}

/// The mark of one debtor.
pub(super) async fn mark_of(tx: &Tx, creditor: CreditorId, debtor: DebtorId) -> Result<String, Failure> {
    let found = widget_watch::marks(tx, &[(creditor, debtor)]).await?;
    Ok(short(found.get(&(creditor, debtor)).map_or("", String::as_str)))
}

fn short(mark: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(mark.as_bytes())[..9])
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn who(number: u128) -> Who {
        (CreditorId(Uuid::from_u128(1)), DebtorId(Uuid::from_u128(number)))
    }

    #[test]
    fn one_debtor_has_eight_listeners_at_most_and_places_become_free() {
        let watchers = Watchers::default();
        let held: Vec<_> = (0..OF_ONE_MAX).map(|_| watchers.join(who(1), "a").expect("a place")).collect();
        assert!(held[0].1 && !held[1].1, "the first one begins to look");
        assert!(watchers.join(who(1), "a").is_none());
        assert!(watchers.join(who(2), "a").is_some());
        watchers.leave(who(1));
        assert!(watchers.join(who(1), "a").is_some());
    }

    #[test]
    fn looking_ends_with_the_last_listener() {
        let watchers = Watchers::default();
        watchers.join(who(1), "a").expect("a place");
        assert_eq!(watchers.wanted(), Some(vec![who(1)]));
        watchers.leave(who(1));
        assert_eq!(watchers.wanted(), None);
        assert!(watchers.join(who(1), "a").expect("a place").1, "it begins anew");
    }
}
