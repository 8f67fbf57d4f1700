"""Burned-in letters and calipers are hidden from learning; tissue is not."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from wsl_studio.domain.volume import Volume
from wsl_studio.learn.marks import burned_in, without_marks
from wsl_studio.learn.preprocess import Slices


def tissue(seed: int = 0, *, rows: int = 300, columns: int = 384) -> NDArray[np.uint8]:
    """Speckle with layered bright fascia, like an ultrasound image."""
    rng = np.random.default_rng(seed)
    speckle = cv2.GaussianBlur(rng.gamma(2.0, 30.0, (rows, columns)).astype(np.float32), (0, 0), 1)
    layers = 40 * (1 + np.sin(np.arange(rows) / 11.0))[:, None]
    return np.clip(speckle + layers, 0, 225).astype(np.uint8)


def written(image: NDArray[np.uint8], text: str, at: tuple[int, int]) -> NDArray[np.uint8]:
    """Letters of the size and pitch of an ultrasound screen."""
    out = image.copy()
    for k, letter in enumerate(text):
        place = (at[0] + 11 * k, at[1])
        cv2.putText(out, letter, place, cv2.FONT_HERSHEY_DUPLEX, 0.42, 255, 1, cv2.LINE_AA)
    return out


@pytest.mark.parametrize("seed", range(5))
def test_tissue_alone_is_left_as_it_is(seed: int) -> None:
    image = tissue(seed)
    out, had_marks = without_marks(image)
    assert not had_marks
    assert out is image


@pytest.mark.parametrize("text", ["RT AXILLA", "LT UOQ", "BREAST 12"])
@pytest.mark.parametrize("scale", [1, 2])
def test_words_are_found_where_they_stand_and_painted_over(text: str, scale: int) -> None:
    plain = tissue()
    image = written(plain // 2, text, (120, 200))
    drawn = image != plain // 2
    if scale > 1:
        size = (image.shape[1] * scale, image.shape[0] * scale)
        image = np.asarray(cv2.resize(image, size), np.uint8)
        drawn = cv2.resize(drawn.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    found = burned_in(image)
    assert found[drawn & (image > 200)].mean() > 0.6
    far = cv2.dilate(drawn.astype(np.uint8), np.ones((15 * scale, 15 * scale))) == 0
    assert not found[far].any()
    out, had_marks = without_marks(image)
    assert had_marks
    assert out[drawn].mean() < 0.6 * image[drawn].mean()
    assert (out[far] == image[far]).all()


def test_a_caliper_cross_is_found_and_a_single_bright_spot_is_not() -> None:
    image = tissue() // 2
    image[100, 94:107] = image[94:107, 100] = 255
    image[200:206, 300:305] = 255
    found = burned_in(image)
    assert found[100, 100]
    assert found[95, 100]
    assert not found[203, 302]


def test_colour_pictures_keep_their_colours_around_the_words() -> None:
    grey = tissue() // 2
    colour = np.dstack([grey, grey // 2, grey])
    marked = np.dstack([written(colour[..., k], "LT 3-4", (40, 60)) for k in range(3)])
    out, had_marks = without_marks(marked)
    assert had_marks
    assert np.abs(out.astype(int) - colour).mean() < 2


@pytest.mark.parametrize(("modality", "is_hidden"), [("US", True), ("CT", False), ("MR", False)])
def test_pictures_are_cleaned_and_measured_values_are_not(modality: str, is_hidden: bool) -> None:
    image = written(tissue() // 2, "RT AXILLA", (120, 200))
    slices = Slices(Volume("s", image[None], modality=modality), image_px=384, is_cropped=False)
    slices.channels(0)
    assert slices.marked == ({0} if is_hidden else set())
    kept = Slices(
        Volume("s", image[None], modality=modality),
        image_px=384,
        is_cropped=False,
        hides_marks=False,
    )
    kept.channels(0)
    assert not kept.marked


def test_noise_that_looks_like_letters_everywhere_is_left_alone() -> None:
    rng = np.random.default_rng(0)
    assert not burned_in(rng.integers(0, 256, (200, 200), np.uint8)).any()
