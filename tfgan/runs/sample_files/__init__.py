"""What `tfgan sample` is made of: which samples, and the forms of file that they take."""
