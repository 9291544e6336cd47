//! What debtors allow, channel by channel, and how they want to be reached.

use crate::harness::on_both;
use crate::world::{World, noon};
use saldo_domain::consent::{ChannelConsent, ConsentSource, ConsentState};
use saldo_domain::contact::ContactPreference;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use saldo_store::{consent, contact_preference, debtor, snapshot};

/// What is known of a channel since a day.
pub fn a_consent(channel: Channel, state: ConsentState, on: &str) -> ChannelConsent {
    let (source, proof) = (ConsentSource::Console, "signed form".to_owned());
    let address = Some("ana@example.com".to_owned());
    ChannelConsent { channel, state, at: noon(on), source, proof, address }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_of_each_channel_counts_and_the_history_stays() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, d) = (world.c(), world.d());
        let tx = db.store.write().await.unwrap();
        let said = [
            a_consent(Channel::Email, ConsentState::Given, "2026-02-01"),
            a_consent(Channel::Sms, ConsentState::Given, "2026-02-02"),
            a_consent(Channel::Email, ConsentState::Withdrawn, "2026-02-03"),
            a_consent(Channel::Whatsapp, ConsentState::Complained, "2026-02-01"),
        ];
        for one in &said {
            consent::insert(&tx, c, d, one, noon("2026-02-10")).await.unwrap();
        }
        debtor::upsert(&tx, c, &world.debtor, noon("2026-02-11")).await.unwrap();
        let snapshot = snapshot::load(&tx, c, d).await.unwrap();
        assert_eq!(snapshot.consents, [said[1].clone(), said[2].clone(), said[3].clone()]);
        let history = consent::list(&tx, c, d).await.unwrap();
        let told: Vec<_> = history.iter().map(|row| row.consent.clone()).collect();
        assert_eq!(told, said.iter().rev().cloned().collect::<Vec<_>>());
        assert!(history.iter().all(|row| row.recorded_at == noon("2026-02-10")));
        let foreign = CreditorId(uuid::Uuid::nil());
        assert_eq!(consent::load_for_debtor(&tx, foreign, d).await.unwrap(), []);
        assert_eq!(consent::list(&tx, foreign, d).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_wish_is_kept() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, d) = (world.c(), world.d());
        let tx = db.store.write().await.unwrap();
        assert_eq!(contact_preference::find(&tx, c, d).await.unwrap(), None);
        let hour = |hour| Some(jiff::civil::time(hour, 0, 0, 0));
        let wishes = [
            ContactPreference { channel: Some(Channel::Sms), from: hour(18), until: hour(20) },
            ContactPreference { channel: None, from: None, until: hour(12) },
        ];
        for wish in &wishes {
            contact_preference::set(&tx, c, d, wish, noon("2026-02-10")).await.unwrap();
            assert_eq!(contact_preference::find(&tx, c, d).await.unwrap().as_ref(), Some(wish));
            assert_eq!(snapshot::load(&tx, c, d).await.unwrap().preference.as_ref(), Some(wish));
        }
        let foreign = CreditorId(uuid::Uuid::nil());
        assert_eq!(contact_preference::find(&tx, foreign, d).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debtor_keeps_its_phone_and_its_address() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let mut called = world.debtor.clone();
        called.phone = Some("+525512345678".to_owned());
        called.postal_address = Some("Calle 1\n06000 México".to_owned());
        debtor::upsert(&tx, world.c(), &called, noon("2026-02-10")).await.unwrap();
        let silent = world.debtor.clone();
        debtor::upsert(&tx, world.c(), &silent, noon("2026-02-11")).await.unwrap();
        assert_eq!(debtor::load(&tx, world.c(), world.d()).await.unwrap(), called, "what is not said stays");
        called.postal_address = Some("Calle 2".to_owned());
        debtor::upsert(&tx, world.c(), &called, noon("2026-02-12")).await.unwrap();
        assert_eq!(debtor::load(&tx, world.c(), world.d()).await.unwrap(), called);
    })
    .await;
}
