"""What a project labels: findings with groups, parents, codes, colours, keys and levels."""

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import Field, field_validator, model_validator

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.label import Act, Level, Row, effective_rows
from wsl_studio.domain.series import Value as Frozen
from wsl_studio.domain.words import known, say, strung

CODE_SYSTEMS: Final = ("SNOMED CT", "RadLex", "other")
"""Where a code may come from; what is free is ``other``."""

COLOURS: Final = (
    "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#d55e00", "#cc79a7", "#9a9fe0", "#b5bfc7",
)  # fmt: skip
"""Colours that colour-blind readers can tell apart (Okabe and Ito 2008, blue lightened)."""


class FindingSpec(Frozen):
    """One finding as the project has it now.

    Args:
        id: Its first name; the journal keeps labels under it, whatever it is called later.
        name: What it is called now.
        group: Findings of one group exclude one another; empty for none.
        parent: Id of the finding that this one is a kind of; empty for none.
        code_system: One of ``CODE_SYSTEMS``, or empty without a code.
        code: The code in it, as typed.
        colour: ``#rrggbb``, or empty.
        key: Key that chooses it, as Qt writes it; empty for Alt and its place alone.
        levels: Levels at which it may be labelled.
        is_active: False once it was removed; its labels are kept and come back with it.
    """

    id: str
    name: str
    group: str = ""
    parent: str = ""
    code_system: str = ""
    code: str = ""
    colour: str = Field(default="", pattern=r"^(#[0-9a-fA-F]{6})?$")
    key: str = ""
    levels: tuple[Level, ...] = tuple(Level)
    is_active: bool = True

    @field_validator("id", "name", "group", "code")
    @classmethod
    def _without_blanks(cls, text: str) -> str:
        return " ".join(text.split())

    @field_validator("levels")
    @classmethod
    def _in_order(cls, levels: tuple[Level, ...]) -> tuple[Level, ...]:
        return tuple(level for level in Level if level in levels)


