"""Findings that change without losing a label, answers that clash, re-reads, controls, kappa."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from wsl_studio.domain.agreement import kappa
from wsl_studio.domain.consistency import conflicts
from wsl_studio.domain.control import followed, is_drawn, open_flips, turned
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Arithmetic, Evidence, Placement
from wsl_studio.domain.findings import (
    FindingSpec,
    LabelSchema,
    added,
    check_change,
    describe_change,
    names_ever,
    schema_of,
)
from wsl_studio.domain.label import Act, Answer, Level, Region, Row, RowId
from wsl_studio.domain.policy import Policy, Showing, policy_of
from wsl_studio.domain.reread import GAP, intra_reader, rereads


def rows_of(*entries: dict[str, object]) -> list[Row]:
    base = {"act": Act.SAY, "series_uid": "s", "reader": "JD", "finding": "", "answer": None,
            "created": datetime(2026, 1, 1, tzinfo=UTC)}  # fmt: skip
    return [
        Row.model_validate({**base, "id": RowId(k), **values})
        for k, values in enumerate(entries, start=1)
    ]


def said(finding: str, answer: str = "present", **more: object) -> dict[str, object]:
    return {"finding": finding, "answer": answer, **more}


def schema(*specs: FindingSpec | str) -> LabelSchema:
    made = (s if isinstance(s, FindingSpec) else FindingSpec(id=s, name=s) for s in specs)
    return LabelSchema(findings=tuple(made))


def changed(old: LabelSchema, of: str, **values: object) -> LabelSchema:
    specs = (s.model_copy(update=values) if s.id == of else s for s in old.findings)
    return LabelSchema(findings=tuple(specs), version=old.version)


def test_a_finding_left_out_of_a_change_is_kept_as_removed() -> None:
    old = schema("nodule", "effusion")
    new = check_change(old, schema("nodule"), {})
    assert new.names == ("nodule",)
    assert [s.is_active for s in new.findings] == [True, False]
    assert describe_change(old, new) == "effusion removed"
    back = check_change(new, added(new, "Effusion"), {})
    assert back.names == ("nodule", "effusion")
    assert describe_change(new, back) == "effusion put back"


@pytest.mark.parametrize(
    ("key", "values", "told"),
    [
        ("effusion", {"name": "Nodule"}, "is or was the name of another finding: nodule"),
        ("effusion", {"name": "mass"}, "is or was the name of another finding: nodule"),
        ("effusion", {"name": " "}, "needs a name"),
        ("effusion", {"parent": "effusion"}, "kind of itself"),
        ("effusion", {"parent": "gone"}, "no finding of this project"),
        ("effusion", {"key": "Q"}, "Q already chooses nodule"),
        ("effusion", {"levels": ()}, "needs a level"),
    ],
)
def test_a_change_that_would_mix_labels_is_refused(
    key: str, values: dict[str, object], told: str
) -> None:
    old = changed(schema("nodule", "effusion"), "nodule", key="Q", parent="")
    with pytest.raises(KnownError, match=told):
        check_change(old, changed(old, key, **values), {"mass": "nodule"})


def test_a_circle_of_kinds_is_refused_and_kinds_are_found_at_any_depth() -> None:
    old = schema("a", "b", "c")
    line = changed(changed(old, "b", parent="a"), "c", parent="b")
    assert check_change(old, line, {}).kinds("a") == ("b", "c")
    with pytest.raises(KnownError, match="kind of itself"):
        check_change(old, changed(line, "a", parent="c"), {})


def test_the_schema_is_what_the_last_standing_change_says() -> None:
    first = changed(schema("nodule"), "nodule", name="mass")
    second = added(first, "scar")
    edits = [{"act": Act.SCHEMA, "series_uid": "", "detail": s.model_dump_json()}
             for s in (first, second)]  # fmt: skip
    rows = rows_of(*edits)
    assert schema_of(rows, ("nodule",)).names == ("mass", "scar")
    undone = rows_of(*edits, {"act": Act.UNDO, "series_uid": "", "refers_to": 2})
    assert schema_of(undone, ("nodule", "late import")).names == ("mass", "late import")
    assert names_ever(undone) == {"mass": "nodule", "scar": "scar"}


def test_what_does_not_fit_is_said_and_nothing_else() -> None:
    specs = schema(
        FindingSpec(id="lesion", name="lesion"),
        FindingSpec(id="cyst", name="cyst", parent="lesion"),
        FindingSpec(id="benign", name="benign", group="assessment"),
        FindingSpec(id="suspicious", name="suspicious", group="assessment"),
    )
    box = Region(first=2, last=2, box=(0, 0, 4, 4))
    fits = rows_of(said("lesion"), said("cyst", level=Level.BOX, region=box), said("benign"))
    assert conflicts(fits, specs) == ()
    clash = rows_of(
        said("lesion", "absent"),
        said("cyst"),
        said("lesion", level=Level.BOX, region=box),
        said("benign"),
        said("suspicious"),
        said("cyst", "absent", level=Level.STUDY),
    )
    assert conflicts(clash, specs) == (
        "lesion is absent, but a box on slice 3 says present.",
        "cyst is present here, but absent in the study.",
        "cyst is present, but lesion, of which it is a kind, is absent.",
        "benign and suspicious exclude one another (assessment), but are present.",
    )


answers = st.sampled_from(["present", "absent", "uncertain"])


@given(st.lists(st.tuples(answers, answers), min_size=2, max_size=60))
def test_kappa_is_cohens(pairs: Sequence[tuple[str, str]]) -> None:
    found = kappa(pairs)
    assert found is not None
    assert found.low <= found.value <= found.high
    a, b = zip(*pairs, strict=True)
    if len(set(a) | set(b)) > 1:
        assert found.value == pytest.approx(cohen_kappa_score(a, b), abs=1e-9)


def test_the_interval_of_kappa_is_that_of_fleiss() -> None:
    """Two raters, 100 cases: the standard error of the worked example is 0.081 (by simulation)."""
    rng = np.random.default_rng(0)
    truth = rng.random(100) < 0.5
    first = truth ^ (rng.random(100) < 0.1)
    second = truth ^ (rng.random(100) < 0.1)
    found = kappa([(str(x), str(y)) for x, y in zip(first, second, strict=True)])
    assert found is not None
    draws = []
    for _ in range(400):
        at = rng.integers(0, 100, 100)
        again = kappa([(str(first[i]), str(second[i])) for i in at])
        assert again is not None
        draws.append(again.value)
    assert (found.high - found.low) / 3.92 == pytest.approx(float(np.std(draws)), rel=0.2)


def test_one_in_ten_finished_series_comes_back_and_both_readings_are_kept() -> None:
    first = [said("nodule", series_uid=f"s{k}") for k in range(GAP + 10)]
    rows = rows_of(*first)
    found = rereads(rows, reader="JD", findings=("nodule",), share=0.1)
    assert len(found.due) == 2
    assert all(int(uid[1:]) < GAP for uid in found.due), "never one that is fresh in mind"
    assert rereads(rows, reader="JD", findings=("nodule",), share=0.0).due == ()
    assert rereads(rows, reader="other", findings=("nodule",), share=0.5).due == ()
    again = rows_of(*first, said("nodule", "absent", series_uid=found.due[0], reading=2))
    left = rereads(again, reader="JD", findings=("nodule",), share=0.1)
    assert left.due == found.due[1:]
    assert left.again == set(found.due)
    pairs = intra_reader(again, "JD")
    assert pairs is not None
    assert (pairs.n, pairs.agreed) == (1, 0)


def test_controls_are_drawn_for_good_and_counted_once() -> None:
    draw = [is_drawn(b"salt", series_uid=f"s{k}", finding="n", reader="JD", share=0.2)
            for k in range(2000)]  # fmt: skip
    assert 0.15 < np.mean(draw) < 0.25
    flip = {"act": Act.FLIP, "finding": "n", "answer": "absent", "round": 1}
    shown = rows_of(flip)
    assert open_flips(shown, series_uid="s", reader="JD", number=1) == {"n"}
    taken = rows_of(flip, said("n", "absent", is_control=True), said("n", "present"))
    assert open_flips(taken, series_uid="s", reader="JD", number=1) == frozenset()
    assert followed(taken, "JD") == (1, 1)
    assert followed(rows_of(flip, said("n", "present")), "JD") == (0, 1)


def test_turned_evidence_adds_up_like_any_other() -> None:
    grid = np.array([[[2.0, -1.0]]], np.float32)
    one = Evidence("s", "n", 1, grid, Placement(8, 8, 3.5, 3.5), Arithmetic(2, -0.5, 0.2, 1.7), 2.0)
    sums = turned(one).arithmetic
    assert sums.positive >= 0 >= sums.negative
    assert sums.positive + sums.negative + sums.rest == pytest.approx(sums.score) == -1.7
    assert (turned(one).grid == -grid).all()


def test_the_policy_is_what_the_last_standing_row_says() -> None:
    never = Policy(showing=Showing.NEVER)
    row = {"act": Act.POLICY, "series_uid": "", "detail": never.model_dump_json()}
    assert policy_of(rows_of(row)) == never
    undo = {"act": Act.UNDO, "series_uid": "", "refers_to": 1}
    assert policy_of(rows_of(row, undo)) == Policy()
    assert policy_of(()).showing is Showing.BLIND
    assert Answer("cannot tell") is Answer.CANNOT_TELL
