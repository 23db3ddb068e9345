"""One test for every case of every file of vectors."""

from __future__ import annotations

import pytest

from tests.vectors.cases import read_cases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "vector" in metafunc.fixturenames:
        folder = metafunc.config.invocation_params.dir / metafunc.config.getoption("--vectors")
        cases = read_cases(folder)
        metafunc.parametrize("vector", cases, ids=[case.id for case in cases])
