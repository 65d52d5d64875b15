"""Where the messages are: every English text that the program may show, found by reading its source.

No list of messages is kept by hand and nothing is marked for the translator. A text counts as a message when
it reaches a place that translates: `_()`, `translate()`, `sentence()`, a `help=` of Click. The way there is
followed backwards, through tables, conditions, loops, the parameters of functions that pass a text on
(`say`, `emit`, `_done`) and the classes that carry one in a field called `message` (errors, problem kinds).
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

TRANSLATORS: Final = ("translate", "sentence")
"""The functions of the package's `i18n` whose first argument is a message; `_` is another name of one."""

CARRIER: Final = "message"
"""The field of errors, problem kinds and findings that holds a message."""

SHOWN: Final = frozenset({"help", "metavar"})
"""Keywords of Click whose text is shown."""

Place = tuple[str, int]
"""A file (relative to the folder read) and a line."""


@dataclass(slots=True)
class Found:
    """Messages with their places, and the places whose text only shows when the program runs."""

    messages: dict[str, list[Place]] = field(default_factory=dict)
    unknown: list[tuple[Place, str]] = field(default_factory=list)
    joined: list[Place] = field(default_factory=list)

    def add(self, texts: Iterable[str], place: Place) -> None:
        """Note messages at a place; one that holds no letter needs no translation."""
        for text in texts:
            if any(char.isalpha() for char in text):
                places = self.messages.setdefault(text, [])
                if place not in places:
                    places.append(place)


