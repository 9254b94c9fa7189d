"""What a client did wrong, as a status of HTTP and one sentence."""


class Rejection(Exception):  # noqa: N818
    """A request that gets no answer but a sentence.

    Args:
      status: int, 4xx or 503.
      sentence: str, for the client.
    """

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
