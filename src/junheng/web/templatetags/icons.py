"""Drawings: strokes on a square of 24 (icons) or 12 (marks of outcomes)."""

from __future__ import annotations

MARKS = {
    "met": "M2 6.5 5 9.5 10 3",
    "tolerated": "M6 2 11 10.3H1Z",
    "unmet": "M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5",
    "unknown": "M3.6 3.8A2.5 2.5 0 1 1 7 6.1C6.2 6.5 6 6.9 6 7.6M6 10.4v.1",
}

ICONS = {
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-6 8-6s7 1 8 6"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "upload": '<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>',
    "print": '<path d="M7 9V3h10v6M7 18H4v-8h16v8h-3M7 14h10v7H7z"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="m16 16 4 4"/>',
    "filter": '<path d="M4 5h16l-6 8v6l-4-2v-4z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "edit": '<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4"/>',
    "trash": '<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"/>',
    "check": '<path d="m5 13 4 4L19 7"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "warning": '<path d="M12 4 22 20H2zM12 10v4M12 17v.1"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.1"/>',
    "chevron": '<path d="m9 6 6 6-6 6"/>',
    "external": '<path d="M13 5h6v6M19 5l-9 9M17 14v5H5V7h5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "lock": '<path d="M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
    "undo": '<path d="M9 6 4 11l5 5M4 11h10a6 6 0 0 1 0 9"/>',
    "leave": '<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>',
    "key": '<circle cx="8" cy="16" r="4"/><path d="m11 13 9-9M16 8l3 3"/>',
    "sort": '<path d="m8 10 4-4 4 4M8 14l4 4 4-4"/>',
    "up": '<path d="m7 14 5-5 5 5"/>',
    "down": '<path d="m7 10 5 5 5-5"/>',
}
