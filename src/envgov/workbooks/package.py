"""The file of a workbook, looked through before it is read: how much it unpacks to, where its cells and pictures are."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile, ZipInfo

from attrs import define, field

from envgov.errors import Fault, InputError

MAX_FILE, MAX_PARTS, MAX_XML, MAX_SMALL = 2**28, 20_000, 2**28, 2**24
"""The most bytes of the file, parts in it, bytes of all text unpacked, and of one part but for sheets and their texts."""
MAX_CELLS, MAX_SHOWN, MAX_MERGES = 4_000_000, 2**28, 100_000
"""The most cells of a sheet, up to its last one; bytes of all their texts, however often one is shown; merged ranges."""
_MEDIA, _TEXTS = "xl/media/", "xl/sharedstrings.xml"
_FILLED = re.compile(
    rb"""<(?:\w+:)?(?:c|row)(?>(?=\s)[^<>]*?\sr\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["'])[^<>]*+(?<!/)>"""
)
"""A cell or a row with something in it. These patterns begin at a tag and go through it once, however long it is."""
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?![^<>]*\sr\s*=)[\s>]")
_SHOWN = re.compile(rb"<(?:\w+:)?v\b[^<>]*>\s*([0-9]{1,9})\s*<")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c(?>(?=\s)[^<>]*?\sr\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["'])[^<>]*+>\s*+"""
    rb"<f\b[^<>]*+>(?:([^<]*+)</f>)?\s*+(<v>[^<]+</v>)?"
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c(?=[^<>]*\sr\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["'])(?=[^<>]*\st\s*=\s*["']e["'])[^<>]*>"""
    rb"(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>"
)
_LINK = re.compile(rb"\[[0-9]+\]")
_DISPIMG = re.compile(r"DISPIMG\((?:&quot;|\")([^\"&]+)")
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@define
class Sheet:
    """What was seen of a sheet before it is read."""

    linked: list[str] = field(factory=list)
    """The cells whose formula refers to another file."""
    valueless: list[str] = field(factory=list)
    """The cells with a formula and no result."""
    errors: dict[str, str] = field(factory=dict)
    """The cells whose formula failed, each with what it shows."""
    images: dict[str, str] = field(factory=dict)
    """The cells with a picture, each with the name of its file."""


@define
class Package:
    """What was seen of a workbook: each sheet by its name, and from when it counts days."""

    sheets: dict[str, Sheet] = field(factory=dict)
    since_1904: bool = False


def look_through(file: Path) -> Package:
    """Look through a workbook without reading a cell.

    Raises:
        InputError: it is no workbook of this kind, it unpacks to too much, or it could do harm to whoever reads it.
        OSError: it cannot be opened.
    """
    if file.stat().st_size > MAX_FILE:
        raise _refusal(file, f"the file has more than {MAX_FILE:,} bytes", "take the pictures out, or split it")
    try:
        with ZipFile(file) as archive:
            return _Look(file, archive).package()
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ParseError, KeyError) as error:
        with file.open("rb") as opened:
            old = opened.read(8) == bytes.fromhex("D0CF11E0A1B11AE1")
        remedy = "save it as .xlsx, without a password" if old else "open it in a spreadsheet and save it as .xlsx"
        problem = "this is an old or a locked workbook" if old else f"this is no sound workbook: {error}"
        raise _refusal(file, problem, remedy) from None


class _Look:
    def __init__(self, file: Path, archive: ZipFile) -> None:
        self.file, self.archive = file, archive
        self.infos = {info.filename.lower(): info for info in archive.infolist()}  # readers look for parts so

    def package(self) -> Package:
        self._weigh()
        if "xl/workbook.xml" not in self.infos:
            raise _refusal(self.file, "this is no workbook of Excel or WPS", "save it as .xlsx")
        book = self._tree("xl/workbook.xml")
        targets = self._targets("xl/workbook.xml")
        texts = self._texts()
        linked = any(name.startswith("xl/externallinks/") for name in self.infos)
        pictures = self._cell_images()
        package = Package()
        for found in book.iter():
            if _local(found) == "workbookPr":
                package.since_1904 = found.get("date1904") in ("1", "true")
            elif _local(found) == "sheet":
                part = targets.get(found.get(_RID, ""), "")
                name = found.get("name", "")
                package.sheets[name] = self._sheet(name, part, texts, pictures, linked=linked)
        return package

    def _weigh(self) -> None:
        """Refuse what unpacks to too much; what a part says of its own size is not believed."""
        infos = self.archive.infolist()
        if len(infos) > MAX_PARTS or len(self.infos) < len(infos):
            raise _refusal(self.file, f"it has more than {MAX_PARTS:,} parts, or two of one name", "save it again")
        left = MAX_XML
        for info in infos:
            name = info.filename.lower()
            if name.startswith(_MEDIA):
                continue
            big = name.startswith("xl/worksheets/") or name == _TEXTS
            most = left if big else min(left, MAX_SMALL)
            if info.file_size > most or (size := self._size(info, most)) > most:
                problem = f"its part {info.filename} unpacks to more than {most:,} bytes"
                raise _refusal(self.file, problem, "split the workbook, or delete what is not of the ledger")
            left -= size

    def _size(self, info: ZipInfo, most: int) -> int:
        """How many bytes a part really has, counted up to `most` + 1."""
        measured = copy(info)
        measured.file_size = most + 2**20  # beyond what is read of it
        size, last = 0, b""
        with self.archive.open(measured) as part:
            while size <= most and (chunk := part.read(2**16)):
                if _is_xml(info.filename) and (b"<!DOCTYPE" in last + chunk or b"\0" in chunk):
                    problem = f"its part {info.filename} declares entities, or is no UTF-8"
                    raise _refusal(self.file, problem, "open it in a spreadsheet and save it again")
                size, last = size + len(chunk), chunk[-9:]
        return size

    def _tree(self, part: str) -> Element:
        return fromstring(self._raw(part))  # noqa: S314 - no part declares entities, and its size was weighed

    def _raw(self, part: str) -> bytes:
        return self.archive.read(self.infos[part])

    def _targets(self, part: str) -> Mapping[str, str]:
        """The parts that a part refers to, each by the id that it has there."""
        path = PurePosixPath(part)
        rels = f"{path.parent}/_rels/{path.name}.rels"
        if rels not in self.infos:
            return {}
        found = {}
        for each in self._tree(rels):
            target = each.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else _joined(path.parent, target)
            found[each.get("Id", "")] = whole.lower()
        return found

    def _texts(self) -> list[int]:
        """How long each shared text is."""
        if _TEXTS not in self.infos:
            return []
        return list(map(len, re.split(rb"<(?:\w+:)?si\b", self._raw(_TEXTS))[1:]))

    def _sheet(self, name: str, part: str, texts: list[int], pictures: Mapping[str, str], *, linked: bool) -> Sheet:
        sheet = Sheet()
        if part not in self.infos or not _is_xml(part):
            raise _refusal(self.file, f"the sheet {name} is not where the workbook says", "save the workbook again")
        raw = self._raw(part)
        rows, columns, filled = 1, 1, 0
        unplaced = _UNPLACED.search(raw) is not None  # such cells stand in the row that says so
        for letters, digits in _FILLED.findall(raw):
            if not (letters or unplaced):
                continue
            rows, columns, filled = max(rows, int(digits)), max(columns, _number(letters)), filled + 1
        if max(rows * columns, filled) > MAX_CELLS:
            problem = f"the sheet {name} reaches to {_letters(columns)}{rows}: more than {MAX_CELLS:,} cells"
            raise _refusal(self.file, problem, "delete the rows and columns beyond the ledger")
        if filled * max(texts, default=0) > MAX_SHOWN:
            shown = sum(texts[int(nth)] for nth in _SHOWN.findall(raw) if int(nth) < len(texts))
            if shown > MAX_SHOWN:
                problem = f"the texts of the sheet {name} have more than {MAX_SHOWN:,} bytes"
                raise _refusal(self.file, problem, "shorten them, or split the sheet")
        if len(_MERGED.findall(raw)) > MAX_MERGES:
            problem = f"the sheet {name} has more than {MAX_MERGES:,} merged ranges"
            raise _refusal(self.file, problem, "take the merging back")
        for cell, formula, value in _FORMULA.findall(raw):
            where = cell.decode()
            if image := _DISPIMG.search(formula.decode(errors="replace")):
                sheet.images[where] = pictures.get(image[1], "")
            elif linked and _LINK.search(formula):
                sheet.linked.append(where)
            if not value and where not in sheet.images:
                sheet.valueless.append(where)
        for cell, shown in _ERROR.findall(raw):
            sheet.errors[cell.decode()] = shown.decode(errors="replace")
        for where, names in self._floating(part).items():
            sheet.images.setdefault(where, "、".join(names))
        return sheet

    def _cell_images(self) -> Mapping[str, str]:
        """The pictures that WPS keeps in cells: the file of each by its id."""
        part = "xl/cellimages.xml"
        if part not in self.infos:
            return {}
        files = self._targets(part)
        found = {}
        for image in self._tree(part):
            id = next((each.get("name", "") for each in image.iter() if _local(each) == "cNvPr"), "")
            found[id] = _file_of(image, files)
        return found

    def _floating(self, part: str) -> Mapping[str, list[str]]:
        """The pictures that lie over a sheet, by the cell of their upper left corner."""
        found: dict[str, list[str]] = defaultdict(list)
        for drawing in self._targets(part).values():
            if not drawing.startswith("xl/drawings/drawing") or drawing not in self.infos:
                continue
            files = self._targets(drawing)
            for anchor in self._tree(drawing):
                corner = next((each for each in anchor if _local(each) == "from"), None)
                if corner is not None and (name := _file_of(anchor, files)):
                    at = {_local(each): int(each.text or 0) for each in corner}
                    found[f"{_letters(at.get('col', 0) + 1)}{at.get('row', 0) + 1}"].append(name)
        return found


def _file_of(picture: Element, files: Mapping[str, str]) -> str:
    embedded = (each.get(_EMBED, "") for each in picture.iter() if _local(each) == "blip")
    return PurePosixPath(files.get(next(embedded, ""), "")).name


def _joined(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = []
    for part in (folder / target).parts:
        if part == "..":
            parts[-1:] = []
        else:
            parts.append(part)
    return "/".join(parts)


def _is_xml(part: str) -> bool:
    return part.lower().endswith((".xml", ".rels"))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _number(letters: bytes) -> int:
    """The number of a column, A being 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return max(number, 1)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """How a spreadsheet calls a cell; both count from 1."""
    return f"{_letters(column)}{row}"


def place_of(cell: str) -> tuple[int, int]:
    """The row and the column of a cell, or of none (0, 1)."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), _number(letters.encode())


def _refusal(file: Path, problem: str, remedy: str) -> InputError:
    return InputError([Fault(problem, remedy, file.name)])
