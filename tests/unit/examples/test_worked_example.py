"""The published five-school example: what is filed is what is printed."""

from fractions import Fraction


def test_pupils_books_mean_and_cv_as_published():
    from make_worked_example import make_frames

    frames = make_frames()
    pupils, books = frames["stage_year"]["pupils"].to_list(), frames["school_year"]["books"].to_list()
    assert (sum(pupils), sum(books)) == (302, 1913)
    mean = Fraction(1913, 302)
    variance = sum(p * (Fraction(b, p) - mean) ** 2 for p, b in zip(pupils, books, strict=True)) / 302
    assert round(float(mean), 2) == 6.33
    assert round(float(variance), 2) == 10.65
    assert round(float(variance) ** 0.5 / float(mean), 4) == 0.5153


def test_the_source_stands_in_every_row():
    from make_worked_example import SOURCE, make_frames

    assert set(make_frames()["school_year"]["note"]) == {SOURCE}
