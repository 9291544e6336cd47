use crate::App;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::api_key::ApiCaller;
use crate::flows::policy::{self, Draft, PolicyBody, PolicyVersion, PublishFrom};
use crate::http::extract::{Id, Json, Query};
use crate::http::page::window;
use crate::i18n::{discount_reading, dunning_reading, late_fee_reading, message_template_reading, template_reading};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use saldo_contract::page::Page;
use saldo_contract::policy::{
    CreatePolicy, EditPolicy, Policy, PolicyBody as WireBody, PolicyHistory, PolicyQuery, PublishPolicy,
};
use saldo_contract::problem::Problem;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, PolicyId};
use saldo_domain::locale::Locale;
use saldo_domain::policy::{PolicyKind, PolicyState};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Policies, newest version first.
#[utoipa::path(get, path = "/v1/policies", tag = "policies", security(("api_key" = [])), params(PolicyQuery),
    responses((status = 200, body = Page<Policy>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PolicyQuery>,
) -> Result<Answer<Page<Policy>>, Failure> {
    caller.needs("read")?;
    let kind = query.kind.as_deref().map(kind).transpose()?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let listed = policy::list(&app, caller.creditor_id, kind, window).await?;
    let reader = Reader::of(&app, caller.creditor_id).await?;
    let items = listed.items.into_iter().map(|version| reader.wire(version)).collect::<Result<_, _>>()?;
    Ok(Answer(Page { items, next_cursor: listed.next.map(|cursor| cursor.to_string()) }))
}

/// One version with all versions of the same policy.
#[utoipa::path(get, path = "/v1/policies/{policy_id}", tag = "policies", security(("api_key" = [])),
    params(("policy_id" = uuid::Uuid, Path)),
    responses((status = 200, body = PolicyHistory), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PolicyId>,
) -> Result<Answer<PolicyHistory>, Failure> {
    caller.needs("read")?;
    let (version, versions) = policy::history(&app, caller.creditor_id, id).await?;
    let reader = Reader::of(&app, caller.creditor_id).await?;
    let versions = versions.into_iter().map(|version| reader.wire(version)).collect::<Result<_, _>>()?;
    Ok(Answer(PolicyHistory { policy: reader.wire(version)?, versions }))
}

/// Begins a policy as a draft; it decides nothing until it is published.
#[utoipa::path(post, path = "/v1/policies", tag = "policies", security(("api_key" = [])), request_body = CreatePolicy,
    responses((status = 201, body = Policy), (status = 422, body = Problem)))]
pub async fn create(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<CreatePolicy>,
) -> Result<(StatusCode, Answer<Policy>), Failure> {
    caller.needs("terms")?;
    let draft = Draft { name: wish.name, body: body(wish.body)? };
    let version = policy::create(&app, caller.creditor_id, &caller.actor(), draft).await?;
    Ok((StatusCode::CREATED, Answer(Reader::of(&app, caller.creditor_id).await?.wire(version)?)))
}

