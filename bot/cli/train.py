"""``genre-bot train``: a feature table in, a model directory out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from bot.version import installed_version
from classifier.training.on import TrainOn

FEW_CLIPS: Final = 30
"""Clips of a genre below which its figures, and so the probabilities fitted on them, hang on single clips."""


def train(
    features: Annotated[
        Path,
        typer.Argument(
            metavar="FEATURES.csv",
            help="Table by `genre-bot extract`, or one with GTZAN's columns.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="Directory for the model; one in it is replaced.", show_default=False)],
    recipe: Annotated[
        str, typer.Option(help="`default` ships; `features` needs no tags; `notebook` compares.")
    ] = "default",
    artists: Annotated[
        Path | None,
        typer.Option(
            help="CSV with the columns filename, as in the table or without its folders where that can mean no other "
            "clip, and artist; keeps artists on one side of every fold."
        ),
    ] = None,
    splits: Annotated[
        Path | None,
        typer.Option(
            help="Folder of {train,valid,test}_filtered.txt, for --on filtered-train; a clip on each line, named as "
            "for --artists."
        ),
    ] = None,
    taggrams: Annotated[
        list[Path] | None,
        typer.Option(
            help="NumPy archive of the clips' tags, by names without folder and suffix; may be repeated. Tables by "
            "`genre-bot extract` have their tags."
        ),
    ] = None,
    on: Annotated[TrainOn, typer.Option(help="Which clips to learn from.")] = TrainOn.ALL,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of the folds and the trees.")] = 1,
) -> None:
    """Train a model and measure it on artists held out of its own clips."""
    from rich.console import Console

    from classifier.model import ESTIMATORS_NAME
    from classifier.training.recipes import get_recipe
    from classifier.training.train import train as train_model

    chosen = get_recipe(recipe)
    console = Console(highlight=False, soft_wrap=True)
    with Console(stderr=True).status("Starting") as status:
        manifest, scores = train_model(
            features,
            out,
            chosen,
            version=installed_version(),
            artists=artists,
            splits=splits,
            taggrams=taggrams or (),
            on=on,
            seed=seed,
            progress=lambda doing: status.update(doing.capitalize()),
        )
    size = (out / ESTIMATORS_NAME).stat().st_size
    console.print(
        f"Wrote {out} ({size / 1000:.0f} kB, digest {manifest.digest[:12]})\n"
        f"{manifest.training['clips']} clips of {len(manifest.genres)} genres: {', '.join(manifest.genres)}",
        markup=False,
    )
    if manifest.training["left_out"]:
        console.print(f"{len(manifest.training['left_out'])} faulty clips left out; the manifest names them")
    genres, music, sounds = scores.genres, scores.music, scores.sounds
    console.print(
        f"On {'artists' if artists else 'clips'} held out: accuracy {genres.accuracy:.3f}, "
        f"macro-F1 {genres.macro_f1:.3f}, top-3 {genres.top3:.3f}, log loss {genres.log_loss:.3f}, "
        f"ECE {genres.ece:.3f}\n"
        f"Music told from other sounds: AUROC {music.auroc:.3f}, {music.music_refused:.1%} of music refused; "
        f"pass as music: {', '.join(f'{share:.0%} of {kind}' for kind, share in music.accepted.items())}\n"
        f"Other sounds named: right in {', '.join(f'{share:.0%} for {kind}' for kind, share in sounds.right.items())}; "
        f"found {', '.join(f'{share:.0%} of {kind}' for kind, share in sounds.found.items())}; "
        f"{sounds.music_named:.1%} of music would be named if it were refused"
    )
    few = [genre for genre, clips in manifest.training["clips_by_genre"].items() if clips < FEW_CLIPS]
    if few:
        console.print(
            f"Fewer than {FEW_CLIPS} clips of {', '.join(few)}: answers will look surer than they are. Add more.",
            markup=False,
        )
    if artists is None:
        console.print("No --artists: the confidence is only as honest as a random split.")
