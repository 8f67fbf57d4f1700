"""A small session for the viewer's tests: the contract's signals, and a hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.geometry import Geometry
from wsl_studio.domain.label import Act, Answer, Level, Region, Row, RowId
from wsl_studio.domain.measure import Measure
from wsl_studio.domain.volume import Volume
from wsl_studio.domain.window import Window
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.values import (
    CaseLabels,
    Change,
    HeaderLine,
    LabelState,
    ModelView,
    ProjectInfo,
    Selection,
    SeriesRow,
    Work,
)
from wsl_studio.ui.viewer import Viewer

BLIND = "label first (blind), or press E to see"


def make_geometry(dz: float = 3.0, dy: float = 0.7, dx: float = 0.7) -> Geometry:
    return Geometry((dz, dy, dx), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0))


def make_ct(
    n_slices: int = 12, rows: int = 64, columns: int = 80, *, geometry: Geometry | None = None
) -> Volume:
    """Air with one soft block (100 HU) that moves a little by slice."""
    array = np.full((n_slices, rows, columns), -1000, np.int16)
    array[:, rows // 4 : rows // 2, columns // 4 : columns // 2] = 100
    return Volume(
        "1.2.3",
        array,
        unit="HU",
        modality="CT",
        windows=(Window(40, 400, "Soft tissue"),),
        geometry=geometry,
    )


def make_evidence(
    volume: Volume,
    *,
    stride: float = 8.0,
    scale: float = 3.0,
    peaks: tuple[tuple[int, int, int, float], ...] = (),
    uid: str = "1.2.3",
    finding: str = "nodule",
) -> Evidence:
    """A grid of zeros with values planted at (slice, i, j, logits)."""
    n, rows, columns = volume.array.shape[:3]
    grid = np.zeros((n, int(rows // stride), int(columns // stride)), np.float32)
    for s, i, j, value in peaks:
        grid[s, i, j] = value
    placement = Placement(stride, stride, (stride - 1) / 2, (stride - 1) / 2)
    return Evidence(uid, finding, 3, grid, placement, Arithmetic(2.1, -0.4, 0.0, 1.7), scale)


class FakeSession(QObject):
    changed = Signal(object)
    selection_changed = Signal(object)
    notice = Signal(object)
    first: Volume | None = None

    def __init__(self, volume: Volume | None = None, *, is_phantom: bool = False) -> None:
        super().__init__()
        self.volume = volume
        self.settings: Settings | None = None
        self.compared: Volume | None = None
        self.undone = 0
        self.measured: dict[str, tuple[Measure, ...]] = {}
        self.asked: list[float] = []
        self.banner: dict[str, str] = {}
        self.header: tuple[HeaderLine, ...] = ()
        self.project: ProjectInfo | None = None
        self.rows: tuple[SeriesRow, ...] = ()
        self.selection = Selection()
        self.labels = CaseLabels()
        self.model = ModelView(hidden=BLIND, can_peek=True)
        self.work: Work | None = None
        self.peeks = 0
        if volume is not None:
            self.project = ProjectInfo("demo", Path("/p"), "JD", ("nodule",), is_phantom)
            row = SeriesRow(
                "1.2.3", "CT 12 slices", 7, LabelState.UNLABELLED, is_phantom=is_phantom
            )
            self.rows = (row,)
            self.selection = Selection("1.2.3", 0, "nodule")

    def row_of(self, uid: str) -> SeriesRow | None:
        return next((row for row in self.rows if row.uid == uid), None)

    def select_slice(self, index: int) -> None:
        self.select(slice=index)

    def select(self, **changes: object) -> None:
        self.selection = replace(self.selection, **changes)
        self.selection_changed.emit(self.selection)

    def show_model(self, evidence: Evidence | None) -> None:
        found = {} if evidence is None else {evidence.finding: evidence}
        self.model = ModelView(evidence=found, round=3)
        self.changed.emit(Change(evidence=True))

    def hide_model(self, evidence: Evidence | None = None) -> None:
        """Blind again; the evidence stays in the value, so that only ``hidden`` protects it."""
        found = {} if evidence is None else {evidence.finding: evidence}
        self.model = ModelView(hidden=BLIND, can_peek=True, evidence=found, round=3)
        self.changed.emit(Change(evidence=True))

    def set_labels(self, *rows: object) -> None:
        self.labels = CaseLabels(tuple(rows))
        self.changed.emit(Change(labels=True))

    def peek(self) -> None:
        self.peeks += 1

    def keep_remove(self, threshold: float) -> None:
        self.asked.append(threshold)

    def read_header(self, take: Callable[[tuple[HeaderLine, ...]], None]) -> None:
        take(self.header)

    def measures_of(self, uid: str) -> tuple[Measure, ...]:
        return self.measured.get(uid, ())

    def keep_measures(self, uid: str, measures: tuple[Measure, ...]) -> None:
        self.measured[uid] = measures
        self.changed.emit(Change(labels=True))

    def undo(self) -> None:
        self.undone += 1

    def redo(self) -> None:
        self.undone -= 1

    @property
    def companions(self) -> tuple[SeriesRow, ...]:
        return tuple(row for row in self.rows if row.uid != self.selection.series_uid)

    def compare(self, uid: str) -> None:
        if not uid:
            self.compared = None


def pixels(widget: QWidget) -> NDArray[np.int32]:
    """What a widget paints, (h, w, 3) RGB."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    h, w, step = image.height(), image.width(), image.bytesPerLine()
    flat = np.frombuffer(image.constBits(), np.uint8, step * h).reshape(h, step)
    return flat[:, : 3 * w].reshape(h, w, 3).astype(np.int32)


