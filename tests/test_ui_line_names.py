"""Names above the curves: they take the room there is, and none is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from wsl_studio.domain.round import Epoch
from wsl_studio.ui.curves import Curves
from wsl_studio.ui.line_names import MOST_ROWS, LineNames, Name

FINDINGS = ("atelectasis", "cardiomegaly", "pleural thickening", "pneumothorax", "hernia", "mass")


def epochs(findings: tuple[str, ...]) -> list[Epoch]:
    told = dict.fromkeys(findings, 0.9)
    return [
        Epoch(
            epoch=k, epochs=9, train_loss=1.0, validation_loss=1.1, unlabelled_loss=0.5,
            validation_auc=told, student_auc=told, pseudo=dict.fromkeys(findings, 20), purity=told,
        )
        for k in (1, 2)
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    texts=st.lists(st.text("abc 0.9", min_size=1, max_size=30), max_size=20),
    width=st.integers(1, 900),
)
def test_every_name_is_written_or_counted(qtbot: QtBot, texts: list[str], width: int) -> None:
    names = LineNames()
    qtbot.addWidget(names)
    names.resize(width, 20)
    names.show_names([Name(text, "#ffffff") for text in texts])
    shown = names.shown
    assert 1 <= names.needed <= MOST_ROWS
    assert names.accessibleName() == ", ".join(texts)
    if shown != texts:
        assert shown[:-1] == texts[: len(shown) - 1]
        assert shown[-1] == f"+{len(texts) - len(shown) + 1}"
    is_whole = all(names.fontMetrics().horizontalAdvance(text) <= width for text in texts)
    assert names.toolTip() == ("" if shown == texts and is_whole else "\n".join(texts))


def test_many_findings_take_no_room_from_what_stands_beside_the_curves(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.show_epochs(epochs(FINDINGS[:1]))
    one = curves.minimumSizeHint()
    curves.show_epochs(epochs(FINDINGS))
    assert curves.minimumSizeHint().width() == one.width()
    curves.resize(430, 220)
    curves.show()
    qtbot.waitUntil(lambda: curves.auc.names.shown[-1].startswith("+"))
    assert "pneumothorax, student 0.90" in curves.auc.names.toolTip()
    assert curves.loss.names.shown == ["training 1.00", "validation 1.10", "unlabelled 0.50"]
    assert curves.loss.names.height() == curves.auc.names.height(), "plots begin together"
    assert "mass 20 (purity 0.90)" in curves.pseudo.toolTip()
    curves.resize(4800, 220)
    qtbot.waitUntil(lambda: len(curves.auc.names.shown) == 2 * len(FINDINGS))
    assert curves.auc.names.toolTip() == ""


@pytest.mark.parametrize("findings", [FINDINGS[:1], FINDINGS])
def test_a_wide_window_has_names_in_one_row_where_they_fit(
    qtbot: QtBot, findings: tuple[str, ...]
) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.show_epochs(epochs(findings))
    curves.resize(1600, 220)
    curves.show()
    rows = 1 if len(findings) == 1 else MOST_ROWS
    qtbot.waitUntil(lambda: curves.loss.names.needed == 1 and curves.auc.names.needed == rows)
