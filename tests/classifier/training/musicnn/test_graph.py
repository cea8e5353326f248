"""The graph computes what the architecture says, with and without the filters that are switched off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest

from classifier.tags import INPUT_NAME, OUTPUT_NAME, session_options
from classifier.training.musicnn.architecture import EPSILON, WEIGHT_SHAPES
from classifier.training.musicnn.graph import build_network
from tests.classifier.training.musicnn.checkpoints import Tensors
from tests.classifier.training.musicnn.filters import weaken

FloatArray = npt.NDArray[np.floating]


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
