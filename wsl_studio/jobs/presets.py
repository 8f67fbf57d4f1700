"""Ready sets of findings that come with the program, as JSON files that anyone can add to."""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from wsl_studio.domain.findings import COLOURS, FindingSpec, LabelSchema

log = logging.getLogger(__name__)

_PACKAGE = Path(__file__).parents[1]
FOLDERS = (_PACKAGE / "resources" / "schemas", _PACKAGE.parent / "resources" / "schemas")
"""In the wheel, and beside the package in a checkout."""


@dataclass(frozen=True)
class Preset:
    """A ready set of findings.

    Args:
        name: Of its file, without the suffix.
        title: For the reader.
        schema: What it brings.
    """

    name: str
    title: str
    schema: LabelSchema


@lru_cache
def presets() -> tuple[Preset, ...]:
    """Every preset that can be read, by title; a broken file is left out and logged."""
    files = {path.stem: path for folder in reversed(FOLDERS) for path in folder.glob("*.json")}
    out = []
    for name, path in files.items():
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            out.append(Preset(name, str(values["title"]), _schema(values["findings"])))
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            log.warning("the set of findings %s can't be read", path.name)
    return tuple(sorted(out, key=lambda one: one.title))


def _schema(values: list[dict[str, object]]) -> LabelSchema:
    specs = (
        FindingSpec.model_validate({"id": v["name"], "colour": COLOURS[k % len(COLOURS)], **v})
        for k, v in enumerate(values)
    )
    return LabelSchema(findings=tuple(specs))


def with_preset(schema: LabelSchema, preset: LabelSchema) -> LabelSchema:
    """A schema with the findings of a preset behind its own; those of one name take its fields.

    Nothing is removed, and a finding keeps its id, key and so its labels.
    """
    by_name = {spec.name.casefold(): spec for spec in schema.findings}
    by_name |= {s.id.casefold(): s for s in schema.findings if s.id.casefold() not in by_name}
    ids = {s.id: by_name[s.id.casefold()].id for s in preset.findings if s.id.casefold() in by_name}
    new: dict[str, FindingSpec] = {spec.id: spec for spec in schema.findings}
    for spec in preset.findings:
        own = by_name.get(spec.name.casefold())
        kept = {"id": own.id, "name": own.name, "key": own.key} if own else {}
        parent = ids.get(spec.parent, spec.parent)
        new[own.id if own else spec.id] = spec.model_copy(update={**kept, "parent": parent})
    return LabelSchema(findings=tuple(new.values()), version=schema.version)
