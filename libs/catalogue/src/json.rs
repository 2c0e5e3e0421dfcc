//! Values as JSON, as Helm sees them.

use serde_json::{Map, Number, Value as Json};
use serde_norway::Value;

/// The same values as JSON. Keys become texts, as in Helm; what JSON has no word for (`.nan`,
/// tags) becomes a text or the tagged value.
#[must_use]
pub fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), ..) => Json::Number(whole.into()),
            (None, Some(whole), _) => Json::Number(whole.into()),
            (None, None, Some(real)) => Number::from_f64(real)
                .map_or_else(|| Json::String(number.to_string()), Json::Number),
            (None, None, None) => Json::String(number.to_string()),
        },
        Value::String(text) => Json::String(text.clone()),
        Value::Sequence(items) => Json::Array(items.iter().map(json).collect()),
        Value::Mapping(map) => {
            let entries = map.iter().map(|(key, value)| (key_text(key), json(value)));
            Json::Object(entries.collect::<Map<_, _>>())
        }
        Value::Tagged(tagged) => json(&tagged.value),
    }
}

/// What Helm makes of a key.
fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Null => "null".to_owned(),
        Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keys_become_texts_and_numbers_stay_numbers() {
        let yaml = "{815: a, true: [1, 2.5, null, '01067'], x: {y: -1}}";
        let values: serde_norway::Value = serde_norway::from_str(yaml).unwrap();
        let expected = json!({"815": "a", "true": [1, 2.5, null, "01067"], "x": {"y": -1}});
        assert_eq!(super::json(&values), expected);
    }
}
