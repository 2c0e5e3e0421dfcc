//! Open data about how the office works: `/v1/statistics/months`.

use ids::ServiceId;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::SlotApi;
use crate::{ClientError, http};

/// One month, of all services or of one. `None` stands for what is too little to tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthStatistics {
    /// Its first day.
    #[serde(serialize_with = "month_text", deserialize_with = "month")]
    pub month: Date,
    /// `None` if it is about all of them.
    #[serde(default)]
    pub service: Option<ServiceId>,
    /// Appointments that were not given up.
    pub booked: Option<u32>,
    /// Of these: missed.
    pub missed: Option<u32>,
    /// How many did not come, from 0 to 1.
    pub missed_share: Option<f64>,
    /// Booked by phone.
    pub booked_by_phone: Option<u32>,
    /// How many began no more than 14 days after they were booked, from 0 to 1.
    pub within_14_days_share: Option<f64>,
    /// Days from booking to appointment, on average.
    pub waiting_days_mean: Option<f64>,
}

/// The answer's body, a month an entry.
#[derive(Deserialize)]
struct Months {
    months: Vec<MonthStatistics>,
}

/// A month of the API (`2027-01`), as its first day.
fn month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    format!("{text}-01").parse().map_err(|_| D::Error::custom("expected a month like 2027-01"))
}

/// The month of a day, as the API writes it.
fn month_text<S: Serializer>(month: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&month.strftime("%Y-%m"))
}

impl SlotApi {
    /// The last twelve months that are told, of the whole authority.
    ///
    /// # Errors
    /// An outage.
    pub async fn months(&self) -> Result<Vec<MonthStatistics>, ClientError> {
        let found: Months = http::json(self.get(&["statistics", "months"])).await?;
        Ok(found.months)
    }

    /// The last twelve months by service, as a table that a spreadsheet program in German opens.
    ///
    /// # Errors
    /// An outage.
    pub async fn months_table(&self) -> Result<String, ClientError> {
        let query = [("by", "service"), ("format", "csv")];
        http::text(self.get(&["statistics", "months"]).query(&query)).await
    }

    /// One month by service, named by its first day.
    ///
    /// # Errors
    /// `invalid-request` if it is not told; an outage.
    pub async fn month_by_service(&self, month: Date) -> Result<Vec<MonthStatistics>, ClientError> {
        let month = month.strftime("%Y-%m").to_string();
        let query = [("from", month.as_str()), ("to", &month), ("by", "service")];
        let found: Months = http::json(self.get(&["statistics", "months"]).query(&query)).await?;
        Ok(found.months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_by_its_first_day() {
        let text = r#"{"month": "2027-01", "booked": 17, "missed": null, "missed_share": null,
            "booked_by_phone": 0, "within_14_days_share": 0.8, "waiting_days_mean": 7.0}"#;
        let read: MonthStatistics = serde_json::from_str(text).unwrap();
        assert_eq!((read.month, &read.service), (jiff::civil::date(2027, 1, 1), &None));
        assert_eq!(serde_json::to_value(&read).unwrap()["month"], "2027-01");
        assert!(
            serde_json::from_str::<MonthStatistics>(&text.replace("2027-01", "2027-13")).is_err()
        );
    }
}
