"""What stands in a form that was sent, read from what Discord passes on and not from a form in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The parts of a form that have a value; as a modified client would send it, they may hold anything.

    Parameters
    ----------
    parts
        Custom ids of the parts, each with its values.
    """

    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FilledForm:
        """Read a form.

        Parameters
        ----------
        data
            Of the interaction.

        Returns
        -------
        FilledForm
        """
        return cls(tuple(_parts(data)))

    @property
    def values(self) -> tuple[str, ...]:
        """All values, for a form that has a single part."""
        return tuple(value for _, values in self.parts for value in values)

    def value(self, custom_id: str) -> str | None:
        """Return the value of a part.

        Parameters
        ----------
        custom_id
            Of the part.

        Returns
        -------
        str or None
            The first one where there are several; None where it was left empty.
        """
        return next((value for name, values in self.parts if name == custom_id for value in values if value), None)


def _parts(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the parts of a form, however deep they are nested."""
    values = [*(data.get("values") or ()), *([] if data.get("value") is None else [data["value"]])]
    if values:
        yield str(data.get("custom_id", "")), tuple(map(str, values))
    for part in (*(data.get("components") or ()), data.get("component")):
        if isinstance(part, Mapping):
            yield from _parts(part)
