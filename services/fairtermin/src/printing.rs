//! Prints as the standard macros do, which it takes the place of in this crate. Theirs panic where nobody reads any
//! more (`| head`); here that is a quiet end of what is said, and the exit code stays what it is.

use std::{
    fmt,
    io::{self, Write},
};

macro_rules! println {
    () => { $crate::printing::out(format_args!("\n")) };
    ($($said:tt)*) => { $crate::printing::out(format_args!("{}\n", format_args!($($said)*))) };
}

macro_rules! print {
    ($($said:tt)*) => { $crate::printing::out(format_args!($($said)*)) };
}

macro_rules! eprintln {
    () => { $crate::printing::err(format_args!("\n")) };
    ($($said:tt)*) => { $crate::printing::err(format_args!("{}\n", format_args!($($said)*))) };
}

macro_rules! eprint {
    ($($said:tt)*) => { $crate::printing::err(format_args!($($said)*)) };
}

/// To standard output.
pub fn out(said: fmt::Arguments<'_>) {
    write(&mut io::stdout().lock(), said);
}

/// To standard error.
pub fn err(said: fmt::Arguments<'_>) {
    write(&mut io::stderr().lock(), said);
}

/// # Panics
/// As the standard macros, if writing fails for another reason than a closed pipe, such as a full disk.
fn write(to: &mut dyn Write, said: fmt::Arguments<'_>) {
    match to.write_fmt(said) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => panic!("cannot print: {error}"),
        Ok(()) | Err(_) => {}
    }
}