/// Edits a draft. Of two who edit the same revision, the second is refused with `policy_changed`.
#[utoipa::path(put, path = "/v1/policies/{policy_id}", tag = "policies", security(("api_key" = [])),
    params(("policy_id" = uuid::Uuid, Path)), request_body = EditPolicy,
    responses((status = 200, body = Policy), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn edit(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PolicyId>,
    Json(wish): Json<EditPolicy>,
) -> Result<Answer<Policy>, Failure> {
    caller.needs("terms")?;
    let draft = Draft { name: wish.name, body: body(wish.body)? };
    let version = policy::edit(&app, caller.creditor_id, &caller.actor(), id, wish.revision, draft).await?;
    Ok(Answer(Reader::of(&app, caller.creditor_id).await?.wire(version)?))
}

/// Begins the next version of a policy as a draft; answers the draft that is there already.
#[utoipa::path(post, path = "/v1/policies/{policy_id}/revise", tag = "policies", security(("api_key" = [])),
    params(("policy_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Policy), (status = 404, body = Problem)))]
pub async fn revise(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PolicyId>,
) -> Result<Answer<Policy>, Failure> {
    caller.needs("terms")?;
    let version = policy::revise(&app, caller.creditor_id, &caller.actor(), id).await?;
    Ok(Answer(Reader::of(&app, caller.creditor_id).await?.wire(version)?))
}

/// Publishes a draft from a date. Policies that would both decide over the same debts are refused.
#[utoipa::path(post, path = "/v1/policies/{policy_id}/publish", tag = "policies", security(("api_key" = [])),
    params(("policy_id" = uuid::Uuid, Path)), request_body = PublishPolicy,
    responses((status = 200, body = Policy), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn publish(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PolicyId>,
    Json(wish): Json<PublishPolicy>,
) -> Result<Answer<Policy>, Failure> {
    caller.needs("terms")?;
    let from = wish.from_on.map_or(PublishFrom::Now, PublishFrom::Date);
    let version = policy::publish(&app, caller.creditor_id, &caller.actor(), id, wish.revision, from).await?;
    Ok(Answer(Reader::of(&app, caller.creditor_id).await?.wire(version)?))
}

/// Takes a published policy back, from now on. What was issued under it keeps its terms.
#[utoipa::path(post, path = "/v1/policies/{policy_id}/withdraw", tag = "policies", security(("api_key" = [])),
    params(("policy_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Policy), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PolicyId>,
) -> Result<Answer<Policy>, Failure> {
    caller.needs("terms")?;
    let version = policy::withdraw(&app, caller.creditor_id, &caller.actor(), id).await?;
    Ok(Answer(Reader::of(&app, caller.creditor_id).await?.wire(version)?))
}

fn kind(word: &str) -> Result<PolicyKind, Failure> {
    let found = PolicyKind::ALL.into_iter().find(|kind| kind.as_str() == word);
    found.ok_or_else(|| AppRefusal::Malformed(format!("unknown kind {word}")).into())
}

/// Who reads the answers, and when.
pub(super) struct Reader {
    locale: Locale,
    now: Timestamp,
}

impl Reader {
    /// The creditor's own language.
    pub(super) async fn of(app: &App, creditor: CreditorId) -> Result<Self, Failure> {
        let tx = app.store().read_of(creditor).await?;
        let creditor = saldo_store::creditor::load(&tx, creditor).await?;
        Ok(Self { locale: Locale::new(creditor.language, &creditor.country), now: app.now() })
    }

    /// The forms of the reader.
    pub(super) fn locale(&self) -> &Locale {
        &self.locale
    }

    fn wire(&self, version: PolicyVersion) -> Result<Policy, Failure> {
        let (state, from_at, until_at) = match version.state {
            PolicyState::Draft => ("draft", None, None),
            PolicyState::Published { from_at, until_at, .. } => ("published", Some(from_at), until_at),
            PolicyState::Withdrawn { from_at, until_at, .. } => ("withdrawn", Some(from_at), Some(until_at)),
        };
        let reading = match &version.body {
            PolicyBody::Discount(policy) => discount_reading(policy, &self.locale, None),
            PolicyBody::PlanTemplate(template) => template_reading(template, &self.locale),
            PolicyBody::LateFee(policy) => late_fee_reading(policy, &self.locale),
            PolicyBody::Dunning(policy) => dunning_reading(policy, &self.locale),
            PolicyBody::MessageTemplate(template) => message_template_reading(template, &self.locale),
        };
        Ok(Policy {
            id: version.id.0,
            family_id: version.family_id.0,
            name: version.name,
            revision: version.revision,
            state: state.to_owned(),
            from_at,
            until_at,
            in_force: version.state.is_in_force(self.now),
            body: match version.body {
                PolicyBody::Discount(policy) => WireBody::Discount(same(&policy)?),
                PolicyBody::PlanTemplate(template) => WireBody::PlanTemplate(same(&template)?),
                PolicyBody::LateFee(policy) => WireBody::LateFee(same(&policy)?),
                PolicyBody::Dunning(policy) => WireBody::Dunning(same(&policy)?),
                PolicyBody::MessageTemplate(template) => WireBody::MessageTemplate(same(&template)?),
            },
            reading: reading.text(),
            changed_at: version.changed_at,
        })
    }
}

fn body(wire: WireBody) -> Result<PolicyBody, Failure> {
    Ok(match wire {
        WireBody::Discount(policy) => PolicyBody::Discount(meant(&policy)?),
        WireBody::PlanTemplate(template) => PolicyBody::PlanTemplate(meant(&template)?),
        WireBody::LateFee(policy) => PolicyBody::LateFee(meant(&policy)?),
        WireBody::Dunning(policy) => PolicyBody::Dunning(meant(&policy)?),
        WireBody::MessageTemplate(template) => PolicyBody::MessageTemplate(meant(&template)?),
    })
}

/// The wire's types are written as the domain's are; a word that the domain does not know is the caller's.
pub(super) fn meant<T: DeserializeOwned>(wire: &impl Serialize) -> Result<T, Failure> {
    let value = serde_json::to_value(wire).map_err(|error| Fault::Other(error.to_string()))?;
    serde_json::from_value(value).map_err(|error| AppRefusal::Malformed(error.to_string()).into())
}

fn same<T: DeserializeOwned>(value: &impl Serialize) -> Result<T, Failure> {
    let value = serde_json::to_value(value).map_err(|error| Fault::Other(error.to_string()))?;
    serde_json::from_value(value).map_err(|error| Fault::Other(error.to_string()).into())
}
