"""Many small cases in one test: pytest takes longer to begin and report a test than such a case takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

Test = Callable[..., None]


def for_each(names: str, cases: Iterable[Any]) -> Callable[[Test], Test]:
    """Return a decorator that makes a test run all cases; its arguments are those of `pytest.mark.parametrize`.

    The first case that fails ends the test, and a note of its failure names the case. All cases share the fixtures.
    """
    keys, table = names.replace(",", " ").split(), list(cases)
    assert table, f"no cases for {names}"

    def decorate(test: Test) -> Test:
        signature = inspect.signature(test)

        @wraps(test)
        def run_all(*args: Any, **kwargs: Any) -> None:
            for case in table:
                values = dict(zip(keys, case if len(keys) > 1 else (case,), strict=True))
                try:
                    test(*args, **kwargs, **values)
                except BaseException as error:
                    error.add_note(f"the case is {values!r}")
                    raise

        others = [each for name, each in signature.parameters.items() if name not in keys]
        run_all.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return run_all

    return decorate
