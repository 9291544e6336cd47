use crate::harness::on_both;
use crate::world::{World, id, noon};
use saldo_domain::ids::WidgetKeyId;
use saldo_domain::locale::Language;
use saldo_store::banner::{self, BannerRow};
use saldo_store::widget_key::{self, WidgetKeyMaterial, WidgetKeyRow};
use saldo_store::{StoreFault, widget_watch};

fn a_key(material: WidgetKeyMaterial) -> WidgetKeyRow {
    let created_at = noon("2026-02-01");
    WidgetKeyRow { id: WidgetKeyId(id()), name: "shop".to_owned(), material, created_at, revoked_at: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_widgets_is_its_creditors_and_keeps_its_first_end() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let (first, second) =
            (a_key(WidgetKeyMaterial::Hs256(vec![1, 2, 3])), a_key(WidgetKeyMaterial::EdDsa([7; 32])));
        for key in [&first, &second] {
            widget_key::insert(&tx, world.c(), key).await.unwrap();
        }
        let again = widget_key::insert(&tx, world.c(), &first).await;
        assert!(matches!(again, Err(StoreFault::Conflict("widget_key"))), "{again:?}");
        let mut listed = widget_key::list(&tx, world.c()).await.unwrap();
        listed.sort_by_key(|key| key.id != first.id);
        assert_eq!(listed, [first.clone(), second]);
        assert_eq!(widget_key::find(&tx, other.c(), first.id).await.unwrap(), None);
        assert!(widget_key::list(&tx, other.c()).await.unwrap().is_empty());
        let foreign = widget_key::mark_revoked(&tx, other.c(), first.id, noon("2026-02-02")).await;
        assert!(matches!(foreign, Err(StoreFault::NotFound("widget_key"))), "{foreign:?}");
        widget_key::mark_revoked(&tx, world.c(), first.id, noon("2026-02-03")).await.unwrap();
        widget_key::mark_revoked(&tx, world.c(), first.id, noon("2026-02-04")).await.unwrap();
        let revoked = widget_key::find(&tx, world.c(), first.id).await.unwrap().unwrap();
        assert_eq!(revoked.revoked_at, Some(noon("2026-02-03")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_changes_with_the_balance_and_the_banners_and_is_its_debtors() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let (own, foreign) = ((world.c(), world.d()), (other.c(), other.d()));
        let marks = async || widget_watch::marks(&tx, &[own, foreign]).await.unwrap();
        let before = marks().await;
        assert_eq!(before.len(), 2);
        world.issue(&tx, "F-1", 300).await;
        let issued = marks().await;
        assert_ne!(issued[&own], before[&own]);
        assert_eq!(issued[&foreign], before[&foreign]);
        let crossed = widget_watch::marks(&tx, &[(world.c(), other.d())]).await.unwrap();
        assert!(crossed.is_empty(), "no debtor of another creditor: {crossed:?}");
        let banner = BannerRow {
            id: id(),
            debtor_id: world.d(),
            text: "Su factura vence mañana".to_owned(),
            language: Language::Es,
            written_at: noon("2026-03-01"),
            until_at: noon("2026-03-15"),
            seen_at: None,
        };
        banner::insert(&tx, world.c(), &banner).await.unwrap();
        let written = marks().await;
        assert_ne!(written[&own], issued[&own]);
        let now = noon("2026-03-02");
        let away = async |creditor, until| banner::put_away(&tx, creditor, world.d(), banner.id, now, until).await;
        assert!(!away(other.c(), None).await.unwrap(), "another creditor's");
        assert!(away(world.c(), Some(noon("2026-03-03"))).await.unwrap());
        assert!(banner::is_snoozed(&tx, world.c(), world.d(), now).await.unwrap());
        assert!(!banner::is_snoozed(&tx, world.c(), world.d(), noon("2026-03-03")).await.unwrap());
        assert!(banner::find_shown(&tx, world.c(), world.d(), now).await.unwrap().is_some());
        assert!(away(world.c(), None).await.unwrap());
        assert!(banner::is_dismissed(&tx, world.c(), world.d(), banner.id).await.unwrap());
        assert_eq!(banner::find_shown(&tx, world.c(), world.d(), now).await.unwrap(), None);
        assert_ne!(marks().await[&own], written[&own]);
    })
    .await;
}