class LabelSchema(Frozen):
    """The findings of a project in order, removed ones included.

    Args:
        findings: In the order of the window.
        version: How many changes made it what it is; 0 as the project began.
    """

    findings: tuple[FindingSpec, ...] = ()
    version: int = 0

    @model_validator(mode="after")
    def _is_whole(self) -> "LabelSchema":
        ids = [spec.id.casefold() for spec in self.findings]
        if len(set(ids)) != len(ids):
            raise ValueError("two findings have one id")
        return self

    @property
    def active(self) -> tuple[FindingSpec, ...]:
        """Findings that are labelled now."""
        return tuple(spec for spec in self.findings if spec.is_active)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the findings that are labelled now."""
        return tuple(spec.name for spec in self.active)

    def named(self, name: str) -> FindingSpec | None:
        """The finding of this name, removed or not."""
        return next((spec for spec in self.findings if spec.name == name), None)

    def of_id(self, key: str) -> FindingSpec | None:
        """The finding with this id, removed or not."""
        return next((spec for spec in self.findings if spec.id == key), None)

    def rivals(self, name: str) -> tuple[str, ...]:
        """Names of the active findings that exclude this one."""
        spec = self.named(name)
        if spec is None or not spec.group:
            return ()
        return tuple(o.name for o in self.active if o.group == spec.group and o.id != spec.id)

    def kinds(self, name: str) -> tuple[str, ...]:
        """Names of the active findings that are kinds of this one, at any depth."""
        spec = self.named(name)
        out: list[FindingSpec] = []
        todo = [] if spec is None else [spec.id]
        while todo:
            parent = todo.pop()
            found = [o for o in self.active if o.parent == parent and o not in out]
            out += found
            todo += [o.id for o in found]
        return tuple(o.name for o in self.active if o in out)


def schema_of(rows: Sequence[Row], first: Iterable[str]) -> LabelSchema:
    """The schema that holds: that of the last SCHEMA row that stands, and what came by import.

    Args:
        rows: The journal, or only its rows that are about no series.
        first: Ids that the project began with or that came with imported labels.
    """
    rows = [row for row in rows if not row.series_uid]
    standing = [row for row in effective_rows(rows) if row.act is Act.SCHEMA]
    schema = LabelSchema.model_validate_json(standing[-1].detail) if standing else LabelSchema()
    known = {spec.id.casefold() for spec in schema.findings}
    new = tuple(FindingSpec(id=key, name=key) for key in first if key.casefold() not in known)
    return LabelSchema(findings=(*schema.findings, *new), version=len(standing))


def names_ever(rows: Iterable[Row]) -> dict[str, str]:
    """Id by every name that any finding ever had, undone changes included."""
    out: dict[str, str] = {}
    for row in rows:
        if row.act is Act.SCHEMA:
            for spec in LabelSchema.model_validate_json(row.detail).findings:
                out.setdefault(spec.name, spec.id)
    return out


def check_change(old: LabelSchema, new: LabelSchema, ever: dict[str, str]) -> LabelSchema:
    """The new schema, if it leaves every label its finding; nothing of the old one may be missing.

    Args:
        old: What holds.
        new: What a reader wants; findings that it lacks are kept as removed.
        ever: Id by every name there ever was.

    Raises:
        KnownError: A name is empty or another finding's, a parent is missing or in a circle, or
            a key is given twice.
    """
    wanted = {spec.id for spec in new.findings}
    lost = tuple(
        spec.model_copy(update={"is_active": False})
        for spec in old.findings
        if spec.id not in wanted
    )
    # Copies with other values were never looked at: blanks, colours and levels are tidied here.
    tidy = (FindingSpec.model_validate(spec.model_dump()) for spec in new.findings)
    new = LabelSchema(findings=(*tidy, *lost), version=old.version + 1)
    taken: dict[str, FindingSpec] = {}
    keys: dict[str, FindingSpec] = {}
    owners = {name.casefold(): key for name, key in ever.items()}
    owners |= {spec.id.casefold(): spec.id for spec in new.findings}
    for spec in new.findings:
        if not spec.name:
            raise KnownError("A finding needs a name.", "Type one word for it, such as nodule.")
        word = spec.name.casefold()
        if word in taken or owners.get(word, spec.id) != spec.id:
            other = taken.get(word) or new.of_id(owners[word]) or spec
            raise KnownError(
                f"{spec.name} is or was the name of another finding: {other.name}."
                if other.is_active
                else f"{spec.name} is or was the name of another finding: {other.name}, which was"
                " removed.",
                "Its labels are kept under that name; choose another, or put that one back.",
            )
        taken[word] = spec
        if spec.is_active and spec.key and keys.setdefault(spec.key, spec) is not spec:
            raise KnownError(f"{spec.key} already chooses {keys[spec.key].name}.")
        if spec.is_active and not spec.levels:
            raise KnownError(f"{spec.name} needs a level at which it may be labelled.")
        _check_parents(new, spec)
    return new


def _check_parents(schema: LabelSchema, spec: FindingSpec) -> None:
    seen = {spec.id}
    at: FindingSpec | None = spec
    while at is not None and at.parent:
        if at.parent in seen:
            raise KnownError(f"{spec.name} would be a kind of itself.", "Choose another parent.")
        seen.add(at.parent)
        at = schema.of_id(at.parent)
        if at is None:
            raise KnownError(f"The parent of {spec.name} is no finding of this project.")


def added(schema: LabelSchema, name: str) -> LabelSchema:
    """The schema with one more finding; one that was removed comes back with its labels.

    Raises:
        KnownError: If there is one of this name, or was one that has another name now.
    """
    name = " ".join(name.split())
    for k, spec in enumerate(schema.findings):
        if name.casefold() in (spec.name.casefold(), spec.id.casefold()):
            if spec.is_active:
                raise KnownError(
                    f"{name} is a finding already."
                    if spec.name == name
                    else f"{name} is a finding already under the name {spec.name}."
                )
            back = spec.model_copy(update={"is_active": True})
            rest = schema.findings[:k] + schema.findings[k + 1 :]
            return schema.model_copy(update={"findings": (*rest, back)})
    colour = COLOURS[len(schema.findings) % len(COLOURS)]
    new = FindingSpec(id=name, name=name, colour=colour)
    return LabelSchema.model_construct(findings=(*schema.findings, new), version=schema.version)


def describe_change(old: LabelSchema, new: LabelSchema) -> str:
    """What a change of the schema did, in a line: ``'nodule renamed to lung nodule'``."""
    parts = []
    for spec in new.findings:
        was = old.of_id(spec.id)
        if was is None or (spec.is_active and not was.is_active):
            parts.append(
                say("{name} added", name=spec.name)
                if was is None
                else say("{name} put back", name=spec.name)
            )
        elif was.is_active and not spec.is_active:
            parts.append(say("{name} removed", name=was.name))
        elif was.name != spec.name:
            parts.append(say("{old} renamed to {new}", old=was.name, new=spec.name))
        elif was != spec:
            fields = [k for k in FindingSpec.model_fields if getattr(was, k) != getattr(spec, k)]
            words = strung(", ", (known(field.replace("_", " ")) for field in fields))
            parts.append(strung(": ", (spec.name, words)))
    if not parts:
        parts = [say("order of the findings")]
    return strung("; ", parts)
