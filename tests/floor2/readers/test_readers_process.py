"""The child process that reads: what it sends arrives whole, and its end, however it comes, is a sentence."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import homeregistry
import hostile
from homeregistry import readers
from homeregistry.errors import FileRefused
from homeregistry.grid import DamagedCell
from homeregistry.readers import blocks, limits
from homeregistry.readers.process import ReadingProcess
from workbooks_by_hand import old_workbook, rows_of

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
    st.text(st.characters(exclude_categories=("Cs",))).filter(lambda text: "E+" not in text),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=1)))
def test_cells_arrive_as_they_were_sent(values: list[list[object]]) -> None:
    sent = list(enumerate(values, start=1))
    damaged: dict[tuple[int, int], DamagedCell] = {}
    arrived = [row for block in blocks.blocks(sent) for row in blocks.unpack(block, damaged)]
    assert arrived == [(number, [None if cell == "" else cell for cell in cells]) for number, cells in sent]
    assert not damaged


def test_a_sheet_left_half_read_is_skipped_and_the_next_is_whole(put) -> None:
    data = hostile.xlsx(hostile.sheet(hostile.names(3000)), hostile.sheet(hostile.names(3)))
    with readers.open_document(put("a.xlsx", data)) as opened:
        counts = []
        for sheet in opened.sheets():
            rows = iter(sheet)
            next(rows)
            counts.append(1 if sheet.name == "表1" else 1 + len(list(rows)))
        assert counts == [1, 3]
        assert sum(1 for sheet in opened.sheets() for _ in sheet) == 3003


def test_damaged_workbooks_of_all_kinds_end_in_rows_or_a_sentence_and_nothing_on_stderr(put, capfd) -> None:
    chance = random.Random(7)
    for whole in (old_workbook(), hostile.xlsb({1: {0: "甲", 1: 1.0}, 2: {0: "乙"}})):
        for _ in range(8):
            data = bytearray(whole)
            for _ in range(12):
                data[chance.randrange(512, len(data))] = chance.randrange(256)
            with contextlib.suppress(FileRefused):
                rows_of(put("a.xls", bytes(data)))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(9, "too_large"), (6, "too_large"), (11, "damaged_file")])
def test_a_reader_that_dies_by_a_signal_becomes_a_sentence(number: int, code: str) -> None:
    data = hostile.xlsx(hostile.sheet(hostile.names(20_000)))
    with ReadingProcess("xlsx", data, "a.xlsx") as process:
        stream = process.frames()
        next(stream)
        os.kill(process.pid, signal.Signals(number))
        with pytest.raises(FileRefused) as caught:
            list(stream)
    assert caught.value.code == code


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.3)
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 900_000))
    with (
        ReadingProcess("xlsx", hostile.xlsx(hostile.sheet(empty)), "a.xlsx") as process,
        pytest.raises(FileRefused) as caught,
    ):
        list(process.frames())
    assert caught.value.code == "too_large"


def test_readers_work_where_resource_and_fcntl_do_not_exist(put, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    for module in ("resource", "fcntl"):
        (absent / f"{module}.py").write_text("raise ImportError")
    path = put("a.xlsx", hostile.xlsx(hostile.sheet(hostile.names(3))))
    source = Path(homeregistry.__file__).parent.parent
    script = (
        "import sys; from homeregistry import readers\n"
        "with readers.open_document(sys.argv[1]) as o: print(sum(1 for s in o.sheets() for _ in s))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(absent), str(source)))}
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("3\n", "")
