"""How large a finding is, as a reader says it in the label panel: in mm, or as a share."""

import pytest

from tests.fakes_session import FakeSession
from tests.fakes_values import make_series
from wsl_studio.domain.label import Answer
from wsl_studio.domain.size import SHARES, SIZES_MM, share_of
from wsl_studio.learn.methods import METHODS
from wsl_studio.ui import words
from wsl_studio.ui.area import NOT_PRESENT
from wsl_studio.ui.keys import ACTIONS, KeyTable
from wsl_studio.ui.labels import LabelPanel
from wsl_studio.ui.theme import apply_theme


@pytest.fixture
def session(tmp_path):
    return FakeSession(tmp_path)


@pytest.fixture
def labels(session, qtbot, qapp):
    if not qapp.styleSheet():
        apply_theme(qapp)
    panel = LabelPanel(session, KeyTable(ACTIONS))
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


CHEST = make_series(n_slices=300, side=512, spacing_mm=(1.0, 0.7, 0.7))


def choose(labels, area):
    choice = labels.area.choice
    choice.setCurrentIndex(choice.findData(area))
    choice.activated.emit(choice.currentIndex())


def texts(labels):
    return [labels.area.choice.itemText(k) for k in range(labels.area.choice.count())]


def test_a_share_goes_with_the_answer_and_undo_takes_it_back(session, labels):
    labels.answer(Answer.PRESENT)
    assert labels.area.choice.currentText() == "not said"
    choose(labels, 0.05)
    assert labels.area.choice.currentText() == "≈ 5 % of all"
    (said,) = session.labels.current
    assert (said.answer, said.area) == (Answer.PRESENT, 0.05)
    session.undo()
    assert session.labels.current[0].area is None
    assert labels.area.area is None


def test_only_what_is_present_has_a_share(session, labels):
    assert not labels.area.choice.isEnabled()
    assert labels.area.choice.toolTip() == NOT_PRESENT
    labels.area.step()
    assert session.labels.current == ()
    labels.answer(Answer.PRESENT)
    choose(labels, 0.2)
    labels.answer(Answer.ABSENT)
    assert session.labels.current[0].area is None
    assert not labels.area.choice.isEnabled()


def test_saying_the_answer_again_or_how_sure_one_is_keeps_the_share(session, labels):
    labels.answer(Answer.PRESENT)
    choose(labels, 0.2)
    labels.cycle_confidence()
    assert (session.labels.current[0].confidence, session.labels.current[0].area) == (0.75, 0.2)
    labels.answer(Answer.PRESENT)
    assert session.labels.current[0].area == 0.2
    session.select_finding("effusion")
    assert labels.area.area is None
    labels.answer(Answer.PRESENT)
    said = {row.finding: row.area for row in session.labels.current}
    assert said == {"nodule": 0.2, "effusion": None}


def test_without_a_geometry_a_key_steps_through_the_shares_and_round(session, labels):
    labels.answer(Answer.PRESENT)
    seen = []
    for _ in range(len(SHARES) + 1):
        labels.area.step()
        seen.append(session.labels.current[0].area)
    assert seen == [*SHARES, None]


def test_a_share_between_the_steps_is_shown_as_it_is(session, labels):
    session.say("nodule", Answer.PRESENT, area=0.033)
    assert labels.area.choice.currentText() == "≈ 3.3 % of all"
    labels.area.step()
    assert session.labels.current[0].area == 0.05


def test_a_key_steps_through_sizes_then_shares_and_round(session, labels):
    session.series = CHEST
    labels.answer(Answer.PRESENT)
    seen, said = [], []
    for _ in range(labels.area.choice.count()):
        labels.slots()["area"]()
        seen.append(labels.area.choice.currentText())
        said.append(session.labels.current[0].area)
    assert seen[:7] == ["≈ 3 mm", "≈ 5 mm", "≈ 8 mm", "≈ 12 mm", "≈ 2 cm", "≈ 3 cm", "≈ 5 cm"]
    assert said[:7] == [share_of(mm, CHEST) for mm in SIZES_MM]
    assert seen[7:] == [*(f"≈ {100 * share:g} % of all" for share in said[7:-1]), "not said"]
    assert said[7:] == [*(share for share in SHARES if share > said[6]), None]


def test_a_size_goes_with_the_answer_and_comes_back_with_the_series(session, labels):
    session.series = CHEST
    labels.answer(Answer.PRESENT)
    choose(labels, share_of(8, CHEST))
    labels.answer(Answer.PRESENT)
    assert session.labels.current[0].area == share_of(8, CHEST)
    session.series = make_series(spacing_mm=None)
    session.select_series("uid.2")
    assert "≈ 8 mm" not in texts(labels)
    assert labels.area.choice.currentText() == "not said"
    session.series = CHEST
    session.select_series("uid.1")
    assert labels.area.choice.currentText() == "≈ 8 mm"


def test_a_small_share_of_another_program_is_told_in_mm(session, labels):
    session.series = CHEST
    session.say("nodule", Answer.PRESENT, area=share_of(10, CHEST))
    assert labels.area.choice.currentText() == "≈ 10 mm"
    labels.area.step()
    assert labels.area.choice.currentText() == "≈ 12 mm"
    session.say("nodule", Answer.PRESENT, area=share_of(34, CHEST))
    assert labels.area.choice.currentText() == "≈ 3.4 cm"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_tip_names_the_method_that_learns_from_it(session, qtbot, qapp, language):
    words.speak(language)
    panel = LabelPanel(session, KeyTable(ACTIONS))
    qtbot.addWidget(panel)
    panel.answer(Answer.PRESENT)
    tip, title = panel.area.choice.toolTip(), words.local(METHODS["jia"].title)
    words.speak("en")
    assert title in tip
    assert "(G)" in tip


def test_the_line_fits_the_column(session, labels):
    session.series = CHEST
    labels.resize(288, 700)
    labels.answer(Answer.PRESENT)
    choose(labels, 0.002)
    label = labels.area.layout().itemAt(0).widget()
    assert label.shown() == label.text() == "size"
    assert labels.area.choice.width() >= labels.area.choice.sizeHint().width()
    button = labels.study_button
    assert button.mapTo(labels, button.rect().bottomRight()).x() < labels.width()
