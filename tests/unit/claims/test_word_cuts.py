"""Cutting runs: whatever the runs and wherever the cuts, no character moves and every stretch is a run of its own."""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from junheng.claims.word_runs import cut
from junheng.documents.word import Run

# A run holds texts, tabs and line breaks.
CONTENTS = st.lists(
    st.one_of(st.text("生均40册 。", min_size=1, max_size=6), st.sampled_from(["\t", "\n"])), min_size=1, max_size=4
)


def built(runs):
    """A paragraph of these runs, and where each of their elements stands in its text."""
    paragraph, found, start = parse_xml(f"<w:p {nsdecls('w')}/>"), [], 0
    for number, contents in enumerate(runs):
        run = parse_xml(f'<w:r {nsdecls("w")} w:rsidR="{number}"><w:rPr><w:b/></w:rPr></w:r>')
        paragraph.append(run)
        for words in contents:
            name = {"\t": "tab", "\n": "br"}.get(words, "t")
            node = parse_xml(f"<w:{name} {nsdecls('w')}/>")
            node.text = words if name == "t" else None
            run.append(node)
            found.append(Run(start, start + len(words), node, paragraph, "word/document.xml"))
            start += len(words)
    return paragraph, found, start


def shown(element):
    return "".join(
        {qn("w:tab"): "\t", qn("w:br"): "\n"}.get(node.tag, node.text or "")
        for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
    )


@given(st.lists(CONTENTS, min_size=1, max_size=4), st.lists(st.integers(0, 60), max_size=6))
def test_every_stretch_between_cuts_can_be_marked_and_nothing_is_lost(runs, offsets):
    paragraph, found, length = built(runs)
    text = shown(paragraph)
    placed = cut(found, {run.node: run.node for run in found}, offsets)

    assert shown(paragraph) == text
    assert "".join(text[one.start : one.end] for one in placed) == text
    for offset in {offset for offset in offsets if 0 < offset < length}:
        before = [one.holder for one in placed if one.end <= offset]
        after = [one.holder for one in placed if one.start >= offset]
        assert not set(before) & set(after), "a run stands on both sides of a cut"
        assert "".join(map(shown, dict.fromkeys(before))) == text[:offset]
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in paragraph.iter(qn("w:r")))
    assert all(run[0].tag == qn("w:rPr") and len(run) > 1 for run in paragraph.iter(qn("w:r")))
