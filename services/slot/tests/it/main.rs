//! The slot service as others see it (cut down while the rest is converted).

mod holds;
