//! The variables of a shell.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Variables by name. A shell below another has the same ones until one of the two sets any.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables(Rc<BTreeMap<String, String>>);

impl Variables {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }

    pub(super) fn set(&mut self, name: &str, value: String) {
        Rc::make_mut(&mut self.0).insert(name.to_owned(), value);
    }

    pub(super) fn unset(&mut self, name: &str) {
        Rc::make_mut(&mut self.0).remove(name);
    }
}
