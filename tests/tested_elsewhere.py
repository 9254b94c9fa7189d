"""Source files of more than 40 lines without a test file of their name, and what tests them."""

# Families of files that one suite covers, by the start of their path.
TESTED_AS_FAMILIES = {
    "tfgan/recipes/": "tests/recipes/conformance_test.py trains every recipe",
}

TESTED_ELSEWHERE = {}
