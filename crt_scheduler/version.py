"""Which release this is, as pyproject.toml says."""

from __future__ import annotations

from pathlib import Path

NAME = "crt-scheduler"


def version() -> str:
    """Return the release: pyproject.toml's where the project lies as it is, an installed package's own elsewhere."""
    import tomllib  # asked for by few: no command waits for it

    page = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if page.is_file():
        project = tomllib.loads(page.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == NAME:
            return str(project["version"])
    from importlib import metadata

    return metadata.version(NAME)
