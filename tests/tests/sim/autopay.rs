//! What debtors do with saved methods: they save one on the provider's page, come back from it, and remove it.

use saldo_app::App;
use saldo_app::flows::{method_setup, remove_method};
use saldo_domain::ids::SavedMethodId;

use crate::chance::Chance;
use crate::points::{Act, Said};
use crate::seat::Seat;
use crate::vault::SetupState;
use crate::world::{World, told};

/// One of the things that a debtor may do with its methods now.
pub fn act(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    match chance.below(10) {
        0..5 => save(seat, app),
        5..8 => come_back(seat, app, chance),
        _ => remove(seat, app),
    }
}

fn save(seat: &Seat, app: App) -> Act {
    let (session, id) = (seat.session(), SavedMethodId(app.ambient().uuid_v7()));
    seat.seen.borrow_mut().setups.push(id);
    Some((
        "saves a method",
        Box::pin(async move {
            let page = method_setup::start(&app, session, id).await;
            Said::new(page.unwrap_or_else(|failure| told(&failure)))
        }),
    ))
}

fn come_back(seat: &Seat, app: App, chance: &mut Chance) -> Act {
    let (session, id) = (seat.session(), *chance.pick(&seat.seen.borrow().setups)?);
    Some((
        "comes back with a method",
        Box::pin(async move {
            let state = method_setup::follow(&app, session, id).await;
            Said::new(state.map_or_else(|failure| told(&failure), |state| format!("{state:?}")))
        }),
    ))
}

fn remove(seat: &Seat, app: App) -> Act {
    let seat = seat.clone();
    Some((
        "removes a method",
        Box::pin(async move {
            let methods = remove_method::list(&app, seat.creditor, seat.id).await;
            let Some(method) = methods.unwrap_or_default().into_iter().next() else { return Said::new("has none") };
            let removed = remove_method::remove(&app, seat.creditor, Some(seat.id), method.id, seat.actor()).await;
            Said::new(removed.map_or_else(|failure| told(&failure), |_| "removed".to_owned()))
        }),
    ))
}

/// Somebody ends a page at the provider, well or not.
pub fn end_page(world: &mut World) {
    let now = world.now();
    let mut till = world.shared.bank.till();
    let open: Vec<usize> =
        (0..till.setups.len()).filter(|place| till.setups[*place].state == SetupState::Open).collect();
    let Some(place) = world.chance.pick(&open).copied() else { return };
    let state = if world.chance.one_in(5) { SetupState::Failed } else { SetupState::Saved };
    till.end_setup(place, state, now);
    drop(till);
    world.note(format!("the page of a method ends: {state:?}"));
}
