import re

from repository import ROOT

NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "site", "out", "node_modules"}
TEXTS = {".py", ".md", ".yaml", ".yml", ".toml", ".csv", ".txt", ".json", ".cfg", ".sql", ""}
TEXTS |= {".html", ".css", ".js", ".ts", ".po"}
# Folders of somebody's machine; a web address with such a path has a host before it.
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|Users|work|mnt|workspace)/\w|\b[A-Z]:\\Users\\")
# Addresses of example.org are of nobody: they are set aside for examples.
E_MAIL = re.compile(r"[\w.+-]+@(?!example\.org\b)[\w-]+\.[a-z]{2,}\b")


def texts():
    for file in sorted(ROOT.rglob("*")):
        parts = file.relative_to(ROOT).parts
        hidden = {part for part in parts[:-1] if part.startswith(".") and part not in (".ci", ".github")}
        if file.is_file() and file.suffix in TEXTS and not hidden and not NOT_OURS & set(parts):
            yield file, file.read_text(encoding="utf-8")


def test_no_file_names_a_machine_or_a_person():
    found = []
    for file, text in texts():
        if file.name == "test_tracked_text.py":
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE.search(line) or E_MAIL.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}")
    assert found == []
