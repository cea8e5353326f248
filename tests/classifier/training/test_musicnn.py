"""The tag network's converter: checkpoint in, graph out, on checkpoints and weights made here."""

from __future__ import annotations

import contextlib
import hashlib
import struct
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import ModelError
from classifier.tags import INPUT_NAME, OUTPUT_NAME, session_options
from classifier.training.musicnn.architecture import EPSILON, WEIGHT_SHAPES
from classifier.training.musicnn.checkpoint import read_checkpoint, read_index
from classifier.training.musicnn.convert import convert
from classifier.training.musicnn.graph import build_network
from classifier.training.musicnn.wheel import DATA, INDEX, LICENCE

Tensors = dict[str, npt.NDArray[np.float32]]
FloatArray = npt.NDArray[np.floating]

LICENCE_TEXT = "Copyright (c) Somebody 2019.\n\nPermission is hereby granted.\n"

SMALL: Tensors = {
    "conv/bias": np.arange(3, dtype=np.float32),
    "conv/kernel": np.arange(24, dtype=np.float32).reshape(2, 4, 1, 3) / 7,
    "conv/kernel/Adam": np.zeros((2, 4, 1, 3), np.float32),
    "power": np.array(0.9, np.float32),
}
SHAPES = {"conv/kernel": (2, 4, 1, 3), "power": (), "conv/bias": (3,)}


# A checkpoint as TensorFlow writes it: a LevelDB table of protocol buffers, and the tensors one after another


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


# The graph


@pytest.fixture(scope="module")
def weights() -> Tensors:
    """Random weights that keep the signal's size from layer to layer."""
    random = np.random.default_rng(1)
    made = {}
    for name, shape in WEIGHT_SHAPES.items():
        kind = name.rpartition("/")[2]
        if kind == "kernel":
            values = random.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape)
        elif kind in ("gamma", "moving_variance"):
            # Some gains are negative in the real network too.
            values = random.uniform(0.5, 1.5, shape) * (random.choice([-1, 1], shape) if kind == "gamma" else 1)
        else:
            values = random.normal(0, 0.3, shape)
        made[name] = values.astype(np.float32)
    return made


def test_the_network_has_the_parameters_of_the_release() -> None:
    assert sum(int(np.prod(shape)) for shape in WEIGHT_SHAPES.values()) == 792_079
    assert WEIGHT_SHAPES["conv2d_5/kernel"] == (7, 561, 1, 64)
    assert WEIGHT_SHAPES["dense/kernel"] == (1506, 200)


def test_the_same_weights_give_the_same_bytes(weights: Tensors) -> None:
    network = build_network(weights)
    assert build_network(dict(reversed(weights.items()))) == network
    changed = weights | {"dense_1/bias": weights["dense_1/bias"] + np.float32(1e-3)}
    assert build_network(changed) != network


def test_weights_of_another_network_are_refused(weights: Tensors) -> None:
    with pytest.raises(ValueError, match=r"dense/bias of shape \(200,\), got nothing"):
        build_network({name: values for name, values in weights.items() if name != "dense/bias"})
    with pytest.raises(ValueError, match=r"dense/bias of shape \(200,\), got \(500,\)"):
        build_network(weights | {"dense/bias": np.zeros(500, np.float32)})


FRONT = ("conv2d", "conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4")


def weaken(weights: Tensors, factor: float, *, keep_every: int = 8) -> Tensors:
    """Scale the kernels of most filters; what they answer without sound, by their biases and norms, stays."""
    weakened = dict(weights)
    for layer in FRONT:
        kernel = weights[f"{layer}/kernel"].copy()
        kernel[..., np.arange(kernel.shape[-1]) % keep_every != 0] *= np.float32(factor)
        weakened[f"{layer}/kernel"] = kernel
    return weakened


