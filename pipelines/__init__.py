"""The programs behind the `tfgan` command: one file a verb, thin over the library, flags on top."""
