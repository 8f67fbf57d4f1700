"""With every translation in brackets, no English stands outside of them, seen, heard or painted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.fakes_session import FakeSession
from tests.fakes_viewer import BLIND, hover, make_ct, make_evidence, make_geometry, make_viewer
from tests.fakes_viewer import FakeSession as Picture
from tests.fakes_viewer import row as row_at
from tests.test_ui_review import prepare
from tests.test_ui_tour import News
from tests.ui_makers import open_window
from tests.words_seen import Brackets, all_texts, left_over, painted, texts_of
from wsl_studio.domain.findings import added
from wsl_studio.domain.label import Answer, Level, Region
from wsl_studio.domain.measure import Kind, Measure
from wsl_studio.domain.policy import Policy, Showing
from wsl_studio.domain.series import PassedOver
from wsl_studio.jobs.pixels import Pixels
from wsl_studio.jobs.session import Session
from wsl_studio.jobs.settings import Settings
from wsl_studio.jobs.study import method_forms
from wsl_studio.jobs.values import HeaderLine, Notice
from wsl_studio.ui import words
from wsl_studio.ui.dialogs import NewProject, PassedOverList
from wsl_studio.ui.theme import apply_theme

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DATA = {
    "WSL Studio", "English", "Français", "Ctrl", "Alt", "Tab", "Esc", "AUC", "ROC",
    "nodule", "effusion", "JD", "pooling",
    "SNOMED CT", "RadLex", "MIP", "MinIP", "Angio", "SUV",
    "cpu", "cuda", "import",
}  # fmt: skip
"""Names, keys and codes: they are the same in every language."""


@pytest.fixture
def brackets(qapp, monkeypatch):
    """The language of brackets; the window may not change it."""
    monkeypatch.setattr("wsl_studio.ui.window.speak", lambda _language: None)
    apply_theme(qapp)
    translator = Brackets()
    words.use((translator,), words.sources_of(words.FOLDER / "fr.ts"))
    yield translator
    words.use(())


def check(seen, more=()):
    wrong = {text: left for text in seen if (left := left_over(text, DATA | set(more)))}
    assert not wrong, "\n".join(f"{left}: {text!r}" for text, left in wrong.items())


class Loop(News, FakeSession):
    """A session in memory with a round and its evidence."""


def test_the_loop_says_nothing_untranslated(brackets, qtbot, qapp, tmp_path, monkeypatch):
    seen = painted(monkeypatch)
    session = Loop(tmp_path)
    session.methods = method_forms()
    session.default_method = session.methods[0].name
    window = open_window(qtbot, qapp, session, tmp_path)
    found = all_texts()
    qtbot.keyClick(window, K.Key_N)
    qtbot.keyClick(window, K.Key_1)
    qtbot.keyClick(window, K.Key_Tab)
    qtbot.keyClick(window, K.Key_2)
    window.training.set_open(True)
    for form in session.methods:
        window.training.pane.form.show_schema(form.schema)
        found |= set().union(*map(texts_of, window.training.pane.form.findChildren(QWidget)))
    qtbot.keyClick(window, K.Key_T)
    session.advance(3)
    found |= all_texts()
    session.finish()
    session.peek()
    qtbot.keyClick(window, K.Key_D)
    qtbot.keyClick(window, K.Key_BracketLeft)
    found |= all_texts()
    for name in ("planes", "compare", "beside", "rounds_beside", "tiles", "single"):
        window.keys.trigger(name) if name in window.key_actions else None
        found |= all_texts()
    for name in ("help", "tour", "defer"):
        window.keys.trigger(name)
        found |= all_texts()
    check(found | seen, {tmp_path.name, "Mar", *(form.source for form in session.methods)})


def answer_everything(session: Session) -> None:
    """Every kind of act, so that the history has a line of each."""
    schema = session.project.schema
    session.say("nodule", Answer.PRESENT, confidence=0.5, area=0.1)
    session.say("nodule", Answer.CANNOT_TELL, reason="hidden by metal")
    for region in (
        Region(first=0, last=2),
        Region(first=1, last=1),
        Region(first=1, last=1, box=(1, 1, 4, 4)),
        Region(first=1, last=1, points=((2.0, 2.0),)),
        Region(first=1, last=1, points=((2.0, 2.0), (3.0, 3.0))),
    ):
        session.say("nodule", Answer.ABSENT, region)
    session.say("nodule", Answer.PRESENT, is_study=True)
    session.say("nodule", Answer.ABSENT)
    session.note("ask")
    session.note("")
    session.skip("ask a colleague")
    session.defer("waiting for the report")
    session.next_series()
    session.edit_schema(added(schema, "fracture"))
    session.edit_schema(
        schema.model_copy(
            update={
                "findings": tuple(s.model_copy(update={"name": "mass"}) for s in schema.findings)
            }
        )
    )
    session.edit_schema(schema)
    session.set_policy(Policy(showing=Showing.FREE, reread_share=0.1, flip_share=0.05))
    session.undo()


@pytest.fixture
def session(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(Pixels, "show", lambda *_: None)
    monkeypatch.setattr(Pixels, "thumbnail", lambda *_: None)
    prepare(tmp_path / "p")
    settings = Settings(tmp_path / "settings.json")
    settings.set("reader", "JD")
    out = Session(settings)
    yield out
    out.shut_down()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_every_page_says_nothing_untranslated(
    brackets, session, qtbot, qapp, tmp_path, monkeypatch
):
    seen = painted(monkeypatch)
    window = open_window(qtbot, qapp, session, tmp_path)
    found = all_texts()
    NewProject(window, tmp_path, lambda *_: None, "", lambda _schema: None).show()
    reasons = ("it is empty", "it cannot be read (permission denied)")
    PassedOverList(
        window, tuple(PassedOver(path=f"/x/{k}.dcm", reason=r) for k, r in enumerate(reasons))
    ).show()
    session.open_project(tmp_path / "p")
    session.select_series(session.rows[1].uid)
    answer_everything(session)
    table = tmp_path / "labels.csv"
    uids = [row.uid for row in session.rows]
    values = zip(uids, ("present", "absent", "0.5"), strict=False)
    lines = [f"{uid},nodule,{value}" for uid, value in values]
    table.write_text("\n".join(["series,finding,value", *lines, "none,nodule,1", "1,new,1"]))
    for name in ("findings", "history", "keys", "reading", "review", "rounds_page"):
        window.keys.trigger(name)
        found |= all_texts()
    window.pages.preview(table)
    window.pages.open["review"].show_button.click()
    found |= all_texts()
    window.keys.trigger("headers")
    window.viewer.header_lines.take(
        (
            HeaderLine("(0008,0060)", "Modality", "CS", "CT", is_safe=True),
            HeaderLine("(0010,0010)", "N", "PN", "X"),
        )
    )
    for notice in NOTICES:
        session.notice.emit(notice)
        found |= all_texts()
    check(
        found | seen, {tmp_path.name, "Modality", "ask", "fracture", "mass", "PNG", "none", "new"}
    )


NOTICES = (
    Notice("12 series added, 3 known, 2 files passed over.", "The list says why."),
    Notice("Round 2: stopped early, best kept."),
    Notice("/x/project.db is damaged."),
)


def test_nothing_painted_on_the_picture_is_untranslated(brackets, qtbot, monkeypatch):
    notes = (
        "Its slices slide sideways by 1.0 mm (tilted gantry): shown unsheared.",
        "Slices 7, 8 are left empty: its video stream ends before this frame.",
    )
    for geometry in (make_geometry(), None):
        monkeypatch.setattr("wsl_studio.ui.decor._DRAWN", {})
        seen = painted(monkeypatch)
        volume = replace(make_ct(geometry=geometry), notes=notes)
        session = Picture(volume, is_phantom=True)
        viewer = make_viewer(session, qtbot)
        session.show_model(make_evidence(volume, peaks=((0, 3, 4, 3.0), (0, 5, 2, -2.5))))
        session.set_labels(
            row_at(1, Level.SLICES, Region(first=0, last=2)),
            row_at(2, Level.BOX, Region(first=0, last=0, box=(4, 4, 9, 9))),
            row_at(3, Level.POINT, Region(first=0, last=0, points=((9.0, 9.0),))),
        )
        corners = ((0.0, 5.0, 5.0), (0.0, 30.0, 40.0), (0.0, 9.0, 50.0))
        for kind in Kind:
            n = 3 if kind is Kind.ANGLE else 2
            viewer.measures.add("1.2.3", Measure(kind, corners[:n]))
        for tool in ("distance", "angle", "rectangle", "ellipse", "box", "region"):
            viewer.slots()[tool]()
            viewer.grab()
            viewer.leave_tool()
        for name in ("thicker", "range_first", "planes", "tiles"):
            viewer.slots()[name]()
            hover(viewer.canvas, 300, 300)
            viewer.grab()
        assert len(seen) > 20
        check(seen - {BLIND}, {"demo", "FOR", "HU"})
