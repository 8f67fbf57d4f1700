"""Latent structural SVM: the strongest region decides, with a margin."""

from wsl_studio.domain.recipe import Method
from wsl_studio.learn.methods import max as maximum
from wsl_studio.learn.methods.common import STRUCTURED, LossOptions


class Options(LossOptions):
    """The loss of the paper unless another is asked for."""

    loss: STRUCTURED = "structured-hinge"


METHOD = Method(
    name="lssvm",
    title="Latent structural SVM",
    source="Yu & Joachims 2009 (ICML), equation 5; Durand et al. 2019 (TPAMI), equation 4 at"
    " (+inf, +inf)",
    summary=(
        "The strongest region is the hidden variable, and a margin between the two answers is asked"
        " of it by gradient steps. Its map may lie beside the finding, as with every bare maximum."
    ),
    Options=Options,
    compose=maximum.compose,
)
