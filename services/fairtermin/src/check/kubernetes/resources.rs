//! CPU and memory of pods: slips of the unit, and requests that are more than may be had.

use serde_json::Value as Json;

use super::Remarks;

/// With less no container starts, whatever runs in it.
const MINIMUM_BYTES: f64 = 4.0 * 1_048_576.0;

/// More than a node has.
const MOST_CORES: f64 = 100.0;

/// `path` is that of the resources.
pub(super) fn check(path: &str, resources: &Json, said: &mut Remarks<'_>) {
    for kind in ["requests", "limits"] {
        for what in ["memory", "ephemeral-storage"] {
            bytes(&format!("{path}.{kind}.{what}"), &resources[kind][what], said);
        }
        cores(&format!("{path}.{kind}.cpu"), &resources[kind]["cpu"], said);
    }
    for what in ["cpu", "memory", "ephemeral-storage"] {
        let (request, limit) = (&resources["requests"][what], &resources["limits"][what]);
        if let (Some(least), Some(most)) = (quantity(request), quantity(limit))
            && least > most
        {
            let problem =
                format!("{request} is more than the limit {limit}, which Kubernetes refuses");
            let path = format!("{path}.requests.{what}");
            said.error(&path, problem, "exchange the two, or raise the limit");
        }
    }
}

/// A thousandth of a byte is a slip, and so are some bytes.
fn bytes(path: &str, value: &Json, said: &mut Remarks<'_>) {
    let (Some(bytes), written) = (quantity(value), written(value)) else { return };
    let remedy = format!("write {}Mi", without_unit(&written));
    if written.ends_with('m') {
        said.error(path, format!("`{written}` are thousandths of a byte"), remedy);
    } else if bytes > 0.0 && bytes < MINIMUM_BYTES {
        said.warn(
            path,
            format!("`{written}` are {bytes} bytes: no pod runs with so little"),
            remedy,
        );
    }
}

/// Cores that no node has are thousandths of a core, of which there are no parts.
fn cores(path: &str, value: &Json, said: &mut Remarks<'_>) {
    let (Some(cores), written) = (quantity(value), written(value)) else { return };
    let thousandths = cores * 1000.0;
    if (thousandths - thousandths.round()).abs() > 1e-6 {
        let problem =
            format!("`{written}` is finer than a thousandth of a core, which is the least");
        said.error(path, problem, format!("write {}m", thousandths.ceil()));
    }
    if cores >= MOST_CORES && !written.ends_with('m') {
        let problem = format!("`{written}` are {cores} cores, which no node has");
        said.warn(path, problem, format!("write {}m", without_unit(&written)));
    }
}

fn written(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn without_unit(quantity: &str) -> &str {
    quantity.trim_end_matches(|letter: char| letter.is_ascii_alphabetic())
}

/// A Kubernetes quantity, in bytes or cores. `None` if it is none, which the schema says.
fn quantity(value: &Json) -> Option<f64> {
    const UNITS: [(&str, f64); 14] = [
        ("Ki", 1024.0),
        ("Mi", 1_048_576.0),
        ("Gi", 1_073_741_824.0),
        ("Ti", 1_099_511_627_776.0),
        ("Pi", 1_125_899_906_842_624.0),
        ("Ei", 1_152_921_504_606_846_976.0),
        ("m", 0.001),
        ("k", 1e3),
        ("M", 1e6),
        ("G", 1e9),
        ("T", 1e12),
        ("P", 1e15),
        ("E", 1e18),
        ("", 1.0),
    ];
    let text = written(value);
    let read = |(unit, factor): (&str, f64)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some(number * factor)
    };
    UNITS.into_iter().find_map(read)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(resources: &Json) -> Vec<String> {
        let mut said = Remarks::on("f");
        check("slot.resources", resources, &mut said);
        said.found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn quantities_are_compared_in_bytes_and_cores() {
        let read = |value: Json| quantity(&value);
        assert_eq!(read(json!("256Mi")), Some(268_435_456.0));
        assert_eq!(read(json!("1G")), Some(1e9));
        assert_eq!(read(json!("500m")), Some(0.5));
        assert_eq!(read(json!(2)), Some(2.0));
        assert_eq!(read(json!("viel")), None);
        assert_eq!(read(Json::Null), None);
    }

    #[test]
    fn slips_of_the_unit_are_told_with_the_unit_that_was_meant() {
        let signed = json!({"requests": {"cpu": "0.25"}, "limits": {"memory": "+300Mi"}});
        assert_eq!(told(&signed), [""; 0]);
        let usual =
            json!({"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}});
        assert_eq!(told(&usual), [""; 0]);
        assert_eq!(told(&json!({"limits": {"cpu": 2, "memory": "1e9"}})), [""; 0]);
        let slips = [
            (
                json!({"limits": {"memory": 256}}),
                "`256` are 256 bytes: no pod runs with so little; write 256Mi",
            ),
            (
                json!({"limits": {"memory": "256m"}}),
                "`256m` are thousandths of a byte; write 256Mi",
            ),
            (
                json!({"requests": {"cpu": 250}}),
                "`250` are 250 cores, which no node has; write 250m",
            ),
            (
                json!({"limits": {"cpu": "0.5m"}}),
                "`0.5m` is finer than a thousandth of a core, which is the least; write 1m",
            ),
            (
                json!({"requests": {"ephemeral-storage": "2Gi"}, "limits": {"ephemeral-storage": "1Gi"}}),
                "\"2Gi\" is more than the limit \"1Gi\"",
            ),
        ];
        for (resources, says) in slips {
            let told = told(&resources);
            assert!(told.len() == 1 && told[0].contains(says), "{told:?}");
        }
    }
}
