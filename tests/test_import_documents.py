"""Documents with tables: the title above a table governs its rows, and rows keep their line."""

from datetime import date
from pathlib import Path

import docx
import pytest

from homeregistry.database import reading
from homeregistry.importing import ImportRequest, import_list
from homeregistry.readers import open_document
from homeregistry.records import ListOptions
from homeregistry.settings import all_layouts


def _decision(path: Path) -> None:
    document = docx.Document()
    document.add_heading("重庆市总工会关于命名2021年度重庆市模范职工之家的决定")
    document.add_paragraph("渝工发〔2021〕18号")
    lists = (("模范职工之家", "山城机电有限公司工会"), ("模范职工小家", "山城机电装配车间工会小组"))
    for title, unit in lists:
        document.add_paragraph(f"附件 2021年度重庆市{title}名单(2个)")
        table = document.add_table(rows=3, cols=3)
        rows = (("序号", "单位", "区县"), ("1", unit, "渝北区"), ("2", f"江畔{unit}", "沙坪坝区"))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    document.save(path)


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    path = tmp_path / "decision.docx"
    _decision(path)
    return path


def test_the_paragraph_above_a_table_names_kind_year_and_issuer(registry, decision: Path) -> None:
    request = ImportRequest(ListOptions(), all_layouts(), date(2026, 1, 1), "tester")
    with open_document(decision) as opened, reading(registry.engine) as connection:
        result = import_list(opened, request, connection, None)
    assert result.outcome == "previewed"
    assert (result.rows.read, result.rows.recorded) == (4, 4)
    assert [(d.declared, d.listed, d.kind) for d in result.declared] == [
        (2, 2, "model_home"),
        (2, 2, "model_small_home"),
    ]
    assert not [problem for problem in result.problems if problem.level == "error"]
