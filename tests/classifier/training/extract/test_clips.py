"""Which files of a folder are clips, and of which genre."""

from __future__ import annotations

import os
from pathlib import Path

from classifier.training.extract.clips import find_clips

SUFFIXES = frozenset({".wav", ".mp3", ".ogg"})
NO_TEXT = os.fsdecode(b"\xff\xfe.wav")


def test_the_folder_of_a_genre_may_be_a_link_to_somewhere_else_but_not_to_other_genres(tmp_path: Path) -> None:
    for folder in ("music/rock", "music/jazz/deep", "disk/blues/old"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.wav").touch()
    for name, target in {"blues": "../disk/blues", "more": "jazz/deep", "top": "..", "me": "me"}.items():
        (tmp_path / "music" / name).symlink_to(target)
    found = find_clips(tmp_path / "music", SUFFIXES)
    assert [(clip.file, clip.genre) for clip in found.clips] == [
        ("blues/old/a.wav", "blues"),
        ("jazz/deep/a.wav", "jazz"),
        ("rock/a.wav", "rock"),
    ]
    assert [remark.name for remark in found.skipped] == ["more", "top"]
    assert found.unusable == ()


def test_a_file_whose_name_would_stand_twice_in_the_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "rock").mkdir()
    for name in (NO_TEXT, "\\xff\\xfe.wav"):
        (tmp_path / "rock" / name).touch()
    found = find_clips(tmp_path, SUFFIXES)
    assert [clip.name for clip in found.clips] == [remark.name for remark in found.unusable]
    assert found.unusable[0].sentence == "In the table it would have the name of another file. Rename it."


def test_folders_are_searched_however_deep_they_are(tmp_path: Path) -> None:
    # Deeper than Python's own functions can recurse.
    deep = str(tmp_path / "rock")
    Path(deep).mkdir()
    for _ in range(1200):
        deep += "/d"
        Path(deep).mkdir()
    Path(f"{deep}/a.wav").touch()
    found = find_clips(tmp_path, SUFFIXES)
    Path(f"{deep}/a.wav").unlink()
    os.removedirs(deep)
    assert [(clip.genre, len(clip.file)) for clip in found.clips] == [("rock", len("rock/a.wav") + 2400)]
