"""All user-facing errors: what was wrong, what was given, what is allowed, what to do next."""

from __future__ import annotations


class SpringtideError(Exception):
    """A run that could not be carried out. The command line exits with 1.

    Parameters
    ----------
    what
        What was wrong, as a sentence without its full stop.
    given
        What was given, printed as it was given.
    allowed
        What would have been accepted.
    hint
        What to do next.

    Examples
    --------
    >>> print(SpringtideError("No bars for KC on 2025-02-08", hint="try 2025-02-07"))
    No bars for KC on 2025-02-08. Try 2025-02-07.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        *,
        given: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.what = what
        self.given = given
        self.allowed = allowed
        self.hint = hint
        super().__init__(what)

    def __str__(self) -> str:
        parts = [self.what]
        if self.given is not None:
            parts.append(f"Given: {self.given}")
        if self.allowed is not None:
            parts.append(f"Allowed: {self.allowed}")
        if self.hint is not None:
            command = self.hint.startswith("springtide ")
            parts.append(self.hint if command else self.hint[:1].upper() + self.hint[1:])
        return " ".join(part if part.endswith((".", "?", "!")) else part + "." for part in parts)


class UsageError(SpringtideError):
    """Something was asked for in a way that cannot be understood. The command line exits with 2."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name is not known; the nearest known names are suggested.

    Examples
    --------
    >>> print(UnknownNameError("metric", "rsj", suggestions=["rsi"]))
    Unknown metric: rsj. Did you mean rsi?
    """

    def __init__(
        self,
        kind: str,
        name: str,
        *,
        suggestions: list[str] | None = None,
        hint: str | None = None,
    ) -> None:
        self.kind = kind
        self.name = name
        self.suggestions = suggestions or []
        if self.suggestions:
            hint = f"did you mean {' or '.join(self.suggestions)}?"
        super().__init__(f"Unknown {kind}: {name}", hint=hint)


class AmbiguousNameError(UsageError):
    """A name fits several things; they are listed so that one can be chosen."""

    def __init__(self, kind: str, name: str, candidates: list[str]) -> None:
        self.candidates = candidates
        super().__init__(
            f"Ambiguous {kind}: {name}",
            allowed=", ".join(candidates),
            hint="choose one of these by its identifier",
        )


class DataError(SpringtideError):
    """Input that cannot be used: a file, a feed's answer, a table. Says where and why."""


class UndescribedError(UsageError):
    """Symbols are not known, and what they are was not said.

    Examples
    --------
    >>> UndescribedError(["MYIDX"]).symbols
    ('MYIDX',)
    """

    def __init__(self, symbols: list[str]) -> None:
        self.symbols = tuple(symbols)
        first = ", ".join(symbols[:3]) + (f" and {len(symbols) - 3} more" if symbols[3:] else "")
        super().__init__(
            f"It is not known what {first} is" if len(symbols) == 1 else f"Not known: {first}",
            hint="say what it is with --kind, --calendar and --currency, such as --kind index "
            "--calendar XHKG --currency HKD: on these depend what a gap is and what it is "
            "compared with",
        )


class SourceError(SpringtideError):
    """A data source did not deliver: no network, too many requests, a malformed answer."""


class PluginError(SpringtideError):
    """What an installed package adds cannot be used.

    Examples
    --------
    >>> print(PluginError("springtide.metrics", "gaps", "gap-tools 1.0", "no module named gaps"))
    What gap-tools 1.0 adds as gaps (springtide.metrics) cannot be used: no module named gaps. \
Upgrade or remove that package.
    """

    def __init__(self, group: str, name: str, package: str, why: str) -> None:
        super().__init__(
            f"What {package} adds as {name} ({group}) cannot be used: {why.rstrip('.')}",
            hint="upgrade or remove that package",
        )


class LakeError(SpringtideError):
    """The lake cannot be read or written: read-only, too new, damaged, out of space."""
