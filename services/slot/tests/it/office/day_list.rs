//! The confirmed bookings of a day, as the front desk lists them.

use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;

use super::Office;

impl Office {
    /// The confirmed bookings at `location` on the local day of `at`, each with its desk.
    pub async fn confirmed_at(&self, location: &str, at: Timestamp) -> Vec<Value> {
        let date = at.to_zoned_datetime(ambient::berlin()).date();
        let clerk = self.clerk(&[location]);
        let (mut bookings, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/v1/desk/bookings?location={location}&date={date}{after}");
            let page = self.send(Method::GET, &path, &clerk, &[], None).await.expect(200).body;
            bookings.extend(page["bookings"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        bookings.retain(|booking| booking["status"] == "confirmed");
        bookings
    }
}
