"""Round folders: where they are and what their files say. Knows no database and no training.

``rounds/0001/`` holds ``manifest.json``, ``events.jsonl``, ``checkpoint.safetensors``,
``evidence/*.safetensors``, ``scores.json``, ``metrics.json``, ``features.safetensors``,
``crossfit.json``, and the control files ``stop`` and ``lock``.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from wsl_studio.domain.crossfit import CrossFit
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.evidence_file import evidence_file_name, unpack_evidence
from wsl_studio.domain.json_parts import members
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.round import EVENT, Event, Manifest, Metrics, Said, Score
from wsl_studio.domain.words import say
from wsl_studio.store.lock import is_held

ROUNDS: Final = "rounds"
ASIDE: Final = ".broken"
"""Ending of the folder of a round that was put aside."""

Scores = dict[str, dict[str, Score]]
"""By series and finding."""

_SCORES_OF_ONE: TypeAdapter[dict[str, Score]] = TypeAdapter(dict[str, Score])
_PAUSE_EVERY: Final = 500
"""Series whose scores are read between two pauses: 2 ms."""


class BrokenRoundError(KnownError):
    """A file of a round is missing or damaged; another round is the way out."""


def rounds(folder: Path) -> tuple[int, ...]:
    """Numbers of the rounds of a project folder, oldest first."""
    try:
        names = [path.name for path in (folder / ROUNDS).iterdir() if path.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise _unreadable(folder / ROUNDS) from error
    return tuple(sorted(int(name) for name in names if name.isdecimal() and int(name) > 0))


def round_dir(folder: Path, number: int) -> Path:
    """Folder of a round of a project folder."""
    return folder / ROUNDS / f"{number:04d}"


def make_round_dir(folder: Path, *, at_least: int = 1) -> Path:
    """Makes the next round folder.

    Args:
        folder: Of the project.
        at_least: Its smallest number.

    Raises:
        KnownError: If the folder can't be made.
    """
    number = max(at_least, 1, *(n + 1 for n in rounds(folder)))
    while any(folder.glob(f"{ROUNDS}/{number:04d}.*")):  # one that was put aside keeps its number
        number += 1
    path = round_dir(folder, number)
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise _unwritable(path) from error
    return path


def discard(path: Path) -> None:
    """Removes a round folder that no worker holds.

    Raises:
        KnownError: If its worker is still running, or the folder can't be removed.
    """
    if is_running(path):
        raise KnownError("This round is still running.", "Stop it first.")
    try:
        shutil.rmtree(path)
    except OSError as error:
        raise KnownError(
            f"The round in {path} could not be removed.",
            "Another program may have one of its files open; close it and cancel again.",
        ) from error


def put_aside(path: Path) -> Path:
    """Renames a round folder so that it is none any more; every file stays.

    Raises:
        KnownError: If it can't be renamed.
    """
    aside, n = path.with_name(f"{path.name}{ASIDE}"), 1
    while aside.exists():  # somebody put a copy of it back, and that is broken too
        n += 1
        aside = path.with_name(f"{path.name}.{n}{ASIDE}")
    try:
        return path.rename(aside)
    except OSError as error:
        raise _unwritable(aside) from error


def put_aside_before(folder: Path) -> tuple[Path, ...]:
    """Folders of rounds that were put aside under a number that no round has now."""
    found = sorted((folder / ROUNDS).glob(f"[0-9]*{ASIDE}"))
    back = ((aside, aside.with_suffix("")) for aside in found)
    return tuple(a for a, path in back if path.name.isdecimal() and not path.exists())


def take_back(aside: Path) -> int:
    """Renames a round folder that was put aside back, and gives its number.

    Raises:
        KnownError: If it can't be renamed.
    """
    path = aside.with_suffix("")
    try:
        return int(aside.rename(path).name)
    except OSError as error:
        raise _unwritable(path) from error


def drop_empty(path: Path) -> bool:
    """Removes a round folder in which nothing is: the program ended before it wrote anything."""
    try:
        path.rmdir()
    except OSError:  # there is something in it, or the disk refuses
        return False
    return True


def is_running(path: Path) -> bool:
    """True if a living worker holds the lock of this round folder."""
    return is_held(path / "lock")


def ask_to_stop(path: Path) -> None:
    """Asks the worker of this round to stop between two steps and keep the best."""
    write_file(path / "stop", b"")


def read_manifest(path: Path) -> Manifest:
    """What a round folder is made from.

    Raises:
        KnownError: If it is missing or damaged.
    """
    file = path / "manifest.json"
    data = _read_bytes(file)
    if data is None:
        raise _missing(file)
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        raise _damaged(file) from error


def labelled_steps(path: Path) -> Steps[Manifest]:
    """The manifest with those bags alone that have a target, with pauses.

    It is all that is shown of a round, and a thousandth of the work where few series have labels.

    Raises:
        KnownError: If it is missing or damaged.
    """
    file = path / "manifest.json"
    data = _read_bytes(file)
    if data is None:
        raise _missing(file)
    parts: dict[str, Any] = {}
    bags = []
    try:
        for i, (name, value) in enumerate(members(data.decode(), piecemeal="bags")):
            if i % _PAUSE_EVERY == 0:
                yield Progress(i, 0)
            if name != "bags":
                parts[name] = value
            elif value["targets"]:
                bags.append(value)
        return Manifest.model_validate_json(json.dumps({**parts, "bags": bags}))
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file) from error


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Writes the manifest of a round folder, once, before its worker starts."""
    write_file(path / "manifest.json", manifest.model_dump_json(indent=1).encode())


