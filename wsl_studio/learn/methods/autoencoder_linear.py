"""Linear auto-encoder: the code is the space of the main components of all regions."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.common import field
from wsl_studio.learn.methods.own import OwnOptions, own_recipe


class LinearOptions(OwnOptions):
    """How long the code is."""

    width: int = field(32, "Components", "Length of the code of a region.", ge=1, le=256)


def compose(options: LinearOptions) -> Recipe:
    """One linear layer there and one back, fitted before the labels."""
    return own_recipe(
        options, encoder="linear", decoder="upsample", channels=(options.width,), rebuild=1.0,
        pretrain=1, is_hybrid=False,
    )  # fmt: skip


METHOD = Method(
    name="autoencoder-linear",
    title="Linear auto-encoder (main components)",
    source="Baldi & Hornik 1989 (Neural Networks)",
    summary=(
        "Regions are described by the few directions in which all series, labelled or not, differ"
        " most. It spares labels where features are many, and is done in a second."
    ),
    Options=LinearOptions,
    compose=compose,
)
