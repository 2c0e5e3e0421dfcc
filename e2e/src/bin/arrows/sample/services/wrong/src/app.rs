use crate::{
    bus::{self, Event},
    zone::Zone,
};

pub struct Visit;
