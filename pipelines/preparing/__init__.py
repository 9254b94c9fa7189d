"""What `tfgan prepare` makes, one subject a file."""
