"""Small places for tests: four blocks in a row with a school at either end, and grids."""

from decimal import Decimal


def hamlet():
    """A – B – C – D, a kilometre apart; S1 at A, S2 at D; 30 pupils in each, 90 seats at each school."""
    names = {"A": "甲村", "B": "乙村", "C": "丙村", "D": "丁村"}
    return {
        "block": [
            {"block_code": code, "block_name": name, "x": Decimal(1000 * at), "y": Decimal(0)}
            for at, (code, name) in enumerate(names.items())
        ],
        "pupils": [
            {"block_code": code, "stage": "primary", "pupils": 30, "school_code": "S1" if code < "C" else "S2"}
            for code in names
        ],
        "school": [
            {"school_code": "S1", "school_name": "东小学", "x": Decimal(0), "y": Decimal(0)},
            {"school_code": "S2", "school_name": "西小学", "x": Decimal(3000), "y": Decimal(0)},
        ],
        "seats": [{"school_code": code, "stage": "primary", "classes": 2} for code in ("S1", "S2")],
        "neighbour": [{"block_code": a, "neighbour_code": b} for a, b in ("AB", "BC", "CD")],
    }


def grid_rows(wide, high):
    """Blocks on a grid, three schools, pupils that differ from block to block."""
    places = {f"{x:02d}{y:02d}": (x, y) for x in range(wide) for y in range(high)}
    beside = [
        (a, b) for a, (x, y) in places.items() for b, (v, w) in places.items() if (v - x, w - y) in ((1, 0), (0, 1))
    ]
    pupils = {code: 10 + (7 * x + 5 * y) % 23 for code, (x, y) in places.items()}
    corners = [(0, 0), (wide - 1, 0), (wide // 2, high - 1)]
    classes = -(-sum(pupils.values()) * 11 // (10 * 45 * 3))
    return {
        "block": [
            {"block_code": code, "x": Decimal(400 * x), "y": Decimal(400 * y)} for code, (x, y) in places.items()
        ],
        "pupils": [{"block_code": code, "stage": "primary", "pupils": count} for code, count in pupils.items()],
        "school": [
            {"school_code": f"S{n}", "school_name": f"第{n}小学", "x": Decimal(400 * x), "y": Decimal(400 * y)}
            for n, (x, y) in enumerate(corners, start=1)
        ],
        "seats": [{"school_code": f"S{n}", "stage": "primary", "classes": classes} for n in (1, 2, 3)],
        "neighbour": [{"block_code": a, "neighbour_code": b} for a, b in beside],
    }
