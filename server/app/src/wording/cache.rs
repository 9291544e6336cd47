use super::{Compiled, Facts, Said, builtin};
use crate::failure::Fault;
use saldo_domain::ids::PolicyId;
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many compiled versions a node keeps; past that it begins anew.
const KEPT_MAX: usize = 1_024;

/// The templates that this node has compiled, by version: a published version never changes.
#[derive(Debug, Default)]
pub struct Cache(Mutex<HashMap<PolicyId, Arc<Kept>>>);

#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) key: String,
    pub(crate) compiled: Compiled,
}

impl Cache {
    pub(crate) fn get(&self, id: PolicyId) -> Option<Arc<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    pub(crate) fn keep(&self, id: PolicyId, kept: Arc<Kept>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT_MAX {
            known.clear();
        }
        known.insert(id, kept);
    }
}

/// The words of one creditor at one moment: its own templates in force, and behind them the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Wording(Arc<Vec<Arc<Kept>>>);

impl Wording {
    pub(crate) fn new(own: Vec<Arc<Kept>>) -> Self {
        Self(Arc::new(own))
    }

    /// What is said under a key: the creditor's own words, else the built-in ones; none where neither has any.
    ///
    /// # Errors
    /// A fault where the engine fails.
    pub fn say(&self, key: &str, at: (Language, Channel), facts: &Facts) -> Result<Option<Said>, Fault> {
        let own = self.0.iter().find(|kept| kept.key == key).map(|kept| &kept.compiled);
        let compiled = own.filter(|own| own.has(at.0, at.1)).or_else(|| builtin(key));
        compiled.map_or(Ok(None), |compiled| compiled.say(at.0, at.1, facts))
    }
}
