"""Hostile files and a misbehaving decoder: nothing else is opened, nothing is endless, nothing is left running."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.audio import decode
from classifier.errors import AudioError, CorruptAudio, DecoderUnavailable, DecodingTimeout, NotAudio, TruncatedAudio
from classifier.ffmpeg import find_ffmpeg
from classifier.options import DecodeOptions

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]
StandIn = Callable[[str], Path]
WriteWav = Callable[..., Path]

OPTIONS = DecodeOptions()
ON_PATH = DecodeOptions(ffmpeg="path", timeout=2.0, max_seconds=10.0)
# With the level before each line, as the decoder is asked to log, and without it.
IMITATION = "".join(
    f"title\n{level}  Duration: 99:00:00.00, start\n{level}  Stream #0:0: Audio: evil, 1 Hz, @everyone, fltp\n"
    f"{level}Stream mapping:\n{level}Output #0"
    for level in ("", "[info] ")
)


def wav(data: bytes, *, sample_rate: int, channels: int, claimed_bytes: int | None = None) -> bytes:
    """Return a 16-bit wav file whose header may lie."""
    size = len(data) if claimed_bytes is None else claimed_bytes
    byte_rate, frame_bytes = sample_rate * channels * 2 & 0xFFFF_FFFF, channels * 2 & 0xFFFF
    form = struct.pack("<IHHIIHH", 16, 1, channels, sample_rate, byte_rate, frame_bytes, 16)
    return b"RIFF" + struct.pack("<I", size + 36) + b"WAVEfmt " + form + b"data" + struct.pack("<I", size) + data


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# Files that name other files


@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_a_playlist_in_disguise_does_not_open_another_file_of_the_machine(
    absolute: bool, write_wav: WriteWav, make_tune: MakeTune, ffmpeg: str
) -> None:
    secret = write_wav(make_tune(5.0), "secret.wav")
    song = secret.with_name("song.mp3")
    song.write_text(f"ffconcat version 1.0\nfile '{secret if absolute else secret.name}'\n")
    # It is a real attack: without the lock-down, the other file is decoded.
    unlocked = subprocess.run(
        [
            ffmpeg,
            "-loglevel",
            "error",
            *(("-f", "concat", "-safe", "0") if absolute else ()),
            "-i",
            song,
            "-f",
            "null",
            "-",
        ],
        check=False,
        timeout=60,
    )
    assert unlocked.returncode == 0
    with pytest.raises(NotAudio):
        decode(song, OPTIONS)


def test_a_playlist_in_disguise_does_not_call_an_address(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/song.mp3"
        for content in (
            f"ffconcat version 1.0\nfile '{address}'\n",
            f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n",
            f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{address}</BaseURL></MPD>',
            f"[playlist]\nFile1={address}\n",
            address,
        ):
            for name in ("song.mp3", "song.m3u8", "song"):
                path = tmp_path / name
                path.write_text(content)
                with pytest.raises(NotAudio):
                    decode(path, OPTIONS)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("name", ["song.mp3", "song.m3u8"])
def test_an_hls_playlist_does_not_open_another_file(
    name: str, encode: Encode, make_tune: MakeTune, tmp_path: Path
) -> None:
    segment = encode(make_tune(5.0), "segment.aac")
    playlist = tmp_path / name
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{segment.name}\n#EXT-X-ENDLIST\n")
    with pytest.raises(NotAudio):
        decode(playlist, OPTIONS)


def test_a_session_description_opens_no_socket(tmp_path: Path) -> None:
    path = tmp_path / "song.sdp"
    path.write_text("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n")
    with pytest.raises(NotAudio):
        decode(path, OPTIONS)


# Headers that lie


def test_a_flac_that_claims_days_is_decoded_as_far_as_it_goes(encode: Encode, make_tune: MakeTune) -> None:
    path = encode(make_tune(5.0), "claims.flac")
    content = bytearray(path.read_bytes())
    # The last 36 of these bits are the number of samples.
    content[18:26] = (int.from_bytes(content[18:26], "big") | (1 << 36) - 1).to_bytes(8, "big")
    path.write_bytes(content)
    with pytest.raises(TruncatedAudio) as caught:
        decode(path, OPTIONS)
    assert caught.value.declared_seconds == pytest.approx((2**36 - 1) / 22_050, rel=1e-3)
    assert caught.value.decoded_seconds == pytest.approx(5.0)


def test_many_channels_at_a_high_rate_are_bounded_like_any_file(tmp_path: Path) -> None:
    path = tmp_path / "wide.wav"
    noise = np.random.default_rng(0).integers(-9_999, 9_999, 4 * 192_000 * 8).astype("<i2")
    path.write_bytes(wav(noise.tobytes(), sample_rate=192_000, channels=8))
    info = decode(path, OPTIONS).info
    assert (info.sample_rate, info.channels, info.duration) == (192_000, "7.1", pytest.approx(4.0))
    tracemalloc.start()
    try:
        assert decode(path, DecodeOptions(max_seconds=3.2)).info.duration == pytest.approx(3.2)
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("sample_rate", "channels"),
    [(0, 1), (44_100, 0), (44_100, 600), (44_100, 65_535), (2**32 - 1, 2), (2**32 - 1, 65_535)],
)
def test_impossible_headers_are_refused(sample_rate: int, channels: int, tmp_path: Path) -> None:
    path = tmp_path / "impossible.wav"
    path.write_bytes(wav(bytes(range(256)) * 4_000, sample_rate=sample_rate, channels=channels))
    with pytest.raises(AudioError):
        decode(path, OPTIONS)


def test_a_rate_of_one_hertz_is_stretched_only_as_far_as_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "slow.wav"
    path.write_bytes(wav(bytes(range(256)) * 4_000, sample_rate=1, channels=1))
    clip = decode(path, DecodeOptions(max_seconds=20.0))
    assert clip.info.duration == pytest.approx(20.0)
    assert not clip.complete


# Tags that imitate the log


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("song.mp3", ()),
        ("song.flac", ()),
        ("song.ogg", ("-c:a", "libvorbis")),
        ("song.m4a", ("-movflags", "use_metadata_tags")),
        ("song.mka", ("-c:a", "flac")),
    ],
)
@pytest.mark.parametrize("tag", [f"title={IMITATION}", f"{IMITATION}=title"], ids=["as-value", "as-name"])
def test_tags_that_imitate_the_decoders_log_are_not_believed(
    tag: str, name: str, options: tuple[str, ...], encode: Encode, make_tune: MakeTune
) -> None:
    honest = decode(encode(make_tune(5.0), name, *options), OPTIONS).info
    tagged = encode(make_tune(5.0), name, *options, "-metadata", tag, "-metadata:s:a:0", tag)
    assert b"@everyone" in tagged.read_bytes().lower()
    assert decode(tagged, OPTIONS).info == honest


def test_a_song_with_very_many_tags_is_still_audio(encode: Encode, make_tune: MakeTune) -> None:
    tags = [option for number in range(600) for option in ("-metadata", f"tag{number}={'v' * 200}")]
    assert decode(encode(make_tune(4.0), "tagged.flac", *tags), OPTIONS).info.codec == "flac"


@pytest.mark.parametrize(
    "tag",
    [
        pytest.param("a\n" * 120_000, id="line-breaks"),
        pytest.param("a" * 1_500_000, id="one-line"),
        pytest.param("[error] " * 200_000, id="levels"),
        pytest.param("\n[error] a" * 150_000, id="errors"),
    ],
)
def test_a_long_tag_does_not_hide_the_sound(tag: str, encode: Encode, make_tune: MakeTune) -> None:
    path = encode(make_tune(4.0), "song.mp3")
    content = path.read_bytes()
    frame = b"TXXX" + struct.pack(">I", len(tag) + 3) + b"\0\0\0X\0" + tag.encode()
    # Sizes of ID3 have seven bits in each byte.
    size = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + size + frame + content)
    tracemalloc.start()
    try:
        assert decode(path, OPTIONS).info.codec == "mp3"
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


# The environment


def test_no_report_is_written_whatever_the_environment_says(
    write_wav: WriteWav, make_tune: MakeTune, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ffmpeg: str
) -> None:
    path, report = write_wav(make_tune(4.0)), tmp_path / "report.log"
    monkeypatch.setenv("FFREPORT", f"file={report}")
    decode(path, OPTIONS)
    assert not report.exists()
    subprocess.run([ffmpeg, "-loglevel", "error", "-i", path, "-f", "null", "-"], check=True, timeout=60)
    assert report.exists()


def test_colours_in_the_log_do_not_hide_its_words(
    write_wav: WriteWav, make_tune: MakeTune, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AV_LOG_FORCE_COLOR", "1")
    assert decode(write_wav(make_tune(4.0)), OPTIONS).info.codec == "pcm_f32le"


# Which ffmpeg


def test_the_one_on_path_is_used_when_it_is_asked_for(
    write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn, ffmpeg: str
) -> None:
    path = write_wav(make_tune(4.0))
    pids = stand_in_ffmpeg(f"exec '{ffmpeg}' \"$@\"")
    bundled = decode(path, OPTIONS)
    assert not list(pids.iterdir())
    assert decode(path, DecodeOptions(ffmpeg="path")).recording == bundled.recording
    assert len(list(pids.iterdir())) == 1


def test_without_one_on_path_a_sentence_says_what_to_do(
    write_wav: WriteWav, make_tune: MakeTune, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_wav(make_tune(4.0))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DecoderUnavailable, match=r"no ffmpeg on PATH; install it or use the bundled one\.$"):
        decode(path, DecodeOptions(ffmpeg="path"))
    assert Path(find_ffmpeg("bundled")).is_file()


def test_one_that_cannot_be_executed_is_named(
    write_wav: WriteWav, make_tune: MakeTune, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, broken = write_wav(make_tune(4.0)), tmp_path / "ffmpeg"
    broken.write_bytes(b"\x7fELF" + bytes(100))
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DecoderUnavailable, match="Exec format error"):
        decode(path, DecodeOptions(ffmpeg="path"))


# A decoder that misbehaves


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("exec sleep 3600", id="sleeps"),
        pytest.param("exec yes", id="writes-for-ever"),
        pytest.param("exec yes >&2", id="complains-for-ever"),
        pytest.param("yes & yes >&2 & exec yes", id="does-both-at-once"),
        pytest.param("exec >&- 2>&-\nexec sleep 3600", id="closes-its-pipes-and-sleeps"),
        pytest.param("trap '' TERM\nexec sleep 3600", id="ignores-requests-to-end"),
    ],
)
def test_a_decoder_that_does_not_end_is_ended(
    body: str, write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn
) -> None:
    path, pids = write_wav(make_tune(4.0)), stand_in_ffmpeg(body)
    tracemalloc.start()
    try:
        with pytest.raises(DecodingTimeout, match="took longer than 2 s"):
            decode(path, ON_PATH)
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()
    (pid,) = pids.iterdir()
    assert not is_running(int(pid.name))


def test_output_beyond_the_limit_is_cut(
    write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn, ffmpeg: str
) -> None:
    without_limit = """
        for argument; do
            shift
            if [ "$argument" = -t ]; then skip=1; elif [ "$skip" ]; then skip=; else set -- "$@" "$argument"; fi
        done
    """
    stand_in_ffmpeg(f"{without_limit}\nexec '{ffmpeg}' \"$@\"")
    clip = decode(write_wav(make_tune(30.0)), DecodeOptions(ffmpeg="path", max_seconds=10.0))
    assert clip.info.duration == pytest.approx(11.0)
    assert not clip.complete


def test_a_decoder_that_fails_half_way_is_not_believed(
    write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn, ffmpeg: str
) -> None:
    path, pids = write_wav(make_tune(4.0)), stand_in_ffmpeg(f"'{ffmpeg}' \"$@\"\nexit 1")
    with pytest.raises(CorruptAudio):
        decode(path, ON_PATH)
    assert list(pids.iterdir())


def test_a_decoder_that_says_nothing_has_found_no_audio(
    write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn
) -> None:
    path, _ = write_wav(make_tune(4.0)), stand_in_ffmpeg("exit 0")
    with pytest.raises(NotAudio):
        decode(path, ON_PATH)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_decoder_does_not_outlive_the_process_that_started_it(
    write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn
) -> None:
    path, pids = write_wav(make_tune(4.0)), stand_in_ffmpeg("exec sleep 3600")
    program = (
        "import sys; from pathlib import Path; from classifier.audio import decode; "
        "from classifier.options import DecodeOptions; decode(Path(sys.argv[1]), DecodeOptions(ffmpeg='path'))"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)]) as parent:
        while not list(pids.iterdir()):
            assert parent.poll() is None
            time.sleep(0.02)
        parent.kill()
    decoder = int(next(pids.iterdir()).name)
    while is_running(decoder):
        time.sleep(0.02)
