"""Past rounds and their scores on the frozen test patients, as tables."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from wsl_studio.domain.round import FindingMetrics, Interval
from wsl_studio.jobs.values import RoundRow, RoundState
from wsl_studio.ui.series_list import AnyIndex
from wsl_studio.ui.theme import GRID_PX, SMALL_PX, ink, scaled, ui_font
from wsl_studio.ui.words import local, numeral, tr

_ALIGN: Final = {
    True: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    False: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}


def say_interval(found: Interval | None) -> str:
    """``'0.93 (0.86–0.97)'``, or a dash where there is none."""
    if found is None:
        return "–"
    return numeral(f"{found.value:.2f} ({found.low:.2f}–{found.high:.2f})")


def headline(row: RoundRow) -> str:
    """The AUC of each finding in a line."""
    if row.metrics is None:
        return ""
    parts = [
        tr("{finding} AUC {interval}", finding=finding, interval=say_interval(m.auc))
        for finding, m in row.metrics.test.items()
        if m.auc
    ]
    return " · ".join(parts)


def twin_words(row: RoundRow | None) -> str:
    """What unlabelled series were worth in a round, beside its twin of the labels alone."""
    twin = row.metrics.twin if row is not None and row.metrics is not None else None
    return "" if twin is None else local(twin.told)


def anchoring_words(changed: int, seen: int) -> str:
    """How often answers changed once the model was seen; empty where none was given before."""
    if not seen:
        return ""
    return tr("Answers changed after the model was seen: {n} of {total}", n=changed, total=seen)


def interrupted(rounds: Sequence[RoundRow], number: int) -> RoundRow | None:
    """The round that may be resumed: the chosen one, or the last one; None if neither was cut."""
    cut = [row for row in rounds if row.state is RoundState.INTERRUPTED]
    chosen = next((row for row in cut if row.number == number), None)
    return chosen or next((row for row in cut if row is rounds[-1]), None)


def is_no_help(row: RoundRow | None) -> bool:
    """True if the unlabelled series of a round did harm, or the round keeps the labels alone."""
    twin = row.metrics.twin if row is not None and row.metrics is not None else None
    if twin is None:
        return False
    worse = any(both.verdict == "worse" for both in (twin.test or twin.validation).values())
    return twin.is_kept or worse


class Table(QAbstractTableModel):
    """A table of words: titles, lines, and which columns are numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: tuple[str, ...] = ()
        self.lines: tuple[tuple[str, ...], ...] = ()
        self.tips: tuple[str, ...] = ()
        self.tones: tuple[str, ...] = ()
        self._numbers: frozenset[int] = frozenset()

    def show_lines(
        self,
        titles: tuple[str, ...],
        lines: Sequence[tuple[str, ...]],
        *,
        numbers: frozenset[int],
        tips: Sequence[str] = (),
        tones: Sequence[str] = (),
    ) -> None:
        """Shows lines; ``tips`` and ``tones`` (a colour or empty) go by line."""
        new = (titles, tuple(lines), tuple(tips), tuple(tones))
        if new == (self.titles, self.lines, self.tips, self.tones):
            return
        is_same = titles == self.titles and len(lines) == len(self.lines)
        if not is_same:
            self.beginResetModel()
        self.titles, self.lines, self.tips, self.tones = new
        self._numbers = numbers
        if not is_same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(titles) - 1))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Columns."""
        return 0 if parent is not None and parent.isValid() else len(self.titles)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, tooltip, colour, side."""
        if not index.isValid():
            return None
        line, at = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.lines[line][at]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (self.tips[line] if line < len(self.tips) else "") or self.lines[line][at]
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self.tones[line] if line < len(self.tones) else ""
            return QColor(tone or ink().text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[at in self._numbers]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles above their columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return local(self.titles[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[section in self._numbers]
        return None


def show_rounds(table: Table, rounds: Sequence[RoundRow]) -> None:
    """Fills a table with rounds, newest first."""
    lines, tips, tones = [], [], []
    for row in reversed(rounds):
        auc = [m.auc.value for m in row.metrics.test.values() if m.auc] if row.metrics else []
        mean = numeral(f"{sum(auc) / len(auc):.2f}") if auc else "–"
        when = row.created[:16].replace("T", " ")
        state, method = local(row.state), local(row.method)
        lines.append((str(row.number), state, method, str(row.n_labelled), mean))
        told = (when, headline(row), twin_words(row), local(row.sentence))
        tips.append("\n".join(part for part in told if part))
        is_trouble = row.state in (RoundState.FAILED, RoundState.INTERRUPTED)
        tones.append(ink().trouble if is_trouble else "")
    table.show_lines(
        (tr("Round"), tr("State"), tr("Method"), tr("Labels"), "AUC"), lines,
        numbers=frozenset({3, 4}), tips=tips, tones=tones,
    )  # fmt: skip


def show_metrics(table: Table, row: RoundRow | None) -> None:
    """Fills a table with the scores of one round on the test patients."""
    test = row.metrics.test if row is not None and row.metrics is not None else {}
    table.show_lines(
        (
            tr("Test patients"),
            tr("AUC (95 %)"),
            tr("AP (95 %)"),
            tr("Pointing (95 %)"),
            tr("n (present)"),
        ),
        [_metrics_line(finding, found) for finding, found in test.items()],
        numbers=frozenset({1, 2, 3, 4}),
        tips=[_froc(found) for found in test.values()],
    )


def _metrics_line(finding: str, found: FindingMetrics) -> tuple[str, ...]:
    return (
        finding, say_interval(found.auc), say_interval(found.ap), say_interval(found.pointing),
        f"{found.n} ({found.n_positive})",
    )  # fmt: skip


def _froc(found: FindingMetrics) -> str:
    points = [tr("{s:.2f} at {fp:g} false positives a series", s=s, fp=fp) for fp, s in found.froc]
    return tr("sensitivity {points}", points=", ".join(points)) if points else ""


def make_view(table: Table, *, stretch: int, view: QTableView | None = None) -> QTableView:
    """A calm view of a table; column ``stretch`` takes the room that is left, -1 for the last."""
    view = view or QTableView()
    view.setModel(table)
    view.setShowGrid(False)
    view.setFont(ui_font(SMALL_PX))
    view.horizontalHeader().setFont(ui_font(SMALL_PX))
    view.horizontalHeader().setMinimumSectionSize(6 * GRID_PX)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(scaled(3 * GRID_PX))
    view.horizontalHeader().setHighlightSections(False)
    table.modelReset.connect(lambda: _stretch(view, stretch))
    _stretch(view, stretch)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.activated.connect(view.clicked)  # Enter does what a click does
    return view


def _stretch(view: QTableView, column: int) -> None:
    header, n = view.horizontalHeader(), view.model().columnCount()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    if column < n and n:
        header.setSectionResizeMode(column % n, QHeaderView.ResizeMode.Stretch)


def line_words(rounds: tuple[RoundRow, ...], running: RoundRow | None) -> tuple[str, str]:
    """What the folded line says, and its tone."""
    if running is not None:
        parts = [tr("Round {n}", n=running.number), local(running.stage)]
        if running.epochs:
            last = running.epochs[-1]
            parts.append(tr("loss {loss:.2f}", loss=last.train_loss))
            parts += [
                tr("{finding} AUC {interval}", finding=f, interval=numeral(f"{v:.2f}"))
                for f, v in last.validation_auc.items()
                if v is not None
            ]
        parts.append(local(running.sentence))
        return " · ".join(p for p in parts if p), ""
    if not rounds:
        return tr("No round yet. Label some series, then train."), "dim"
    last_row = rounds[-1]
    is_trouble = last_row.state in (RoundState.FAILED, RoundState.INTERRUPTED)
    told = headline(last_row) or local(last_row.sentence)
    words = tr("Round {n} · {state}", n=last_row.number, state=last_row.state)
    return f"{words} · {told}" if told else words, "trouble" if is_trouble else "dim"
