"""判定: limits against values; school, county; the reasons."""
