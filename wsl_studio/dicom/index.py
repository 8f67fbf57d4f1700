"""Walks a folder once and says what series it holds, and why the rest was passed over."""

import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from wsl_studio.dicom.archives import BadArchive, is_archive, list_members
from wsl_studio.dicom.cache import HeaderCache
from wsl_studio.dicom.files import say_os
from wsl_studio.dicom.headers import Header
from wsl_studio.dicom.many import read_many
from wsl_studio.dicom.pixels import try_frame
from wsl_studio.dicom.stacks import build_series
from wsl_studio.dicom.syntaxes import NATIVE
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps
from wsl_studio.domain.series import IMAGE_MODALITY, FileStamp, Index, PassedOver
from wsl_studio.domain.words import say

TRIALS: Final = 3
"""Compressed files of a series decoded during the import, to name those no decoder reads."""

TRIAL_PIXELS: Final = 4_000_000
"""Larger frames are not tried: a JPEG 2000 mammogram takes a second. They speak when opened."""


def index_folder(folder: Path, *, salt: bytes, cache: Path | None = None) -> Steps[Index]:
    """Finds the series of a folder, recursively; files are read where they are, never copied.

    Symbolic links are named and not followed, so a loop cannot hold it up; only ordinary files
    are opened. Closing the generator stops it; with a cache, a later call goes on from there.

    Args:
        folder: Where to look; a ZIP archive, a DICOMDIR or another single file also serves.
            Archives inside are looked into.
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
    stamps.sort()
    with HeaderCache(cache, salt) as known:
        headers: dict[FileStamp, Header] = {}
        untried: list[FileStamp] = []
        done = 0
        for read in _read_all(stamps, known, salt):
            yield Progress(done, len(stamps), "Reading headers")
            if read is None:
                continue
            done += 1
            stamp, found, tried = read
            if isinstance(found, str):
                passed.append(PassedOver(path=stamp.path, reason=found))
                continue
            headers[stamp] = found
            if not tried and needs_trial(found):
                untried.append(stamp)
        untried.sort()
        yield from _try_series(headers, untried, known, passed)
    for stamp in masks_beside_pictures(headers):
        del headers[stamp]
        reason = say("it is the mask of a picture of the same name; masks are imported as truth")
        passed.append(PassedOver(path=stamp.path, reason=reason))
    yield Progress(len(stamps), len(stamps), "Putting series together")
    series, copies = build_series((s.path, h) for s, h in headers.items())
    return Index(
        series=series,
        passed_over=tuple(sorted((*passed, *copies), key=lambda p: p.path)),
        n_images=sum(s.n_slices for s in series),
    )


def _read_all(
    stamps: Sequence[FileStamp], known: HeaderCache, salt: bytes
) -> Iterator[tuple[FileStamp, Header | str, bool] | None]:
    """Every file once, the known ones first; None where nothing came for a while."""
    new = []
    for stamp in stamps:
        found, tried = known.get(stamp)
        if found is None:
            new.append(stamp)
        else:
            yield stamp, found, tried
    for read in read_many([stamp.path for stamp in new], salt):
        if read is None:
            yield None
            continue
        stamp, found = new[read[0]], read[1]
        known.put(stamp, found)
        yield stamp, found, False


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
    if stat.S_ISREG(info.st_mode) and folder.name.upper() != "DICOMDIR":
        whole = FileStamp(path=str(folder), size=info.st_size, mtime_ns=info.st_mtime_ns)
        yield from _inside(whole, passed)
        return
    # What a DICOMDIR lists lies beside and below it, and more may that it forgot.
    waiting = [str(folder.parent if stat.S_ISREG(info.st_mode) else folder)]
    while waiting:
        current = waiting.pop()
        yield None
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    stamp = _look_at(entry, waiting, passed)
                    if stamp is not None:
                        yield from _inside(stamp, passed)
        except OSError as error:
            passed.append(PassedOver(path=safe_path(current), reason=say_os(error)))


def _inside(stamp: FileStamp, passed: list[PassedOver]) -> Iterator[FileStamp]:
    """The file itself, or the members of a ZIP archive."""
    if not is_archive(stamp.path):
        yield stamp
        return
    try:
        for member, why in list_members(stamp.path):
            if why:
                passed.append(PassedOver(path=member.path, reason=why))
            else:
                yield member
    except BadArchive as error:
        passed.append(PassedOver(path=stamp.path, reason=str(error)))


def _look_at(
    entry: os.DirEntry[str], waiting: list[str], passed: list[PassedOver]
) -> FileStamp | None:
    reason = ""
    try:
        if entry.is_symlink():
            reason = say("it is a symbolic link, which is not followed")
        elif entry.is_dir(follow_symlinks=False):
            waiting.append(entry.path)
            return None
        elif not entry.is_file(follow_symlinks=False):
            reason = say("it is not an ordinary file (a pipe, socket or device)")
        elif safe_path(entry.path) != entry.path:
            reason = say("its name is not valid text, so no project could hold it")
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