def read_events(path: Path, offset: int = 0) -> tuple[tuple[Event, ...], int]:
    """What a round folder's worker has said since last time.

    Args:
        path: The round folder.
        offset: What the last call returned; 0 at first.

    Returns:
        The events of all whole lines from there, and where the next call goes on. A line that
        is half written waits; one that was cut off by the end of a worker says so in words.
    """
    try:
        with (path / "events.jsonl").open("rb") as file:
            file.seek(offset)
            data = file.read()
    except FileNotFoundError:
        return (), offset
    except OSError as error:
        raise _unreadable(path / "events.jsonl") from error
    end = data.rfind(b"\n") + 1
    lines = [line for line in data[:end].split(b"\n") if line.strip()]
    return tuple(_event(line) for line in lines), offset + end


def read_metrics(path: Path) -> Metrics | None:
    """Metrics of a round folder, or None before it is finished."""
    data = _read_bytes(path / "metrics.json")
    try:
        return None if data is None else Metrics.model_validate_json(data)
    except ValidationError as error:
        raise _damaged(path / "metrics.json") from error


def read_scores(path: Path) -> Scores:
    """Score by series and finding of a round folder; empty before they are written."""
    return drain(score_steps(path))


def score_steps(path: Path) -> Steps[Scores]:
    """``read_scores`` with pauses."""
    data = _read_bytes(path / "scores.json")
    out: Scores = {}
    try:
        for uid, found in members(data.decode()) if data is not None else ():
            if len(out) % _PAUSE_EVERY == 0:
                yield Progress(len(out), 0)
            out[uid] = _SCORES_OF_ONE.validate_python(found)
    except ValueError as error:  # pydantic's, json's and that of a text that is none
        raise _damaged(path / "scores.json") from error
    return out


def read_evidence(path: Path, series_uid: str) -> dict[str, Evidence]:
    """Evidence by finding for one series of a round folder; empty where there is none."""
    file = path / "evidence" / evidence_file_name(series_uid)
    found = _read_tensors(file)
    if found is None:
        return {}
    try:
        evidence = unpack_evidence(*found, int(path.name))
    except ValueError as error:
        raise _damaged(file) from error
    if any(value.series_uid != series_uid for value in evidence.values()):
        raise _damaged(file)
    return evidence


def read_features(path: Path) -> dict[str, NDArray[np.float32]]:
    """Mean deep feature (D,) by series of a round folder; empty before they are written."""
    file = path / "features.safetensors"
    found = _read_tensors(file)
    if found is None:
        return {}
    arrays, metadata = found
    try:
        uids = json.loads(metadata["series"])
        features = np.asarray(arrays["features"], np.float32)  # (N, D)
        if features.ndim != 2:
            raise ValueError("features have one row a series")
        return dict(zip(uids, features, strict=True))
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged(file) from error


def write_current(folder: Path, number: int, *, of: int) -> None:
    """Remembers that an earlier round is shown as long as ``of`` is the last one."""
    text = json.dumps({"current": number, "of": of})
    write_file(folder / ROUNDS / "current.json", text.encode())


def read_current(folder: Path) -> tuple[int, int] | None:
    """(round that is shown, last round when that was chosen); None where none was chosen."""
    data = _read_bytes(folder / ROUNDS / "current.json")
    try:
        found = {} if data is None else json.loads(data)
        return int(found["current"]), int(found["of"])
    except (ValueError, KeyError, TypeError):
        return None


def read_crossfit(path: Path) -> CrossFit:
    """What a round folder says of its labels; empty where it was made without."""
    data = _read_bytes(path / "crossfit.json")
    try:
        return CrossFit() if data is None else CrossFit.model_validate_json(data)
    except ValidationError as error:
        raise _damaged(path / "crossfit.json") from error


def write_file(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all, and on disk.

    Raises:
        KnownError: If the disk doesn't take it.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _unwritable(path) from error


def _event(line: bytes) -> Event:
    try:
        return EVENT.validate_json(line)
    except ValidationError:
        return Said(sentence=say("One line of this round's record can't be read; it was cut off."))


def _read_bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(file) from error


def _read_tensors(file: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]] | None:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(file), framework="numpy") as tensors:
            arrays = {name: np.array(tensors.get_tensor(name)) for name in tensors.keys()}  # noqa: SIM118
            return arrays, dict(tensors.metadata() or {})
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(file) from error
    except SafetensorError as error:
        raise _damaged(file) from error


def _missing(file: Path) -> BrokenRoundError:
    return BrokenRoundError(f"{file} is missing.", "Start a new round.")


def _damaged(file: Path) -> BrokenRoundError:
    return BrokenRoundError(f"{file} is damaged.", "Labels are not affected; train another round.")


def _unreadable(file: Path) -> KnownError:
    return KnownError(
        f"{file} can't be read.", "Check that its disk is there and that you may read it."
    )


def _unwritable(path: Path) -> KnownError:
    return KnownError(
        f"{path} could not be written.",
        "The disk may be full or read-only; make room or choose another one.",
    )


def read_rebuilt(path: Path, series_uid: str) -> tuple[tuple[str, ...], bytes]:
    """Captions and PNG strip of what a round rebuilt a series as; nothing where there is none."""
    name = Path(evidence_file_name(series_uid)).stem
    strip = _read_bytes(path / "pictures" / f"{name}.png")
    captions = _read_bytes(path / "pictures" / "captions.json")
    if strip is None or captions is None:
        return (), b""
    try:
        return tuple(str(word) for word in json.loads(captions)), strip
    except (ValueError, TypeError) as error:
        raise _damaged(path / "pictures" / "captions.json") from error
