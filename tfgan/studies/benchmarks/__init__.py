"""What `tfgan benchmark` measures: one subject a file, and how it is measured."""
