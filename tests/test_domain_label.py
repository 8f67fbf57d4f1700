"""The journal's rules: what holds, undo and redo, blind first, anchoring."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wsl_studio.domain.label import (
    Act,
    Answer,
    Entry,
    Level,
    Region,
    Row,
    RowId,
    Source,
    anchoring_rate,
    current_labels,
    label_revision,
    may_show_model,
    undo_stacks,
)


class Journal:
    """A journal in memory."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, act: Act = Act.SAY, **parts: object) -> Row:
        values: dict[str, object] = {"series_uid": "s", "reader": "JD", **parts}
        if act is Act.SAY:
            values = {"finding": "nodule", "answer": Answer.PRESENT, **values}
        entry = Entry.model_validate({"act": act, **values})
        row = Row(
            id=RowId(len(self.rows) + 1),
            created=datetime(2026, 1, 1, tzinfo=UTC),
            **dict(entry),
        )
        self.rows.append(row)
        return row

    def answers(self) -> list[tuple[str, str]]:
        return [(r.finding, str(r.answer)) for r in current_labels(self.rows)]


def test_the_last_word_holds() -> None:
    journal = Journal()
    journal.add()
    journal.add(answer=Answer.ABSENT)
    assert journal.answers() == [("nodule", "absent")]


def test_undo_brings_the_word_before_back_and_redo_takes_it_again() -> None:
    journal = Journal()
    journal.add()
    second = journal.add(answer=Answer.ABSENT)
    journal.add(Act.UNDO, refers_to=second.id)
    assert journal.answers() == [("nodule", "present")]
    journal.add(Act.REDO, refers_to=second.id)
    assert journal.answers() == [("nodule", "absent")]


def test_a_removed_answer_leaves_none_and_undo_returns_it() -> None:
    journal = Journal()
    journal.add()
    second = journal.add(answer=Answer.ABSENT)
    removal = journal.add(Act.REMOVE, refers_to=second.id)
    assert journal.answers() == []
    journal.add(Act.UNDO, refers_to=removal.id)
    assert journal.answers() == [("nodule", "absent")]


def test_ranges_stand_side_by_side() -> None:
    journal = Journal()
    for first in (0, 5):
        journal.add(level=Level.SLICES, region=Region(first=first, last=first + 2))
    assert len(current_labels(journal.rows)) == 2


def test_readers_do_not_overwrite_each_other() -> None:
    journal = Journal()
    journal.add()
    journal.add(reader="second", answer=Answer.ABSENT)
    assert journal.answers() == [("nodule", "present"), ("nodule", "absent")]
    done, _ = undo_stacks(journal.rows, "JD")
    assert [row.reader for row in done] == ["JD"]


def test_imports_and_looks_are_not_on_the_undo_stack() -> None:
    journal = Journal()
    journal.add(source=Source.IMPORT)
    journal.add(Act.LOOK)
    assert undo_stacks(journal.rows, "JD") == ((), ())


@given(st.lists(st.sampled_from(["say", "undo", "redo"]), max_size=40))
def test_undo_and_redo_behave_as_an_editor_does(acts: list[str]) -> None:
    journal = Journal()
    done: list[str] = []
    undone: list[str] = []
    for number, act in enumerate(acts):
        stacks = undo_stacks(journal.rows, "JD")
        if act == "say":
            journal.add(finding=f"f{number}")
            done.append(f"f{number}")
            undone.clear()
        elif act == "undo" and stacks[0]:
            journal.add(Act.UNDO, refers_to=stacks[0][-1].id)
            undone.append(done.pop())
        elif act == "redo" and stacks[1]:
            journal.add(Act.REDO, refers_to=stacks[1][-1].id)
            done.append(undone.pop())
    assert sorted(r.finding for r in current_labels(journal.rows)) == sorted(done)
    assert [r.finding for r in undo_stacks(journal.rows, "JD")[1]] == undone


def test_blind_first_until_every_finding_has_this_readers_answer() -> None:
    journal = Journal()

    def may(reader: str = "JD") -> bool:
        return may_show_model(
            current_labels(journal.rows),
            series_uid="s",
            reader=reader,
            findings=("nodule", "effusion"),
        )

    assert not may()
    journal.add()
    journal.add(finding="effusion", source=Source.IMPORT)
    assert not may()
    journal.add(finding="effusion", answer=Answer.ABSENT)
    assert may()
    assert not may("second")


def test_anchoring_counts_answers_changed_after_a_look() -> None:
    journal = Journal()
    journal.add()
    journal.add(finding="effusion")
    journal.add(Act.LOOK)
    journal.add(answer=Answer.ABSENT)
    assert anchoring_rate(journal.rows) == (1, 2)


def test_looking_and_skipping_do_not_make_a_round_stale() -> None:
    journal = Journal()
    said = journal.add()
    journal.add(Act.LOOK)
    journal.add(Act.SKIP)
    assert label_revision(journal.rows) == said.id


@pytest.mark.parametrize(
    "parts",
    [
        {"act": Act.SAY, "finding": "x"},
        {"act": Act.SAY, "finding": "x", "answer": "present", "level": "box"},
        {"act": Act.UNDO},
        {"act": Act.SAY, "finding": "x", "answer": "present", "confidence": 0},
        {"act": Act.SAY, "finding": "x", "answer": "present", "area": 0},
        {
            "act": Act.SAY,
            "finding": "x",
            "answer": "present",
            "level": "point",
            "region": {"first": 0, "last": 1, "points": [(1, 2)]},
        },
        {"act": Act.SAY, "finding": "x", "answer": "present", "area": 1.1},
        {"act": Act.SAY, "finding": "x", "answer": "absent", "area": 0.1},
    ],
)
def test_half_an_entry_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Entry.model_validate({"series_uid": "s", "reader": "JD", **parts})