def is_orange(rgb: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Pixels that evidence for has tinted (the pale yellow of labels has as much green as red)."""
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    return (r - g > 12) & (g - b > 12)


def is_blue(rgb: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Pixels that evidence against has tinted (the bluish greys of the theme differ by 16)."""
    return rgb[..., 2] - rgb[..., 0] > 24


def wheel(
    widget: QWidget,
    notches: float,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    at: tuple[float, float] = (50, 50),
) -> None:
    """Turns the wheel over a widget; positive is away from the reader."""
    here = QPointF(*at)
    event = QWheelEvent(
        here,
        QPointF(widget.mapToGlobal(here)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def drag(
    widget: QWidget,
    start: tuple[float, float],
    end: tuple[float, float],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    lets_go: bool = True,
) -> None:
    """Presses, moves in five steps and lets go; positions are (x, y)."""
    none, kinds = Qt.MouseButton.NoButton, QEvent.Type

    def send(kind: QEvent.Type, x: float, y: float, which: Qt.MouseButton) -> None:
        at = QPointF(x, y)
        held = none if kind is kinds.MouseButtonRelease else button
        event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), which, held, modifiers)
        QApplication.sendEvent(widget, event)

    send(kinds.MouseButtonPress, *start, button)
    for k in range(1, 6):
        x, y = (a + (b - a) * k / 5 for a, b in zip(start, end, strict=True))
        send(kinds.MouseMove, x, y, none)
    if lets_go:
        send(kinds.MouseButtonRelease, *end, button)


def hover(widget: QWidget, x: float, y: float) -> None:
    """Moves the mouse without a button."""
    at, none = QPointF(x, y), Qt.MouseButton.NoButton
    where = QPointF(widget.mapToGlobal(at))
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, where, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def make_viewer(session: FakeSession, qtbot: QtBot) -> Viewer:
    widget = Viewer(session)  # type: ignore[arg-type]
    qtbot.addWidget(widget)
    widget.resize(900, 640)
    widget.grab()  # lays it out
    return widget


def row(number: int, level: Level, region: Region, finding: str = "nodule") -> Row:
    return Row(
        id=RowId(number),
        created=datetime.now(UTC),
        act=Act.SAY,
        series_uid="1.2.3",
        reader="JD",
        finding=finding,
        level=level,
        answer=Answer.PRESENT,
        region=region,
    )


def has_model(viewer: Viewer) -> bool:
    rgb = pixels(viewer)
    return bool(is_orange(rgb).any() or is_blue(rgb).any())


PEAKS = ((4, 3, 4, 3.0), (9, 5, 2, -2.5), (6, 2, 2, 2.0))


def evidence_of(session: FakeSession) -> Evidence:
    return make_evidence(session.volume, peaks=PEAKS)
