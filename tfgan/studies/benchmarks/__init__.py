"""What `tfgan benchmark` measures: one subject per file, and how it is measured."""
