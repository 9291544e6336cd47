use crate::harness::on_both;
use crate::world::{World, at, id, noon};
use saldo_domain::fresh_code::FreshCode;
use saldo_store::code;

/// A code that the session `[5; 32]` of a world's debtor asked for.
pub fn a_code(world: &World) -> code::CodeRow {
    let expires_at = at("2026-02-01T12:10:00Z");
    code::CodeRow {
        id: id(),
        debtor_id: world.d(),
        session_hash: [5; 32],
        code_hash: [6; 32],
        issued_at: noon("2026-02-01"),
        code: FreshCode { expires_at, tries_left: 5, used_at: None },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_code_of_a_session_counts_and_opens_it() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (c, d) = (world.c(), world.d());
        let (first, second) = (a_code(&world), a_code(&world));
        code::insert(&tx, c, &first).await.unwrap();
        code::insert(&tx, c, &second).await.unwrap();
        assert_eq!(code::find_latest(&tx, c, d, &[5; 32]).await.unwrap(), Some(second.clone()));
        assert_eq!(code::find_latest(&tx, c, d, &[4; 32]).await.unwrap(), None);
        assert_eq!(code::count_since(&tx, c, d, at("2026-02-01T11:59:59Z")).await.unwrap(), 2);
        assert_eq!(code::count_since(&tx, c, d, noon("2026-02-01")).await.unwrap(), 0);
        let tried = FreshCode { tries_left: 4, used_at: Some(noon("2026-02-01")), ..second.code };
        code::update(&tx, c, second.id, &tried).await.unwrap();
        assert_eq!(code::find_latest(&tx, c, d, &[5; 32]).await.unwrap().unwrap().code, tried);
        assert_eq!(code::delete_before(&tx, at("2026-02-01T12:10:00Z")).await.unwrap(), 0);
        assert_eq!(code::delete_before(&tx, at("2026-02-01T12:10:01Z")).await.unwrap(), 2);
    })
    .await;
}
