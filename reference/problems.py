"""What is wrong with a pack: every error by file, row, column and rule, never with the value of a consumer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class PackError:
    """A rule that a pack breaks. `row` counts as a spreadsheet does (1 is the header); 0 means the file as a whole."""

    file: str
    row: int
    column: str
    rule: str

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f" row {self.row}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: {self.rule}"


class PackInvalid(Exception):
    """A pack is refused whole; `errors` lists everything that is wrong, `notes` what is odd but allowed."""

    def __init__(self, errors: tuple[PackError, ...], notes: tuple[str, ...]) -> None:
        super().__init__("\n".join([f"the reference pack has {len(errors)} error(s)", *map(str, errors)]))
        self.errors = errors
        self.notes = notes


@dataclass(slots=True)
class Problems:
    """Errors and notes, gathered while a pack is read."""

    errors: list[PackError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def error(self, file: str, row: int, column: str, rule: str) -> None:
        """Add an error."""
        self.errors.append(PackError(file, row, column, rule))

    def note(self, file: str, text: str) -> None:
        """Add a note on a file."""
        self.notes.append(f"{file}: {text}")

    def raise_if_any(self) -> None:
        """Raise PackInvalid when there is an error."""
        if self.errors:
            raise PackInvalid(tuple(sorted(self.errors)), tuple(self.notes))
