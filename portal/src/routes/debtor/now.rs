use axum::Json;
use axum::extract::State;
use saldo_app::App;
use serde_json::{Value, json};

/// The server's clock in milliseconds: what a countdown goes by.
pub async fn now(State(app): State<App>) -> Json<Value> {
    Json(json!({"now": app.now().as_millisecond()}))
}
