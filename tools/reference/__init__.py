"""The parts of the generated reference, one idea a module; ``tools/make_reference.py`` puts them together."""
