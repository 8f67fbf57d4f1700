"""A project that changes its findings and its policy, without a window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.makers import FINDINGS, make_project, make_round, make_series
from tests.store_makers import as_first_version_left_it
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.findings import LabelSchema
from wsl_studio.domain.label import Act, Answer, Level, Region, Source, current_labels
from wsl_studio.domain.policy import Policy, Showing
from wsl_studio.domain.reread import GAP
from wsl_studio.jobs import steps
from wsl_studio.jobs.case_rows import AUDIT
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.lead import HIDDEN
from wsl_studio.jobs.manifest import targets_of
from wsl_studio.jobs.presets import presets, with_preset
from wsl_studio.jobs.values import LabelState
from wsl_studio.store.project import Project

ONE, TWO = "1.2.826.1", "1.2.826.2"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(make_project(tmp_path / "p", n=24), "JD")
    opened.select(ONE)
    yield opened
    opened.close()


def edit(desk: Desk, of: str, **values: object) -> None:
    specs = (s.model_copy(update=values) if s.name == of else s for s in desk.schema.findings)
    desk.edit_schema(desk.schema.model_copy(update={"findings": tuple(specs)}))


def answers(desk: Desk) -> dict[str, str]:
    return {r.finding: str(r.answer) for r in desk.case_labels().current}


def test_a_renamed_finding_keeps_its_labels_its_truth_and_its_rounds(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT)
    desk.project.add_truth(ONE, "nodule", Path("mask.png"), True)
    number = make_round(desk.project, {ONE: {"nodule": 0.9, "effusion": 0.2}})
    edit(desk, "nodule", name="lung nodule")
    desk.forget_round()
    assert answers(desk) == {"lung nodule": "present"}
    desk.say("effusion", Answer.ABSENT)
    assert desk.peek()
    assert set(desk.model().evidence) == {"lung nodule", "effusion"}
    assert set(desk.project.read_scores(number)[ONE]) == {"lung nodule", "effusion"}
    assert set(desk.project.truth()) == {(ONE, "lung nodule")}
    folder = desk.folder
    with Project.open(folder, is_read_only=True) as other:
        assert other.findings == ("lung nodule", "effusion")
        assert {row.finding for row in other.current()} == {"lung nodule", "effusion"}
    desk.undo()
    desk.undo()
    assert answers(desk) == {"nodule": "present"}
    assert desk.project.add_findings(["lung nodule", "Nodule"]) == (), "both lead to the one"


def test_a_removed_finding_comes_back_with_its_labels(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT)
    desk.say("effusion", Answer.ABSENT)
    edit(desk, "nodule", is_active=False)
    assert desk.findings == ("effusion",)
    assert answers(desk) == {"effusion": "absent"}
    assert desk.is_answered(), "what is not asked need not be answered"
    assert any(row.finding == "nodule" for row in current_labels(desk.journal))
    desk.add_finding("nodule")
    assert answers(desk) == {"nodule": "present", "effusion": "absent"}
    desk.undo()
    desk.undo()
    assert desk.findings == FINDINGS


def test_present_in_an_exclusive_group_is_one_step_with_the_absent_ones(desk: Desk) -> None:
    for name in FINDINGS:
        edit(desk, name, group="one of")
    desk.say("nodule", Answer.PRESENT)
    assert answers(desk) == {"nodule": "present", "effusion": "absent"}
    desk.say("effusion", Answer.PRESENT)
    assert answers(desk) == {"nodule": "absent", "effusion": "present"}
    assert desk.case_labels().can_undo.endswith("and 1 more")
    desk.undo()
    assert answers(desk) == {"nodule": "present", "effusion": "absent"}


def test_a_label_at_a_level_that_is_not_allowed_is_refused(desk: Desk) -> None:
    edit(desk, "nodule", levels=(Level.SERIES, Level.BOX))
    with pytest.raises(KnownError, match="not labelled by slice range"):
        desk.say("nodule", Answer.PRESENT, Region(first=0, last=2))
    desk.say("nodule", Answer.PRESENT, Region(first=0, last=0, box=(1, 1, 5, 5)))
    assert [row.level for row in desk.case_labels().current] == [Level.BOX]


def test_a_study_is_labelled_in_one_step_and_teaches_what_follows_from_it(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p", findings=FINDINGS) as project:
        of_study = {"study_key": "study", "patient_key": "patient"}
        project.add_series(make_series(k).model_copy(update=of_study) for k in (1, 2))
        project.add_series([make_series(3)])
    desk = Desk.open(tmp_path / "p", "JD")
    try:
        desk.select(ONE)
        desk.say("nodule", Answer.ABSENT, is_study=True)
        desk.say("effusion", Answer.PRESENT, is_study=True)
        assert desk.is_answered()
        desk.select(TWO)
        assert {r.level for r in desk.case_labels().current} == {Level.STUDY}
        states = {row.uid: row.state for row in desk.rows()}
        assert [states[u] for u in (ONE, TWO)] == [LabelState.LABELLED] * 2
        targets = targets_of(desk.case_labels().current)
        assert set(targets) == {"nodule"}, "present in a study need not be in this series"
        assert set(targets_of(desk.case_labels().current, is_alone=True)) == set(FINDINGS)
        desk.say("nodule", Answer.PRESENT)
        assert desk.case_labels().conflicts == ("nodule is present here, but absent in the study.",)
        desk.undo()
        desk.undo()
        desk.undo()
        assert current_labels(desk.journal) == ()
    finally:
        desk.close()


def test_cannot_tell_is_an_answer_with_a_reason_and_teaches_nothing(desk: Desk) -> None:
    for k in (1, 2, 3, 4, 5, 6):
        desk.select(f"1.2.826.{k}")
        desk.say("effusion", Answer.PRESENT if k % 2 else Answer.ABSENT)
        desk.say("nodule", Answer.CANNOT_TELL, reason="image quality")
    assert desk.is_answered()
    row = desk.case_labels().current[-1]
    assert (row.answer, row.reason) == (Answer.CANNOT_TELL, "image quality")
    _, manifest = steps.prepare_round(
        desk.project, method="generalised", options={}, seed=0, device="cpu"
    )
    assert all("nodule" not in bag.targets for bag in manifest.bags)
    assert any("effusion" in bag.targets for bag in manifest.bags)


def test_a_deferred_case_waits_behind_the_skipped_ones_with_its_reason(desk: Desk) -> None:
    desk.defer("ask a colleague")
    desk.select(TWO)
    desk.skip()
    assert [(r.uid, r.reason) for r in desk.queue()[-2:]] == [
        (TWO, "skipped before"), (ONE, "deferred: ask a colleague"),
    ]  # fmt: skip
    assert {r.uid: r.state for r in desk.rows()}[ONE] is LabelState.DEFERRED
    desk.undo()
    desk.undo()
    assert {r.uid: r.state for r in desk.rows()}[ONE] is LabelState.UNLABELLED


def test_a_note_holds_until_it_is_changed_and_undo_brings_the_old_one(desk: Desk) -> None:
    desk.note("left  base cut off")
    desk.note("left base cut off")
    assert desk.case_labels().note == "left base cut off"
    desk.note("")
    assert desk.case_labels().note == ""
    desk.undo()
    assert desk.case_labels().note == "left base cut off"
    assert sum(row.act is Act.NOTE for row in desk.journal) == 2


def test_the_history_tells_all_but_what_would_spoil_a_blind_reading(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT, confidence=0.75)
    desk.undo()
    folder = desk.folder
    desk.close()
    other = Desk.open(folder, "AB")
    try:
        other.select(ONE)
        other.say("effusion", Answer.ABSENT, Region(first=1, last=2))
        newest, oldest = other.history()
        assert newest.words == "effusion: absent in slices 2–3"
        assert oldest.words == f"nodule: {HIDDEN}"
        assert (oldest.reader, oldest.is_undone, newest.is_undone) == ("JD", True, False)
        assert other.undo(), "nobody undoes another reader's"
        assert other.undo() == ()
    finally:
        other.close()
    again = Desk.open(folder, "JD")
    assert again.history()[-1].words == "nodule: present, fairly sure"
    again.close()


def test_many_looks_at_once_are_one_line_and_an_answer_is_never_folded(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT)
    uids = [f"1.2.826.{k}" for k in (1, 2, 3)]
    make_round(desk.project, {uid: {"nodule": 0.9, "effusion": 0.2} for uid in uids})
    desk.forget_round()
    desk.look_at(uids)
    desk.say("effusion", Answer.ABSENT)
    lines = desk.history()
    assert [line.words for line in lines] == [
        "effusion: absent", "saw the model in 3 series", "nodule: present",
    ]  # fmt: skip
    assert [line.saw_model for line in lines] == [True, None, False]
    assert lines[1].series_uid == ""


def test_never_means_never_and_free_means_at_once(desk: Desk) -> None:
    make_round(desk.project, {ONE: {"nodule": 0.9, "effusion": 0.2}})
    desk.forget_round()
    desk.set_policy(Policy(showing=Showing.NEVER))
    for finding in FINDINGS:
        desk.say(finding, Answer.PRESENT)
    assert not desk.peek()
    assert (desk.model().evidence, desk.model().suggestions) == ({}, ())
    assert "never shown" in desk.model().hidden
    desk.set_policy(Policy(showing=Showing.FREE))
    desk.select(ONE)
    assert desk.may_reveal()
    assert desk.peek()
    assert desk.model().evidence
    desk.undo()
    assert desk.policy.showing is Showing.NEVER
    assert [h.words for h in desk.history() if h.words.startswith("policy")][-1].endswith(
        "never evidence, no re-reads, no controls"
    )


def test_a_control_looks_like_any_suggestion_and_never_becomes_a_label(desk: Desk) -> None:
    uids = [f"1.2.826.{k}" for k in range(1, 25)]
    make_round(desk.project, {uid: {"nodule": 0.9, "effusion": 0.2} for uid in uids})
    desk.forget_round()
    desk.set_policy(Policy(flip_share=0.5))
    for uid in uids:  # by salt, one in two is drawn
        desk.select(uid)
        assert desk.peek()
        if flips := [row for row in desk.journal if row.act is Act.FLIP]:
            break
    finding = flips[0].finding
    shown = next(s for s in desk.model().suggestions if s.finding == finding)
    assert shown.is_present == (finding == "effusion")
    evidence = desk.model().evidence[finding]
    assert (evidence.arithmetic.score > 0) == shown.is_present
    assert not any(desk.may_ask(s.finding) for s in desk.model().suggestions), "nor the others"
    desk.accept(finding)
    assert "turned round on purpose" in desk.revealed()
    assert finding not in answers(desk)
    after = next(s for s in desk.model().suggestions if s.finding == finding)
    assert after.is_present != shown.is_present, "told, and now as the model says"
    desk.say(finding, Answer.PRESENT)
    assert desk.may_ask(finding)
    assert desk.revealed() == ""
    assert [r.followed for r in desk.readers()] == [(1, 1)]
    assert all(not row.is_control for row in desk.project.current(uid))


def test_hidden_rereads_come_without_the_old_answers_and_both_are_kept(desk: Desk) -> None:
    for k in range(1, GAP + 11):
        desk.select(f"1.2.826.{k}")
        for finding in FINDINGS:
            desk.say(finding, Answer.PRESENT)
    assert desk.info().n_labelled == GAP + 10
    desk.set_policy(Policy(reread_share=0.05))
    (uid,) = desk.rereads.due
    row = next(r for r in desk.queue() if r.uid == uid)
    assert (row.state, row.answers, row.reason) == (LabelState.UNLABELLED, {}, AUDIT)
    desk.select(uid)
    assert desk.case_labels().current == ()
    assert not desk.is_answered()
    assert any(h.words == "nodule: being read again" for h in desk.history())
    desk.say("nodule", Answer.ABSENT)
    desk.say("effusion", Answer.PRESENT)
    assert desk.rereads.due == ()
    assert answers(desk) == {"nodule": "absent", "effusion": "present"}
    held = [r for r in desk.project.current(uid) if r.finding == "nodule"]
    assert [(r.reading, r.answer) for r in held] == [(1, Answer.PRESENT), (2, Answer.ABSENT)]
    found = desk.readers()[0].kappa
    assert found is not None
    assert (found.n, found.agreed) == (2, 1)
    assert targets_of(held)["nodule"].value == 0.5, "training sees the mean of both readings"


def test_many_suggestions_are_accepted_in_one_step(desk: Desk) -> None:
    scores = {f"1.2.826.{k}": {"nodule": 0.9, "effusion": 0.1} for k in (1, 2, 3)}
    make_round(desk.project, scores)
    desk.forget_round()
    pairs = []
    for uid in scores:
        desk.select(uid)
        desk.peek()
        pairs += [(uid, s) for s in desk.model().suggestions]
    desk.accept_many(pairs)
    held = current_labels(desk.journal)
    assert len(held) == 6
    assert {r.source for r in held} == {Source.ACCEPTED}
    assert desk.case_labels().can_undo == "6 accepted suggestions"
    assert len(desk.undo()) == 6
    assert current_labels(desk.journal) == ()
    assert len(desk.redo()) == 6
    assert desk.project.current() == held == current_labels(desk.journal)


def test_every_ready_set_is_whole_and_adds_to_what_there_is(desk: Desk) -> None:
    assert {p.name for p in presets()} >= {
        "chest_ct", "chest_xray", "brain_mr", "breast_us", "msk_xray",
    }  # fmt: skip
    desk.say("effusion", Answer.PRESENT)
    for one in presets():
        assert one.schema.names
        before = desk.findings
        desk.edit_schema(with_preset(desk.schema, one.schema))
        assert set(desk.findings) == {*before, *one.schema.names}
        assert desk.findings[: len(before)] == before
    assert answers(desk)["effusion"] == "present"
    assert isinstance(desk.schema, LabelSchema)


def test_a_project_of_the_first_version_keeps_every_row(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p")
    desk = Desk.open(folder, "JD")
    desk.select(ONE)
    desk.say("nodule", Answer.PRESENT)
    desk.say("nodule", Answer.ABSENT)
    desk.undo()
    before = [r.model_dump() for r in desk.journal]
    desk.close()
    as_first_version_left_it(folder / "project.db")
    with Project.open(folder) as project:
        assert [r.model_dump() for r in project.rows()] == before
        assert project.current() == current_labels(project.rows())
        assert project.findings == FINDINGS
    assert (folder / "project.db.before-0001").exists()
