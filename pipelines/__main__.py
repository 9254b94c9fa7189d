"""`python -m tfgan.pipelines` is `tfgan`."""

from .main import main

main()