def compute(weights: Tensors, patches: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    options = session_options()
    # The layout optimiser of onnxruntime 1.28 fails on layers of no channels, which the real weights never leave.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    session = onnxruntime.InferenceSession(build_network(weights), options)
    (tags,) = session.run([OUTPUT_NAME], {INPUT_NAME: patches})
    return np.asarray(tags)


@pytest.mark.parametrize(
    "factor",
    [
        pytest.param(1, id="all filters are live"),
        pytest.param(1e-5, id="most filters are weak"),
        pytest.param(1e-12, id="most filters are switched off"),
        pytest.param(0, id="most filters are zero"),
    ],
)
def test_the_graph_computes_what_the_architecture_says(factor: float, weights: Tensors) -> None:
    weakened = weaken(weights, factor)
    log_mel = np.random.default_rng(2).gamma(1.0, 1.0, (2, 187, 96)).astype(np.float32)
    tags = compute(weakened, log_mel)
    expected = np.stack([forward(patch, weakened) for patch in log_mel.astype(np.float64)])
    assert tags.shape == (2, 50)
    assert expected.std() > 0.1
    np.testing.assert_allclose(tags, expected, rtol=0, atol=1e-5)


def test_filters_that_are_switched_off_are_taken_out(weights: Tensors) -> None:
    whole = len(build_network(weights))
    assert len(build_network(weaken(weights, 1e-5))) == whole
    assert len(build_network(weaken(weights, 1e-12))) < whole / 3


def test_a_quiet_filter_that_a_strong_norm_amplifies_is_live(weights: Tensors) -> None:
    amplified = weaken(weights, 1e-12)
    for number in range(1, 6):
        norm = f"batch_normalization_{number}"
        amplified[f"{norm}/gamma"] = weights[f"{norm}/gamma"] * np.float32(1e6)
    assert len(build_network(amplified)) == len(build_network(weights))


def test_a_view_without_a_live_filter_is_still_computed(weights: Tensors) -> None:
    silent = [f"{layer}/kernel" for layer in ("conv2d_1", "conv2d_3")]
    deaf = weights | {name: np.zeros_like(weights[name]) for name in silent}
    log_mel = np.random.default_rng(3).gamma(1.0, 1.0, (1, 187, 96)).astype(np.float32)
    expected = forward(log_mel[0].astype(np.float64), deaf)
    np.testing.assert_allclose(compute(deaf, log_mel)[0], expected, rtol=0, atol=1e-5)


def forward(log_mel: FloatArray, weights: Tensors) -> FloatArray:
    """Compute one patch as the author's TensorFlow code does: time first, channels last."""
    names = iter(["", *(f"_{number}" for number in range(1, 11))])

    def norm(values: FloatArray) -> FloatArray:
        gamma, beta, mean, variance = (
            weights[f"batch_normalization{suffix}/{kind}"].astype(np.float64)
            for suffix in [next(names)]
            for kind in ("gamma", "beta", "moving_mean", "moving_variance")
        )
        return gamma * (values - mean) / np.sqrt(variance + EPSILON) + beta

    def convolve(image: FloatArray, layer: str) -> FloatArray:
        """Correlate (frames, bands) with a kernel, same size in time, no padding in frequency; ReLU."""
        kernel = weights[f"{layer}/kernel"].astype(np.float64)[:, :, 0]
        length = len(kernel)
        padded = np.pad(image, ((length // 2 - (length % 2 == 0), length // 2), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[:2])
        return np.maximum(np.tensordot(windows, kernel, axes=2) + weights[f"{layer}/bias"], 0)

    image = norm(log_mel)
    views = [norm(convolve(image, f"conv2d{suffix}")).max(axis=1) for suffix in ("", "_1", "_2", "_3", "_4")]
    front = np.concatenate(views, axis=1)
    first = norm(convolve(front, "conv2d_5"))[:, 0]
    second = norm(convolve(first, "conv2d_6"))[:, 0] + first
    third = norm(convolve(second, "conv2d_7"))[:, 0] + second
    features = np.concatenate([front, first, second, third], axis=1)
    pooled = norm(np.stack([features.max(axis=0), features.mean(axis=0)], axis=1).ravel())
    dense = norm(np.maximum(pooled @ weights["dense/kernel"] + weights["dense/bias"], 0))
    return 1 / (1 + np.exp(-(dense @ weights["dense_1/kernel"] + weights["dense_1/bias"])))


# The whole way, from a wheel to a directory


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
