"""The queue: every series once, its audits, its kept places, and what comes first."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wsl_studio.domain.queue import AUDIT_EVERY, Known, QueueItem, make_queue
from wsl_studio.domain.space import Space

UIDS = [f"s{i}" for i in range(23)]


def chances(seed: int = 0) -> dict[str, dict[str, float]]:
    rng = np.random.default_rng(seed)
    return {uid: {"nodule": float(rng.random())} for uid in UIDS}


def clumps(sizes: tuple[int, ...], seed: int = 0) -> dict[str, np.ndarray]:
    """Series in clumps of given sizes, named by their clump."""
    rng = np.random.default_rng(seed)
    centres = 20 * rng.normal(size=(len(sizes), 8))
    return {
        f"c{c}.{k}": (centres[c] + 0.1 * rng.normal(size=8)).astype(np.float32)
        for c, size in enumerate(sizes)
        for k in range(size)
    }


def reasons(queue: tuple[QueueItem, ...]) -> list[str]:
    return [item.reason.split(":")[0] for item in queue]


def test_without_a_round_and_features_the_order_is_random_and_says_so() -> None:
    queue = make_queue(UIDS, Known(), seed=0)
    assert [item.series_uid for item in queue] != UIDS
    assert set(reasons(queue)) == {"random", "random audit of the queue"}


@given(
    st.sets(st.sampled_from(UIDS)), st.sets(st.sampled_from(UIDS)), st.sets(st.sampled_from(UIDS)),
    st.integers(0, 5),
)  # fmt: skip
def test_every_series_is_there_once_and_every_fifth_label_is_an_audit(
    todo: set[str], held: set[str], doubtful: set[str], seed: int
) -> None:
    labelled = sorted(set(UIDS) - todo)
    known = Known(
        probabilities=chances(seed),
        labelled=labelled,
        held=held,
        doubtful=dict.fromkeys(doubtful - todo, "nodule"),
    )
    queue = make_queue(sorted(todo), known, seed=seed)
    assert sorted(item.series_uid for item in queue) == sorted(todo | (doubtful - todo))
    for place, item in enumerate(queue):
        if (len(labelled) + place) % AUDIT_EVERY == AUDIT_EVERY - 1 and place < len(todo & held):
            assert item.reason.startswith("random audit")
            assert item.series_uid in held


def test_while_a_reader_labels_the_audits_come_to_the_top() -> None:
    left, labelled, seen = list(UIDS), [], []
    while left:
        first = make_queue(left, Known(probabilities=chances(), labelled=labelled), seed=0)[0]
        seen.append("audit" in first.reason)
        left.remove(first.series_uid)
        labelled.append(first.series_uid)
    assert [k for k, is_audit in enumerate(seen) if is_audit] == [4, 9, 14, 19]


def test_held_patients_come_at_random_only_whatever_the_model_says() -> None:
    held = set(UIDS[:8])
    sure = {uid: {"nodule": 0.5 if uid in held else 0.9} for uid in UIDS}
    one = make_queue(UIDS, Known(probabilities=sure, held=held), seed=3)
    other = make_queue(UIDS, Known(probabilities=chances(1), held=held), seed=3)
    assert [i.series_uid for i in one if i.series_uid in held] == [
        i.series_uid for i in other if i.series_uid in held
    ]
    assert all("audit" in i.reason for i in one if i.series_uid in held)


def test_the_first_labels_cover_the_groups_largest_first() -> None:
    features = clumps((20, 12, 8))
    space = Space.of(features)
    left, labelled = sorted(features), []
    for _ in range(4):
        first = make_queue(left, Known(space=space, labelled=labelled), seed=0)[0]
        assert first.reason.startswith("unlike anything labelled, stands for")
        left.remove(first.series_uid)
        labelled.append(first.series_uid)
    assert {uid.split(".")[0] for uid in labelled} == {"c0", "c1", "c2"}
    sizes = [int(space.sizes[space.group[space.index[uid]]]) for uid in labelled]
    assert sizes == sorted(sizes, reverse=True)


def test_once_groups_are_covered_uncertain_times_new_decides() -> None:
    rng = np.random.default_rng(0)
    features = {uid: rng.normal(size=6).astype(np.float32) for uid in UIDS}
    space = Space.of(features)
    at = {int(space.group[space.index[uid]]): uid for uid in UIDS}
    labelled = sorted(at.values())
    left = [uid for uid in UIDS if uid not in labelled]
    sure = {uid: {"nodule": 0.99} for uid in UIDS}
    target = left[3]
    sure[target] = {"nodule": 0.5}
    queue = make_queue(left, Known(probabilities=sure, space=space, labelled=labelled), seed=0)
    ranked = [item for item in queue if "audit" not in item.reason]
    assert ranked[0].series_uid == target
    assert ranked[0].reason == "uncertain: nodule"
    assert ranked[-1].reason == "easy: a candidate for the curriculum"


def test_disputes_doubts_and_rare_findings_have_their_places() -> None:
    labelled = [f"done{i}" for i in range(10)]
    known = Known(
        probabilities=chances(),
        labelled=labelled,
        counts={"nodule": (1, 9)},
        disputed={"s3": "nodule"},
        doubtful={"done4": "nodule"},
    )
    queue = make_queue(UIDS, known, seed=0)
    kinds = Counter(reasons(queue))
    assert kinds["readers disagree"] == kinds["possible mislabel"] == 1
    assert queue[1].series_uid == "s3"
    assert queue[3].series_uid == "done4"
    rare = queue[7]
    assert rare.reason == "nodule has few labels of one kind"
    before = {item.series_uid for item in queue[:7]}
    assert rare.series_uid == max(set(UIDS) - before, key=lambda uid: chances()[uid]["nodule"])


def test_a_case_that_leaves_does_not_reorder_the_rest() -> None:
    full = make_queue(UIDS, Known(), seed=0)
    gone = full[3].series_uid
    rest = make_queue([u for u in UIDS if u != gone], Known(labelled=[gone]), seed=0)
    assert [i.series_uid for i in rest] == [i.series_uid for i in full if i.series_uid != gone]


def test_the_space_tells_alike_from_unlike_and_is_the_same_each_time() -> None:
    features = clumps((10, 10))
    space, again = Space.of(features, seed=1), Space.of(features, seed=1)
    assert np.array_equal(space.group, again.group)
    new = space.novelty(["c0.1", "c1.1", "strange"], ["c0.0"])
    assert new["c0.1"] < 0.5 < new["c1.1"] <= 1
    assert "strange" not in new
