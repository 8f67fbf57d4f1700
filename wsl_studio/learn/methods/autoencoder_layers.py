"""Layer-wise auto-encoder: one layer after the other without labels, then all with them."""

from wsl_studio.domain.recipe import Method, Recipe
from wsl_studio.learn.methods.own import PretrainedOptions, own_recipe


def compose(options: PretrainedOptions) -> Recipe:
    """Each layer learns to give back the one before it."""
    return own_recipe(
        options, encoder="plain", decoder="upsample", rebuild=1.0,
        pretrain=options.pretrain, is_layerwise=True, is_hybrid=False,
    )  # fmt: skip


METHOD = Method(
    name="autoencoder-layers",
    title="Layer-wise auto-encoder",
    source="Hinton, Osindero & Teh 2006 (Neural Computation); Bengio et al. 2007 (NeurIPS)",
    summary=(
        "Layer after layer learns from all series to give back the one before it, then all are"
        " tuned on the labels. The historical way to deep codes; the convolutional one is simpler."
    ),
    Options=PretrainedOptions,
    compose=compose,
)
