"""Every error carries a sentence through a process boundary and gives nothing of the machine away."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from classifier import errors
from classifier.errors import ClassifierError, ClipError

ARGUMENTS: dict[str, tuple[object, ...]] = {
    "FileTooLarge": (25_000_000,),
    "TruncatedAudio": (180.4, 20.2),
    "SilentAudio": (12.0, True),
    "TooShort": (1.25, 3.0),
    "DecodingTimeout": (30.0,),
    "AnalysisTimeout": (120.0,),
    "WorkersUnavailable": ("one ended while it was loading the model",),
    "DecoderUnavailable": ("there is no ffmpeg on PATH; install it or use the bundled one",),
    "ModelError": ("There is no model in that folder.",),
    "DatasetError": ("Row 3 has no label.",),
    "ReportError": ("The report cannot be written there.",),
}
ROOTS = {"ClassifierError", "ClipError", "AudioError"}


def subclasses(root: type[ClassifierError]) -> Iterator[type[ClassifierError]]:
    for subclass in root.__subclasses__():
        if subclass.__module__ == errors.__name__:
            yield subclass
            yield from subclasses(subclass)


CONCRETE = [
    error(*ARGUMENTS.get(error.__name__, ())) for error in subclasses(ClassifierError) if error.__name__ not in ROOTS
]


def test_all_errors_are_covered() -> None:
    assert set(ARGUMENTS) <= {type(error).__name__ for error in CONCRETE}
    assert {"EmptyFile", "NotAudio", "NoSound", "CorruptAudio", "WorkerDied"} <= {
        type(error).__name__ for error in CONCRETE
    }


@pytest.mark.parametrize("error", CONCRETE, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling(error: ClassifierError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.args == error.args
    assert vars(copy) == vars(error)


@pytest.mark.parametrize("error", CONCRETE, ids=lambda error: type(error).__name__)
def test_an_error_is_a_sentence(error: ClassifierError) -> None:
    sentence = str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert type(error).__name__ not in sentence


@pytest.mark.parametrize(
    "error", [error for error in CONCRETE if isinstance(error, ClipError)], ids=lambda error: type(error).__name__
)
def test_what_a_person_is_told_names_no_path_and_says_what_to_do(error: ClipError) -> None:
    sentence = str(error)
    assert sentence[0].isupper()
    assert "/" not in sentence
    assert "\\" not in sentence
    assert any(word in sentence for word in ("Send ", "Get it ", "Export ", "Try "))


def test_numbers_and_words_are_those_that_people_use() -> None:
    assert "25 MB" in str(errors.FileTooLarge(25_000_000))
    assert "should last 180 s but only 20 s" in str(errors.TruncatedAudio(180.4, 20.2))
    assert str(errors.WorkersUnavailable("why")).endswith("`genre-bot doctor` says what is missing.")
    assert "mka, or an mp4 or mov with sound" in str(errors.NotAudio())
    assert "part of it is missing" in str(errors.TruncatedAudio(None, 0.0))
    assert "Only 2.9 s" in str(errors.TooShort(2.999, 3.0))
    assert "longer than 30 s" in str(errors.DecodingTimeout(30.0))
    assert "longer than 0.5 s" in str(errors.AnalysisTimeout(0.5))
