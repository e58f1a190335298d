"""Places: nation, province, city, county, town or school district, school; with the days they opened and closed."""
