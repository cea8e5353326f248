"""Turns the author's release of musicnn into the directory that the tag network is loaded from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

import numpy as np

from classifier.errors import ModelError
from classifier.replacing import replace_bytes
from classifier.tags import NETWORK_NAME
from classifier.training.musicnn.graph import build_network
from classifier.training.musicnn.prune import live_filters
from classifier.training.musicnn.wheel import WHEEL_NAME, WHEEL_SHA256, read_wheel

README: Final = Template("""\
# The tag network

`$network` hears 3 s of music and gives the probability of 50 tags: styles, instruments, moods, decades.
It is **MSD_musicnn 0.1.0** by Jordi Pons (Music Technology Group, Universitat Pompeu Fabra), converted from
TensorFlow to ONNX. It was trained on the Million Song Dataset with the tags of Last.fm's listeners. Its licence,
ISC, is in `LICENSE`, as in the release.

## Where it comes from

| file | SHA-256 |
| --- | --- |
| `$wheel` from PyPI | `$wheel_sha256` |
| `$network` made from it | `$network_sha256` |

```
pip download --no-deps musicnn==0.1.0
pip install onnx
genre-bot convert-tags $wheel --out models/musicnn
```

The command refuses a wheel with another digest, runs nothing that is in it, and writes the same bytes each time.
`classifier/tags.py` loads no other file than this one.

## What was changed

- Training had switched off most of the filters that hear the spectrogram: of $filters, the kernels of all but $live are
  zero save for 1e-8 or less, so that these filters answer every sound with the same number. They were taken out, and
  what their numbers do in the next two layers was added to the biases there. The tags are the same within 1e-6, in a
  sixth of the time. `classifier/training/musicnn/prune.py` does it and tells by which measure.
- Of the $weights numbers that tagging needs, all others were kept, as 32-bit floats to the bit; the optimiser's state
  was not.
- Kernels were transposed for ONNX, and the dimensions of size 1 were dropped.
- The answer is the probability of each tag (the author's code takes the same sigmoid after the network).

## What it hears

Mono audio at 16 kHz; power spectrogram in 96 mel bands (window 512, hop 256 samples); log10(10000 · power + 1);
patches of 187 frames. `classifier/tags.py` has it in code, and the 50 tags in order.

## How to cite it

- Jordi Pons and Xavier Serra. "musicnn: pre-trained convolutional neural networks for music audio tagging."
  Late-breaking demo, ISMIR 2019 (arXiv 1909.06654).
- Thierry Bertin-Mahieux, Daniel P. W. Ellis, Brian Whitman and Paul Lamere. "The Million Song Dataset." ISMIR 2011.
""")
"""The note beside the network; `convert` fills in the names and digests."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was written.

    Parameters
    ----------
    network
        The ONNX file; ``LICENSE`` and ``README.md`` lie beside it.
    sha256
        Its digest, hexadecimal.
    """

    network: Path
    sha256: str


def convert(wheel: Path, out: Path, *, sha256: str = WHEEL_SHA256) -> Conversion:
    """Write the tag network, its licence and a note of where it comes from.

    The same wheel gives the same bytes.

    Parameters
    ----------
    wheel
        The author's release.
    out
        Directory; made where it is missing, and a network in it is replaced.
    sha256
        Digest that the wheel must have, hexadecimal.

    Returns
    -------
    Conversion
        As written.

    Raises
    ------
    ModelError
        If the wheel is not the release, or the directory cannot be written.
    """
    release = read_wheel(wheel, sha256=sha256)
    network = build_network(release.weights)
    digest = hashlib.sha256(network).hexdigest()
    live = np.concatenate(live_filters(release.weights))
    readme = README.substitute(
        network=NETWORK_NAME,
        wheel=WHEEL_NAME,
        wheel_sha256=sha256,
        network_sha256=digest,
        filters=live.size,
        live=np.count_nonzero(live),
        weights=f"{sum(values.size for values in release.weights.values()):,}",
    )
    files = {NETWORK_NAME: network, "LICENSE": release.licence.encode(), "README.md": readme.encode()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            replace_bytes(out / name, content)
    except OSError as error:
        raise ModelError(
            f"The network cannot be written to {out} ({error.strerror}). Choose another directory."
        ) from error
    return Conversion(out / NETWORK_NAME, digest)
