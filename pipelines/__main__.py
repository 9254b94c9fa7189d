"""`python -m tfgan.pipelines` is `tfgan`."""

from tfgan.__main__ import main

main()
