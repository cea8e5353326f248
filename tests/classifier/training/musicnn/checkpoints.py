"""Checkpoints as TensorFlow writes them: a LevelDB table of protocol buffers, and the tensors one after another."""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

Tensors = dict[str, npt.NDArray[np.float32]]


def varint(number: int) -> bytes:
    low = bytearray()
    while number > 0x7F:
        low.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*low, number])


def protobuf(*fields: tuple[int, int | bytes]) -> bytes:
    """Encode whole numbers as varints, byte strings with their length; a field of zero is left out."""
    encoded = b""
    for number, value in fields:
        if isinstance(value, bytes):
            encoded += varint(number << 3 | 2) + varint(len(value)) + value
        elif value:
            encoded += varint(number << 3) + varint(value)
    return encoded


def entry(
    shape: tuple[int, ...], offset: int, size: int, *, dtype: int = 1, shard: int = 0, slices: bytes | None = None
) -> bytes:
    dimensions = protobuf(*((2, protobuf((1, length))) for length in shape))
    message = protobuf((1, dtype), (2, dimensions), (3, shard), (4, offset), (5, size))
    # The checksum is the only field of a fixed width.
    message += varint(6 << 3 | 5) + bytes(4)
    return message if slices is None else message + protobuf((7, slices))


def block(records: list[tuple[bytes, bytes]], *, restart_every: int = 16, compression: int = 0) -> bytes:
    body, restarts, previous = b"", [], b""
    for number, (key, value) in enumerate(records):
        shared = 0
        if number % restart_every == 0:
            restarts.append(len(body))
        else:
            while shared < min(len(key), len(previous)) and key[shared] == previous[shared]:
                shared += 1
        body += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        previous = key
    body += struct.pack(f"<{len(restarts) + 1}I", *restarts, len(restarts))
    return body + bytes([compression]) + bytes(4)


def table(records: list[tuple[bytes, bytes]], *, records_per_block: int = 3, compression: int = 0) -> bytes:
    written, handles = b"", []
    for first in range(0, len(records), records_per_block):
        part = records[first : first + records_per_block]
        encoded = block(part, compression=compression)
        # A handle leaves out the five bytes of compression and checksum.
        handles.append((part[-1][0], varint(len(written)) + varint(len(encoded) - 5)))
        written += encoded
    ends = b""
    for encoded in (block([]), block(handles, restart_every=1)):
        ends += varint(len(written)) + varint(len(encoded) - 5)
        written += encoded
    return written + ends.ljust(40, b"\0") + bytes.fromhex("57fb808b247547db")


HEADER = (b"", protobuf((1, 1), (3, protobuf((1, 1)))))


def checkpoint(tensors: Tensors) -> tuple[bytes, bytes]:
    records, data = [HEADER], b""
    for name in sorted(tensors):
        content = tensors[name].tobytes()
        records.append((name.encode(), entry(tensors[name].shape, len(data), len(content))))
        data += content
    return table(records), data
