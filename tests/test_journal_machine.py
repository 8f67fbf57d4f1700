"""Whatever a reader does, in any order, every label ever given stays readable in the history."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.makers import make_project
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Answer, Region, current_labels
from wsl_studio.jobs.desk import Desk

UIDS = tuple(f"1.2.826.{k}" for k in (1, 2, 3))
FIRST = ("nodule", "effusion")

answers = st.sampled_from(Answer)
regions = st.sampled_from(
    [None, None, Region(first=0, last=2), Region(first=1, last=1, points=((3.0, 4.0),))]
)


class JournalMachine(RuleBasedStateMachine):
    """A desk beside a model of it: what stands is a stack of whole states, as in an editor."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = make_project(Path(self.folder.name) / "p", n=3, findings=FIRST)
        self.desk = Desk.open(path, "JD")
        self.uid = UIDS[0]
        self.desk.select(self.uid)
        self.given: dict[int, tuple[str, str]] = {}
        """Answer and id of the finding of every label there ever was, by journal number."""
        self.states = [self.state()]
        self.redoable: list[object] = []

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()

    def state(self) -> object:
        """Labels that hold, by number, and the schema without its version."""
        held = tuple(row.id for row in current_labels(self.desk.journal))
        return held, self.desk.schema.findings

    def did(self, before: int) -> None:
        """Notes what an act has written; it is one step for undo."""
        for row in self.desk.journal[before:]:
            if row.act is Act.SAY:
                spec = self.desk.schema.named(row.finding)
                assert spec is not None
                assert row.answer is not None
                self.given[row.id] = (row.answer.value, spec.id)
        if len(self.desk.journal) > before:
            self.states.append(self.state())
            if self.desk.journal[-1].act is not Act.NEXT:
                self.redoable.clear()

    @rule(uid=st.sampled_from(UIDS))
    def go(self, uid: str) -> None:
        if uid != self.uid:
            before = len(self.desk.journal)
            self.desk.go(uid)
            self.uid = uid
            self.desk.select(uid)
            self.did(before)

    @rule(answer=answers, region=regions, k=st.integers(0, 5))
    def say(self, answer: Answer, region: Region | None, k: int) -> None:
        names = self.desk.findings
        if names:
            before = len(self.desk.journal)
            self.desk.say(names[k % len(names)], answer, region)
            self.did(before)

    @rule()
    def take_back(self) -> None:
        if found := self.desk.case_labels().current:
            before = len(self.desk.journal)
            self.desk.remove(found[-1].id)
            self.did(before)

    @rule(reason=st.sampled_from(["film missing", "ask"]), is_skip=st.booleans())
    def put_off(self, reason: str, is_skip: bool) -> None:
        before = len(self.desk.journal)
        (self.desk.skip if is_skip else self.desk.defer)(reason)
        self.did(before)

    @rule(name=st.sampled_from(["mass", "cyst", "nodule", "scar"]))
    def add_finding(self, name: str) -> None:
        self.edit(lambda: self.desk.add_finding(name))

    @rule(k=st.integers(0, 5), name=st.sampled_from(["mass", "lesion", "nodule", "spot"]))
    def rename(self, k: int, name: str) -> None:
        self.change(k, {"name": name})

    @rule(k=st.integers(0, 5))
    def remove_or_put_back(self, k: int) -> None:
        specs = self.desk.schema.findings
        self.change(k, {"is_active": not specs[k % len(specs)].is_active})

    @rule(k=st.integers(0, 5), group=st.sampled_from(["", "one of"]))
    def regroup(self, k: int, group: str) -> None:
        self.change(k, {"group": group})

    def change(self, k: int, values: dict[str, object]) -> None:
        specs = list(self.desk.schema.findings)
        specs[k % len(specs)] = specs[k % len(specs)].model_copy(update=values)
        new = self.desk.schema.model_copy(update={"findings": tuple(specs)})
        self.edit(lambda: self.desk.edit_schema(new))

    def edit(self, act: object) -> None:
        before = len(self.desk.journal)
        try:
            act()  # type: ignore[operator]
        except KnownError:
            assert len(self.desk.journal) == before, "what is refused writes nothing"
        self.did(before)

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def undo(self) -> None:
        assert self.desk.undo()
        self.redoable.append(self.states.pop())
        assert self.state() == self.states[-1]

    @precondition(lambda self: bool(self.redoable))
    @rule()
    def redo(self) -> None:
        assert self.desk.redo()
        self.states.append(self.redoable.pop())

    @rule()
    def reopen(self) -> None:
        path = self.desk.folder
        self.desk.close()
        self.desk = Desk.open(path, "JD")
        self.desk.select(self.uid)

    @invariant()
    def every_label_ever_given_is_in_the_history(self) -> None:
        told = {row.number: row.words for row in self.desk.history()}
        schema = self.desk.schema
        for number, (answer, key) in self.given.items():
            spec = schema.of_id(key)
            assert answer in told[number]
            assert (spec.name if spec is not None else key) in told[number]

    @invariant()
    def the_store_holds_what_the_desk_says(self) -> None:
        rows = self.desk.project.rows()
        assert rows == self.desk.journal
        assert self.desk.project.current() == current_labels(rows)
        assert self.desk.project.schema() == self.desk.schema


TestJournal = JournalMachine.TestCase
TestJournal.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
