"""The verb that shows the evidence of a classifier which a reader brings as a file: explain."""

from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from wsl_studio.cli.output import Json, answer, errors, known_trouble, out, run
from wsl_studio.domain.errors import KnownError


def explain(
    images: Annotated[Path, typer.Argument(help="DICOM, PNG or JPEG, searched to the bottom.")],
    weights: Annotated[Path, typer.Option(help="safetensors or weights-only file.")],
    out_folder: Annotated[Path, typer.Option("--out", help="Where the files go.")],
    network: Annotated[str, typer.Option(help="torchvision name of the network.")] = "resnet50",
    kind: Annotated[str, typer.Option(help="layercam, gradcam, gradcam++ or cam.")] = "layercam",
    layer: Annotated[str, typer.Option(help="Stage that is looked at; the last if none.")] = "",
    classes: Annotated[str, typer.Option(help="Rows of its linear layer, 0,1,...")] = "0",
    image_px: Annotated[int, typer.Option(help="Longer side of a slice.", min=32)] = 224,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    as_json: Json = False,
) -> None:
    """Writes evidence of your own classifier: per series and class a .npy and an overlay PNG.

    Slices are brought to the network as WSL Studio reads them (CT in three windows, else the
    series' own window) with the scaling of ImageNet.
    """
    from wsl_studio.cli.overlays import make_folder, write_files
    from wsl_studio.dicom.index import index_folder
    from wsl_studio.dicom.pixels import read_volume
    from wsl_studio.learn.cam import Kind
    from wsl_studio.learn.imported import explain_series, load_classifier
    from wsl_studio.learn.round import choose_device

    if kind not in get_args(Kind):
        raise typer.BadParameter(f"kind is one of {', '.join(get_args(Kind))}")
    with known_trouble():
        how: Any = kind
        place = choose_device(device)
        classifier = load_classifier(network, weights, layer=layer, kind=how)
        chosen = _numbers(classes, classifier.classes)
        for sentence in classifier.sentences:
            errors.print(sentence, markup=False, highlight=False, soft_wrap=True)
        make_folder(out_folder)
        rows, files = [], []
        for series in run(index_folder(images.resolve(), salt=b"explain")).series:
            volume = run(read_volume(series))
            found = run(
                explain_series(
                    classifier, volume, kind=how, classes=chosen, image_px=image_px, device=place
                )
            )
            files += write_files(out_folder, series.stem, volume, found)
            rows += [
                {"series": series.stem, "finding": name, "score": round(one.arithmetic.score, 4)}
                for name, one in found.items()
            ]
    answer(
        {"scores": rows, "files": [str(file) for file in files], "network": network, "kind": kind},
        as_json=as_json,
        show=lambda: out.print(f"{len(files)} files in {out_folder}", soft_wrap=True),
    )


def _numbers(text: str, n: int) -> list[int]:
    try:
        numbers = [int(part) for part in text.split(",")]
    except ValueError:
        raise typer.BadParameter("classes are whole numbers with commas between") from None
    if not all(0 <= number < n for number in numbers):
        raise KnownError(f"The file has classes 0 to {n - 1}.")
    return numbers
