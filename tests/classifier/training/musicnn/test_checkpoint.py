"""The reader of checkpoints, on whole, foreign and damaged ones."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import ModelError
from classifier.training.musicnn.checkpoint import read_checkpoint, read_index
from tests.classifier.training.musicnn.checkpoints import (
    HEADER,
    Tensors,
    block,
    checkpoint,
    entry,
    protobuf,
    table,
    varint,
)

SMALL: Tensors = {
    "conv/bias": np.arange(3, dtype=np.float32),
    "conv/kernel": np.arange(24, dtype=np.float32).reshape(2, 4, 1, 3) / 7,
    "conv/kernel/Adam": np.zeros((2, 4, 1, 3), np.float32),
    "power": np.array(0.9, np.float32),
}
SHAPES = {"conv/kernel": (2, 4, 1, 3), "power": (), "conv/bias": (3,)}


def index_of(bias: bytes, *, header: tuple[bytes, bytes] = HEADER, compression: int = 0) -> bytes:
    return table([header, (b"conv/bias", bias)], compression=compression)


def test_a_checkpoint_gives_the_tensors_that_are_asked_for() -> None:
    read = read_checkpoint(*checkpoint(SMALL), SHAPES)
    assert list(read) == list(SHAPES)
    for name, values in read.items():
        assert values.dtype == np.float32
        np.testing.assert_array_equal(values, SMALL[name], strict=True)


def test_the_index_names_every_tensor() -> None:
    entries = read_index(checkpoint(SMALL)[0])
    assert list(entries) == sorted(SMALL)
    assert entries["conv/kernel/Adam"].shape == (2, 4, 1, 3)


GOOD = entry((3,), 0, 12)
DATA_BYTES = SMALL["conv/bias"].tobytes()


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (b"", "not a LevelDB table"),
        (b"\0" * 200, "not a LevelDB table"),
        (index_of(GOOD)[:-1], "not a LevelDB table"),
        (index_of(GOOD)[40:], "damaged"),
        (index_of(GOOD, compression=1), "compressed"),
        (index_of(GOOD, header=(b"", protobuf((1, 2)))), "header"),
        (index_of(GOOD, header=(b"", protobuf((1, 1), (2, 1)))), "header"),
        (index_of(GOOD, header=(b"aaa", GOOD)), "header"),
        (table([HEADER, (b"another", GOOD)]), "no tensor 'conv/bias'"),
        (table([HEADER, (b"\xff\xfe", GOOD)]), "not text"),
        (index_of(entry((3,), 0, 12, dtype=2)), "32-bit floats"),
        (index_of(entry((3,), 0, 12, shard=1)), "32-bit floats"),
        (index_of(entry((3,), 0, 12, slices=b"")), "32-bit floats"),
        (index_of(entry((4,), 0, 16)), r"the shape \(3,\)"),
        (index_of(entry((2**63,), 0, 12)), r"the shape \(3,\)"),
        (index_of(entry((3,), 0, 8)), "size of 'conv/bias'"),
        (index_of(entry((3,), 1, 12)), "beyond its end"),
        (index_of(entry((3,), 2**62, 12)), "beyond its end"),
        (index_of(b"\x0c"), "wire type 4"),
        (index_of(b"\x80" * 20), "no end"),
        (index_of(b"\x12\x7f"), "beyond its end"),
        (index_of(protobuf((1, 1), (2, protobuf((2, 3))))), "no size"),
    ],
)
def test_a_damaged_or_foreign_checkpoint_is_refused_in_words(index: bytes, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        read_checkpoint(index, DATA_BYTES, {"conv/bias": (3,)})


def test_blocks_that_are_named_twice_are_refused() -> None:
    repeated = block([HEADER])
    handle = varint(0) + varint(len(repeated) - 5)
    handles = block([(b"a", handle), (b"b", handle)])
    footer = varint(0) * 2 + varint(len(repeated)) + varint(len(handles) - 5)
    index = repeated + handles + footer.ljust(40, b"\0") + bytes.fromhex("57fb808b247547db")
    with pytest.raises(ModelError, match="overlap"):
        read_index(index)


def read_or_refuse(index: bytes, data: bytes) -> None:
    with contextlib.suppress(ModelError):
        read = read_checkpoint(index, data, SHAPES)
        assert {name: values.shape for name, values in read.items()} == SHAPES


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_bring_the_reader_down(content: bytes, footed: bool) -> None:
    footer = (varint(0) * 2 + varint(0) + varint(max(len(content) - 1, 0))).ljust(40, b"\0")
    index = content + footer + bytes.fromhex("57fb808b247547db") if footed else content
    read_or_refuse(index, b"\0" * 100)


@given(st.data())
def test_no_damage_to_a_checkpoint_brings_the_reader_down(data: st.DataObject) -> None:
    index, tensors = checkpoint(SMALL)
    damaged = bytearray(index)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(index) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged), tensors[: data.draw(st.integers(0, len(tensors)))])
