"""MANTRA: the strongest evidence for and the strongest against, with a margin."""

from wsl_studio.domain.recipe import Method
from wsl_studio.learn.methods import max_min
from wsl_studio.learn.methods.common import STRUCTURED, LossOptions


class Options(LossOptions):
    """The loss of the paper unless another is asked for."""

    loss: STRUCTURED = "structured-hinge"


METHOD = Method(
    name="mantra",
    title="MANTRA",
    source="Durand et al. 2015 (ICCV), equations 3 to 5; Durand et al. 2019 (TPAMI), equation 4 at"
    " (+inf, -inf)",
    summary=(
        "Half of the sum of the strongest and the weakest region is the score, and a margin between"
        " the two answers is asked of it. The weakest region holds the model back where a finding"
        " is only half there."
    ),
    Options=Options,
    compose=max_min.compose,
)
