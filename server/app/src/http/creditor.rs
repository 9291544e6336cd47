use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::update_creditor;
use crate::http::extract::Json;
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::creditor::{ChannelPrice, Creditor, UpdateCreditor};
use saldo_contract::problem::Problem;
use saldo_domain::money::Money;
use saldo_domain::reminder::Channel;
use saldo_store::{channel_price, invoice_sending};

/// The creditor that the key belongs to.
#[utoipa::path(get, path = "/v1/creditor", tag = "creditors", security(("api_key" = [])),
    responses((status = 200, body = Creditor), (status = 401, body = Problem)))]
pub async fn show(State(app): State<App>, caller: ApiCaller) -> Result<Answer<Creditor>, Failure> {
    caller.needs("read")?;
    wire(&app, &caller).await.map(Answer)
}

/// Changes its look, its widget sites, where answers to mail go, what is mailed, what messages cost and its paper.
#[utoipa::path(patch, path = "/v1/creditor", tag = "creditors", security(("api_key" = [])),
    request_body = UpdateCreditor,
    responses((status = 200, body = Creditor), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn update(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<UpdateCreditor>,
) -> Result<Answer<Creditor>, Failure> {
    caller.needs("write")?;
    update_creditor::update_by(&app, caller.creditor_id, &caller.actor(), wish).await?;
    wire(&app, &caller).await.map(Answer)
}

fn price_wire((channel, price): &(Channel, Money)) -> ChannelPrice {
    ChannelPrice { channel: channel.as_str().to_owned(), price: (*price).into() }
}

async fn wire(app: &App, caller: &ApiCaller) -> Result<Creditor, Failure> {
    let tx = app.store().read_of(caller.creditor_id).await?;
    let creditor = saldo_store::creditor::load(&tx, caller.creditor_id).await.map_err(|_| AppRefusal::KeyInvalid)?;
    let provider = app.provider().name();
    let (paper, paper_is_set) = (creditor.paper_size().name().to_owned(), creditor.paper.is_some());
    Ok(Creditor {
        id: creditor.id.0,
        name: creditor.name,
        country: creditor.country,
        time_zone: creditor.zone.name().to_owned(),
        language: creditor.language.tag().to_owned(),
        currency: creditor.currency.code().to_owned(),
        reply_to: creditor.reply_to,
        brand_colour: creditor.brand.colour,
        widget_origins: saldo_store::creditor::list_widget_origins(&tx, caller.creditor_id).await?,
        channel_prices: channel_price::load(&tx, caller.creditor_id).await?.all().iter().map(price_wire).collect(),
        paper,
        paper_is_set,
        send_invoices: invoice_sending::is_enabled(&tx, caller.creditor_id).await?,
        webhook_url: app.url(&format!("/v1/webhooks/{provider}/{}", creditor.id)),
    })
}
