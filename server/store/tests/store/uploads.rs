use crate::harness::on_both;
use crate::world::{World, id, noon};
use saldo_domain::ids::ImportId;
use saldo_store::{Outage, StoreFault, import_file};
use uuid::Uuid;

/// An id of version 7 that was made at noon of a day.
fn made_on(day: &str) -> ImportId {
    let milliseconds = u128::try_from(noon(day).as_millisecond()).unwrap();
    ImportId(Uuid::from_u128((milliseconds << 80) | 0x7000_8000_0000_0000_0001))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pieces_of_an_upload_come_back_in_their_order_and_go_together() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (tx, c, import) = (db.store.write().await.unwrap(), world.c(), made_on("2026-02-01"));
        for (place, bytes) in [(0, &b"one"[..]), (1, b"two")] {
            import_file::insert(&tx, c, import, place, bytes).await.unwrap();
        }
        let again = import_file::insert(&tx, c, import, 1, b"other").await;
        assert!(matches!(again, Err(StoreFault::Conflict("piece"))), "{again:?}");
        assert_eq!(import_file::find(&tx, c, import, 1).await.unwrap(), Some(b"two".to_vec()));
        assert_eq!(import_file::find(&tx, c, import, 2).await.unwrap(), None);
        import_file::delete(&tx, c, import).await.unwrap();
        assert_eq!(import_file::find(&tx, c, import, 0).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_went_on_with_is_forgotten_and_another_creditors_is_not() {
    on_both(async |db| {
        let (world, other) = (World::new(db).await, World::new(db).await);
        let tx = db.store.write().await.unwrap();
        let (old, young) = (made_on("2026-02-01"), made_on("2026-02-03"));
        for creditor in [world.c(), other.c()] {
            for import in [old, young] {
                import_file::insert(&tx, creditor, import, 0, b"bytes").await.unwrap();
            }
        }
        assert_eq!(import_file::delete_before(&tx, world.c(), noon("2026-02-02")).await.unwrap(), 1);
        import_file::delete(&tx, id::<Uuid>().into(), young).await.unwrap();
        let kept = async |creditor, import| import_file::find(&tx, creditor, import, 0).await.unwrap().is_some();
        assert!(!kept(world.c(), old).await && kept(world.c(), young).await);
        assert!(kept(other.c(), old).await && kept(other.c(), young).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_well_takes_a_trial_and_tells_its_time() {
    on_both(async |db| {
        db.store.try_write().await.unwrap();
        let told = db.store.clock().await.unwrap();
        assert_eq!(told.is_some(), db.store.dialect() == saldo_store::Dialect::Postgres);
    })
    .await;
}

/// A server that was there and is not any more is noticed long before the longest wait is over.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_gone_is_noticed_within_seconds() {
    let Ok(server) = std::env::var("SALDO_TEST_POSTGRES_URL") else { return };
    let target = server.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let way = tokio::spawn(async move {
        let mut carried = tokio::task::JoinSet::new();
        while let Ok((mut caller, _)) = listener.accept().await {
            let mut server = tokio::net::TcpStream::connect(&target).await.unwrap();
            carried.spawn(async move { tokio::io::copy_bidirectional(&mut caller, &mut server).await });
        }
    });
    let url =
        server.replace(server.split('@').nth(1).unwrap().split('/').next().unwrap(), &format!("127.0.0.1:{port}"));
    let store = saldo_store::Store::connect(&url, saldo_store::StoreOptions::default()).await.unwrap();
    store.ping().await.unwrap();
    way.abort();
    let _ = way.await;
    let asked = tokio::time::timeout(std::time::Duration::from_secs(20), store.read()).await.expect("within seconds");
    assert_eq!(asked.err().and_then(|fault| fault.outage()), Some(Outage::Unreachable));
}
