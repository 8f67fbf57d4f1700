"""Both themes: words stand out, the picture stays black, the choice is live and is remembered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
)

from tests.fakes_session import FakeSession
from tests.ui_makers import open_window
from wsl_studio.ui import theme
from wsl_studio.ui.theme import DARK, FOR, SCALES, THEMES, apply_theme, contrast
from wsl_studio.ui.window import MainWindow

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
GROUNDS = ("background", "panel", "raised", "hover", "selected")
WORDS = ("text", "accent", "against", "model", "trouble", "waiting", "partly")


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


@pytest.fixture
def window(session, qtbot, qapp, tmp_path):
    apply_theme(qapp)
    yield open_window(qtbot, qapp, session, tmp_path)
    apply_theme(qapp)


def test_contrast_is_that_of_the_guideline():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_every_ground(theme):
    inks = THEMES[theme]
    for ground in GROUNDS:
        for word in WORDS:
            found = contrast(getattr(inks, word), getattr(inks, ground))
            assert found >= 4.5, (theme, word, ground, found)
    for ground in ("background", "panel", "raised"):
        assert contrast(inks.dim, getattr(inks, ground)) >= 4.5, (theme, ground)
    for trace in inks.traces:
        assert contrast(trace, inks.panel) >= 4.5
    assert contrast(FOR, DARK.background) >= 4.5, "the one next thing to do"


def test_no_two_colours_of_a_look_are_alike():
    for inks in THEMES.values():
        plain = [v for v in vars(inks).values() if isinstance(v, str)]
        assert len(plain) == len(set(plain)), "an icon is tinted anew by what its colour means"


def colour_at(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y)


def test_the_look_changes_at_once_by_key_and_the_picture_stays_black(window, session, qtbot):
    canvas = window.viewer.canvas
    assert colour_at(window.header, 300, 3) == QColor(DARK.panel)
    icon = window.header.help_button.icon().cacheKey()
    qtbot.keyClick(window, K.Key_D, CTRL | SHIFT)
    assert colour_at(window.header, 300, 3) == QColor(THEMES["light"].panel)
    assert window.header.help_button.icon().cacheKey() != icon
    assert colour_at(canvas, 2, canvas.height() // 2) == QColor(0, 0, 0)
    assert session.settings.get("theme") == "light"
    qtbot.keyClick(window, K.Key_D, CTRL | SHIFT)
    assert colour_at(window.header, 300, 3) == QColor(DARK.panel)
    assert window.header.help_button.icon().cacheKey() == icon


def test_the_look_of_last_time_is_worn_again(window, session, qtbot, tmp_path):
    qtbot.keyClick(window, K.Key_D, CTRL | SHIFT)
    qtbot.keyClick(window, K.Key_Plus, CTRL)
    theme.apply_theme(QApplication.instance())
    other = MainWindow(session, home=tmp_path)
    qtbot.addWidget(other)
    assert theme.ink() is THEMES["light"]
    assert theme.text_percent() == 125


def is_inside(window, place):
    return window.rect().contains(place.mapTo(window, place.rect().bottomRight()))


def test_text_grows_to_double_and_back_and_nothing_leaves_the_window(window, session, qtbot):
    before = window.labels.fontMetrics().height(), window.header.height()
    for percent in SCALES[1:]:
        qtbot.keyClick(window, K.Key_Plus, CTRL)
        assert theme.text_percent() == percent
        if percent <= 150:
            window.resize(1366, 768)
            places = (window.browser, window.viewer, window.labels, window.training)
            qtbot.waitUntil(lambda places=places: all(is_inside(window, one) for one in places))
            assert window.width() <= 1366
            assert window.height() <= 768
    assert window.labels.fontMetrics().height() > 1.8 * before[0]
    for _ in SCALES:
        qtbot.keyClick(window, K.Key_Minus, CTRL)
    assert (window.labels.fontMetrics().height(), window.header.height()) == before


def test_a_size_that_is_nonsense_is_one_hundred(session, qtbot, qapp, tmp_path):
    session.settings.set("text_percent", "huge")
    session.settings.set("theme", "pink")
    apply_theme(qapp)
    qtbot.addWidget(MainWindow(session, home=tmp_path))
    assert theme.text_percent() == 100
    assert theme.ink() is DARK


ACTIVE = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
          QPlainTextEdit, QAbstractItemView)  # fmt: skip


def unnamed(place):
    """Controls that a screen reader would have no word for."""
    out = []
    for one in place.findChildren(QAbstractButton) + [
        w for kind in ACTIVE[1:] for w in place.findChildren(kind)
    ]:
        inner = one.parent()
        is_part = isinstance(one, QScrollBar | QHeaderView) or one.objectName().startswith("qt_")
        wholes = QAbstractSpinBox | QComboBox | QAbstractItemView | QLineEdit
        is_part = is_part or isinstance(inner, wholes) or type(inner) is QFrame
        text = one.text() if isinstance(one, QAbstractButton) else ""
        hint = one.placeholderText() if isinstance(one, QLineEdit) else ""
        if not is_part and not (one.accessibleName() or text or hint):
            out.append((type(inner).__name__, type(one).__name__, one.toolTip()))
    return out


def test_every_control_of_the_window_has_a_name(window):
    window.training.set_open(True)
    found = unnamed(window)
    assert not found, found


def test_a_control_without_a_name_is_found(window, qtbot):
    nameless = QComboBox(window)
    assert [kind for _, kind, _ in unnamed(window)] == ["QComboBox"]
    nameless.setAccessibleName("Named")
    assert unnamed(window) == []


def test_tab_reaches_every_button_of_the_welcome_page(qtbot, qapp, tmp_path):
    session = FakeSession(tmp_path, is_open=False)
    apply_theme(qapp)
    window = MainWindow(session, home=tmp_path)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    welcome = window.welcome
    wanted = [welcome.demo_button, welcome.open_button, welcome.new_button,
              welcome.import_button, welcome.tour_button]  # fmt: skip
    welcome.demo_button.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in wanted:
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Tab)
    assert reached == wanted
