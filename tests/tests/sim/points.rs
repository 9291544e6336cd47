//! What a node meets at its fail points: nothing, its end, or a long stand-still while others go on.

use std::any::Any;
use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, resume_unwind, set_hook, take_hook};
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::Poll;

use tokio::runtime::Runtime;

use saldo_domain::ids::AttemptId;
use saldo_tests::fail_points;

/// What an operation comes to, in words for the trace.
pub type Work = Pin<Box<dyn Future<Output = Said>>>;

/// An operation with its name; none where there is nothing to do it with.
pub type Act = Option<(&'static str, Work)>;

/// An operation's answer.
#[derive(Default)]
pub struct Said {
    pub text: String,
    /// The attempt to whose page a debtor was led.
    pub led: Option<AttemptId>,
    /// How many jobs a node worked on.
    pub jobs: usize,
}

impl Said {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// How far an operation came.
pub enum Ran {
    Done(Said),
    /// Its node died at that point.
    Crashed(&'static str),
    /// Its node stands still at that point.
    Parked(Work, &'static str),
}

/// What shall happen to an operation.
#[derive(Clone, Copy, Default)]
pub struct Fate {
    /// It dies at the n-th point that it passes.
    pub dies_at: Option<u32>,
    /// It stands still at the n-th point at which it holds no lock.
    pub stands_at: Option<u32>,
}

struct Crash(&'static str);

#[derive(Default)]
struct Hook {
    fate: Fate,
    passed: u32,
    free: u32,
    parked: Option<&'static str>,
}

thread_local! {
    static HOOK: RefCell<Hook> = RefCell::default();
}

/// Arms every fail point of the product, once in this process. Threads without a world pass them unharmed.
pub fn arm() {
    static ARMED: OnceLock<()> = OnceLock::new();
    ARMED.get_or_init(|| {
        let told = take_hook();
        set_hook(Box::new(move |info| {
            if !info.payload().is::<Crash>() {
                told(info);
            }
        }));
        for name in fail_points::names() {
            let name: &'static str = name.leak();
            fail::cfg_callback(name, move || pass(name)).expect("fail points are compiled in");
        }
    });
}

/// Whether a node that stands still there holds nothing that others wait for. Between its last look at the clock and the
/// channel nothing can be told from a slow wire: there it does not stand still.
fn is_free(name: &str) -> bool {
    let last_look = name.starts_with("call::hand_over") && name.ends_with("before");
    let committed = name.starts_with("commit::") && name.ends_with("after");
    name.starts_with("begin::") || committed || (name.starts_with("call::") && !last_look)
}

fn pass(name: &'static str) {
    let dies = HOOK.with_borrow_mut(|hook| {
        hook.passed += 1;
        if is_free(name) {
            hook.free += 1;
            if hook.fate.stands_at == Some(hook.free) {
                hook.parked = Some(name);
            }
        }
        hook.fate.dies_at == Some(hook.passed)
    });
    if dies {
        panic_any(Crash(name));
    }
}

/// Goes on with an operation until it ends, dies or stands still.
pub fn run(runtime: &Runtime, mut work: Work, fate: Fate) -> Ran {
    HOOK.with_borrow_mut(|hook| {
        (hook.fate, hook.passed, hook.free, hook.parked) = (fate, 0, 0, None);
    });
    enum Step {
        Done(Said),
        Crashed(&'static str),
        Parked(&'static str),
    }
    let step = runtime.block_on(std::future::poll_fn(|context| {
        match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(Poll::Ready(said)) => Poll::Ready(Step::Done(said)),
            Ok(Poll::Pending) => match HOOK.with_borrow_mut(|hook| hook.parked.take()) {
                Some(name) => Poll::Ready(Step::Parked(name)),
                None => Poll::Pending,
            },
            Err(payload) => Poll::Ready(Step::Crashed(crash(payload))),
        }
    }));
    HOOK.with_borrow_mut(|hook| hook.fate = Fate::default());
    match step {
        Step::Done(said) => Ran::Done(said),
        Step::Crashed(name) => Ran::Crashed(name),
        Step::Parked(name) => Ran::Parked(work, name),
    }
}

fn crash(payload: Box<dyn Any + Send>) -> &'static str {
    match payload.downcast::<Crash>() {
        Ok(crash) => crash.0,
        Err(other) => resume_unwind(other),
    }
}
