//! Stripe's request bodies: `a[b][0]=c` as a tree.

use serde_json::{Map, Value};

/// Reads a query or a form body. Every leaf is a string.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut root = Value::Object(Map::new());
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (decode(key)?, decode(value)?);
        insert(&mut root, &keys(&key)?, value)?;
    }
    Ok(lists(root))
}

fn keys(key: &str) -> Result<Vec<String>, String> {
    let malformed = || format!("malformed parameter: {key}");
    let Some((first, rest)) = key.split_once('[') else { return Ok(vec![key.to_owned()]) };
    let rest = rest.strip_suffix(']').ok_or_else(malformed)?;
    let mut keys = vec![first.to_owned()];
    keys.extend(rest.split("][").map(str::to_owned));
    Ok(keys)
}

fn insert(node: &mut Value, keys: &[String], value: String) -> Result<(), String> {
    let Some(map) = node.as_object_mut() else { return Err("a value and a group share one name".to_owned()) };
    match keys {
        [] => Err("a parameter without a name".to_owned()),
        [last] => match map.insert(last.clone(), Value::String(value)) {
            None => Ok(()),
            Some(_) => Err(format!("twice: {last}")),
        },
        [first, rest @ ..] => {
            let child = map.entry(first.clone()).or_insert_with(|| Value::Object(Map::new()));
            insert(child, rest, value)
        }
    }
}

/// Groups whose names count up from zero are lists.
fn lists(node: Value) -> Value {
    let Value::Object(map) = node else { return node };
    let counted = !map.is_empty() && (0..map.len()).all(|place| map.contains_key(&place.to_string()));
    let mut children: Vec<(String, Value)> = map.into_iter().map(|(key, child)| (key, lists(child))).collect();
    if counted {
        children.sort_by_key(|(key, _)| key.parse::<usize>().unwrap_or(0));
        return Value::Array(children.into_iter().map(|(_, child)| child).collect());
    }
    Value::Object(children.into_iter().collect())
}

fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let (high, low) = (digit(), digit());
                let byte = high.zip(low).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                bytes.push(byte.ok_or_else(|| format!("malformed escape in {text}"))?);
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| format!("not UTF-8: {text}"))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::json;

    #[test]
    fn brackets_become_groups_and_lists() {
        let tree = parse("mode=payment&a[b]=1&l[0][x]=a%20b&l[1][x]=c%2Bd&expand[0]=p.q").unwrap();
        let expected =
            json!({"mode": "payment", "a": {"b": "1"}, "l": [{"x": "a b"}, {"x": "c+d"}], "expand": ["p.q"]});
        assert_eq!(tree, expected);
    }

    #[test]
    fn a_malformed_body_is_refused() {
        for text in ["a[b=1", "a=1&a=2", "a=1&a[b]=2", "a=%zz", "a=%ff"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
