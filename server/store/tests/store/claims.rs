//! Disputes, promises, transfers, holds, settlement offers and their files.

use crate::harness::{Db, on_both};
use crate::world::{World, id, mxn, noon, on};
use saldo_domain::actor::Actor;
use saldo_domain::attachment::FileKind;
use saldo_domain::dispute::{Dispute, DisputeOutcome, DisputeReason, DisputeState};
use saldo_domain::hold::{HoldEnd, ManualHold};
use saldo_domain::ids::{AttachmentId, InvoiceId};
use saldo_domain::promise::{PromiseToPay, Withdrawal};
use saldo_domain::settlement::{SettlementOffer, SettlementState};
use saldo_domain::transfer::{DeclaredTransfer, TransferState};
use saldo_store::attachment::{AttachedTo, AttachmentRow};
use saldo_store::dispute::DisputeFilter;
use saldo_store::transfer::TransferFilter;
use saldo_store::{
    PageRequest, StoreFault, Tx, attachment, dispute, hold, invoice, promise, settlement_offer, transfer,
};

const BY: Actor = Actor::System;

fn a_dispute(invoice_id: InvoiceId) -> Dispute {
    Dispute {
        id: id(),
        invoice_id,
        reason: DisputeReason::Quality,
        message: "Llegó rota.\nDos veces.".to_owned(),
        opened_at: noon("2026-02-10"),
        opened_by: BY,
        state: DisputeState::Open,
    }
}

fn a_promise(world: &World, day: &str) -> PromiseToPay {
    PromiseToPay {
        id: id(),
        account_id: world.account_id,
        amount: Some(mxn(100)),
        owed: mxn(300),
        promised_on: on(day),
        made_at: noon("2026-02-10"),
        made_by: BY,
        withdrawn: None,
    }
}

fn a_transfer(world: &World) -> DeclaredTransfer {
    DeclaredTransfer {
        id: id(),
        account_id: world.account_id,
        amount: mxn(300),
        made_on: on("2026-02-09"),
        reference: Some("REF 77".to_owned()),
        declared_at: noon("2026-02-10"),
        declared_by: BY,
        state: TransferState::Waiting,
    }
}

fn a_hold(until_on: &str) -> ManualHold {
    let (reason, from_at) = ("In hospital".to_owned(), noon("2026-02-10"));
    ManualHold { id: id(), reason, from_at, until_on: on(until_on), by: BY, ended: None }
}

fn an_offer(world: &World, invoice_id: InvoiceId) -> SettlementOffer {
    SettlementOffer {
        id: id(),
        account_id: world.account_id,
        items: vec![invoice_id],
        pay: mxn(200),
        full: mxn(300),
        until_at: noon("2026-02-20"),
        offered_at: noon("2026-02-10"),
        by: BY,
        state: SettlementState::Open,
    }
}

fn a_file(world: &World, to: AttachedTo) -> AttachmentRow {
    AttachmentRow {
        id: id::<AttachmentId>(),
        debtor_id: world.d(),
        to,
        kind: FileKind::Pdf,
        name: "recibo.pdf".to_owned(),
        byte_count: 5,
        sent_at: noon("2026-02-10"),
        sent_by: BY,
    }
}

/// One claim of each kind of one debtor.
struct Claims {
    world: World,
    invoice_id: InvoiceId,
    dispute: Dispute,
    promise: PromiseToPay,
    transfer: DeclaredTransfer,
    hold: ManualHold,
    offer: SettlementOffer,
    file: AttachmentRow,
}

async fn write_claims(db: &Db) -> Claims {
    let tx = db.store.write().await.unwrap();
    let world = World::in_tx(&tx, "Owner").await;
    let (c, d) = (world.c(), world.d());
    let invoice_id = world.issue(&tx, "F-1", 300).await;
    let dispute = a_dispute(invoice_id);
    dispute::insert(&tx, c, d, &dispute).await.unwrap();
    let promise = a_promise(&world, "2026-02-20");
    promise::insert(&tx, c, d, &promise).await.unwrap();
    let transfer = a_transfer(&world);
    transfer::insert(&tx, c, d, &transfer).await.unwrap();
    let hold = a_hold("2026-02-28");
    hold::insert(&tx, c, d, &hold).await.unwrap();
    let offer = an_offer(&world, invoice_id);
    settlement_offer::insert(&tx, c, d, &offer).await.unwrap();
    let file = a_file(&world, AttachedTo::Dispute(dispute.id));
    attachment::insert(&tx, c, &file, b"%PDF-".to_vec()).await.unwrap();
    tx.commit().await.unwrap();
    Claims { world, invoice_id, dispute, promise, transfer, hold, offer, file }
}

