"""Families of generative models under one budget, and the table that compares them."""
