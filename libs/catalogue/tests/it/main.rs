//! Tests of the catalogue against the files that admins edit.

mod presets;
