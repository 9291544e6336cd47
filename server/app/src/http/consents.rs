use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::consent::{self, ConsentRow, ConsentWish, Standing};
use crate::http::extract::{Id, Json};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::consent::{ChannelStanding, ConsentLine, Consents, Preference, PutConsent};
use saldo_contract::problem::Problem;
use saldo_domain::contact::ContactPreference;
use saldo_domain::ids::DebtorId;

/// How a debtor may be reached, and what it said before.
#[utoipa::path(get, path = "/v1/debtors/{debtor_id}/consents", tag = "debtors", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Consents), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<DebtorId>,
) -> Result<Answer<Consents>, Failure> {
    caller.needs("read")?;
    consent::show(&app, caller.creditor_id, id).await.map(wire).map(Answer)
}

/// Notes that a debtor gave or withdrew a channel. The same again changes nothing.
#[utoipa::path(put, path = "/v1/debtors/{debtor_id}/consents", tag = "debtors", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path)), request_body = PutConsent,
    responses((status = 200, body = Consents), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn put(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<DebtorId>,
    Json(wish): Json<PutConsent>,
) -> Result<Answer<Consents>, Failure> {
    caller.needs("write")?;
    let given = match wish.state.as_str() {
        "given" => true,
        "withdrawn" => false,
        other => return Err(AppRefusal::Malformed(format!("state is given or withdrawn, not {other}")).into()),
    };
    let wish = ConsentWish { channel: wish.channel.parse()?, given, at: wish.at, proof: wish.proof };
    consent::record(&app, caller.creditor_id, id, caller.actor(), wish).await.map(wire).map(Answer)
}

fn wire(found: consent::Consents) -> Consents {
    Consents {
        debtor_id: found.debtor_id.0,
        channels: found.standings.into_iter().map(standing).collect(),
        preference: found.preference.map(preference),
        history: found.history.into_iter().map(line).collect(),
    }
}

fn standing(standing: Standing) -> ChannelStanding {
    ChannelStanding {
        channel: standing.channel.as_str().to_owned(),
        address: standing.address,
        usable: standing.unusable.is_none(),
        reason: standing.unusable.map(|why| why.as_str().to_owned()),
    }
}

fn preference(wish: ContactPreference) -> Preference {
    Preference {
        channel: wish.channel.map(|channel| channel.as_str().to_owned()),
        from: wish.from.map(|time| time.to_string()),
        until: wish.until.map(|time| time.to_string()),
    }
}

fn line(row: ConsentRow) -> ConsentLine {
    ConsentLine {
        channel: row.consent.channel.as_str().to_owned(),
        state: row.consent.state.as_str().to_owned(),
        at: row.consent.at,
        source: row.consent.source.as_str().to_owned(),
        proof: row.consent.proof,
        address: row.consent.address,
        recorded_at: row.recorded_at,
    }
}
