pub struct Day(pub Vec<crate::Hour>);
