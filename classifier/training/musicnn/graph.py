"""Builds the musicnn network as an ONNX graph from its weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from classifier.tags import INPUT_NAME, MEL_BANDS, OUTPUT_NAME, PATCH_FRAMES, TAG_NAMES
from classifier.training.musicnn.architecture import EPSILON, FRONT_KERNELS, MIDDLE_FRAMES, numbered
from classifier.training.musicnn.prune import prune

FloatArray = npt.NDArray[np.float32]

OPSET: Final = 18
"""Of the ONNX operators, fixed so that every release of onnx writes the same bytes."""

IR_VERSION: Final = 8
"""Of the file format, the one that came with `OPSET`."""


def build_network(weights: Mapping[str, FloatArray]) -> bytes:
    """Build the network as an ONNX file.

    The same weights give the same bytes.

    Parameters
    ----------
    weights : mapping of str to ndarray of float32
        As `classifier.training.musicnn.architecture.WEIGHT_SHAPES` names them.

    Returns
    -------
    bytes
        A model that takes log-mel patches of shape (patches, 187, 96) and gives the probability of
        each tag, of shape (patches, 50); without the filters that are switched off.

    Raises
    ------
    ValueError
        If a weight is missing or has another shape.

    Notes
    -----
    The architecture is that of ``musicnn/models.py`` (ISC, Jordi Pons), described in Pons and Serra,
    "musicnn: pre-trained convolutional neural networks for music audio tagging", 2019.
    """
    model = _model(_Graph(prune(weights)).tagging())
    checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _model(graph: GraphProto) -> ModelProto:
    # Neither a date nor the version of onnx: they would change the bytes.
    return helper.make_model(
        graph,
        producer_name="genre-bot",
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        doc_string=(
            "MSD_musicnn 0.1.0 (ISC, Music Technology Group, Universitat Pompeu Fabra 2019), converted and pruned"
        ),
    )


class _Graph:
    """Collects nodes and constants; each method adds one layer and returns the name of its output."""

    def __init__(self, weights: Mapping[str, FloatArray]) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def tagging(self) -> GraphProto:
        features = self._middle(self._front(INPUT_NAME))
        self._back(features, OUTPUT_NAME)
        return helper.make_graph(
            self._nodes,
            "musicnn",
            [helper.make_tensor_value_info(INPUT_NAME, TensorProto.FLOAT, ["patches", PATCH_FRAMES, MEL_BANDS])],
            [helper.make_tensor_value_info(OUTPUT_NAME, TensorProto.FLOAT, ["patches", len(TAG_NAMES)])],
            self._constants,
        )

    def _front(self, log_mel: str) -> str:
        """Add the five views of the spectrogram: (patches, frames, bands) to (patches, live filters, frames)."""
        image = self._add("Unsqueeze", [log_mel, self._constant("channel_axis", np.array([1]))], "image")
        image = self._norm(image, 0)
        band_axis = self._constant("band_axis", np.array([3]))
        views = []
        for number, (frames, _) in enumerate(FRONT_KERNELS):
            kernel = self._kernel(number).transpose(3, 2, 0, 1)
            # As many zeros around the time axis as keep the frames' number; of an odd number, one more at the end.
            pads = [(frames - 1) // 2, 0, frames // 2, 0]
            hidden = self._norm(self._convolve(image, number, kernel, pads), 1 + number)
            views.append(self._add("ReduceMax", [hidden, band_axis], f"view_{number}", keepdims=0))
        return self._add("Concat", views, "front", axis=1)

    def _middle(self, front: str) -> str:
        """Add three convolutions over time, two with a shortcut; their 192 channels come behind those of the front."""
        layers = [front]
        for number in range(len(FRONT_KERNELS), len(FRONT_KERNELS) + 3):
            # What TensorFlow sees as the width of an image are the channels of the layer below.
            kernel = self._kernel(number)[:, :, 0].transpose(2, 1, 0)
            pads = [MIDDLE_FRAMES // 2, MIDDLE_FRAMES // 2]
            hidden = self._norm(self._convolve(layers[-1], number, kernel, pads), 1 + number)
            shortcut = len(layers) > 1
            layers.append(self._add("Add", [hidden, layers[-1]], f"sum_{number}") if shortcut else hidden)
        return self._add("Concat", layers, "features", axis=1)

    def _back(self, features: str, tags: str) -> None:
        """Add the pooling over time and the dense layers: (patches, channels, frames) to (patches, 50)."""
        time_axis = self._constant("time_axis", np.array([2]))
        pools = [
            self._add(kind, [features, time_axis], name, keepdims=1)
            for kind, name in (("ReduceMax", "pool_max"), ("ReduceMean", "pool_mean"))
        ]
        # Side by side and then flat: maximum and mean of each channel alternate.
        pooled = self._add("Flatten", [self._add("Concat", pools, "pools", axis=2)], "pooled", axis=1)
        hidden = self._dense(self._norm(pooled, 9), "dense")
        hidden = self._norm(self._add("Relu", [hidden], "dense_relu"), 10)
        self._add("Sigmoid", [self._dense(hidden, "dense_1")], tags)

    def _kernel(self, number: int) -> FloatArray:
        return self._weights[f"{numbered('conv2d', number)}/kernel"]

    def _convolve(self, source: str, number: int, kernel: FloatArray, pads: list[int]) -> str:
        layer = numbered("conv2d", number)
        weight = self._constant(f"{layer}/kernel", np.ascontiguousarray(kernel))
        bias = self._constant(f"{layer}/bias", self._weights[f"{layer}/bias"])
        if self._weights[f"{layer}/bias"].ndim == 1:
            convolved = self._add("Conv", [source, weight, bias], layer, pads=pads)
        else:  # one for each frame, which the operator does not know
            convolved = self._add("Add", [self._add("Conv", [source, weight], layer, pads=pads), bias], f"{layer}_sum")
        return self._add("Relu", [convolved], f"{layer}_relu")

    def _norm(self, source: str, number: int) -> str:
        norm = numbered("batch_normalization", number)
        parameters = [
            self._constant(f"{norm}/{name}", self._weights[f"{norm}/{name}"])
            for name in ("gamma", "beta", "moving_mean", "moving_variance")
        ]
        return self._add("BatchNormalization", [source, *parameters], norm, epsilon=EPSILON)

    def _dense(self, source: str, layer: str) -> str:
        parameters = [
            self._constant(f"{layer}/{name}", self._weights[f"{layer}/{name}"]) for name in ("kernel", "bias")
        ]
        return self._add("Gemm", [source, *parameters], layer)

    def _constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def _add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output
