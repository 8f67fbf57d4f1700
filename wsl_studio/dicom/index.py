"""Walks a folder once and says what series it holds, and why the rest was passed over."""

import json
import os
import stat
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from pydantic import ValidationError

from wsl_studio.dicom.elements import quiet
from wsl_studio.dicom.files import NATIVE, NotReadable, open_regular, say_os
from wsl_studio.dicom.headers import Header, make_key, read_header
from wsl_studio.dicom.images import is_image, read_image_header
from wsl_studio.dicom.pixels import try_frame
from wsl_studio.dicom.stacks import build_series
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.series import IMAGE_MODALITY, FileStamp, Index, PassedOver

CACHE_FORMAT: Final = 2
"""Raised when ``Header`` changes; an older cache is then read anew, not misread."""

TRIALS: Final = 3
"""Compressed files of a series decoded during the import, to name those no decoder reads."""

TRIAL_PIXELS: Final = 4_000_000
"""Larger frames are not tried: a JPEG 2000 mammogram takes a second. They speak when opened."""


class HeaderCache:
    """What earlier imports read, one JSON line a file, so that they need not be opened again.

    Holds paths, sizes, times, keys, geometry and reasons; no names, identities or words of the
    header. Every line is written as it is read, so an import that was cancelled or killed goes
    on where it stopped; a half-written last line is dropped. A cache made with another salt or
    by another format is begun anew.
    """

    def __init__(self, path: Path | None, salt: bytes) -> None:
        self._known: dict[str, dict[str, Any]] = {}
        self._file: TextIO | None = None
        self._flushed = time.monotonic()
        if path is None:
            return
        first = {"format": CACHE_FORMAT, "salt": make_key(salt, "header cache")}
        try:
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
            is_ours = bool(lines) and _load(lines[0]) == first
            for line in lines[1:] if is_ours else ():
                row = _load(line)
                if row is not None and isinstance(row.get("path"), str):
                    self._known[row["path"]] = row
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a" if is_ours else "w", encoding="utf-8")
            if not is_ours:
                self._file.write(json.dumps(first) + "\n")
            elif lines:
                self._file.write("\n")  # ends a line that a kill cut in half
        except (OSError, UnicodeDecodeError) as error:
            self.close()
            raise _cache_trouble(error) from None

    def __enter__(self) -> "HeaderCache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is left."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def get(self, stamp: FileStamp) -> tuple[Header | str | None, bool]:
        """(header or reason, tried) of an unchanged file; (None, False) if it must be read."""
        row = self._known.get(stamp.path)
        if row is None or (row.get("size"), row.get("mtime_ns")) != (stamp.size, stamp.mtime_ns):
            return None, False
        if "reason" in row:
            return str(row["reason"]), True
        try:
            return Header.model_validate(row.get("header")), bool(row.get("tried"))
        except ValidationError:
            return None, False

    def put(self, stamp: FileStamp, found: Header | str, *, tried: bool = False) -> None:
        """Keeps what was read of a file; on disk within a second."""
        if self._file is None:
            return
        row: dict[str, Any] = stamp.model_dump()
        if isinstance(found, str):
            row["reason"] = found
        else:
            row |= {"header": found.model_dump(), "tried": tried}
        try:
            self._file.write(json.dumps(row, ensure_ascii=True) + "\n")
            if time.monotonic() - self._flushed > 0.5:
                self._file.flush()
                self._flushed = time.monotonic()
        except OSError as error:
            raise _cache_trouble(error) from None


