"""The share that a finding fills, as a reader says it in the label panel."""

import pytest

from tests.fakes_session import FakeSession
from wsl_studio.domain.label import Answer
from wsl_studio.ui.area import AREAS, NOT_PRESENT
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


def choose(labels, area):
    choice = labels.area.choice
    choice.setCurrentIndex(choice.findData(area))
    choice.activated.emit(choice.currentIndex())


def test_a_share_goes_with_the_answer_and_undo_takes_it_back(session, labels):
    labels.answer(Answer.PRESENT)
    assert labels.area.choice.currentText() == "share not said"
    choose(labels, 0.05)
    assert labels.area.choice.currentText() == "about 5 %"
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


def test_a_key_steps_through_the_shares_and_round(session, labels):
    labels.answer(Answer.PRESENT)
    seen = []
    for _ in range(len(AREAS) + 1):
        labels.area.step()
        seen.append(session.labels.current[0].area)
    assert seen == [*AREAS, None]


def test_a_share_between_the_steps_is_shown_as_it_is(session, labels):
    session.say("nodule", Answer.PRESENT, area=0.033)
    assert labels.area.choice.currentText() == "about 3.3 %"
    labels.area.step()
    assert session.labels.current[0].area == 0.05
