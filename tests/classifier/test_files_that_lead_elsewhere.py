"""Files whose content names other files: only the file itself is ever opened."""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.audio import decode
from classifier.errors import CorruptAudio, NotAudio, SilentAudio
from classifier.options import DecodeOptions

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]

OPTIONS = DecodeOptions()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
            'mediaPresentationDuration="PT5S"><Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" '
            'bandwidth="1000"><BaseURL>{}</BaseURL><SegmentBase/></Representation></AdaptationSet></Period></MPD>',
            id="dash",
        ),
        pytest.param("[playlist]\nFile1={}\nNumberOfEntries=1\n", id="pls"),
        pytest.param(
            '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-MAP:URI="{0}"\n#EXTINF:5,\n{0}\n#EXT-X-ENDLIST\n', id="hls"
        ),
        pytest.param(
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><image x:href="{}"/></svg>',
            id="svg",
        ),
        pytest.param("[Script Info]\nScriptType: v4.00+\nAudio File: {}\n[Events]\n", id="ass"),
        pytest.param('<asx version="3.0"><entry><ref href="{}"/></entry></asx>', id="asx"),
        pytest.param("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\na=control:{}\nt=0 0\nm=audio 0 RTP/AVP 0\n", id="sdp"),
        pytest.param("ffconcat version 1.0\nfile '{}'\noption safe 0\n", id="concat"),
        pytest.param("[imf]\n<CompositionPlaylist><Id>{}</Id></CompositionPlaylist>", id="imf"),
    ],
)
def test_a_text_that_names_another_file_or_an_address_opens_neither(
    content: str, encode: Encode, make_tune: MakeTune, tmp_path: Path
) -> None:
    secret = encode(make_tune(4.0), "secret.aac")
    song = tmp_path / "song.mp3"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        for target in (
            *(f"{scheme}://{address}/secret.aac" for scheme in ("http", "tcp")),
            *(f"{before}{secret}" for before in ("", "file://", "concat:", "subfile,,start,0,end,0,,:")),
        ):
            song.write_text(content.format(target))
            with pytest.raises(NotAudio):
                decode(song, OPTIONS)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def in_place(content: bytes, path: tuple[bytes, ...], change: Callable[[bytes], bytes]) -> bytes:
    """Replace what is in a box of an mp4 or mov file, and correct the lengths of those around it."""
    at = content.index(path[0]) - 4
    end = at + int.from_bytes(content[at : at + 4], "big")
    inside = content[at + 8 : end]
    changed = in_place(inside, path[1:], change) if path[1:] else change(inside)
    return content[:at] + box(path[0], changed) + content[end:]


def alias(path: Path) -> bytes:
    """Return a reference to another file as old Macs wrote it, with an absolute path."""
    name = str(path).encode()
    name += b"\0" * (len(name) % 2)
    tail = struct.pack(">HH", 2, len(name)) + name + struct.pack(">hH", -1, 0)
    # Ten bytes, the volume, twelve bytes, the file, sixteen bytes, levels up and down, sixteen bytes.
    record = bytes(10) + b"\0" + bytes(27) + bytes(12) + b"\x06secret".ljust(64, b"\0") + bytes(16)
    return record + struct.pack(">HH", 1, 1) + bytes(16) + tail


