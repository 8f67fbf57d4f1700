"""The verbs of the command line in one place."""

import typer

from wsl_studio.cli import data, evaluate, explain, learning, tools

app = typer.Typer(
    name="wsl-studio",
    help="Label DICOM in coarse words, train, see evidence for and against."
    " Without a verb the window opens.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(data.demo)
app.command("import")(data.import_)
app.command()(data.labels)
app.command()(data.truth)
app.command()(learning.train)
app.command()(evaluate.evaluate)
app.command()(learning.evidence)
app.command()(explain.explain)
app.command()(learning.queue)
app.command()(learning.methods)
app.command()(tools.bench)
app.command()(tools.doctor)

VERBS = tuple(
    command.name or (command.callback.__name__ if command.callback else "")
    for command in app.registered_commands
)
