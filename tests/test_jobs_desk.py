"""One reader at one project, without a window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.makers import FINDINGS, make_project, make_round
from tests.store_makers import as_first_version_left_it
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Level, Region, Source
from wsl_studio.domain.progress import drain
from wsl_studio.domain.series import Series, SliceRef
from wsl_studio.jobs import label_import, steps, tables
from wsl_studio.jobs.demo import make_demo_project
from wsl_studio.jobs.desk import Desk
from wsl_studio.jobs.manifest import targets_of
from wsl_studio.jobs.study import method_forms
from wsl_studio.jobs.values import LabelState
from wsl_studio.learn.methods import DEFAULT, METHODS
from wsl_studio.learn.methods.common import PICTURES
from wsl_studio.store.project import Project

ONE, TWO = "1.2.826.1", "1.2.826.2"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(make_project(tmp_path / "p"), "JD")
    opened.select(ONE)
    yield opened
    opened.close()


def answer_all(desk: Desk, answer: Answer = Answer.PRESENT) -> None:
    for finding in FINDINGS:
        desk.say(finding, answer)


def state(desk: Desk, uid: str) -> LabelState:
    return next(row.state for row in desk.rows() if row.uid == uid)


def test_a_label_is_on_disk_when_say_returns(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT)
    with Project.open(desk.folder, is_read_only=True) as other:
        (row,) = other.current()
    assert (row.finding, row.answer, row.reader) == ("nodule", Answer.PRESENT, "JD")


def test_an_area_said_roughly_reaches_training_as_the_mean_of_the_readers(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT, area=0.02)
    desk.say("effusion", Answer.PRESENT)
    (nodule, effusion) = desk.case_labels().current
    other = nodule.model_copy(update={"reader": "AB", "area": 0.04})
    silent = nodule.model_copy(update={"reader": "CD", "area": None})
    targets = targets_of([nodule, effusion, other, silent])
    assert targets["nodule"].area == pytest.approx(0.03)
    assert targets["effusion"].area is None
    desk.undo()
    desk.undo()
    assert desk.case_labels().current == ()


def test_the_first_label_freezes_the_split(desk: Desk) -> None:
    assert all(row.split is None for row in desk.rows())
    desk.say("nodule", Answer.PRESENT)
    first = {row.uid: row.split for row in desk.rows()}
    assert set(first.values()) == {"train", "validation", "test"}
    desk.say("effusion", Answer.ABSENT)
    assert {row.uid: row.split for row in desk.rows()} == first


def test_state_goes_from_not_labelled_to_labelled_and_back_by_undo(desk: Desk) -> None:
    assert state(desk, ONE) is LabelState.UNLABELLED
    desk.say("nodule", Answer.PRESENT)
    assert state(desk, ONE) is LabelState.PARTLY
    desk.say("effusion", Answer.UNCERTAIN)
    assert state(desk, ONE) is LabelState.LABELLED
    assert ONE not in [row.uid for row in desk.queue()]
    desk.undo()
    desk.undo()
    assert state(desk, ONE) is LabelState.UNLABELLED
    assert ONE in [row.uid for row in desk.queue()]
    desk.redo()
    assert desk.case_labels().can_redo == "effusion: uncertain"


def test_undo_survives_a_restart(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT)
    folder = desk.folder
    desk.close()
    again = Desk.open(folder, "JD")
    try:
        again.select(ONE)
        again.undo()
        assert again.case_labels().current == ()
    finally:
        again.close()


def test_a_skipped_case_goes_to_the_end_with_its_reason(desk: Desk) -> None:
    desk.skip("motion")
    assert (desk.queue()[-1].uid, desk.queue()[-1].reason) == (ONE, "skipped: motion")
    assert state(desk, ONE) is LabelState.SKIPPED
    desk.undo()
    assert state(desk, ONE) is LabelState.UNLABELLED


def test_ranges_and_boxes_are_kept_and_removed_one_by_one(desk: Desk) -> None:
    desk.say("nodule", Answer.PRESENT, Region(first=1, last=2))
    desk.say("nodule", Answer.PRESENT, Region(first=1, last=1, box=(2, 3, 9, 9)))
    levels = [row.level for row in desk.case_labels().current]
    assert levels == [Level.SLICES, Level.BOX]
    assert [row.uid for row in desk.rows() if row.is_drawn] == [ONE]
    desk.remove(desk.case_labels().current[0].id)
    assert [row.level for row in desk.case_labels().current] == [Level.BOX]
    desk.remove(desk.case_labels().current[0].id)
    assert not any(row.is_drawn for row in desk.rows())


def test_blind_first_then_shown_and_remembered(desk: Desk) -> None:
    make_round(desk.project, {ONE: {"nodule": 0.9, "effusion": 0.2}})
    desk.forget_round()
    hidden = desk.model()
    assert hidden.hidden
    assert not hidden.evidence
    assert not hidden.suggestions
    desk.say("nodule", Answer.PRESENT)
    assert not desk.is_answered()
    desk.say("effusion", Answer.ABSENT)
    assert desk.is_answered()
    assert desk.peek()
    assert set(desk.model().evidence) == set(FINDINGS)
    desk.say("nodule", Answer.ABSENT)
    rows = [row for row in desk.project.rows() if row.act is Act.SAY]
    assert [row.saw_model for row in rows] == [False, False, True]
    assert desk.anchoring() == (1, 2)


def test_suggestions_are_no_labels_until_accepted(desk: Desk) -> None:
    number = make_round(desk.project, {ONE: {"nodule": 0.9, "effusion": 0.2}})
    desk.forget_round()
    with pytest.raises(KnownError):
        desk.accept("nodule")
    assert desk.peek()
    assert [s.is_present for s in desk.model().suggestions] == [True, False]
    assert desk.case_labels().current == ()
    desk.accept("nodule")
    desk.reject("effusion")
    (row,) = desk.case_labels().current
    assert (row.source, row.round, row.saw_model) == (Source.ACCEPTED, number, True)
    assert [s.state for s in desk.model().suggestions] == ["accepted", "rejected"]
    desk.undo()
    assert [s.state for s in desk.model().suggestions] == ["accepted", "open"]


def test_evidence_says_when_labels_have_changed_since(desk: Desk) -> None:
    answer_all(desk)
    make_round(desk.project, {ONE: {"nodule": 0.9, "effusion": 0.2}})
    desk.forget_round()
    assert desk.peek()
    assert desk.model().is_current
    desk.say("nodule", Answer.ABSENT)
    assert not desk.model().is_current


def test_a_series_unknown_to_the_round_says_so(desk: Desk) -> None:
    make_round(desk.project, {TWO: {"nodule": 0.9, "effusion": 0.2}})
    desk.forget_round()
    assert "did not have this series" in desk.model().hidden
    assert not desk.peek()


def test_imported_labels_can_be_outvoted_but_not_removed(desk: Desk, tmp_path: Path) -> None:
    csv = tmp_path / "labels.csv"
    csv.write_text(f"series,finding,value\n{ONE},nodule,1\n{ONE},effusion,0\n9.9,nodule,1\n")
    done = label_import.take_labels(desk.project, tables.read_table(csv))
    assert (done.added, done.unchanged, done.unknown) == (2, 0, ("9.9",))
    again = label_import.take_labels(desk.project, tables.read_table(csv))
    assert (again.added, again.unchanged) == (0, 2)
    folder = desk.folder
    desk.close()
    desk = Desk.open(folder, "JD")
    try:
        desk.select(ONE)
        assert state(desk, ONE) is LabelState.LABELLED
        with pytest.raises(KnownError):
            desk.remove(desk.case_labels().current[0].id)
        desk.say("nodule", Answer.ABSENT)
        row = next(row for row in desk.rows() if row.uid == ONE)
        assert row.answers == {"nodule": "absent", "effusion": "absent"}
    finally:
        desk.close()


def test_a_manifest_has_the_readers_word_and_nothing_of_test_patients(desk: Desk) -> None:
    for k in range(1, 13):
        desk.select(f"1.2.826.{k}")
        answer_all(desk, Answer.PRESENT if k % 2 else Answer.ABSENT)
    split = {row.uid: str(row.split) for row in desk.rows()}
    directory, manifest = steps.prepare_round(
        desk.project, method=DEFAULT, options={}, seed=3, device="cpu"
    )
    assert directory.name == "0001"
    for bag in manifest.bags:
        number = int(bag.series_uid.rpartition(".")[2])
        if split[bag.series_uid] == "test":
            assert bag.targets == {}
        else:
            assert bag.targets["nodule"].value == float(number % 2)
    assert manifest.label_revision == desk.project.revision()


def test_a_round_without_both_answers_is_refused_and_leaves_no_folder(desk: Desk) -> None:
    answer_all(desk)
    with pytest.raises(KnownError, match="answered absent"):
        steps.prepare_round(desk.project, method=DEFAULT, options={}, seed=0, device="cpu")
    assert desk.project.rounds() == ()


def test_a_wrong_option_is_named(desk: Desk) -> None:
    with pytest.raises(KnownError, match="no_such_option"):
        steps.prepare_round(
            desk.project, method=DEFAULT, options={"no_such_option": 1}, seed=0, device="cpu"
        )


def test_series_of_one_slice_begin_with_options_that_suit_them() -> None:
    method = METHODS["generalised"]
    assert steps.fitted(method, {}, is_pictures=False) == {}
    pictures = steps.fitted(method, {"members": 1}, is_pictures=True)
    assert pictures["hidden"] == PICTURES["hidden"]
    assert pictures["members"] == 1
    assert steps.make_recipe(method, pictures).pool.beta_minus == PICTURES["beta_minus"]
    assert "depth" not in pictures
    assert "beta_minus" not in steps.fitted(METHODS["gap"], {}, is_pictures=True)
    (form,) = (f for f in method_forms(is_pictures=True) if f.name == "generalised")
    assert form.schema["properties"]["hidden"]["default"] == PICTURES["hidden"]


def test_a_backbone_is_fine_tuned_where_many_pictures_are_labelled_and_members_share_it() -> None:
    def depth(name: str, *, is_many: bool = True, **options: object) -> str:
        fitted = steps.fitted(METHODS[name], options, is_pictures=True, is_many=is_many)
        return str(fitted.get("depth", "none"))

    assert depth(DEFAULT) == depth("mantra") == "last"
    assert depth(DEFAULT, is_many=False) == "none"
    assert depth(DEFAULT, members=1) == depth(DEFAULT, learn_sharpness=True) == "none"
    assert depth("attention") == depth("curriculum") == depth("jia") == depth("mi-svm") == "none"
    assert depth(DEFAULT, depth="all") == "all"
    assert depth(DEFAULT, members="none") == "none"  # which is said to be wrong elsewhere
    assert steps.fitted(METHODS[DEFAULT], {}, is_pictures=False, is_many=True) == {}


@pytest.mark.parametrize(
    ("modalities", "slices", "is_so"),
    [("US IMG CT", 1, True), ("US IMG", 3, False), ("DX DX US", 1, False), ("", 1, False),
     ("US* US* DX", 1, True), ("IMG* IMG* IMG", 1, False)],
)  # fmt: skip
def test_pictures_are_single_ultrasound_images_and_grey_image_files(
    modalities: str, slices: int, is_so: bool
) -> None:
    listed = [  # a star: in colour
        Series(uid=f"1.{k}", stem="1", patient_key="a", modality=modality.strip("*"),
               rows=8, columns=8, is_colour=modality.endswith("*"),
               slices=tuple(SliceRef(path=f"{n}.png") for n in range(slices)))
        for k, modality in enumerate(modalities.split())
    ]  # fmt: skip
    assert steps.is_pictures(listed) == is_so


def test_a_demo_of_an_older_version_is_found_ready(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p")
    with Project.open(folder) as project:
        project.set_meta("demo", "ready")
    as_first_version_left_it(folder / "project.db")
    demo = drain(make_demo_project(folder))
    assert demo.folder == folder
    assert (folder / "project.db.before-0001").exists()


def test_a_real_series_among_phantoms_is_not_called_one(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p")
    with Project.open(folder) as project:
        real = project.series_of(ONE)
        made = real.model_copy(update={"uid": "1.2.826.99", "is_phantom": True})
        project.add_series([made])
    desk = Desk.open(folder, "JD")
    try:
        said = {row.uid: row.is_phantom for row in desk.rows()}
        assert said[made.uid]
        assert not said[ONE]
        assert not desk.info().is_phantom
    finally:
        desk.close()
