"""The programs behind the `tfgan` command: one file per verb, thin over the library, flags on top."""
