//! How probable each next bit of a line is.
//!
//! Several contexts, such as the last three octets or the whole line so far, each know which bit followed them before;
//! a mixer weighs what they say by how right they were (context mixing, as in M. Mahoney's lpaq). All numbers are
//! whole, so that they are the same on every machine. Before the first line of a link, the model has read
//! [`LINES`], so that lines like those cost little.
//!
//! This is part of the format: any change of a number here makes all links unreadable.

use super::coder::{Chance, Coder};
use super::words;
use std::sync::OnceLock;

/// What a text is: the model expects other lines at a prompt than in a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A command line.
    Command = 1,
    /// A line for a program.
    Typed = 2,
    /// A line of the network's console.
    Network = 3,
    /// The name of a program or of a constant.
    Name = 4,
    /// The value of a constant.
    Value = 5,
}

/// What the model has read before the first line of a link, in this order.
const LINES: [(Kind, &str); 5] = [
    (Kind::Network, words::NETWORK),
    (Kind::Typed, words::TYPED),
    (Kind::Command, words::COMMANDS),
    (Kind::Name, words::NAMES),
    (Kind::Value, words::VALUES),
];

/// Number of contexts.
const CONTEXTS: usize = 9;
/// Number of bits that each context remembers; they share places where their hashes are equal.
const PLACES: usize = 1 << 16;
/// Weight of each context at the beginning, in 1/65536.
const WEIGHT: i32 = 14_000;
/// How fast weights change.
const RATE: i32 = 8;
/// Ends a text in the stream.
const END: u8 = b'\n';
/// Stands for that octet inside a text. No UTF-8 contains it.
const INNER_END: u8 = 0xFF;

/// The model.
#[derive(Clone)]
pub(super) struct Model {
    /// What each context knows, by place.
    chances: Vec<[Chance; CONTEXTS]>,
    /// Weights by the number of contexts that know something.
    weights: [[i32; CONTEXTS]; CONTEXTS + 1],
    /// The inverse of [`squash`].
    stretched: Vec<i16>,
    /// The contexts of the present octet, hashed.
    contexts: [u32; CONTEXTS],
    /// The text so far and the text before, hashed.
    text: [u32; 2],
    /// The word so far and the word before, hashed.
    word: [u32; 2],
    /// The last eight octets.
    last: u64,
}

impl Model {
    /// A model that has read the lab's lines, once for all links.
    pub(super) fn new() -> Model {
        static PRIMED: OnceLock<Model> = OnceLock::new();
        PRIMED.get_or_init(Model::primed).clone()
    }

    fn primed() -> Model {
        let mut model = Model {
            chances: vec![[Chance::UNKNOWN; CONTEXTS]; PLACES],
            weights: [[WEIGHT; CONTEXTS]; CONTEXTS + 1],
            stretched: stretched(),
            contexts: [0; CONTEXTS],
            text: [0; 2],
            word: [0; 2],
            last: 0,
        };
        let mut nowhere = Coder::writer();
        for (kind, lines) in LINES {
            lines.lines().for_each(|line| _ = model.text(&mut nowhere, kind, line.as_bytes(), usize::MAX));
        }
        model
    }

    /// Writes or reads a text. Returns `None` if it is longer than `most`, or has no end.
    pub(super) fn text(
        &mut self,
        coder: &mut Coder,
        kind: Kind,
        given: &[u8],
        most: usize,
    ) -> Option<Vec<u8>> {
        self.text = [kind as u32, self.text[0]];
        (self.word, self.last) = ([0; 2], u64::from(END));
        let mut text = Vec::new();
        loop {
            let next = match given.get(text.len()) {
                None => END,
                Some(&END) => INNER_END,
                Some(octet) => *octet,
            };
            match self.octet(coder, next) {
                END => return Some(text),
                _ if text.len() == most || coder.is_past_end() => return None,
                INNER_END => text.push(END),
                octet => text.push(octet),
            }
        }
    }

    fn octet(&mut self, coder: &mut Coder, given: u8) -> u8 {
        self.look();
        let mut read = 1;
        for at in (0..8).rev() {
            read = read << 1 | u32::from(self.bit(coder, read, given >> at & 1 == 1));
        }
        let [.., octet] = read.to_be_bytes();
        self.last = self.last << 8 | u64::from(octet);
        self.text[0] = hash(self.text[0], octet.into());
        if octet.is_ascii_alphanumeric() || !octet.is_ascii() {
            self.word[0] = hash(self.word[0], octet.into());
        } else if self.word[0] != 0 {
            self.word = [0, hash(self.word[0], octet.into())];
        }
        octet
    }

    /// Finds the contexts of the next octet.
    fn look(&mut self) {
        let octets = |count: u32| {
            let last = self.last & ((1 << (8 * count)) - 1);
            #[expect(clippy::cast_possible_truncation, reason = "both halves are hashed")]
            hash(last as u32, (last >> 32) as u32)
        };
        let contexts = [
            0,
            octets(1),
            octets(2),
            octets(3),
            octets(4),
            octets(6),
            hash(self.word[0], self.word[1]),
            self.text[0],
            hash(self.text[0], self.text[1]),
        ];
        let mut number = 0;
        self.contexts = contexts.map(|context| {
            number += 1;
            hash(context, number)
        });
    }

    /// Writes or reads the bit after `read`, the bits of its octet so far below a one.
    fn bit(&mut self, coder: &mut Coder, read: u32, bit: bool) -> bool {
        let places = self.contexts.map(|context| hash(context, read) as usize % PLACES);
        let mut known = 0;
        let mut says = [0; CONTEXTS];
        for (context, place) in places.into_iter().enumerate() {
            let Chance { set, seen } = self.chances[place][context];
            known += usize::from(seen > 0);
            says[context] = i32::from(self.stretched[usize::from(set >> 4)]);
        }
        let weights = &mut self.weights[known];
        let sum: i32 = says.iter().zip(&*weights).map(|(says, weight)| (says * (weight >> 2)) >> 14).sum();
        let set = squash(sum);
        let bit = coder.bit(set << 4, bit);
        let error = ((i32::from(bit) << 12) - i32::from(set)) * RATE;
        for (says, weight) in says.into_iter().zip(weights) {
            *weight = (*weight + ((says * error + 0x2000) >> 14)).clamp(-1 << 19, 1 << 19);
        }
        for (context, place) in places.into_iter().enumerate() {
            self.chances[place][context].learn(bit);
        }
        bit
    }
}

/// Probability, in 1/4096, of what is `said`: 1/(1 + e^(-said/256)), by lines between 33 points.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between the first and last point"
)]
fn squash(said: i32) -> u16 {
    const POINTS: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607,
        3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let said = said.clamp(-2047, 2047) + 2048;
    let (at, rest) = ((said >> 7) as usize, said & 127);
    ((POINTS[at] * (128 - rest) + POINTS[at + 1] * rest + 64) >> 7) as u16
}

/// What is said with each probability in 1/4096: the least for which [`squash`] gives it.
fn stretched() -> Vec<i16> {
    let mut said = -2047;
    let least = |set: u16| {
        while said < 2047 && squash(said.into()) < set {
            said += 1;
        }
        said
    };
    (0..4096).map(least).collect()
}

fn hash(one: u32, other: u32) -> u32 {
    let mixed = (one ^ other.wrapping_mul(0x9E37_79B1)).wrapping_add(other).wrapping_mul(0x85EB_CA6B);
    mixed ^ mixed >> 15
}