async fn is_disputed(tx: &Tx, claims: &Claims) -> bool {
    invoice::load(tx, claims.world.c(), claims.invoice_id).await.unwrap().invoice.disputed
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_come_back_as_they_were_written() {
    on_both(async |db| {
        let claims = write_claims(db).await;
        let (c, d) = (claims.world.c(), claims.world.d());
        let tx = db.store.read().await.unwrap();
        assert_eq!(dispute::load(&tx, c, claims.dispute.id).await.unwrap().dispute, claims.dispute);
        assert_eq!(dispute::load_for_debtor(&tx, c, d).await.unwrap(), std::slice::from_ref(&claims.dispute));
        assert_eq!(promise::load(&tx, c, claims.promise.id).await.unwrap().promise, claims.promise);
        assert_eq!(promise::load_for_debtor(&tx, c, d).await.unwrap(), std::slice::from_ref(&claims.promise));
        assert_eq!(transfer::load(&tx, c, claims.transfer.id).await.unwrap().transfer, claims.transfer);
        assert_eq!(transfer::load_for_debtor(&tx, c, d).await.unwrap(), std::slice::from_ref(&claims.transfer));
        assert_eq!(hold::load(&tx, c, claims.hold.id).await.unwrap().hold, claims.hold);
        assert_eq!(hold::load_for_debtor(&tx, c, d).await.unwrap(), std::slice::from_ref(&claims.hold));
        assert_eq!(settlement_offer::load(&tx, c, claims.offer.id).await.unwrap().offer, claims.offer);
        assert_eq!(settlement_offer::load_for_debtor(&tx, c, d).await.unwrap(), std::slice::from_ref(&claims.offer));
        let (file, bytes) = attachment::load(&tx, c, claims.file.id).await.unwrap();
        assert_eq!((&file, bytes.as_slice()), (&claims.file, b"%PDF-".as_slice()));
        let listed = attachment::list(&tx, c, AttachedTo::Dispute(claims.dispute.id)).await.unwrap();
        assert_eq!(listed, std::slice::from_ref(&claims.file));
        assert_eq!(attachment::list_for_debtor(&tx, c, d, 5).await.unwrap(), std::slice::from_ref(&claims.file));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_invoices_flag_follows_its_open_dispute() {
    on_both(async |db| {
        let claims = write_claims(db).await;
        let (c, d) = (claims.world.c(), claims.world.d());
        let tx = db.store.write().await.unwrap();
        assert!(is_disputed(&tx, &claims).await);
        let mut resolved = claims.dispute.clone();
        let note = "Checked.".to_owned();
        resolved.state =
            DisputeState::Resolved { at: noon("2026-02-12"), by: BY, outcome: DisputeOutcome::Rejected, note };
        dispute::update(&tx, c, &resolved).await.unwrap();
        assert!(!is_disputed(&tx, &claims).await);
        assert_eq!(dispute::find_open(&tx, c, claims.invoice_id).await.unwrap(), None);
        dispute::insert(&tx, c, d, &a_dispute(claims.invoice_id)).await.unwrap();
        assert!(is_disputed(&tx, &claims).await);
        tx.rollback().await.unwrap();
        let tx = db.store.read().await.unwrap();
        assert_eq!(dispute::find_open(&tx, c, claims.invoice_id).await.unwrap().unwrap().dispute, claims.dispute);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_has_one_open_dispute() {
    on_both(async |db| {
        let claims = write_claims(db).await;
        let tx = db.store.write().await.unwrap();
        let second = dispute::insert(&tx, claims.world.c(), claims.world.d(), &a_dispute(claims.invoice_id)).await;
        assert!(matches!(second, Err(StoreFault::Conflict("dispute"))), "{second:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_is_not_live() {
    on_both(async |db| {
        let claims = write_claims(db).await;
        let (c, d, at) = (claims.world.c(), claims.world.d(), noon("2026-02-12"));
        let tx = db.store.write().await.unwrap();
        let ended = Some(HoldEnd { at, by: BY });
        hold::update(&tx, c, &ManualHold { ended, ..claims.hold.clone() }).await.unwrap();
        assert_eq!(hold::load_for_debtor(&tx, c, d).await.unwrap(), []);
        let state = TransferState::Matched { at, by: BY, payment_id: None };
        transfer::update(&tx, c, &DeclaredTransfer { state, ..claims.transfer.clone() }).await.unwrap();
        assert_eq!(transfer::load_for_debtor(&tx, c, d).await.unwrap(), []);
        let filter = TransferFilter { debtor_id: None, state: Some("matched") };
        assert_eq!(transfer::list(&tx, c, filter, PageRequest::first(5)).await.unwrap().items.len(), 1);
        let state = SettlementState::Withdrawn { at, by: BY };
        settlement_offer::update(&tx, c, &SettlementOffer { state, ..claims.offer.clone() }).await.unwrap();
        assert_eq!(settlement_offer::load_for_debtor(&tx, c, d).await.unwrap(), []);
        let later = a_promise(&claims.world, "2026-02-25");
        promise::insert(&tx, c, d, &later).await.unwrap();
        assert_eq!(
            promise::load_for_debtor(&tx, c, d).await.unwrap(),
            std::slice::from_ref(&later),
            "the latest of the account"
        );
        let withdrawn = Some(Withdrawal { at, by: BY });
        promise::update(&tx, c, &PromiseToPay { withdrawn, ..later }).await.unwrap();
        assert_eq!(promise::load_for_debtor(&tx, c, d).await.unwrap(), std::slice::from_ref(&claims.promise));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creditor_finds_no_claim_and_changes_none() {
    on_both(async |db| {
        let claims = write_claims(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        let (c, d, page) = (stranger.c(), claims.world.d(), PageRequest::first(5));
        let absent = [
            dispute::load(&tx, c, claims.dispute.id).await.is_err(),
            dispute::update(&tx, c, &claims.dispute).await.is_err(),
            dispute::find_open(&tx, c, claims.invoice_id).await.unwrap().is_none(),
            dispute::load_for_debtor(&tx, c, d).await.unwrap().is_empty(),
            dispute::list(&tx, c, DisputeFilter::default(), page).await.unwrap().items.is_empty(),
            promise::load(&tx, c, claims.promise.id).await.is_err(),
            promise::update(&tx, c, &claims.promise).await.is_err(),
            promise::load_for_debtor(&tx, c, d).await.unwrap().is_empty(),
            promise::list(&tx, c, None, page).await.unwrap().items.is_empty(),
            transfer::load(&tx, c, claims.transfer.id).await.is_err(),
            transfer::update(&tx, c, &claims.transfer).await.is_err(),
            transfer::load_for_debtor(&tx, c, d).await.unwrap().is_empty(),
            transfer::list(&tx, c, TransferFilter::default(), page).await.unwrap().items.is_empty(),
            hold::load(&tx, c, claims.hold.id).await.is_err(),
            hold::update(&tx, c, &claims.hold).await.is_err(),
            hold::load_for_debtor(&tx, c, d).await.unwrap().is_empty(),
            hold::list(&tx, c, None, page).await.unwrap().items.is_empty(),
            settlement_offer::load(&tx, c, claims.offer.id).await.is_err(),
            settlement_offer::update(&tx, c, &claims.offer).await.is_err(),
            settlement_offer::load_for_debtor(&tx, c, d).await.unwrap().is_empty(),
            settlement_offer::list(&tx, c, None, page).await.unwrap().items.is_empty(),
            attachment::load(&tx, c, claims.file.id).await.is_err(),
            attachment::list(&tx, c, AttachedTo::Dispute(claims.dispute.id)).await.unwrap().is_empty(),
            attachment::list_for_debtor(&tx, c, d, 5).await.unwrap().is_empty(),
            dispute::insert(&tx, c, d, &a_dispute(claims.invoice_id)).await.is_err(),
        ];
        assert!(absent.iter().all(|absent| *absent), "{absent:?}");
    })
    .await;
}
