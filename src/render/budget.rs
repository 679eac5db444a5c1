//! The budget of a render: how many steps, how long a text and how large a page a
//! template may make. It counts and looks at no clock, so a good site is rendered
//! the same on every machine.

use std::cell::Cell;
use std::io;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// Rounds of all loops of one render, and items of its list comprehensions.
const MOST_STEPS: u64 = 5_000_000;

/// The longest text, and the size of the largest list, that a template can put
/// together in a variable.
const MOST_HELD: usize = 16 * 1024 * 1024;

/// What the loops of one render may have written when they begin another round.
const MOST_WRITTEN: u64 = 256 * 1024 * 1024;

/// What one render may write at most.
const MOST_BYTES: u64 = 2 * MOST_WRITTEN;

/// The functions that [`metered`](super::metered) puts into templates.
pub(super) const STEP: &str = "__step";
pub(super) const HELD: &str = "__held";
pub(super) const COUNTED: &str = "__counted";
pub(super) const SHOWN: &str = "__shown";

thread_local! {
    static BUDGET: Cell<Budget> = const { Cell::new(Budget::NEW) };
}

/// What was spent of a budget.
#[derive(Debug, Clone, Copy)]
struct Budget {
    steps: u64,
    written: u64,
    exceeded: Option<Bound>,
}

impl Budget {
    const NEW: Self = Self {
        steps: 0,
        written: 0,
        exceeded: None,
    };
}

/// A bound that a render ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Steps,
    Held,
    Written,
}

impl Bound {
    /// What is the matter.
    pub(super) fn message(self) -> String {
        let thousands = crate::diagnostics::thousands;
        match self {
            Self::Steps => format!(
                "the loops of the template go round more than {} times for one page",
                thousands(usize::try_from(MOST_STEPS).unwrap_or(usize::MAX))
            ),
            Self::Held => format!(
                "the template makes a text or a list of more than {} MB",
                MOST_HELD / 1024 / 1024
            ),
            Self::Written => format!(
                "the template writes more than {} MB for one page",
                MOST_WRITTEN / 1024 / 1024
            ),
        }
    }

    fn error(self) -> Error {
        spend(|budget| budget.exceeded = Some(self));
        Error::message(self.message())
    }
}

/// Begins the budget of a render on this thread.
pub(super) fn begin() {
    BUDGET.set(Budget::NEW);
}

/// The bound that the last render of this thread ran into.
pub(super) fn exceeded() -> Option<Bound> {
    BUDGET.get().exceeded
}

fn spend(change: impl FnOnce(&mut Budget)) -> Budget {
    let mut budget = BUDGET.get();
    change(&mut budget);
    BUDGET.set(budget);
    budget
}

fn step(steps: u64) -> TeraResult<()> {
    let budget = spend(|budget| budget.steps = budget.steps.saturating_add(steps));
    if budget.steps > MOST_STEPS {
        Err(Bound::Steps.error())
    } else if budget.written > MOST_WRITTEN {
        Err(Bound::Written.error())
    } else {
        Ok(())
    }
}

fn size(value: &Value) -> usize {
    match value.as_str() {
        Some(text) => text.len(),
        None => value.len().unwrap_or_default(),
    }
}

fn held(bytes: usize) -> TeraResult<()> {
    if bytes > MOST_HELD {
        Err(Bound::Held.error())
    } else {
        Ok(())
    }
}

/// Registers the functions that count, and filters that would make much of little.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(STEP, |_: Kwargs, _: &State<'_>| -> TeraResult<&str> {
        step(1).map(|()| "")
    });
    tera.register_function(HELD, |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let value = kwargs.must_get::<Value>("v")?;
        held(size(&value)).map(|()| value)
    });
    tera.register_function(
        COUNTED,
        |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let value = kwargs.must_get::<Value>("v")?;
            step(value.len().unwrap_or_default() as u64).map(|()| value)
        },
    );
    // What goes into a variable piece by piece is written nowhere yet.
    tera.register_function(
        SHOWN,
        |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let value = kwargs.must_get::<Value>("v")?;
            let bytes = size(&value) as u64;
            spend(|budget| budget.written = budget.written.saturating_add(bytes));
            step(0).map(|()| value)
        },
    );
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
}

/// As Tera's own, within the bound.
fn replace(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput<'_>>("to")?;
    let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let put = |text: &str, to: &str| {
        let times = text.matches(from).count();
        held(text.len().saturating_add(times.saturating_mul(to.len())))?;
        Ok(text.replace(from, to))
    };
    if is_safe {
        let out: TeraResult<String> = put(&text.rendered(state)?, &to.rendered(state)?);
        Ok(Value::safe_string(&out?))
    } else {
        let out: TeraResult<String> = put(text.as_str(), to.as_str());
        Ok(Value::from(out?))
    }
}

/// As Tera's own, within the bound.
fn join(items: &[Value], kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let separator = kwargs.get::<StringInput<'_>>("sep")?;
    let is_safe = state.autoescaping_enabled()
        && (items.iter().any(|item| item.is_string() && item.is_safe())
            || separator.as_ref().is_some_and(StringInput::is_safe));
    let between = match &separator {
        Some(text) if is_safe => text.rendered(state)?.into_owned(),
        Some(text) => text.as_str().to_owned(),
        None => String::new(),
    };
    let mut out = String::new();
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push_str(&between);
        }
        if !item.is_undefined() {
            if is_safe {
                out.push_str(&state.escape_if_needed(item)?);
            } else if let Some(text) = item.as_str() {
                out.push_str(text);
            } else {
                out.push_str(&item.to_string());
            }
        }
        held(out.len())?;
    }
    Ok(if is_safe {
        Value::safe_string(&out)
    } else {
        Value::from(out)
    })
}

/// What a render writes to.
#[derive(Debug, Default)]
pub(super) struct Page(pub(super) Vec<u8>);

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let budget = spend(|budget| budget.written += bytes.len() as u64);
        if budget.written > MOST_BYTES {
            spend(|budget| budget.exceeded = Some(Bound::Written));
            return Err(io::Error::other("the page is too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