def _load(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _cache_trouble(error: Exception) -> KnownError:
    words = (getattr(error, "strerror", None) or type(error).__name__).lower()
    return KnownError(
        f"The project's header cache cannot be written ({words}).",
        "Free some space or check the rights of the project folder, then import again.",
    )


def index_folder(folder: Path, *, salt: bytes, cache: Path | None = None) -> Steps[Index]:
    """Finds the series of a folder, recursively; files are read where they are, never copied.

    Symbolic links are named and not followed, so a loop cannot hold it up; only ordinary files
    are opened. Closing the generator stops it; with a cache, a later call goes on from there.

    Args:
        folder: Where to look; a single file also serves.
        salt: Of the project; keys made with another salt cannot be compared.
        cache: JSON lines file of earlier imports, made if absent.

    Yields:
        Progress while looking (total 0), then over the files.

    Returns:
        Series, files passed over with a reason each, and the number of images. Every file found
        is in exactly one of the two.

    Raises:
        KnownError: The folder cannot be read, or the cache cannot be written.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    passed: list[PassedOver] = []
    stamps: list[FileStamp] = []
    for stamp in walk(folder, passed):
        if stamp is not None:
            stamps.append(stamp)
        yield Progress(0, 0, f"Looking for files: {len(stamps):,} found")
    stamps.sort(key=lambda s: s.path)
    with HeaderCache(cache, salt) as known:
        headers: dict[FileStamp, Header] = {}
        untried: list[FileStamp] = []
        for done, stamp in enumerate(stamps):
            yield Progress(done, len(stamps), "Reading headers")
            found, tried = known.get(stamp)
            if found is None:
                found = read_file(Path(stamp.path), salt)
                known.put(stamp, found)
            if isinstance(found, str):
                passed.append(PassedOver(path=stamp.path, reason=found))
                continue
            headers[stamp] = found
            if not tried and needs_trial(found):
                untried.append(stamp)
        yield from _try_series(headers, untried, known, passed)
    for stamp in masks_beside_pictures(headers):
        del headers[stamp]
        reason = "it is the mask of a picture of the same name; masks are imported as truth"
        passed.append(PassedOver(path=stamp.path, reason=reason))
    yield Progress(len(stamps), len(stamps), "Putting series together")
    series, copies = build_series((s.path, h) for s, h in headers.items())
    return Index(
        series=series,
        passed_over=tuple(sorted((*passed, *copies), key=lambda p: p.path)),
        n_images=sum(s.n_slices for s in series),
    )


def walk(folder: Path, passed: list[PassedOver]) -> Iterator[FileStamp | None]:
    """Every ordinary file under a folder; everything else goes to ``passed``.

    Yields None once a folder, so that a tree without files can be stopped too.

    Raises:
        KnownError: The top folder cannot be read.
    """
    try:
        info = folder.stat()
    except OSError as error:
        words = (error.strerror or type(error).__name__).lower()
        raise KnownError(
            f"The folder to import cannot be read ({words}).", "Check the path and its rights."
        ) from None
    if stat.S_ISREG(info.st_mode):
        yield FileStamp(path=str(folder), size=info.st_size, mtime_ns=info.st_mtime_ns)
        return
    waiting = [str(folder)]
    while waiting:
        current = waiting.pop()
        yield None
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    stamp = _look_at(entry, waiting, passed)
                    if stamp is not None:
                        yield stamp
        except OSError as error:
            passed.append(PassedOver(path=safe_path(current), reason=say_os(error)))


def _look_at(
    entry: os.DirEntry[str], waiting: list[str], passed: list[PassedOver]
) -> FileStamp | None:
    reason = ""
    try:
        if entry.is_symlink():
            reason = "it is a symbolic link, which is not followed"
        elif entry.is_dir(follow_symlinks=False):
            waiting.append(entry.path)
            return None
        elif not entry.is_file(follow_symlinks=False):
            reason = "it is not an ordinary file (a pipe, socket or device)"
        elif safe_path(entry.path) != entry.path:
            reason = "its name is not valid text, so no project could hold it"
        else:
            info = entry.stat(follow_symlinks=False)
            return FileStamp(path=entry.path, size=info.st_size, mtime_ns=info.st_mtime_ns)
    except OSError as error:
        reason = say_os(error)
    passed.append(PassedOver(path=safe_path(entry.path), reason=reason))
    return None


def safe_path(path: str) -> str:
    """A path that UTF-8 can hold; undecodable bytes become replacement characters."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_file(path: Path, salt: bytes) -> Header | str:
    """The header of an image file, or the reason why it is passed over; never raises."""
    try:
        with quiet():
            with open_regular(path) as stream:
                head = stream.read(8)
            if is_image(head):
                return read_image_header(path, salt)
            return read_header(path, salt)
    except NotReadable as why:
        return str(why)
    except MemoryError:
        return "there is not enough memory to read its header"
    except Exception as error:  # noqa: BLE001 - a file can break any parser; it is named instead
        return f"its header cannot be parsed ({type(error).__name__})"


def masks_beside_pictures(headers: dict[FileStamp, Header]) -> tuple[FileStamp, ...]:
    """Pictures in a folder named ``masks`` whose name another picture has outside of one.

    Many public sets come as ``images`` and ``masks`` side by side; taken for images, the masks
    would double every series and be trained on.
    """
    pictures = [s for s, h in headers.items() if h.modality == IMAGE_MODALITY]
    masks = {s for s in pictures if Path(s.path).parent.name.lower() in ("mask", "masks")}
    stems = {Path(s.path).stem for s in pictures if s not in masks}
    return tuple(s for s in pictures if s in masks and Path(s.path).stem in stems)


def needs_trial(header: Header) -> bool:
    """True for files whose pixels a look at the header does not vouch for."""
    return (
        header.modality != IMAGE_MODALITY
        and (header.syntax not in NATIVE or header.look == "colour")
        and header.rows * header.columns <= TRIAL_PIXELS
    )


def _try_series(
    headers: dict[FileStamp, Header],
    untried: list[FileStamp],
    known: HeaderCache,
    passed: list[PassedOver],
) -> Steps[None]:
    """Decodes a few frames of every compressed series and takes out what no decoder reads.

    In a series of up to ``TRIALS`` files each is tried. In a longer one some are, and if none
    can be read the whole series is passed over; single bad slices are named when it is opened.
    """
    groups: dict[tuple[str, str], list[FileStamp]] = defaultdict(list)
    for stamp in untried:
        groups[(headers[stamp].series_uid, headers[stamp].syntax)].append(stamp)
    for done, members in enumerate(groups.values()):
        yield Progress(done, len(groups), "Trying the decoders")
        last = len(members) - 1
        picks = sorted({round(i * last / (TRIALS - 1)) for i in range(TRIALS)})
        reasons: dict[FileStamp, str] = {}
        for pick in picks:
            reason = yield from try_frame(Path(members[pick].path))
            yield Progress(done, len(groups), "Trying the decoders")
            if reason:
                reasons[members[pick]] = reason
            elif len(members) > TRIALS:
                break
        if len(members) > TRIALS:
            bad = members if len(reasons) == len(picks) else []
        else:
            bad = list(reasons)
        for stamp in members:
            if stamp in bad:
                reason = reasons.get(stamp) or next(iter(reasons.values()))
                del headers[stamp]
                passed.append(PassedOver(path=stamp.path, reason=reason))
                known.put(stamp, reason)
            else:
                known.put(stamp, headers[stamp], tried=True)
