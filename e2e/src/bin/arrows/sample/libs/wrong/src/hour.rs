use crate::Day;

pub struct Hour;
