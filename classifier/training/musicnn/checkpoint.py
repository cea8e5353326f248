"""Reads the tensors of a TensorFlow checkpoint without TensorFlow.

A checkpoint is two files. The index is a LevelDB table from tensor names to protocol buffers that
say where each tensor lies; the data file holds the tensors as they are in memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.errors import ModelError

FloatArray = npt.NDArray[np.float32]

TABLE_MAGIC: Final = bytes.fromhex("57fb808b247547db")
"""Last eight bytes of a LevelDB table (``kTableMagicNumber`` in LevelDB's ``format.h``)."""

FOOTER_BYTES: Final = 48
"""Two block handles, padding and the magic number (LevelDB's ``format.h``)."""

LONGEST_VARINT: Final = 10
"""Bytes that a 64-bit number takes at seven bits a byte."""

HEADER_KEY: Final = b""
"""Under this name the index keeps its header instead of a tensor (``tensor_bundle.h``)."""

DT_FLOAT: Final = 1
"""Of TensorFlow's ``types.proto``: 32-bit floating point."""


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """What the index says of one tensor.

    Parameters
    ----------
    dtype
        Number of its type in TensorFlow's ``types.proto``.
    shape
        Its dimensions, outermost first.
    shard
        Which data file holds it.
    offset, size
        Where it lies in there, in bytes.
    sliced
        Whether it is stored in pieces under other names.
    """

    dtype: int
    shape: tuple[int, ...]
    shard: int
    offset: int
    size: int
    sliced: bool


def read_checkpoint(index: bytes, data: bytes, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, FloatArray]:
    """Read some tensors of a checkpoint.

    Parameters
    ----------
    index, data
        Content of the ``.index`` and of the only ``.data`` file.
    shapes
        Names of the tensors that are wanted, and the shape that each must have.

    Returns
    -------
    dict of ndarray of float32
        In the order of `shapes`.

    Raises
    ------
    ModelError
        If the files are damaged, use a feature that is not read here (compressed blocks, several data
        files), or lack a tensor of the shape and type that is wanted.
    """
    entries = read_index(index)
    missing = [name for name in shapes if name not in entries]
    if missing:
        raise ModelError(f"The checkpoint has no tensor {missing[0]!r}: it belongs to another network.")
    return {name: _read_tensor(name, entries[name], data, shape) for name, shape in shapes.items()}


def read_index(index: bytes) -> dict[str, TensorEntry]:
    """Read what the index says of every tensor.

    Parameters
    ----------
    index
        Content of the ``.index`` file.

    Returns
    -------
    dict of TensorEntry
        By the tensor's name, in the order of the table.

    Raises
    ------
    ModelError
        If it is damaged or uses a feature that is not read here.
    """
    records = dict(_table_records(index))
    header = dict(_fields(records.pop(HEADER_KEY, b"")))
    # num_shards = 1, endianness = 2; a field that is absent has the value 0, which means little-endian.
    if header.get(1) != 1 or header.get(2, 0) != 0:
        raise ModelError(
            "The checkpoint's header is not that of one little-endian data file. Take the published files."
        )
    return {_text(key): _tensor_entry(value) for key, value in records.items()}


def _read_tensor(name: str, entry: TensorEntry, data: bytes, shape: tuple[int, ...]) -> FloatArray:
    if (entry.dtype, entry.shard, entry.sliced) != (DT_FLOAT, 0, False) or entry.shape != shape:
        raise ModelError(
            f"The checkpoint's tensor {name!r} is not one of 32-bit floats with the shape {shape}: "
            "it belongs to another network."
        )
    if entry.size != math.prod(shape) * np.dtype("<f4").itemsize:
        raise _damaged(f"the size of {name!r} does not fit its shape")
    # The checksums are left alone: whoever calls vouches for both files by a digest.
    values = np.frombuffer(_take(data, entry.offset, entry.size), dtype="<f4")
    return values.reshape(shape).astype(np.float32)


def _tensor_entry(message: bytes) -> TensorEntry:
    """Read a ``BundleEntryProto`` of TensorFlow's ``tensor_bundle.proto``."""
    numbers = {1: 0, 3: 0, 4: 0, 5: 0}
    shape: list[int] = []
    sliced = False
    for field, value in _fields(message):
        if field == 2 and isinstance(value, bytes):
            shape = [_dimension(part) for number, part in _fields(value) if number == 2]
        elif field == 7:
            sliced = True
        elif field in numbers and isinstance(value, int):
            numbers[field] = value
    dtype, shard, offset, size = numbers.values()
    return TensorEntry(dtype, tuple(shape), shard, offset, size, sliced)


def _dimension(message: int | bytes) -> int:
    """Read the size in a ``TensorShapeProto.Dim``."""
    size = dict(_fields(message)).get(1, 0) if isinstance(message, bytes) else None
    if not isinstance(size, int):
        raise _damaged("a dimension has no size")
    return size


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the number and the raw value of each field of a protocol buffer."""
    position = 0
    while position < len(message):
        key, position = _varint(message, position)
        kind = key & 7
        value: int | bytes
        if kind == 0:
            value, position = _varint(message, position)
        elif kind in (1, 2, 5):
            size = {1: 8, 5: 4}.get(kind)
            if size is None:
                size, position = _varint(message, position)
            value = _take(message, position, size)
            position += size
        else:
            raise _damaged(f"a field has the unknown wire type {kind}")
        yield key >> 3, value


def _table_records(table: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield key and value of each record of a LevelDB table."""
    footer = table[-FOOTER_BYTES:]
    if len(footer) < FOOTER_BYTES or not footer.endswith(TABLE_MAGIC):
        raise ModelError("The checkpoint's index is not a LevelDB table, or is cut off. Take the published files.")
    _, _, position = _handle(footer, 0)
    offset, size, _ = _handle(footer, position)
    previous_end = 0
    for _, value in _block_records(_block(table, offset, size)):
        offset, size, _ = _handle(value, 0)
        # Each block once and in order, as they are written: a table cannot make more work than it has bytes.
        if offset < previous_end:
            raise _damaged("its blocks overlap")
        previous_end = offset + size
        yield from _block_records(_block(table, offset, size))


def _handle(buffer: bytes, position: int) -> tuple[int, int, int]:
    """Return offset and size of a block, and where the handle ends."""
    offset, position = _varint(buffer, position)
    size, position = _varint(buffer, position)
    return offset, size, position


def _block(table: bytes, offset: int, size: int) -> bytes:
    # One more byte, before the checksum, says how the block is compressed.
    block = _take(table, offset, size + 1)
    if block[-1] != 0:
        raise ModelError("The checkpoint's index is compressed, which is not read here. Take the published files.")
    return block[:-1]


def _block_records(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield key and value of each record; a key shares its beginning with the one before."""
    restarts = int.from_bytes(_take(block, len(block) - 4, 4), "little")
    end = len(block) - 4 - 4 * restarts
    if end < 0:
        raise _damaged("a block is shorter than its restart points")
    records = block[:end]
    position, key = 0, b""
    while position < end:
        shared, position = _varint(records, position)
        unshared, position = _varint(records, position)
        value_size, position = _varint(records, position)
        key = _take(key, 0, shared) + _take(records, position, unshared)
        position += unshared
        yield key, _take(records, position, value_size)
        position += value_size


def _varint(buffer: bytes, position: int) -> tuple[int, int]:
    """Return a little-endian number of seven bits a byte, and where it ends."""
    value = 0
    for count, byte in enumerate(buffer[position : position + LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, position + count + 1
    raise _damaged("a number has no end")


def _take(buffer: bytes, position: int, size: int) -> bytes:
    if position < 0 or position + size > len(buffer):
        raise _damaged("it points beyond its end")
    return buffer[position : position + size]


def _text(key: bytes) -> str:
    try:
        return key.decode()
    except UnicodeDecodeError as error:
        raise _damaged("a tensor's name is not text") from error


def _damaged(what: str) -> ModelError:
    return ModelError(f"The checkpoint is damaged: {what}. Take the published files.")
