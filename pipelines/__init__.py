"""The programs of the `tfgan` command: one file per verb, flags on top of the library."""
