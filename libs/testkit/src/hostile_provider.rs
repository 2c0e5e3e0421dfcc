//! An OpenID provider that does everything wrong that can be done wrong.
