"""An index as lines of JSON, so that a long one is written and read piece by piece."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from wsl_studio.domain.series import Index, PassedOver, Series


def index_lines(index: Index) -> Iterator[bytes]:
    """First the series, then the files passed over, one a line with its end."""
    for one in (*index.series, *index.passed_over):
        yield one.model_dump_json().encode() + b"\n"


@dataclass(frozen=True)
class IndexFile:
    """A file of such lines; who holds this removes it.

    Args:
        path: Where it is.
        n_series: Lines that are series.
        n_passed_over: Lines that are files passed over.
    """

    path: Path
    n_series: int
    n_passed_over: int

    def series(self) -> Generator[Series, None, None]:
        """The series, read as they are asked for."""
        with self.path.open("rb") as lines:
            for _, line in zip(range(self.n_series), lines, strict=False):
                yield Series.model_validate_json(line)

    def passed_over(self) -> Generator[PassedOver, None, None]:
        """The files passed over, read as they are asked for."""
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines):
                if number >= self.n_series:
                    yield PassedOver.model_validate_json(line)