@dataclass(slots=True)
class Module:
    """One parsed file: its constants, its imports, its parents by node, its calls, what `message` returns."""

    name: str
    file: str
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    calls: list[ast.Call] = field(default_factory=list)
    told: list[ast.Return] = field(default_factory=list)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What encloses a node, from the inside out."""
        while node in self.parents:
            node = self.parents[node]
            yield node


class _Unknown(Exception):
    """A value that only running the program tells."""


@dataclass(frozen=True, slots=True)
class Sink:
    """A function or class that shows a text: which argument, by place and by name."""

    place: int
    name: str


def messages_of(folder: Path, package: str) -> Found:
    """Every message of the package whose files lie under `folder`."""
    return _Reader(dict(_modules(folder, package))).read()


def _modules(folder: Path, package: str) -> Iterator[tuple[str, Module]]:
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder)
        parts = [package, *relative.with_suffix("").parts]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        module = Module(name, relative.as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for node in ast.walk(module.tree):
            for child in ast.iter_child_nodes(node):
                module.parents[child] = node
            if isinstance(node, ast.Call):
                module.calls.append(node)
            if isinstance(node, ast.FunctionDef) and node.name == CARRIER:
                module.told += [inner for inner in ast.walk(node) if isinstance(inner, ast.Return)]
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    module.imported[alias.asname or alias.name] = (node.module, alias.name)
        for statement in module.tree.body:
            if isinstance(statement, ast.AnnAssign | ast.Assign) and statement.value is not None:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        module.constants[target.id] = statement.value
        yield name, module


class _Reader:
    def __init__(self, modules: dict[str, Module]) -> None:
        self._modules = modules
        translators = next(name for name in modules if name.endswith(".i18n"))
        self._sinks: dict[tuple[str, str], set[Sink]] = {
            (translators, name): {Sink(0, "message")} for name in TRANSLATORS
        }
        spoken = self._modules[translators].constants["SPOKEN"]
        self._spoken = frozenset(ast.literal_eval(spoken.args[0])) if isinstance(spoken, ast.Call) else set()
        self._found = Found()

    def read(self) -> Found:
        """Look for sinks until no new one shows, then gather what reaches them."""
        self._carriers()
        before = -1
        while before != sum(map(len, self._sinks.values())):
            before = sum(map(len, self._sinks.values()))
            self._found = Found()
            for module in self._modules.values():
                self._module(module)
        return self._found

    def _carriers(self) -> None:
        """Classes with a field or a constructor parameter called `message`, and those derived from them."""
        classes = [
            (module, node)
            for module in self._modules.values()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef)
        ]
        for module, node in classes:
            fields = [f.target.id for f in node.body
                      if isinstance(f, ast.AnnAssign) and isinstance(f.target, ast.Name)]  # fmt: skip
            for made in node.body:
                if isinstance(made, ast.FunctionDef) and made.name == "__init__":
                    fields = [argument.arg for argument in made.args.args[1:]]
            if CARRIER in fields:
                self._sinks[module.name, node.name] = {Sink(fields.index(CARRIER), CARRIER)}
        for _depth in range(4):
            for module, node in classes:
                makes = any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body)
                inherited = self._inherited(module, node)
                if inherited and not makes:
                    self._sinks.setdefault((module.name, node.name), inherited)

    def _inherited(self, module: Module, node: ast.ClassDef) -> set[Sink]:
        bases = [self._origin(module, base.id) for base in node.bases if isinstance(base, ast.Name)]
        return next((self._sinks[base] for base in bases if base in self._sinks), set())

    def _origin(self, module: Module, name: str) -> tuple[str, str]:
        """Where a name comes from: the module that defines it, and its name there."""
        source, original = module.imported.get(name, ("", ""))
        if source in self._modules and source != module.name:
            return self._origin(self._modules[source], original)
        return module.name, name

    def _module(self, module: Module) -> None:
        for call in module.calls:
            self._call(module, call)
        for told in module.told:
            if told.value is not None:
                self._reach(module, told.value)

    def _call(self, module: Module, node: ast.Call) -> None:
        for keyword in node.keywords:
            if keyword.arg in SHOWN:
                self._reach(module, keyword.value)
            elif keyword.arg in self._spoken:
                self._found.add(self._texts_or_none(module, keyword.value), (module.file, node.lineno))
        if isinstance(node.func, ast.Attribute) and node.func.attr == "argument":
            self._found.add(
                [text.upper() for text in self._texts_or_none(module, node.args[0])],
                (module.file, node.lineno),
            )
        for sink in tuple(self._sinks_of(module, node)):
            given = [keyword.value for keyword in node.keywords if keyword.arg == sink.name]
            before = node.args[: sink.place + 1]
            if len(before) > sink.place and not any(isinstance(one, ast.Starred) for one in before):
                given.append(before[sink.place])
            for argument in given:
                self._reach(module, argument)

    def _sinks_of(self, module: Module, node: ast.Call) -> set[Sink]:
        if isinstance(node.func, ast.Name):
            return self._sinks.get(self._origin(module, node.func.id), set())
        if isinstance(node.func, ast.Attribute) and node.func.attr == "__init__":
            inside = next((one for one in module.around(node) if isinstance(one, ast.ClassDef)), None)
            return self._inherited(module, inside) if inside is not None else set()
        return set()

    def _reach(self, module: Module, node: ast.expr) -> None:
        """A text reaches a place that shows it: note it, or make the function around it a sink."""
        place = (module.file, node.lineno)
        try:
            self._found.add(self._texts(module, node), place)
        except _Unknown:
            self._found.unknown.append((place, ast.unparse(node)))

    def _texts(self, module: Module, node: ast.expr) -> list[str]:
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.IfExp():
                return [*self._texts(module, node.body), *self._texts(module, node.orelse)]
            case ast.BoolOp():
                return [text for value in node.values for text in self._texts(module, value)]
            case ast.Subscript():
                return _leaves(self._table(module, node.value))
            case ast.Call(func=ast.Attribute(attr="get", value=table)):
                default = [t for argument in node.args[1:] for t in self._texts_or_none(module, argument)]
                return [*_leaves(self._table(module, table)), *default]
            case ast.Call(func=ast.Name(id="str" | "tuple" | "list"), args=[inner]):
                return self._texts(module, inner)
            case ast.Name():
                return self._of_name(module, node)
            case ast.Tuple() | ast.List() | ast.BinOp() | ast.Dict():
                return _leaves(self._value(module, node), keys=isinstance(node, ast.Dict))
            case ast.JoinedStr():
                self._found.joined.append((module.file, node.lineno))
                return []
        raise _Unknown

    def _table(self, module: Module, node: ast.expr) -> Any:
        """The value of a table, one of the module or one written out in the function around."""
        around = next((one for one in module.around(node) if isinstance(one, ast.FunctionDef)), None)
        for inner in ast.walk(around) if around is not None and isinstance(node, ast.Name) else ():
            if isinstance(inner, ast.Assign) and any(_binds(target, node.id) for target in inner.targets):
                return self._value(module, inner.value)
        if isinstance(node, ast.Subscript):
            return self._table(module, node.value)
        return self._value(module, node)

    def _texts_or_none(self, module: Module, node: ast.expr) -> list[str]:
        try:
            return self._texts(module, node)
        except _Unknown:
            return []

    def _of_name(self, module: Module, node: ast.Name) -> list[str]:
        """The texts a name stands for: a loop over a table, an assignment, a parameter, a constant."""
        for outer in module.around(node):
            if isinstance(outer, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
                for loop in outer.generators:
                    if _binds(loop.target, node.id):
                        return self._looped(module, loop.target, loop.iter, node.id)
            if isinstance(outer, ast.For) and _binds(outer.target, node.id):
                return self._looped(module, outer.target, outer.iter, node.id)
            if isinstance(outer, ast.FunctionDef):
                local = [
                    inner.value
                    for inner in ast.walk(outer)
                    if isinstance(inner, ast.Assign)
                    and any(isinstance(t, ast.Name) and t.id == node.id for t in inner.targets)
                ]
                if local:
                    return [text for value in local for text in self._texts(module, value)]
                if self._is_parameter(module, outer, node.id):
                    return []
        return _leaves(self._value(module, node))

    def _is_parameter(self, module: Module, function: ast.FunctionDef, name: str) -> bool:
        names = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
        named_only = [argument.arg for argument in function.args.kwonlyargs]
        if name not in (*names, *named_only):
            return False
        if isinstance(module.parents.get(function), ast.ClassDef) and names[:1] == ["self"]:
            names = names[1:]
        place = names.index(name) if name in names else 99
        self._sinks.setdefault((module.name, function.name), set()).add(Sink(place, name))
        return True

    def _looped(self, module: Module, target: ast.expr, iterated: ast.expr, name: str) -> list[str]:
        match iterated:
            case ast.Call(func=ast.Attribute(attr="items", value=table)):
                values: Any = list(self._mapping(module, table).items())
            case ast.Call(func=ast.Attribute(attr="values", value=table)):
                values = list(self._mapping(module, table).values())
            case ast.Name() if isinstance(target, ast.Name):
                return self._of_name(module, iterated)
            case _:
                values = self._value(module, iterated)
        found: list[str] = []
        for value in values:
            found += _leaves(_destructured(target, value, name))
        return found

    def _mapping(self, module: Module, node: ast.expr) -> Mapping[Any, Any]:
        value = self._value(module, node)
        if not isinstance(value, Mapping):
            raise _Unknown
        return value

    def _value(self, module: Module, node: ast.expr) -> Any:
        """What an expression is worth as it stands in the source; parts that only running tells are None."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Tuple() | ast.List() | ast.Set():
                parts: list[Any] = []
                for one in node.elts:
                    if isinstance(one, ast.Starred):
                        parts += list(self._value(module, one.value) or ())
                    else:
                        parts.append(self._part(module, one))
                return tuple(parts)
            case ast.Dict():
                return {
                    self._part(module, key): self._part(module, value)
                    for key, value in zip(node.keys, node.values, strict=True)
                    if key is not None
                }
            case ast.BinOp(op=ast.Add()):
                return self._value(module, node.left) + self._value(module, node.right)
            case ast.Name():
                return self._constant(module, node.id)
        raise _Unknown

    def _part(self, module: Module, node: ast.expr) -> Any:
        try:
            return self._value(module, node)
        except _Unknown:
            return None

    def _constant(self, module: Module, name: str) -> Any:
        origin, original = self._origin(module, name)
        source = self._modules[origin]
        if original not in source.constants:
            raise _Unknown
        return self._value(source, source.constants[original])


def _binds(target: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


def _destructured(target: ast.expr, value: Any, name: str) -> Any:
    """The part of a loop's value that a name in its target is bound to."""
    if isinstance(target, ast.Name):
        return value if target.id == name else None
    if isinstance(target, ast.Tuple) and isinstance(value, tuple | list):
        for inner, part in zip(target.elts, value, strict=False):
            if _binds(inner, name):
                return _destructured(inner, part, name)
    return None


def _leaves(value: Any, keys: bool = False) -> list[str]:
    """Every text in a value; of a table its values, of one that stands for columns its keys."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [leaf for one in (value if keys else value.values()) for leaf in _leaves(one)]
    if isinstance(value, tuple | list):
        return [leaf for one in value for leaf in _leaves(one)]
    return []
