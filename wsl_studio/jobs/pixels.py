"""Volumes and thumbnails for the window, from two reader processes, within a byte budget."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress
from wsl_studio.domain.series import Series
from wsl_studio.domain.volume import Volume
from wsl_studio.jobs.reading import Reader, Request, take_array, take_volume
from wsl_studio.jobs.values import HeaderLine, Work

VOLUME_BYTES: Final = 512 * 2**20
"""Volumes kept beside the one on screen; a 300-slice CT has 157 MB."""
THUMBNAIL_PX: Final = 96
N_WANTED: Final = 48
"""Thumbnails waited for at a time: those of the rows on screen, and a few around."""
N_THUMBNAILS: Final = 2000
"""Thumbnails kept, the first made going first; 18 MB."""
FEW_SLICES: Final = 8
"""Series with more show their middle slice first; fewer are read as quickly as one."""
TOLD_AFTER_S: Final = 0.3
"""Reading is told of once it has taken so long."""
WARM_UP_MS: Final = 200


class Pixels(QObject):
    """The pixels on screen; a late answer for a case that was left is kept but not shown."""

    volume_ready = Signal()
    advanced = Signal()
    thumbnail_ready = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Two processes, so that a case never waits for a page of thumbnails.
        self._front = Reader(self)
        self._back = Reader(self)
        self._volumes: OrderedDict[str, Volume] = OrderedDict()
        self._thumbnails: OrderedDict[str, NDArray[np.uint8] | None] = OrderedDict()
        self._banner: dict[str, str] = {}
        self._first: Volume | None = None
        self._begun = 0.0
        self.work: Work | None = None
        self._uid = ""
        self._beside = ""
        self._loading: list[Request] = []
        self._wanted: OrderedDict[str, Callable[[str], Series]] = OrderedDict()
        self._next_thumbnail = QTimer(self)
        self._next_thumbnail.setSingleShot(True)
        self._next_thumbnail.setInterval(0)
        self._next_thumbnail.timeout.connect(self._ask_thumbnail)
        # The decoders load while the first picture is painted, not when a case is opened.
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.timeout.connect(self._front.warm_up)
        self._warm_up.start(WARM_UP_MS)

    @property
    def volume(self) -> Volume | None:
        """Pixels of the case on screen, or None while they load."""
        return self._volumes.get(self._uid)

    @property
    def first(self) -> Volume | None:
        """The middle slice of the case on screen, a volume of its own, while the rest is read."""
        return self._first if self.volume is None else None

    @property
    def banner(self) -> Mapping[str, str]:
        """Names of the case on screen, live from its file."""
        return self._banner

    @property
    def beside(self) -> Volume | None:
        """Pixels of the case that is compared with, or None while they load."""
        return self._volumes.get(self._beside)

    def show_beside(self, series: Series | None) -> None:
        """Loads a second case to compare with, or lets it go."""
        self._beside = "" if series is None else series.uid
        if series is not None:
            self._load(series)

    def show(self, series: Series) -> None:
        """Loads a case; what was asked for another one is dropped."""
        for request in self._loading:
            self._front.cancel(request)
        self._loading.clear()
        self._uid, self._banner, self._beside = series.uid, {}, ""
        self._first, self.work, self._begun = None, None, time.monotonic()
        payload = {"series": series.model_dump(mode="json")}
        if series.n_slices > FEW_SLICES and series.uid not in self._volumes:
            self._ask_first(series)
        self._load(series)
        if not series.uid.startswith("image."):
            self._loading.append(
                self._front.ask("banner", payload, self._take_banner, self._no_banner)
            )

    def _load(self, series: Series) -> None:
        uid, payload = series.uid, {"series": series.model_dump(mode="json")}
        if uid in self._volumes:
            self._volumes.move_to_end(uid)
            return
        self._loading.append(
            self._front.ask(
                "volume",
                payload,
                lambda result: self._take(uid, result),
                self._on_failed,
                on_progress=lambda progress: self._on_progress(uid, progress),
            )
        )

    def _ask_first(self, series: Series) -> None:
        """Asks for the middle slice alone, before the rest: a series of its own to the reader."""
        middle = series.slices[series.n_slices // 2]
        alone = series.model_copy(update={"slices": (middle,)}).model_dump(mode="json")
        self._loading.append(
            self._front.ask(
                "volume",
                {"series": alone},
                lambda result: self._take_first(series.uid, result),
                lambda _trouble: None,  # the whole series says it
            )
        )

    def _take_first(self, uid: str, result: dict[str, Any]) -> None:
        first = take_volume(uid, result)
        if uid == self._uid and self.volume is None:
            self._first = first
            self.volume_ready.emit()

    def _on_progress(self, uid: str, progress: Progress) -> None:
        if uid == self._uid and time.monotonic() - self._begun > TOLD_AFTER_S:
            self.work = Work(progress.text, progress.done, progress.total, can_cancel=False)
            self.advanced.emit()

    def _on_failed(self, trouble: KnownError) -> None:
        self.work = self._first = None
        self.failed.emit(trouble)

    def thumbnail(self, uid: str, find: Callable[[str], Series]) -> NDArray[np.uint8] | None:
        """A small picture, or None while it is being made (or if it can't be).

        Args:
            uid: Of the series.
            find: Gives the series with its slices; called once a series, not at every repaint.
        """
        if uid not in self._thumbnails:
            self._wanted[uid] = find
            self._wanted.move_to_end(uid)
            if len(self._wanted) > N_WANTED:
                self._wanted.popitem(last=False)  # scrolled away; it asks again when it is seen
            if not self._next_thumbnail.isActive():
                self._next_thumbnail.start()
        return self._thumbnails.get(uid)

    def _ask_thumbnail(self) -> None:
        """Asks for what was wanted last, one at a time: never from a repaint."""
        if not self._wanted or self._back.is_busy:
            return
        uid, find = self._wanted.popitem()
        self._thumbnails[uid] = None
        payload = {"series": find(uid).model_dump(mode="json"), "size_px": THUMBNAIL_PX}
        self._back.ask(
            "thumbnail",
            payload,
            lambda result: self._take_thumbnail(uid, result),
            self._no_thumbnail,
        )

    def header(
        self, series: Series, index: int, take: Callable[[tuple[HeaderLine, ...]], None]
    ) -> None:
        """Reads the header of one slice live and hands its lines over; keeps none of them."""
        payload = {"series": series.model_dump(mode="json"), "slice": index}
        self._loading.append(
            self._front.ask(
                "elements", payload,
                lambda result: take(tuple(HeaderLine(**line) for line in result["lines"])),
                self.failed.emit,
            )
        )  # fmt: skip

    def forget(self) -> None:
        """Drops everything of the project that was open."""
        for request in self._loading:
            self._front.cancel(request)
        self._loading.clear()
        self._volumes.clear()
        self._thumbnails.clear()
        self._wanted.clear()
        self._uid, self._banner, self._beside = "", {}, ""
        self._first = self.work = None

    def close(self) -> None:
        """Ends both processes."""
        self._warm_up.stop()
        self._next_thumbnail.stop()
        self._front.close()
        self._back.close()

    def _take(self, uid: str, result: dict[str, Any]) -> None:
        volume = take_volume(uid, result)
        self._volumes[uid] = volume
        if uid == self._uid:
            self._first = self.work = None
        size = sum(v.array.nbytes for v in self._volumes.values())
        on_screen = {self._uid, self._beside, uid}
        for old in [key for key in self._volumes if key not in on_screen]:
            if size > VOLUME_BYTES:
                size -= self._volumes.pop(old).array.nbytes
        if uid in (self._uid, self._beside):
            self.volume_ready.emit()

    def _take_banner(self, result: dict[str, Any]) -> None:
        self._banner = dict(result["banner"])
        self.volume_ready.emit()

    def _no_banner(self, trouble: KnownError) -> None:
        """No names on screen is no trouble worth a sentence: the volume itself will say it."""

    def _take_thumbnail(self, uid: str, result: dict[str, Any]) -> None:
        self._thumbnails[uid] = np.array(take_array(result))
        if len(self._thumbnails) > N_THUMBNAILS:
            self._thumbnails.popitem(last=False)
        self.thumbnail_ready.emit(uid)
        self._next_thumbnail.start()

    def _no_thumbnail(self, trouble: KnownError) -> None:
        """The browser shows an empty frame; opening the case says why."""
        del trouble
        self._next_thumbnail.start()
