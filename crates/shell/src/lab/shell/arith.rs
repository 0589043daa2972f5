//! Arithmetic of the shell: `$((…))`, `((…))`, on whole numbers of 64 bits that wrap.
//!
//! An expression is read and computed in one go, by precedence. What is not taken (`a || b`, `a ? b : c`) is computed too, but
//! sets nothing.

use super::Variables;

/// How deep parentheses may be nested.
const DEEPEST: u32 = 50;

/// Operators between two values, by precedence.
const LEVELS: [&[&str]; 10] = [
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<=", ">=", "<", ">"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

/// All signs, longer ones first.
const SIGNS: [&str; 36] = [
    "<<=", ">>=", "**", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "<=", ">=",
    "==", "!=", "&&", "||", "+", "-", "*", "/", "%", "<", ">", "!", "~", "&", "|", "^", "?", ":", "=",
];

/// Computes an expression. Fails with what bash says of it.
pub(super) fn value(text: &str, variables: &mut Variables) -> Result<i64, String> {
    let mut reader = Reader { text, rest: text, last: "", variables, depth: 0, dry: 0 };
    if text.trim().is_empty() {
        return Ok(0);
    }
    let value = reader.comma()?;
    reader.skip();
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(reader.fails("syntax error in expression", reader.rest))
    }
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    /// The rest from the last sign on.
    last: &'a str,
    variables: &'a mut Variables,
    depth: u32,
    /// Above zero, nothing is set and nothing fails to be divided.
    dry: u32,
}

impl<'a> Reader<'a> {
    fn fails(&self, why: &str, token: &str) -> String {
        format!("{}: {why} (error token is \"{}\")", self.text.trim_start(), token)
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// The sign that is next.
    fn sign(&mut self) -> Option<&'static str> {
        self.skip();
        SIGNS.into_iter().find(|sign| self.rest.starts_with(sign))
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let takes = match wanted {
            "(" | ")" | "," => {
                self.skip();
                self.rest.starts_with(wanted)
            }
            _ => self.sign() == Some(wanted),
        };
        if takes {
            self.last = self.rest;
            self.rest = &self.rest[wanted.len()..];
        }
        takes
    }

    fn comma(&mut self) -> Result<i64, String> {
        let mut value = self.assignment()?;
        while self.takes(",") {
            value = self.assignment()?;
        }
        Ok(value)
    }

    fn assignment(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fails("expression recursion level exceeded", self.rest));
        }
        let value = self.assigned();
        self.depth -= 1;
        value
    }

    fn assigned(&mut self) -> Result<i64, String> {
        let before = (self.rest, self.last);
        if let Some(name) = self.name() {
            for sign in ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="] {
                if self.takes(sign) {
                    let right = self.assignment()?;
                    let old = self.variable(name);
                    let value = match sign.trim_end_matches('=') {
                        "" => right,
                        operator => self.apply(operator, old, right)?,
                    };
                    self.set(name, value);
                    return Ok(value);
                }
            }
        }
        (self.rest, self.last) = before;
        let test = self.level(0)?;
        if !self.takes("?") {
            return Ok(test);
        }
        self.dry += u32::from(test == 0);
        let yes = self.assignment()?;
        self.dry -= u32::from(test == 0);
        if !self.takes(":") {
            return Err(self.fails("`:' expected for conditional expression", self.rest));
        }
        self.dry += u32::from(test != 0);
        let no = self.assignment()?;
        self.dry -= u32::from(test != 0);
        Ok(if test != 0 { yes } else { no })
    }

    fn level(&mut self, level: usize) -> Result<i64, String> {
        let Some(signs) = LEVELS.get(level) else {
            return self.power();
        };
        let mut left = self.level(level + 1)?;
        while let Some(sign) = self.sign().filter(|sign| signs.contains(sign)) {
            self.takes(sign);
            let spared = sign == "&&" && left == 0 || sign == "||" && left != 0;
            self.dry += u32::from(spared);
            let right = self.level(level + 1)?;
            self.dry -= u32::from(spared);
            left = self.apply(sign, left, right)?;
        }
        Ok(left)
    }

    fn power(&mut self) -> Result<i64, String> {
        let base = self.unary()?;
        let mut powers = Vec::new();
        while self.takes("**") {
            powers.push(self.unary()?);
        }
        let Some(mut power) = powers.pop() else { return Ok(base) };
        while let Some(lower) = powers.pop() {
            power = raise(lower, power);
        }
        Ok(raise(base, power))
    }

    fn unary(&mut self) -> Result<i64, String> {
        let mut signs = Vec::new();
        while let Some(sign) = self.sign().filter(|sign| ["+", "-", "!", "~", "++", "--"].contains(sign)) {
            self.takes(sign);
            signs.push(sign);
        }
        if let Some(sign @ ("++" | "--")) = signs.last().copied()
            && let Some(name) = self.name()
        {
            signs.pop();
            let value = self.variable(name).wrapping_add(if sign == "++" { 1 } else { -1 });
            self.set(name, value);
            return Ok(signed(value, &signs));
        }
        let value = self.primary()?;
        Ok(signed(value, &signs))
    }

    fn primary(&mut self) -> Result<i64, String> {
        if self.takes("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(self.fails("expression recursion level exceeded", self.rest));
            }
            let value = self.comma()?;
            self.depth -= 1;
            return match self.takes(")") {
                true => Ok(value),
                false => Err(self.fails("missing `)'", self.rest)),
            };
        }
        if let Some(name) = self.name() {
            let value = self.variable(name);
            for (sign, more) in [("++", 1), ("--", -1)] {
                if self.takes(sign) {
                    self.set(name, value.wrapping_add(more));
                }
            }
            return Ok(value);
        }
        self.skip();
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        if digits.is_empty() {
            let token = if self.rest.is_empty() { self.last } else { self.rest };
            return Err(self.fails("syntax error: operand expected", token));
        }
        self.last = self.rest;
        self.rest = rest;
        number(digits).ok_or_else(|| self.fails("value too great for base", digits))
    }

    fn name(&mut self) -> Option<&'a str> {
        self.skip();
        let end =
            self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if !crate::line::is_identifier(name) {
            return None;
        }
        self.last = self.rest;
        self.rest = rest;
        Some(name)
    }

    fn variable(&self, name: &str) -> i64 {
        self.variables.get(name).and_then(|value| number(value.trim())).unwrap_or(0)
    }

    fn set(&mut self, name: &str, value: i64) {
        if self.dry == 0 {
            self.variables.set(name, value.to_string());
        }
    }

    fn apply(&self, sign: &str, left: i64, right: i64) -> Result<i64, String> {
        Ok(match sign {
            "||" => i64::from(left != 0 || right != 0),
            "&&" => i64::from(left != 0 && right != 0),
            "|" => left | right,
            "^" => left ^ right,
            "&" => left & right,
            "==" => i64::from(left == right),
            "!=" => i64::from(left != right),
            "<=" => i64::from(left <= right),
            ">=" => i64::from(left >= right),
            "<" => i64::from(left < right),
            ">" => i64::from(left > right),
            "<<" => left.wrapping_shl(low_bits(right)),
            ">>" => left.wrapping_shr(low_bits(right)),
            "+" => left.wrapping_add(right),
            "-" => left.wrapping_sub(right),
            "*" => left.wrapping_mul(right),
            _ if right == 0 && self.dry > 0 => 0,
            _ if right == 0 => {
                return Err(self.fails("division by 0", self.last.get(..1).unwrap_or_default()));
            }
            "/" => left.wrapping_div(right),
            _ => left.wrapping_rem(right),
        })
    }
}

