"""Small faults that a programmer could make, one at a time, within the functions of a module."""

from __future__ import annotations

import ast
import copy
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
_Functions = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mutant:
    """A fault: the file and line that has it, what is done there, and the number of its node in the file's tree."""

    path: Path
    line: int
    what: str
    node: int
    owner: tuple[str, int]  # the function that has it: its qualified name, and the line with which it begins

    def compile(self) -> CodeType:
        """Returns the code of the function with the fault."""
        tree = ast.parse(self.path.read_bytes())
        node = list(ast.walk(tree))[self.node]
        changed = dict(_changes(node))[self.what](copy.deepcopy(node))
        _Replace(node, ast.fix_missing_locations(ast.copy_location(changed, node))).visit(tree)
        compiled = compile(tree, str(self.path), "exec", dont_inherit=True)
        return next(code for code in _functions(compiled) if (code.co_qualname, code.co_firstlineno) == self.owner)

    def plant(self) -> None:
        """Puts the fault into every function of this process that was made of the same lines.

        Raises ValueError when a function cannot take it, as when it names one variable less of those around it.
        """
        code = self.compile()
        gc.unfreeze()  # else what was loaded before the tests is not among the objects
        found = [one for one in gc.get_objects() if isinstance(one, FunctionType) and self._is_made_of(one.__code__)]
        if not found:
            raise ValueError(f"no function {self.owner[0]} is loaded")
        for function in found:
            function.__code__ = code
        for kept in _list_caches():  # what they hold was made without the fault
            kept.cache_clear()

    def _is_made_of(self, code: CodeType) -> bool:
        return code.co_filename == str(self.path) and (code.co_qualname, code.co_firstlineno) == self.owner


def _list_caches() -> list[_lru_cache_wrapper[object]]:
    """Returns the caches of our own functions."""
    found = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    return [one for one in found if one.__module__.partition(".")[0] == "macros"]


def list_mutants(path: Path, lines: set[int]) -> Iterator[Mutant]:
    """Yields every fault that can be made on these lines of a module, within its functions."""
    tree = ast.parse(path.read_bytes())
    owners = dict(_owners(tree, ""))
    for number, node in enumerate(ast.walk(tree)):
        line = getattr(node, "lineno", 0)
        if id(node) in owners and line in lines:
            for what, _ in _changes(node):
                yield Mutant(path, line, what, number, owners[id(node)])


def _owners(node: ast.AST, prefix: str) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yields each node in the body of a function that is in no other function, with the name and line of that one."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _owners(child, f"{prefix}{child.name}.")
        elif isinstance(child, _Functions):
            owner = (f"{prefix}{child.name}", min([child.lineno, *(one.lineno for one in child.decorator_list)]))
            yield from ((id(part), owner) for one in child.body for part in ast.walk(one))
        elif isinstance(child, ast.If):  # `if TYPE_CHECKING` and the like
            yield from _owners(child, prefix)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[..., ast.AST]]]:
    """Yields what can be done to a node, and how it is done to a copy of it."""
    yield from _changes_of_values(node)
    yield from _changes_of_steps(node)


def _changes_of_values(node: ast.AST) -> Iterator[tuple[str, Callable[..., ast.AST]]]:
    if isinstance(node, ast.Compare):
        for number, sign in enumerate(node.ops):
            yield f"another comparison ({number + 1})", lambda one, n=number, s=sign: _compare(one, n, s)
    elif isinstance(node, ast.BoolOp):
        yield "and for or, or for and", lambda one: ast.BoolOp(_other(one.op), one.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not", lambda one: one.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not _is_text(node):
        yield "another operation", lambda one: ast.BinOp(one.left, _COMPUTED[type(one.op)](), one.right)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "true for false, false for true", lambda one: ast.Constant(not one.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "a number more", lambda one: ast.Constant(one.value + 1)


def _changes_of_steps(node: ast.AST) -> Iterator[tuple[str, Callable[..., ast.AST]]]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "the condition turned round", _turn
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield "nothing is returned", lambda _: ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _is_about_memory(node.value):
        yield "a call left out", lambda _: ast.Pass()
    elif isinstance(node, ast.AugAssign) and type(node.op) in _COMPUTED:
        yield "another operation", lambda one: ast.AugAssign(one.target, _COMPUTED[type(one.op)](), one.value)
    elif isinstance(node, ast.Continue):
        yield "break for continue", lambda _: ast.Break()


def _compare(node: ast.Compare, number: int, sign: ast.cmpop) -> ast.AST:
    ops = [_COMPARED[type(sign)]() if at == number else one for at, one in enumerate(node.ops)]
    return ast.Compare(node.left, ops, node.comparators)


def _other(sign: ast.boolop) -> ast.boolop:
    return ast.Or() if isinstance(sign, ast.And) else ast.And()


def _turn(node: ast.If | ast.IfExp | ast.While) -> ast.AST:
    node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    return node


def _is_text(node: ast.BinOp) -> bool:
    """Whether words are joined: that cannot be taken from one another, and any run of the line would see it."""
    return any(isinstance(one, ast.JoinedStr) or _is_words(one) for one in (node.left, node.right))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_about_memory(node: ast.Call) -> bool:
    """Whether the collector of garbage is told when to run: that changes no answer, only how long it takes."""
    called = node.func
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "gc"


def _is_nothing(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Replace(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        found: ast.AST = self.new if node is self.old else self.generic_visit(node)
        return found


def _functions(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _functions(one)
