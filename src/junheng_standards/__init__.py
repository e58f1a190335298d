"""The standards, tables and codes of compulsory-education balance, as data only."""

from pathlib import Path

FOLDER = Path(__file__).parent
