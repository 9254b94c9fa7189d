"""What clients can cause again and again is logged now and then."""

import logging

from tfgan.serving.rate_limited_log import RateLimitFilter


def test_a_message_passes_once_in_some_seconds_and_tells_how_many_did_not(caplog):
    now = [0.0]
    logger = logging.getLogger("tests.repeats")
    repeats = RateLimitFilter(10.0, lambda: now[0])
    logger.addFilter(repeats)
    try:
        for now[0] in (0.0, 1.0, 2.0, 9.9, 10.5, 11.0):
            logger.warning("Invalid request from %s.", now[0])
            logger.error("Another message.")
    finally:
        logger.removeFilter(repeats)
    assert [record.getMessage() for record in caplog.records] == [
        "Invalid request from 0.0.",
        "Another message.",
        "Invalid request from 10.5. (3 more before this one.)",
        "Another message. (3 more before this one.)",
    ]


def test_messages_of_many_kinds_take_no_memory():
    repeats = RateLimitFilter()
    for number in range(1000):
        assert repeats.filter(logging.makeLogRecord({"name": "a", "msg": str(number)}))
    assert len(repeats._last) <= 100
