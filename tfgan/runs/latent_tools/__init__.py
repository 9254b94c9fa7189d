"""What `Run` shows of a latent space: paths, sums, directions; their pictures and animations."""
