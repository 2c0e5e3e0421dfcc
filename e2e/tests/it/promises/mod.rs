//! Nothing is half built: what is declared in one place is made and used in others. Read from the
//! sources, since no service knows another.

mod events;
mod numbers;
mod problems;
mod routes;
mod runbooks;
mod settings;
mod sources;
