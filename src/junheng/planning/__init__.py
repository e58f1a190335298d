"""Plans: the cheapest way to the standard, teachers' rotation, school zones; each judged again before it is shown."""