/// The bits of a number that a shift takes.
fn low_bits(count: i64) -> u32 {
    u32::try_from(count & 63).unwrap_or(0)
}

fn raise(base: i64, power: i64) -> i64 {
    base.wrapping_pow(u32::try_from(power).unwrap_or(0))
}

/// A value with the signs before it, of which the last is the nearest.
fn signed(value: i64, signs: &[&str]) -> i64 {
    signs.iter().rev().fold(value, |value, sign| match *sign {
        "-" => value.wrapping_neg(),
        "!" => i64::from(value == 0),
        "~" => !value,
        _ => value,
    })
}

/// Decimal, octal after `0`, hexadecimal after `0x`.
fn number(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let value = match (digits.strip_prefix("0x"), digits.strip_prefix('0')) {
        (Some(hex), _) => i64::from_str_radix(hex, 16).ok()?,
        (_, Some(octal)) if !octal.is_empty() => i64::from_str_radix(octal, 8).ok()?,
        _ => digits.parse().ok()?,
    };
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compared with bash 5.2.
    #[test]
    fn as_bash_computes() {
        let mut variables = Variables::default();
        variables.set("x", "7".to_owned());
        for (text, expected) in [
            ("2**3", Ok(8)),
            ("2**3**2", Ok(512)),
            ("1+2*3-(4-5)", Ok(8)),
            ("7%3 == 1 && 2<3", Ok(1)),
            ("5>3?10:20", Ok(10)),
            ("x++ + ++x", Ok(16)),
            ("x", Ok(9)),
            ("y=x*2, y+1", Ok(19)),
            ("x+=1", Ok(10)),
            ("-x + !0 + ~0", Ok(-10)),
            ("0x10 + 010", Ok(24)),
            ("1<<4>>2", Ok(4)),
            ("0 && (z=1)", Ok(0)),
            ("z", Ok(0)),
            ("", Ok(0)),
            ("1+", Err("1+: syntax error: operand expected (error token is \"+\")")),
            ("1/0", Err("1/0: division by 0 (error token is \"0\")")),
            ("1 2", Err("1 2: syntax error in expression (error token is \"2\")")),
        ] {
            assert_eq!(
                value(text, &mut variables).as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|e| *e),
                "{text}"
            );
        }
        assert!(value(&"(".repeat(9000), &mut variables).is_err());
        assert!(value(&"-".repeat(9000), &mut variables).is_err());
        assert!(value(&"1?".repeat(9000), &mut variables).is_err());
    }
}
