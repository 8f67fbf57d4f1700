"""The one kind of error a reader may see: their disk, their file, their memory."""


class KnownError(Exception):
    """Trouble in the reader's surroundings, said in one plain sentence with what to do.

    Everything that is not a ``KnownError`` is a fault of this program: it is logged with its
    details and the program goes on.

    Args:
        sentence: What went wrong, complete, without patient names or header values.
        advice: What the reader can do about it; may be empty.
    """

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".strip()
