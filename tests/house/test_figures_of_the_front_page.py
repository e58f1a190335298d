import pytest
from repository import ROOT

from junheng.standards.library import load_standard


def counts(name):
    """Rules, and those of them that were not seen in print: what ``junheng standards list`` prints."""
    sources = [source for _, source in load_standard(name).sources()]
    return len(sources), sum(source.confidence != "seen" for source in sources)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            "README.md",
            "Of the {0} rules of\n  `CN/youzhi_2017` {1} were not seen in print, of the {2} of `CN/jiben_2012` {3}",
        ),
        ("README.zh-CN.md", "`CN/youzhi_2017` 的 {0} 条中有 {1} 条未见原文，`CN/jiben_2012`\n  的 {2} 条中有 {3} 条"),
        ("changes/0002.standard.md", "{1} of {0}"),
        ("changes/0003.standard.md", "{3} of {2}"),
    ],
)
def test_how_many_rules_were_not_seen(file, sentence):
    expected = sentence.format(*counts("CN/youzhi_2017"), *counts("CN/jiben_2012"))
    assert expected in (ROOT / file).read_text(encoding="utf-8")
