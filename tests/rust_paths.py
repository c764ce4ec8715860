"""The paths that Rust code names, as `crate::http::call`, with groups, `self` and `super` taken apart."""

import re
from collections.abc import Iterator

Path = tuple[str, ...]

_HIDDEN = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | b?r(?P<hashes>\#*)".*?"(?P=hashes) | b?"(?:\\.|[^"\\])*" | b?'(?:\\[^']+|[^'\\\n])'""",
    re.DOTALL | re.VERBOSE,
)
_TOKEN = re.compile(r"[A-Za-z_]\w*|::|\S")


def named_paths(code: str, module: Path) -> Iterator[tuple[int, Path]]:
    """Yields the line and the path of each name in the code of a module, every step of a longer path on its own."""
    code = _HIDDEN.sub(lambda hidden: "\n" * hidden[0].count("\n"), code)
    blocks: list[tuple[Path, Path]] = [((), module)]  # of each open brace: the path it continues, the module it is in
    path: Path = ()
    before: Path = ("", "", "")
    for token in _TOKEN.finditer(code):
        word = token[0]
        continues, inside = blocks[-1]
        if word == "{":
            new_module = (*inside, before[-1]) if before[-2] == "mod" else inside
            blocks.append((path if before[-1] == "::" else (), new_module))
        elif word == "}":
            blocks = blocks[:-1] or blocks
        elif word.isidentifier() or (word == "*" and before[-1] == "::"):
            path = (*path, word) if before[-1] == "::" and path else (*continues, word)
            yield code.count("\n", 0, token.start()) + 1, _absolute(path, inside)
        elif word != "::":
            path = ()
        before = (*before[1:], word)


def _absolute(path: Path, module: Path) -> Path:
    if path[0] not in {"self", "super"}:
        return path
    supers = next((i for i, word in enumerate(path) if word not in {"self", "super"}), len(path))
    ups = path[:supers].count("super")
    return ("crate", *module[: max(0, len(module) - ups)], *path[supers:])
