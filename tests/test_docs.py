"""What the documents promise is there: links lead somewhere, every setting is described."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from mealsvc.cli.app import app
from mealsvc.cli.settings import settings_table

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    local = [target for target in targets if "://" not in target]
    missing = [target for target in local if not (document.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_merge_was_left_undecided(document):
    text = document.read_text(encoding="utf-8")
    assert re.findall(r"^(?:<{7}|={7}|>{7})(?: |$)", text, flags=re.MULTILINE) == []


def test_every_setting_is_described_with_its_default():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert settings_table() in text, "refresh the table: mealsvc settings --markdown"


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if "README" in path.name])
def test_commands_that_a_readme_shows_exist(document):
    text = document.read_text(encoding="utf-8")
    known = get_command(app)
    for line in re.findall(r"^mealsvc (.+)$", text, flags=re.MULTILINE):
        command = known
        for word in line.split():
            children = getattr(command, "commands", None)
            if children is None:
                break
            assert word in children, f"{document.name} shows `mealsvc {line.strip()}`"
            command = children[word]
