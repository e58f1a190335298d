"""Every zoning of a tiny place, tried one by one: shares no code with the planner."""

from itertools import product

import numpy as np

from junheng.planning.zoning.problem import NEVER, Problem, Unit


def in_one_piece(zone, home, neighbours):
    """Flood the zone from any block: all of it must be reached, and the school's block held or touched."""
    if not zone:
        return True
    seen, queue = set(), [next(iter(zone))]
    while queue:
        block = queue.pop()
        if block not in seen:
            seen.add(block)
            queue += [near for near in neighbours[block] if near in zone]
    return seen == zone and bool(zone & {home, *neighbours[home]})


def worth(problem, choice):
    """The objective from its definition; None where the choice is not allowed."""
    total = 0
    for block, unit in enumerate(choice):
        if problem.cost[block][unit] == NEVER:
            return None
        total += int(problem.cost[block][unit])
    loads = []
    for number, unit in enumerate(problem.units):
        zone = {block for block, chosen in enumerate(choice) if chosen == number}
        if not in_one_piece(zone, unit.home, problem.neighbours):
            return None
        load = sum(int(problem.pupils[block]) for block in zone)
        entry = sum(int(problem.entry[block]) for block in zone)
        loads.append(load)
        missing = max(0, load - unit.seats)
        if unit.entry_seats is not None:
            missing += max(0, entry - unit.entry_seats)
        total += int(problem.over[number]) * missing + int(problem.short[number]) * max(0, unit.least - load)
    for units, room in problem.sizes:
        total += int(problem.over[units[0]]) * max(0, sum(loads[unit] for unit in units) - room)
    return total


def least_worth(problem):
    """The optimum by trying everything; None where nothing is allowed."""
    found = [worth(problem, choice) for choice in product(range(len(problem.units)), repeat=problem.groups)]
    return min((value for value in found if value is not None), default=None)


def tiny_problem(seed, *, stages=1):
    """A few blocks scattered in a plane, each beside its nearest ones; two or three schools; tight seats."""
    rng = np.random.default_rng(seed)
    blocks = int(rng.integers(3, 8 if stages == 1 else 5))
    schools = int(rng.integers(1, 4 if stages == 1 else 3))
    places = rng.integers(0, 1000, (blocks, 2))
    links = [set() for _ in range(blocks)]
    for block in range(blocks):
        far = np.hypot(*(places - places[block]).T)
        for near in np.argsort(far, kind="stable")[1 : 1 + int(rng.integers(1, 4))].tolist():
            links[block].add(near)
            links[near].add(block)
    neighbours, pupils, entry, units, over, short = [], [], [], [], [], []
    cost = np.full((blocks * stages, schools * stages), NEVER)
    way = np.zeros_like(cost)
    homes = rng.integers(0, blocks, schools)  # two schools may share a block
    for stage in range(stages):
        neighbours += [tuple(sorted(stage * blocks + near for near in links[block])) for block in range(blocks)]
        own = rng.integers(0, 30, blocks)
        pupils += own.tolist()
        entry += rng.binomial(own, 0.4).tolist()
        for school in range(schools):
            seats = int(own.sum() / schools * rng.uniform(0.6, 1.5))
            entry_seats = int(seats * 0.4) if rng.random() < 0.3 else None
            least = int(seats * rng.uniform(0, 0.9))
            if rng.random() < 0.2:  # more seats than there are children: so much use cannot be
                seats, least = seats * 4, int(own.sum()) + int(rng.integers(1, 50))
            units.append(Unit(stage * blocks + int(homes[school]), seats, least, entry_seats))
            at = stage * schools + school
            distance = np.hypot(*(places - places[homes[school]]).T).round().astype(int)
            moved = rng.integers(0, 2, blocks) * 50 * own
            rows = slice(stage * blocks, (stage + 1) * blocks)
            way[rows, at] = distance
            cost[rows, at] = np.maximum(own, 1) * distance + moved
            too_far = distance > 900
            cost[rows, at][too_far] = NEVER
            over.append(int(rng.choice([300, 5000])))
            short.append(int(rng.choice([0, 200])))
    sizes = ()
    if stages == 2:
        sizes = tuple(((school, schools + school), int(sum(pupils) / schools * 0.8)) for school in range(schools))
    return Problem(
        np.array(pupils),
        np.array(entry),
        tuple(neighbours),
        tuple(units),
        cost,
        way,
        np.array(over),
        np.array(short),
        sizes,
    )
