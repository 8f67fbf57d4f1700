"""Labels of a table into a project: what they would do, and doing it; nothing is overwritten."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wsl_studio.domain.label import Entry, Level
from wsl_studio.jobs import steps
from wsl_studio.jobs.tables import Table, read_table, salted_key
from wsl_studio.store.project import Project


class Fate(StrEnum):
    """What becomes of one label of a table."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown series"
    CONFLICTING = "conflicting, left out"


@dataclass(frozen=True)
class Planned:
    """One label of a table.

    Args:
        key: Series as the table names it.
        uid: The series; empty if the project has none such.
        entry: The label, under today's name of its finding.
        fate: What becomes of it.
        stands: What the project has there of the same reader; empty for nothing.
    """

    key: str
    uid: str
    entry: Entry
    fate: Fate
    stands: str = ""


@dataclass(frozen=True)
class Plan:
    """What a table would do to a project.

    Args:
        lines: In the order of the table; a label of a study has one for each of its series.
        new_findings: Names that the project hasn't.
    """

    lines: tuple[Planned, ...]
    new_findings: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """Labels of one fate."""
        return sum(line.fate is fate for line in self.lines)

    @property
    def added(self) -> int:
        """Labels that are new."""
        return self.count(Fate.ADDED)

    @property
    def unchanged(self) -> int:
        """Labels that are there already."""
        return self.count(Fate.UNCHANGED)

    @property
    def conflicting(self) -> tuple[Planned, ...]:
        """Labels of a reader who is known to have said something else there."""
        return tuple(line for line in self.lines if line.fate is Fate.CONFLICTING)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Series of the table that the project hasn't, each once."""
        keys = (line.key for line in self.lines if line.fate is Fate.UNKNOWN)
        return tuple(dict.fromkeys(keys))


def plan_labels(project: Project, table: Table) -> Plan:
    """What the labels of a table would do; nothing is written.

    A series is known by its UID or file stem. A study is known by its UID or accession number,
    of which the project has only salted hashes: then the label is of the study, one a series.
    """
    keys, studies = project.series_keys(), project.study_series()
    names = project.names()
    known = {_place(row.series_uid, row): (row.answer, row.area) for row in project.current()}
    lines = []
    for key, entry in table.entries:
        own = keys.get(key)
        of_study = studies.get(salted_key(project.salt, key), ()) if own is None else ()
        entry = entry.model_copy(update={"finding": names.of(entry.finding)})
        if of_study and entry.region is None:
            entry = Entry.model_validate({**dict(entry), "level": Level.STUDY})
        if own is None and not of_study:
            lines.append(Planned(key, "", entry, Fate.UNKNOWN))
        for uid in (own,) if own is not None else of_study:
            place = _place(uid, entry)
            answer, area = known.get(place, (None, None))
            if answer is None or (answer is entry.answer and entry.area not in (None, area)):
                fate = Fate.ADDED
                known[place] = entry.answer, entry.area
            else:
                fate = Fate.UNCHANGED if answer is entry.answer else Fate.CONFLICTING
            lines.append(Planned(key, uid, entry, fate, steps.say_answer(answer) if answer else ""))
    asked = dict.fromkeys(names.of(name) for name in table.findings)
    return Plan(tuple(lines), tuple(name for name in asked if name not in names.ids))


def take_labels(project: Project, table: Table) -> Plan:
    """Adds labels of a table; those already there are left alone, unknown series are named."""
    known_keys = project.series_keys()
    uids = {key: known_keys.get(key) for key in (*(k for k, _ in table.entries), *table.patients)}
    plan = plan_labels(project, table)
    project.add_findings(table.findings)
    groups = {
        uid: salted_key(project.salt, table.patients[key])
        for key, uid in uids.items()
        if uid is not None and key in table.patients
    }
    project.set_patient_keys(groups)
    if table.splits:
        keys = project.patient_keys()
        parts = {}
        for key, uid in uids.items():
            group = table.patients.get(key, key)
            if uid is not None and group in table.splits:
                parts[keys[uid]] = table.splits[group]
        project.fix_split(parts)
    steps.append_labels(
        project,
        [
            line.entry.model_copy(update={"series_uid": line.uid})
            for line in plan.lines
            if line.fate is Fate.ADDED
        ],
    )
    return plan


def plan_file(project: Project, path: Path) -> Plan:
    """``plan_labels`` of a CSV file."""
    return plan_labels(project, read_table(path))


def _place(uid: str, entry: Entry) -> tuple[object, ...]:
    """What a label speaks of: two of one reader at one place are one label."""
    level = entry.level if entry.region is None else None  # a region has the level it has
    return uid, entry.finding, entry.reader, level, entry.region, entry.reading