@pytest.mark.parametrize("kind", [b"alis", b"url ", b"rsrc"])
def test_a_mov_whose_sound_lies_in_another_file_does_not_open_it(
    kind: bytes, encode: Encode, make_tune: MakeTune, ffmpeg: str
) -> None:
    secret = encode(make_tune(5.0), "secret.mov", "-c:a", "pcm_s16le")
    whole = secret.read_bytes()
    reference = alias(secret) if kind == b"alis" else f"file://{secret}\0".encode()
    entry = box(kind, bytes(4) + reference)
    path = (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref")
    song = secret.with_name("song.mov")
    start = whole.index(b"mdat") + 4
    empty = whole[:start] + bytes(whole.index(b"moov") - 4 - start) + whole[whole.index(b"moov") - 4 :]
    song.write_bytes(in_place(empty, path, lambda _: bytes(4) + struct.pack(">I", 1) + entry))
    if kind == b"alis":
        # It is a real attack: an ffmpeg that is told to follow such references decodes the other file.
        follow = ("-enable_drefs", "1", "-use_absolute_path", "1")
        unlocked = subprocess.run(
            [ffmpeg, "-loglevel", "error", *follow, "-i", song, "-f", "f32le", "-"],
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert np.abs(np.frombuffer(unlocked.stdout, "<f4")).max() > 0.1
    # Without the other file there is nothing to hear.
    with pytest.raises((SilentAudio, CorruptAudio)):
        decode(song, OPTIONS)


def element(number: int, content: bytes) -> bytes:
    """Return an element of Matroska."""
    return (
        number.to_bytes((number.bit_length() + 7) // 8, "big") + (1 << 56 | len(content)).to_bytes(8, "big") + content
    )


def test_a_matroska_file_that_is_linked_to_others_is_heard_alone(encode: Encode, make_tune: MakeTune) -> None:
    secret = encode(make_tune(20.0), "secret.mka", "-c:a", "flac")
    song = encode(make_tune(5.0, seed=1), "song.mka", "-c:a", "flac")
    honest = decode(song, OPTIONS)
    content = song.read_bytes()
    other = bytes(range(16))
    name = secret.name.encode()
    # NextUID, NextFilename, PrevUID, PrevFilename; then ordered chapters, one of them of the other file.
    links = element(0x3EB923, other) + element(0x3E83BB, name) + element(0x3CB923, other) + element(0x3C83AB, name)
    times = element(0x73C4, b"\1") + element(0x91, b"\0") + element(0x92, (20_000_000_000).to_bytes(8, "big"))
    chapter = element(0xB6, times + element(0x6E67, other))
    chapters = element(0x1043A770, element(0x45B9, element(0x45DD, b"\1") + chapter))
    more = element(0x1549A966, links) + chapters
    at = content.index(b"\x18\x53\x80\x67") + 4
    size = (int.from_bytes(content[at : at + 8], "big") + len(more)).to_bytes(8, "big")
    song.write_bytes(content[:at] + size + content[at + 8 :] + more)
    linked = decode(song, OPTIONS)
    assert linked.recording == honest.recording


def test_chapters_and_attachments_of_a_matroska_file_are_not_unpacked(
    encode: Encode, make_tune: MakeTune, tmp_path: Path
) -> None:
    attached = tmp_path / "attached.ttf"
    attached.write_bytes(b"never to be seen on a disk" * 1000)
    chapters = tmp_path / "chapters.txt"
    chapters.write_text(
        ";FFMETADATA1\n" + "".join(f"[CHAPTER]\nSTART={n}\nEND={n + 1}\ntitle=x{n}\n" for n in range(5_000))
    )
    plain = decode(encode(make_tune(5.0), "plain.mka", "-c:a", "flac"), OPTIONS)
    names = ("-metadata:s:t", "mimetype=font/ttf", "-metadata:s:t", "filename=../../evil-font.ttf")
    song = encode(
        make_tune(5.0),
        "song.mka",
        "-i",
        str(chapters),
        "-map_chapters",
        "1",
        "-c:a",
        "flac",
        "-attach",
        str(attached),
        *names,
    )
    assert b"never to be seen" in song.read_bytes()
    assert decode(song, OPTIONS).recording == plain.recording
    assert list(tmp_path.parent.rglob("*evil-font*")) == []


@pytest.mark.parametrize(
    ("name", "disguise"),
    [("song.wav", "song.mp3"), ("song.mp3", "song.wav"), ("song.flac", "song.m3u8"), ("song.m4a", "x")],
)
def test_what_a_file_is_called_does_not_matter(
    name: str, disguise: str, encode: Encode, make_tune: MakeTune, tmp_path: Path
) -> None:
    song = encode(make_tune(4.0), name)
    honest = decode(song, OPTIONS)
    (tmp_path / "disguised").mkdir()
    renamed = song.rename(tmp_path / "disguised" / disguise)
    assert decode(renamed, OPTIONS).recording == honest.recording


@pytest.mark.parametrize("codec", ["wmav2", "g722"])
def test_a_codec_that_nobody_keeps_music_in_is_not_decoded(codec: str, encode: Encode, make_tune: MakeTune) -> None:
    song = encode(make_tune(4.0), "song.mka", "-c:a", codec, "-ar", "16000")
    with pytest.raises(NotAudio):
        decode(song, OPTIONS)


def test_no_picture_is_decoded(encode: Encode, make_tune: MakeTune) -> None:
    picture = ("-f", "lavfi", "-i", "color=red:size=64x64:duration=0.2:rate=5", "-map", "0:a", "-map", "1:v")
    song = encode(make_tune(4.0), "song.mp3", *picture, "-c:v", "png", "-disposition:v", "attached_pic")
    content = song.read_bytes()
    # The header of a picture of four thousand million pixels, which a decoder would make room for.
    at = content.index(b"IHDR") + 4
    song.write_bytes(content[:at] + struct.pack(">II", 65_535, 65_535) + content[at + 8 :])
    assert decode(song, OPTIONS).info.codec == "mp3"


def test_a_file_full_of_streams_is_bounded(encode: Encode, make_tune: MakeTune) -> None:
    streams = [option for _ in range(60) for option in ("-map", "0:a")]
    song = encode(make_tune(4.0), "song.mka", *streams, "-c:a", "pcm_u8", sample_rate=22_050)
    assert decode(song, OPTIONS).info.duration == pytest.approx(4.0, abs=0.1)
