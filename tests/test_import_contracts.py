"""Each import contract of pyproject.toml is broken by the faults that it is there to find."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

configure()
OPTIONS = read_user_options(str(Path(__file__).parents[1] / "pyproject.toml"))
CONTRACTS = OPTIONS.contracts_options
APPS = OPTIONS.session_options["root_packages"]
KINDS: dict[str, type[Any]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
Options = dict[str, Any]
# An import as (importer, imported), or the name of a module that is new.
Fault = tuple[str, str] | str


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    """What imports what, as the code is."""
    return grimp.build_graph(*APPS, include_external_packages=True, cache_dir=None)


def is_kept(contract: Options, graph: grimp.ImportGraph, fault: Fault | None = None) -> bool:
    graph = deepcopy(graph)
    if isinstance(fault, str):
        graph.add_module(fault)
    elif fault:
        graph.add_import(importer=fault[0], imported=fault[1])
    checked = KINDS[contract["type"]](contract["name"], OPTIONS.session_options, contract)
    return bool(checked.check(graph, verbose=False).kept)


def faults(contract: Options, graph: grimp.ImportGraph) -> list[Fault]:
    """What this contract must find, made from its own lines."""
    makers = {"acyclic_siblings": cycles, "forbidden": forbidden, "layers": layers, "protected": intrusions}
    return list(makers[contract["type"]](contract, graph))


def layers(contract: Options, graph: grimp.ImportGraph) -> Iterator[Fault]:
    """An import from the ground to the top, one between neighbours kept apart, and a module without a line."""
    for container in contract.get("containers", [""]):
        start = f"{container}." if container else ""
        rows = [[start + name for name in re.findall(r"\w+", line)] for line in contract["layers"]]
        if len(rows) > 1:
            yield rows[-1][0], rows[0][0]
        for line, names in zip(contract["layers"], rows, strict=True):
            if "|" in line:
                yield names[0], names[1]
        if contract.get("exhaustive"):
            yield f"{container}.without_a_line"


def forbidden(contract: Options, graph: grimp.ImportGraph) -> Iterator[Fault]:
    for source in contract["source_modules"]:
        yield from ((source, package) for package in contract["forbidden_modules"])


def intrusions(contract: Options, graph: grimp.ImportGraph) -> Iterator[Fault]:
    """Each of the protected modules, imported by each of the other apps."""
    others = [app for app in APPS if app not in contract["allowed_importers"]]
    for expression in contract["protected_modules"]:
        module = min(graph.find_matching_modules(expression))
        yield from ((app, module) for app in others)


def cycles(contract: Options, graph: grimp.ImportGraph) -> Iterator[Fault]:
    """In each package, what a module imports from beside it imports that module too."""
    for ancestor in contract["ancestors"]:
        children = sorted(graph.find_children(ancestor))
        yield next(
            (lower, upper)
            for upper in children
            for lower in children
            if upper != lower and graph.direct_import_exists(importer=upper, imported=lower, as_packages=True)
        )


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_every_contract_is_kept_and_finds_each_fault_planted(contract, house):
    planted = faults(contract, house)
    assert planted
    assert is_kept(contract, house)
    assert [fault for fault in planted if is_kept(contract, house, fault)] == []


def test_every_app_has_faults_of_each_kind(house):
    planted = {contract["name"]: faults(contract, house) for contract in CONTRACTS}
    assert sum(map(len, planted.values())) > 200
    assert len(planted["No cycles"]) == len(APPS)
