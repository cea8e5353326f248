"""The whole way, from a wheel to the directory of the network."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from classifier.errors import ModelError
from classifier.training.musicnn.convert import convert
from classifier.training.musicnn.graph import build_network
from classifier.training.musicnn.wheel import DATA, INDEX, LICENCE
from tests.classifier.training.musicnn.checkpoints import Tensors, checkpoint
from tests.classifier.training.musicnn.filters import weaken

LICENCE_TEXT = "Copyright (c) Somebody 2019.\n\nPermission is hereby granted.\n"


def write_wheel(path: Path, members: dict[str, bytes]) -> str:
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in members.items():
            wheel.writestr(name, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def members(weights: Tensors) -> dict[str, bytes]:
    index, data = checkpoint(weights | {"dense/bias/Adam": weights["dense/bias"]})
    return {INDEX: index, DATA: data, LICENCE: LICENCE_TEXT.encode()}


def test_a_wheel_becomes_a_directory_with_network_licence_and_origin(
    tmp_path: Path, members: dict[str, bytes], weights: Tensors
) -> None:
    wheel = tmp_path / "some.whl"
    digest = write_wheel(wheel, members)
    out = tmp_path / "new" / "folder"
    conversion = convert(wheel, out, sha256=digest)
    assert sorted(path.name for path in out.iterdir()) == ["LICENSE", "README.md", "musicnn.onnx"]
    assert conversion.network.read_bytes() == build_network(weights)
    assert conversion.sha256 == hashlib.sha256(conversion.network.read_bytes()).hexdigest()
    assert (out / "LICENSE").read_text() == LICENCE_TEXT
    readme = (out / "README.md").read_text()
    assert digest in readme
    assert conversion.sha256 in readme


def test_the_note_says_how_many_filters_are_left(tmp_path: Path, weights: Tensors) -> None:
    index, data = checkpoint(weaken(weights, 1e-12))
    wheel = tmp_path / "some.whl"
    digest = write_wheel(wheel, {INDEX: index, DATA: data, LICENCE: LICENCE_TEXT.encode()})
    convert(wheel, tmp_path / "out", sha256=digest)
    # One in eight of 204, 204, 51, 51 and 51, rounded up.
    assert "of 561, the kernels of all but 73 are" in (tmp_path / "out" / "README.md").read_text()


def test_the_same_wheel_gives_the_same_bytes(tmp_path: Path, members: dict[str, bytes]) -> None:
    wheel = tmp_path / "some.whl"
    digest = write_wheel(wheel, members)
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in [*outs, outs[0]]:
        convert(wheel, out, sha256=digest)
    one, two = ({path.name: path.read_bytes() for path in out.iterdir()} for out in outs)
    assert one == two


def test_another_file_than_the_release_is_refused_and_nothing_is_written(
    tmp_path: Path, members: dict[str, bytes]
) -> None:
    wheel = tmp_path / "musicnn-0.1.0-py3-none-any.whl"
    digest = write_wheel(wheel, members)
    with pytest.raises(ModelError, match=f"begins {digest[:12]} instead of f38a4890c648.*pip download"):
        convert(wheel, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_wheel_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be read \(No such file or directory\).*pip download"):
        convert(tmp_path / "nothing.whl", tmp_path / "out")
    with pytest.raises(ModelError, match="cannot be read"):
        convert(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("missing", [INDEX, DATA, LICENCE])
def test_a_wheel_without_its_members_is_refused_in_words(
    missing: str, tmp_path: Path, members: dict[str, bytes]
) -> None:
    wheel = tmp_path / "some.whl"
    digest = write_wheel(wheel, {name: content for name, content in members.items() if name != missing})
    with pytest.raises(ModelError, match="not a wheel with a checkpoint"):
        convert(wheel, tmp_path / "out", sha256=digest)


def test_a_file_that_is_no_wheel_is_refused_in_words(tmp_path: Path) -> None:
    letter = tmp_path / "letter.whl"
    letter.write_text("not a zip file")
    with pytest.raises(ModelError, match="not a wheel with a checkpoint"):
        convert(letter, tmp_path / "out", sha256=hashlib.sha256(letter.read_bytes()).hexdigest())


def test_a_directory_that_cannot_be_made_is_refused_in_words(tmp_path: Path, members: dict[str, bytes]) -> None:
    wheel = tmp_path / "some.whl"
    digest = write_wheel(wheel, members)
    with pytest.raises(ModelError, match=r"cannot be written to .*some\.whl.*Choose another directory"):
        convert(wheel, wheel, sha256=digest)
