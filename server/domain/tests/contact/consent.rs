//! What a debtor allows, and the words by which it says so.

use crate::table::rows;
use crate::things::{rules, utc};
use saldo_domain::consent::{
    ChannelConsent, ConsentSource, ConsentState, ReplyWord, change, is_e164, read_reply, standing,
};
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::DebtorId;
use saldo_domain::outcome::Outcome;
use saldo_domain::reminder::Channel;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

fn word<T: for<'a> Deserialize<'a>>(text: &'static str) -> T {
    T::deserialize(StrDeserializer::<Error>::new(text)).unwrap_or_else(|_| panic!("no word: {text}"))
}

fn said(channel: Channel, state: &'static str, address: &str) -> ChannelConsent {
    let address = (!address.is_empty()).then(|| address.to_owned());
    let (state, source): (ConsentState, ConsentSource) = (word(state), ConsentSource::Api);
    ChannelConsent { channel, state, at: utc("2026-03-01T12:00:00Z"), source, proof: "form".to_owned(), address }
}

fn debtor() -> Debtor {
    Debtor {
        id: DebtorId(uuid::Uuid::nil()),
        reference: "D-1".to_owned(),
        name: "Ana".to_owned(),
        email: Some("ana@example.com".to_owned()),
        phone: Some("+573001234567".to_owned()),
        postal_address: None,
        language: None,
        country: None,
        zone: None,
        tags: Vec::new(),
    }
}

#[test]
fn a_channel_may_be_used_where_the_law_and_the_debtor_allow_it() {
    let table = rows(
        "
        rules | channel  | known     | of              | answer       | because
        co    | email    |           |                 | no_consent   | Ley 2300: only authorised channels
        co    | email    | given     | ana@example.com | usable       |
        co    | email    | given     | old@example.com | no_consent   | another address was authorised
        co    | email    | given     |                 | usable       | said of the channel
        co    | letter   |           |                 | no_address   |
        co    | banner   |           |                 | usable       |
        mx    | email    |           |                 | usable       |
        mx    | email    | withdrawn | old@example.com | withdrawn    | a no is meant of the channel
        mx    | email    | complained | old@example.com | complained  | the same
        mx    | email    | bounced   | ana@example.com | bounced      |
        mx    | email    | bounced   | old@example.com | usable       | another address was not tried yet
        mx    | sms      |           |                 | no_consent   |
        mx    | sms      | given     | +573001234567   | usable       |
        mx    | sms      | bounced   | +571111111111   | no_consent   |
        mx    | whatsapp | withdrawn | +573001234567   | withdrawn    |
        ",
    );
    for row in table {
        let channel: Channel = row.get("channel").parse().unwrap();
        let known = row.get("known");
        let consents: Vec<_> = (!known.is_empty()).then(|| said(channel, known, row.get("of"))).into_iter().collect();
        let answer = standing(&debtor(), &consents, rules(row.get("rules")), channel);
        row.expect("answer", answer.map_or_else(|why| why.as_str(), |()| "usable"));
    }
    let unread = Debtor { phone: Some("300 123 4567".to_owned()), ..debtor() };
    let given = [said(Channel::Sms, "given", "")];
    assert!(standing(&unread, &given, rules("mx"), Channel::Sms).is_err(), "a phone of old files is no address");
}

#[test]
fn a_no_ends_by_the_debtors_own_word_or_by_a_later_proof() {
    let table = rows(
        "
        known      | new       | source     | at                   | answer            | because
                   | given     | import     | 2026-02-01T12:00:00Z | given             |
        given      | given     | api        | 2026-03-02T12:00:00Z | same              |
        given      | withdrawn | reply_word | 2026-03-02T12:00:00Z | withdrawn         |
        given      | bounced   | provider   | 2026-03-02T12:00:00Z | bounced           |
        bounced    | given     | import     | 2026-03-02T12:00:00Z | given             |
        withdrawn  | withdrawn | debtor     | 2026-03-02T12:00:00Z | same              | the first moment stays
        withdrawn  | bounced   | provider   | 2026-03-02T12:00:00Z | same              | a bounce hides no no
        complained | bounced   | provider   | 2026-03-02T12:00:00Z | same              |
        withdrawn  | given     | import     | 2026-03-02T12:00:00Z | same              | no file gives it back
        withdrawn  | given     | api        | 2026-03-01T12:00:00Z | consent_withdrawn | a proof as old as the no
        withdrawn  | given     | api        | 2026-03-01T12:00:01Z | given             |
        complained | given     | console    | 2026-02-28T12:00:00Z | consent_withdrawn |
        withdrawn  | given     | debtor     | 2026-03-01T12:00:00Z | given             | its own word
        withdrawn  | given     | reply_word | 2026-03-01T12:00:00Z | given             |
        ",
    );
    for row in table {
        let known = (!row.get("known").is_empty()).then(|| said(Channel::Email, row.get("known"), "ana@example.com"));
        let new = said(Channel::Email, row.get("new"), "ana@example.com");
        let new = ChannelConsent { source: word(row.get("source")), at: utc(row.get("at")), ..new };
        let answer = match change(known.as_ref(), new.clone()) {
            Ok(Outcome::Executed(done)) => {
                assert_eq!(done, new);
                done.state.as_str()
            }
            Ok(Outcome::AlreadyApplied) => "same",
            Err(refusal) => refusal.code(),
        };
        row.expect("answer", answer);
    }
}

#[test]
fn answers_are_read_in_three_languages() {
    let table = rows(
        "
        text                 | meaning
        STOP                 | stop
        stop                 | stop
        Stop.                | stop
        « BAJA »             | stop
        ¡Baja!               | stop
        baja por favor       | stop
        PARAR                | stop
        Sair                 | stop
        SAIR agora           | stop
        UNSUBSCRIBE          | stop
        CANCELAR             | stop
        cancelar mi deuda    |
        quiero cancelar      |
        no                   | stop
        no puedo pagar       |
        no, gracias          |
        para el lunes        |
        stop it right now ok |
        START                | start
        Alta                 | start
        ALTA prioridad       |
        voltar               | start
        sí                   |
        ya pagué             |
        !!!                  |
                             |
        ",
    );
    for row in table {
        let meaning = match read_reply(row.get("text")) {
            Some(ReplyWord::Stop) => "stop",
            Some(ReplyWord::Start) => "start",
            None => "",
        };
        row.expect("meaning", meaning);
    }
    assert_eq!(read_reply(&"stop ".repeat(100_000)), None, "a long text is read as far as needed");
}

#[test]
fn the_form_of_a_number_is_e164() {
    for right in ["+525512345678", "+12125550123", "+56987654321"] {
        assert!(is_e164(right), "{right}");
    }
    for wrong in
        ["525512345678", "+0525512345678", "+52 55 1234 5678", "+5255", "+1234567890123456", "+", "", "+52a5123456"]
    {
        assert!(!is_e164(wrong), "{wrong}");
    }
}
