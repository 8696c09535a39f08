"""What went wrong, as one sentence that a person can act on.

Belongs here: the one exception that carries such a sentence from where it happens to whoever shows it. Faults of the program
itself do not: they keep their own exceptions and their traceback.
"""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for a message that is translated where it is shown)
    """Mark a message id for the catalogue."""
    return text


class Problem(Exception):
    """One sentence about input or settings: what, where, what was expected, what to do.

    `text` is an English message id with `{placeholders}`, `values` fills them; whoever shows it may translate `text` first.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return self.text.format(**self.values)
