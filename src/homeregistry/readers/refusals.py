"""Every reason for which a file is refused, with its stable code and its sentence, in one table.

The sentence names the file, says what is wrong and what to do. `code` is what scripts and tests
compare; several sentences share a code where the way out differs.
"""
# ruff: noqa: E501

from dataclasses import dataclass
from typing import Final

from homeregistry.errors import FileRefused


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stable code and an English message id with `{named}` places."""

    code: str
    message: str


REFUSALS: Final[dict[str, Refusal]] = {
    # the file as such
    "missing": Refusal("missing_file", "There is no file “{file}”; check the name."),
    "folder": Refusal("is_folder", "“{file}” is a folder; name the files in it."),
    "unreadable": Refusal("unreadable", "“{file}” cannot be opened ({reason}); close it elsewhere or check its permissions."),
    "not_installed": Refusal("unreadable", "“{file}” cannot be read: the library {library} is missing; install the program again."),
    "empty": Refusal("empty_file", "“{file}” is empty; nothing was read."),
    "blank": Refusal("empty_file", "“{file}” holds no text and no filled cell; nothing was read."),
    # what it is
    "format": Refusal("unsupported_format", "“{file}” is {what}, which cannot be read; save it as {save_as}."),
    "workbook": Refusal("not_a_workbook", "“{file}” is no workbook; open it in the program that made it and save it as .xlsx."),
    "encoding": Refusal("unknown_encoding", "“{file}” is in none of UTF-8, UTF-16 and GB18030 (byte {offset}); save it as UTF-8."),
    "nul": Refusal("unknown_encoding", "“{file}” holds zero bytes (first at byte {offset}), so it is no text; save the list again as .xlsx or as UTF-8 text."),
    "picture": Refusal("picture_only", "“{file}” holds pictures and no text; type the list, or have its text recognised first."),
    # damaged
    "damaged": Refusal("damaged_file", "“{file}” is damaged and cannot be read; open it in a spreadsheet program and save it again."),
    "truncated": Refusal("damaged_file", "“{file}” is incomplete; fetch or copy it again."),
    "part": Refusal("damaged_file", "“{file}” is damaged in its part {part}; open it in the program that made it and save it again."),
    "missing_part": Refusal("damaged_file", "“{file}” lacks its part {part}; open it in the program that made it and save it again."),
    "row_beyond": Refusal("damaged_file", "Sheet “{sheet}” of “{file}” names the place {place}, which lies outside any sheet; open the file in a spreadsheet program and save it again."),
    "row_twice": Refusal("damaged_file", "Row {row} of sheet “{sheet}” in “{file}” stands twice or out of order; open the file in a spreadsheet program and save it again."),
    "rows_differ": Refusal("damaged_file", "Sheet “{sheet}” of “{file}” holds {expected} filled rows but {read} could be read (first doubtful row: {row}); open it in a spreadsheet program and save it again."),
    "document": Refusal("damaged_file", "“{file}” is damaged and cannot be read; open it in the program that made it and save it again."),
    "doctype": Refusal("unsafe_file", "Part {part} of “{file}” declares a document type or entities of its own, which no office program writes; save the list again from a spreadsheet program."),
    "quote": Refusal("damaged_file", "A quotation mark opened in line {line} of “{file}” is never closed; close or remove it."),
    "stray_quote": Refusal("damaged_file", "The record that begins in line {line} of “{file}” has a quotation mark in the middle of a field; double it or remove it."),
    # encrypted
    "password_needed": Refusal("encrypted_file", "“{file}” is protected by a password; give it with --password-file, or save the file without one."),
    "password_wrong": Refusal("encrypted_file", "The password does not open “{file}”; check it, or save the file without one."),
    "encryption": Refusal("encrypted_file", "“{file}” is protected in a way that cannot be opened here; save it without protection."),
    # too large
    "file_size": Refusal("too_large", "“{file}” has {size} MB, the most is {limit} MB; split it."),
    "unpacked": Refusal("too_large", "“{file}” unpacks to {size} MB, the most is {limit} MB; it is no honest list, or must be split."),
    "ratio": Refusal("too_large", "Part {part} of “{file}” unpacks to {ratio} times its size, as no honest list does; save the list again from a spreadsheet program."),
    "entries": Refusal("too_large", "“{file}” holds {count} parts, the most is {limit}; save the list alone."),
    "sheets": Refusal("too_large", "“{file}” holds {count} sheets, the most is {limit}; split it."),
    "cells": Refusal("too_large", "Sheet “{sheet}” of “{file}” spans {rows} rows and {columns} columns; remove what stands far from the list, or split it."),
    "row_size": Refusal("too_large", "Sheet “{sheet}” of “{file}” holds a row of more than {limit} MB; remove what is no list."),
    "merges": Refusal("too_large", "Sheet “{sheet}” of “{file}” holds more than {limit} merged ranges; save the list without them."),
    "field": Refusal("too_large", "A field in line {line} of “{file}” is longer than {limit} characters; check its quotation marks."),
    "pages": Refusal("too_large", "“{file}” has {count} pages, the most is {limit}; split it."),
    "text_size": Refusal("too_large", "“{file}” holds more than {limit} characters of text; split it."),
    "memory": Refusal("too_large", "“{file}” needs more memory to read than is allowed; remove what stands far from the list, or split it."),
    "depth": Refusal("too_large", "“{file}” nests its elements too deeply to be read; save the list again as .xlsx."),
    "time": Refusal("too_large", "“{file}” could not be read within {seconds} seconds; remove what is no list, or split it."),
}  # fmt: skip


def refuse(reason: str, /, **params: object) -> FileRefused:
    """The exception for a reason of the table; `file` is filled in by the parent where it is missing."""
    refusal = REFUSALS[reason]
    return FileRefused(refusal.code, refusal.message, **params)
